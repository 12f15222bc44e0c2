import { randomUUID } from 'node:crypto';

import { payRows } from '../../examples/source/nodes.mts';
import { CLAIMS, EVENTS, LEDGER } from '../../examples/source/tables.mts';
import type { StoredCredential } from '../../n8n/credential.mts';
import { readExample } from '../../n8n/exampleWorkflow.mts';
import type { Execution } from '../../n8n/execution.mts';
import type { TableColumn } from '../../n8n/dataTables.mts';
import { CREDENTIAL_TYPE } from '../../n8n/packageNames.mts';
import { poll } from '../../n8n/poll.mts';
import type { TableRow } from '../../n8n/restClient.mts';
import { chainNodes, workflowNode } from '../../n8n/workflow.mts';
import type { StoredWorkflow, WorkflowNode } from '../../n8n/workflow.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { CLAIM_COLUMNS, EVENT_COLUMNS, PAYOUT_COLUMNS } from '../../nodes/ledger/tables';
import type { BookedPayout } from '../../sandbox/server.mts';
import { ledgerEntry } from './desk.mts';

const MANUAL = 'n8n-nodes-base.manualTrigger';
const POLL = { everyMs: 100, withinMs: 30_000 };
const TABLES = { [LEDGER]: PAYOUT_COLUMNS, [CLAIMS]: CLAIM_COLUMNS, [EVENTS]: EVENT_COLUMNS };
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';

/** A row of a spreadsheet that pays 10.00 euros to Belgium. */
export function belgianRow(reference: string): Record<string, string> {
	return {
		reference,
		destination: 'BEL-EUR',
		amount: '10.00',
		description: 'Invoice',
		iban: 'BE68539007547034',
		recipient_first_name: 'John',
		recipient_last_name: 'Johnson',
		recipient_bank_name: 'All Banks Belgium / EUR / Payment System: SEPA',
	};
}

/** The ledger's row for it, as older workflows wrote it before they sent, with `changes`. */
export function ledgerRow(reference: string, changes: TableRow = {}): TableRow {
	return {
		reference,
		recipient: 'John Johnson',
		destination: 'BEL-EUR',
		account: '…7034',
		amount: '10.00',
		currency: 'EUR',
		outcome: 'sending',
		status: '',
		status_rank: 0,
		message: '',
		next_step: '',
		ordered_at: new Date().toISOString(),
		final: false,
		row: JSON.stringify(belgianRow(reference)),
		...changes,
	};
}

/** What the desk's tests do with a real n8n. */
export class FollowUpDesk {
	/** What somebody was told when events were folded. */
	readonly told: string[] = [];
	private keeping = '';
	private payOrders = '';

	constructor(private readonly real: N8nWithSandbox) {}

	/** Makes the tables, and publishes the workflow that pays and the one that folds, which folds by hand. */
	async open(webhookCredential = this.real.credential): Promise<StoredWorkflow> {
		for (const [name, columns] of Object.entries(TABLES)) {
			const all = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
			await this.real.client.createTable(name, all as TableColumn[]);
		}
		const paying = await this.import('pay-orders.json');
		this.payOrders = paying.id;
		await this.real.client.activate(paying);
		const following = await this.import('follow-up.json', webhookCredential);
		this.keeping = (await this.import('keep-the-ledger.json')).id;
		return following;
	}

	/**
	 * Imports an example. Its schedule rests for half a day, so that it runs when a test runs it.
	 *
	 * @param interval of the schedule
	 */
	async import(
		file: string,
		credential: StoredCredential = this.real.credential,
		interval: object = { field: 'hours', hoursInterval: 12 },
	): Promise<StoredWorkflow> {
		const example = await readExample(file, credential, {}, this.payOrders);
		const nodes = example.nodes.map((node) =>
			node.type === SCHEDULE ? { ...node, parameters: { rule: { interval: [interval] } } } : node,
		);
		return await this.real.client.createWorkflow({ ...example, nodes });
	}

