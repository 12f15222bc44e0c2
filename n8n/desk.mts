import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';

import { CLAIMS, EVENTS, LEDGER } from '../examples/source/tables.mts';
import { CLAIM_COLUMNS, EVENT_COLUMNS, PAYOUT_COLUMNS } from '../nodes/ledger/tables';
import { storeCredential } from './credential.mts';
import type { StoredCredential } from './credential.mts';
import { readExample } from './exampleWorkflow.mts';
import { TRIGGER_TYPE } from './packageNames.mts';
import type { TableColumn } from './dataTables.mts';
import { poll } from './poll.mts';
import { EXAMPLES } from './repository.mts';
import type { TableRow } from './restClient.mts';
import { findN8n } from './versions.mts';
import type { StoredWorkflow, WorkflowNode } from './workflow.mts';
import type { N8nWithSandbox } from './withSandbox.mts';

/** The error workflow of all others, and the one that they call to pay. */
const ERROR_WORKFLOW = 'when-something-breaks.json';
const PAY_ORDERS = 'pay-orders.json';
const KEEP_THE_LEDGER = 'keep-the-ledger.json';
const TABLES = { [LEDGER]: PAYOUT_COLUMNS, [CLAIMS]: CLAIM_COLUMNS, [EVENTS]: EVENT_COLUMNS };
const HEADER_AUTH = 'httpHeaderAuth';

/** The example workflows in a real n8n, published, with their ledger. */
export interface Desk {
	/** Where a person uploads a spreadsheet. */
	uploadForm: string;
	/** Where a person sees the ledger. */
	ledgerPage: string;
	/** Where a system posts payouts, and the secret that it sends in the header `x-api-key`. */
	webhook: string;
	apiKey: string;
	workflows: ReadonlyMap<string, StoredWorkflow>;
	/** The ledger's rows, oldest first. */
	ledger: () => Promise<TableRow[]>;
}

/**
 * Imports examples, chooses their credentials, and publishes them; webhooks of the sandbox reach those
 * that begin with one.
 *
 * @param files the examples' file names; all of them when left out
 * @param foldEverySeconds how often the ledger is kept, where a minute would be long to wait
 * @throws Error with a sentence when this n8n cannot run them
 */
export async function openDesk(
	{ n8n, client, sandbox, fields }: N8nWithSandbox,
	files?: readonly string[],
	foldEverySeconds?: number,
): Promise<Desk> {
	if (!findN8n(n8n.version).hasLedger) {
		throw new Error(
			`n8n ${n8n.version} cannot run the example workflows with a ledger: its Data Tables are missing ` +
				'or too old. Leave SMART_GLOCAL_N8N out to run the newest supported n8n.',
		);
	}
	for (const [name, columns] of Object.entries(TABLES)) {
		const all = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
		await client.createTable(name, all as TableColumn[]);
	}
	const ledgerPage = (await client.tableUrl(LEDGER)) ?? '';
	const webhookPublicKey = sandbox.webhookPublicKey;
	const credential = await storeCredential(
		client,
		{ ...fields, webhookPublicKey },
		'Smart Glocal sandbox, with webhooks',
	);
	const apiKey = randomUUID();
	const others: Record<string, StoredCredential> = {
		[HEADER_AUTH]: {
			...(await client.createCredential('Callers', HEADER_AUTH, {
				name: 'x-api-key',
				value: apiKey,
			})),
			name: 'Callers',
		},
	};

	const workflows = new Map<string, StoredWorkflow>();
	let errorWorkflow: string | undefined;
	const all = files ?? (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'));
	// Those that the others name come first.
	const first = [ERROR_WORKFLOW, PAY_ORDERS].filter((name) => all.includes(name));
	for (const file of [...first, ...all.filter((name) => !first.includes(name))]) {
		const payOrders = workflows.get(PAY_ORDERS)?.id;
		const example = await readExample(file, credential, others, payOrders);
		const settings = { ...example.settings, ...(errorWorkflow && { errorWorkflow }) };
		const nodes =
			file === KEEP_THE_LEDGER && foldEverySeconds !== undefined
				? example.nodes.map((node) => fasten(node, foldEverySeconds))
				: example.nodes;
		const workflow = await client.createWorkflow({ ...example, nodes, settings });
		if (file === ERROR_WORKFLOW) errorWorkflow = workflow.id;
		workflows.set(file, workflow);
		// What starts by hand alone cannot be published.
		const starts = ({ type }: { type: string }) => /trigger$|\.webhook$/i.test(type);
		const isByHand = ({ type }: { type: string }) => type.endsWith('.manualTrigger');
		if (example.nodes.filter(starts).every(isByHand)) continue;
		await client.activate(workflow);
		const trigger = example.nodes.find(({ type }) => type === TRIGGER_TYPE);
		if (trigger) {
			const webhookUrl = `${n8n.url}/webhook/${trigger.webhookId}/webhook`;
			await waitUntilLive(webhookUrl, 'POST');
			sandbox.changeSettings({ webhookUrl });
		}
		for (const { type, parameters } of example.nodes) {
			if (type === 'n8n-nodes-base.webhook') {
				// Without its secret, n8n answers 403.
				await waitUntilLive(`${n8n.url}/webhook/${String(parameters.path)}`, 'POST');
			}
			if (type !== 'n8n-nodes-base.formTrigger') continue;
			const { path } = parameters.options as { path?: string };
			await waitUntilLive(`${n8n.url}/form/${path}`, 'GET');
		}
	}
	return {
		uploadForm: `${n8n.url}/form/pay-a-spreadsheet`,
		ledgerPage,
		webhook: `${n8n.url}/webhook/smart-glocal-payouts`,
		apiKey,
		workflows,
		ledger: async () => await client.tableRows(LEDGER),
	};
}

/** A schedule with another interval; any other node as it is. */
function fasten(node: WorkflowNode, secondsInterval: number): WorkflowNode {
	if (!node.type.endsWith('.scheduleTrigger')) return node;
	return { ...node, parameters: { rule: { interval: [{ field: 'seconds', secondsInterval }] } } };
}

/** n8n publishes in the background. */
async function waitUntilLive(url: string, method: string): Promise<void> {
	const isLive = async () => {
		const { status } = await fetch(url, { method, redirect: 'manual' });
		return status === 404 ? undefined : true;
	};
	await poll(isLive, { everyMs: 100, withinMs: 30_000, tooLate: `${url} is not there.` });
}
