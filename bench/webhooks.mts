import { setTimeout as sleep } from 'node:timers/promises';

import { EVENTS, LEDGER } from '../examples/source/tables.mts';
import { openDesk } from '../n8n/desk.mts';
import type { Desk } from '../n8n/desk.mts';
import { poll } from '../n8n/poll.mts';
import { LAZY_ENGINE } from '../n8n/queueMode.mts';
import { startN8nWithSandbox } from '../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../n8n/withSandbox.mts';
import { makeKeyPair } from '../sandbox/server.mts';
import { deliver, finishedPayout } from '../test/support/webhookDelivery.mts';
import { postBurst } from '../test/support/webhooks.mts';
import { median, payByForm } from './desk.mts';
import { waitForRest } from './rest.mts';
import { burstWorkflow } from './workflows.mts';

const FOLLOW_UP = 'follow-up.json';
const ROUNDS = 3;
const WEBHOOKS = 400;
const WARM_UP_WEBHOOKS = 150;
const CONCURRENCY = 20;
const WARM_UP_ROWS = 200;
const FOLD_LIMIT_MS = 15 * 60_000;
/** Each payout waits for its confirmation once, and is finished once. */
const WEBHOOKS_OF_A_PAYOUT = 2;

/**
 * Measures what webhooks cost an n8n with SQLite that prepares its expression engine only for those who
 * need it: one that is written down beside an empty one, and a run of rows with webhooks beside one without.
 * Returns what came out, in words.
 *
 * @param rows of a run
 */
export async function measureWebhooks(rows: number): Promise<string> {
	return `${await measureOneWebhook()}\n${await measureRuns(rows)}`;
}

function followUpPath({ workflows }: Desk): string {
	const nodes = workflows.get(FOLLOW_UP)?.nodes ?? [];
	return `${nodes.find(({ webhookId }) => webhookId)?.webhookId}/webhook`;
}

/** In processor time, because n8n answers a webhook before its workflow ends. */
async function measureOneWebhook(): Promise<string> {
	const kept = { partner: await makeKeyPair(), webhook: await makeKeyPair() };
	const real = await startN8nWithSandbox({ settings: LAZY_ENGINE }, {}, kept);
	try {
		const followUp = followUpPath(await openDesk(real, [FOLLOW_UP]));
		const { workflow, path: empty } = burstWorkflow('webhook', real.credential);
		const settings = { saveDataSuccessExecution: 'none' };
		const alone = { ...workflow, nodes: workflow.nodes.slice(0, 1), connections: {}, settings };
		await real.client.activate(await real.client.createWorkflow(alone));
		await sleep(3_000);
		let sent = 0;
		const measure = async (path: string, count: number) => {
			const deliveries = Array.from({ length: count }, () =>
				deliver(finishedPayout(`BENCH-${(sent += 1)}`, 'succeeded'), kept.webhook.privateKey),
			);
			const before = await waitForRest(real.n8n.pid);
			const statuses = await postBurst(`${real.n8n.url}/webhook/${path}`, deliveries, CONCURRENCY);
			const refused = statuses.find((status) => status !== 200);
			if (refused) throw new Error(`n8n answered ${refused} to a webhook.`);
			return ((await waitForRest(real.n8n.pid)) - before) / count;
		};
		for (const path of [empty, followUp]) await measure(path, WARM_UP_WEBHOOKS);
		const ways: Array<{ empty: number; followUp: number }> = [];
		for (let round = 1; round <= ROUNDS; round++) {
			ways.push({
				empty: await measure(empty, WEBHOOKS),
				followUp: await measure(followUp, WEBHOOKS),
			});
		}
		const ratio = median(ways.map((way) => way.followUp / way.empty));
		const ms = (key: 'empty' | 'followUp') => median(ways.map((way) => way[key])).toFixed(1);
		return `A webhook: empty ${ms('empty')} ms of n8n's processor time, written down ${ms('followUp')} ms; ratio ${ratio.toFixed(2)}`;
	} finally {
		await real.stop();
	}
}

async function measureRuns(rows: number): Promise<string> {
	// As in the demo: Smart Glocal asks for a confirmation, and everything takes a second.
	const real = await startN8nWithSandbox(
		{ settings: LAZY_ENGINE },
		{ latencyMs: 20, autoConfirm: false, processingMs: 1_000 },
	);
	try {
		const desk = await openDesk(real, [
			'pay-orders.json',
			'pay-a-spreadsheet.json',
			'keep-the-ledger.json',
			FOLLOW_UP,
		]);
		const webhookUrl = `${real.n8n.url}/webhook/${followUpPath(desk)}`;
		real.sandbox.changeSettings({ webhookUrl: null });
		await payByForm(real, 'warm-up', WARM_UP_ROWS);
		const without = await payByForm(real, 'without', rows);
		real.sandbox.changeSettings({ webhookUrl });
		const started = Date.now();
		const withWebhooks = await payByForm(real, 'with', rows);
		const paid = started + withWebhooks.checkMs + withWebhooks.ms;
		const folded = await waitForFold(real, 'with', rows);
		const ratio = (withWebhooks.ms / without.ms).toFixed(2);
		const seconds = Math.round((folded - paid) / 1_000);
		return `${rows} rows: without webhooks ${without.ms} ms, with ${WEBHOOKS_OF_A_PAYOUT * rows} webhooks ${withWebhooks.ms} ms, ratio ${ratio}; all are in the ledger ${seconds} s after the run has ended; n8n silent ${withWebhooks.silentMs} ms`;
	} finally {
		await real.stop();
	}
}

/** Waits until the ledger knows of each row of a run how it has ended. Returns when, in ms since 1970. */
async function waitForFold(real: N8nWithSandbox, name: string, rows: number): Promise<number> {
	const isFolded = async () => {
		const ledger = await real.client.tableRows(LEDGER);
		const own = ledger.filter(({ reference }) => String(reference).startsWith(`${name}-`));
		const done = own.filter(({ status }) => status === 'succeeded').length;
		return done >= rows ? Date.now() : undefined;
	};
	const tooLate = 'Webhooks are missing in the ledger.';
	return await poll(isFolded, { everyMs: 2_000, withinMs: FOLD_LIMIT_MS, tooLate }).catch(
		async (error: Error) => {
			const events = await real.client.tableRows(EVENTS);
			const open = events.filter(({ folded }) => folded !== true).length;
			throw new Error(`${error.message} ${open} of ${events.length} events are not folded.`);
		},
	);
}