	/** Folds what has happened, and what the fold itself has made happen; returns what is told. */
	async fold(): Promise<string[]> {
		const first = await this.real.client.run(this.keeping);
		const second = await this.real.client.run(this.keeping);
		for (const { error } of [first, second]) expect(error?.message).toBeUndefined();
		const notices = [first, second].flatMap((execution) => noticesOf(execution));
		this.told.push(...notices);
		return notices;
	}

	/** Waits until so many events have not been folded yet. */
	async heard(count: number): Promise<void> {
		const find = async () => {
			const events = await this.real.client.tableRows(EVENTS);
			return events.filter(({ folded }) => folded !== true).length >= count || undefined;
		};
		await poll(find, { ...POLL, tooLate: `There are not ${count} new events in time.` });
	}

	/** Adds rows to the ledger. */
	async write(...rows: TableRow[]): Promise<void> {
		await this.real.client.addTableRows(LEDGER, rows);
	}

	/** Sends a payout for each reference, and waits until it has a status. */
	async order(references: string[], status = 'pending'): Promise<BookedPayout[]> {
		const credentials = { [CREDENTIAL_TYPE]: this.real.credential };
		const pay = { ...payRows('Pay', [0, 0]), credentials };
		await this.runNodes(references.map(belgianRow), pay);
		return await Promise.all(
			references.map(async (reference) => await this.booked(reference, status)),
		);
	}

	/** The payout with a reference, as soon as it has a status. */
	async booked(reference: string, status: string): Promise<BookedPayout> {
		const find = () => {
			const all = this.real.sandbox.books.payouts();
			return all.find((payout) => payout.reference === reference && payout.status === status);
		};
		return await poll(find, { ...POLL, tooLate: `${reference} is not ${status} in time.` });
	}

	/** The ledger's row with a reference. */
	async read(reference: string): Promise<TableRow> {
		return (await ledgerEntry(this.real, reference)) ?? {};
	}

	/** The same, as soon as it has these values; folds meanwhile. */
	async readWith(reference: string, values: TableRow): Promise<TableRow> {
		const find = async () => {
			await this.fold();
			const row = await this.read(reference);
			const isThere = Object.entries(values).every(([name, value]) => row[name] === value);
			return isThere ? row : undefined;
		};
		const tooLate = `${reference} has not got ${JSON.stringify(values)} in time.`;
		return await poll(find, { ...POLL, tooLate });
	}

	/** How often the sandbox was asked to confirm a session. */
	confirmations(sessionId: string): number {
		const requests = this.real.sandbox.requests();
		const confirming = requests.filter(({ path }) => path.endsWith('/session/confirm'));
		return confirming.filter(({ rawBody }) => rawBody.includes(`"${sessionId}"`)).length;
	}

	/** The executions of a workflow, once there are so many and all have ended, oldest first. */
	async ended(workflowId: string, count: number): Promise<Execution[]> {
		const find = async () => {
			const listed = await this.real.client.executions(workflowId);
			const open = listed.some(({ status }) => ['new', 'running'].includes(status));
			return listed.length < count || open ? undefined : listed.reverse();
		};
		const tooLate = `${count} executions have not ended in time.`;
		const listed = await poll(find, { ...POLL, tooLate });
		return await Promise.all(listed.map(async ({ id }) => await this.real.client.execution(id)));
	}

	private async runNodes(rows: TableRow[], last: WorkflowNode): Promise<void> {
		const jsCode = `return ${JSON.stringify(rows.map((json) => ({ json })))};`;
		const nodes = [
			workflowNode('Start', MANUAL, 1),
			workflowNode('Rows', 'n8n-nodes-base.code', 2, { jsCode }),
			last,
		];
		const workflow = await this.real.client.createWorkflow(chainNodes(randomUUID(), nodes));
		const { status, error } = await this.real.client.run(workflow.id);
		if (status !== 'success') throw new Error(`${status}: ${error?.message}`);
	}
}

/** The sentences that the nodes whose names begin so have put out in an execution. */
export function noticesOf({ nodes }: Execution, name = 'Tell Somebody'): string[] {
	const telling = Object.entries(nodes).filter(([node]) => node.startsWith(name));
	return telling.flatMap(([, { items }]) => items.map(({ json }) => String(json.notice)));
}
