import { randomUUID } from 'node:crypto';

import { readExample } from '../../../n8n/exampleWorkflow.mts';
import type { Execution } from '../../../n8n/execution.mts';
import { launchN8n } from '../../../n8n/launch.mts';
import { waitUntil } from '../../../n8n/poll.mts';
import type { TableRow } from '../../../n8n/restClient.mts';
import { workflowNode } from '../../../n8n/workflow.mts';
import type { StoredWorkflow, WorkflowFile } from '../../../n8n/workflow.mts';
import { startN8nWithSandbox } from '../../../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../../../n8n/withSandbox.mts';
import { turkishRows } from '../../support/account.mts';
import { prepareKillableN8n } from '../../support/killableN8n.mts';
import type { KillableN8n } from '../../support/killableN8n.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { START_LIMIT_MS } from '../../support/realN8n.mts';
import { callWhenLive } from '../../support/webhooks.mts';

const it = needing('ledger');

const LEDGER = 'Smart Glocal payouts';
const ORDERS = 'Payouts to send';
const CHUNK = 200;
const REFERENCES = Array.from({ length: 597 }, (_, index) => `RUN-${index}`);
/** How many of the rows of the first chunk can be paid. */
const FIRST_CHUNK = CHUNK - 2;
const RUN_LIMIT_MS = 180_000;

describe('the example that pays thousands of rows', () => {
	let killable: KillableN8n;
	let real: N8nWithSandbox;
	let workflow: StoredWorkflow;
	let atTheKill: TableRow[];
	let acceptedAtTheKill: number;
	let receivedAfterTheStart: number;
	let second: Execution;

	beforeAll(async () => {
		killable = await prepareKillableN8n();
		real = await startN8nWithSandbox(killable.options, { latencyMs: 500 });
		const file = await readExample('pay-thousands.json', real.credential);
		workflow = await real.client.createWorkflow(startedFromOutside(file));
		// The first run makes the tables.
		await real.client.run(workflow.id);
		await real.client.addTableRows(ORDERS, orders());
		await real.client.activate(workflow);

		await callWhenLive(`${real.n8n.url}/webhook/start`);
		const isSending = () => real.sandbox.counters().received >= CHUNK + 50;
		const times = { everyMs: 20, withinMs: RUN_LIMIT_MS };
		await waitUntil(isSending, 'The second chunk was not sent.', times);
		await killable.kill();
		await real.n8n.stop();
		acceptedAtTheKill = real.sandbox.books.payouts().length;

		real.sandbox.changeSettings({ latencyMs: 0 });
		const received = real.sandbox.counters().received;
		const port = Number(new URL(real.n8n.url).port);
		real.n8n = await launchN8n({ ...killable.options, port });
		receivedAfterTheStart = real.sandbox.counters().received - received;
		atTheKill = await real.client.tableRows(LEDGER);
		second = await real.client.run(workflow.id, RUN_LIMIT_MS);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await real?.n8n.stop();
		await real?.sandbox.stop();
		await killable?.remove();
	});

	it('loses the outcomes of one chunk at most when n8n is killed', () => {
		const outcomes = REFERENCES.map(
			(reference) => atTheKill.find((row) => row.reference === reference)?.outcome,
		);
		expect(outcomes).toEqual(
			REFERENCES.map((_, index) => ['submitted', 'sending'][Math.floor((index + 2) / CHUNK)]),
		);
		expect(acceptedAtTheKill).toBeGreaterThan(FIRST_CHUNK);
		expect(acceptedAtTheKill).toBeLessThan(FIRST_CHUNK + CHUNK);
	});

	it('sends nothing when n8n starts again', () => {
		expect(receivedAfterTheStart).toBe(0);
	});

	it('pays each row exactly once when it runs again', () => {
		const times = REFERENCES.map((reference) => real.sandbox.books.acceptedTimes(reference));
		expect(times).toEqual(REFERENCES.map(() => 1));
		expect(real.sandbox.books.payouts()).toHaveLength(REFERENCES.length);
	});

	it('has the end of every row in the ledger, once', async () => {
		const rows = await real.client.tableRows(LEDGER);
		const paid = rows.filter(({ reference }) => REFERENCES.includes(String(reference)));
		const outcomes = paid.map(({ outcome }) => String(outcome));
		expect(paid).toHaveLength(REFERENCES.length);
		expect(new Set(paid.map(({ reference }) => reference)).size).toBe(REFERENCES.length);
		expect(new Set(outcomes)).toEqual(new Set(['submitted', 'already_submitted']));
		// The others were not sent again, or were sent for the first time.
		const again = outcomes.filter((outcome) => outcome === 'already_submitted');
		expect(again).toHaveLength(acceptedAtTheKill - FIRST_CHUNK);
	});

	it('holds back a wrong row, and rows of different chunks with one reference', async () => {
		const rows = await real.client.tableRows(LEDGER);
		const wrong = rows.filter(({ outcome }) => outcome === 'not_sent');
		expect(wrong.map(({ reference }) => reference).sort()).toEqual(['TWICE', 'WRONG']);
		expect(wrong.every(({ message, next_step: next }) => Boolean(message && next))).toBe(true);
		expect(real.sandbox.books.acceptedTimes('TWICE')).toBe(0);
	});

	it('says how many rows were paid, and how many were not', () => {
		const sent = REFERENCES.length - acceptedAtTheKill;
		expect(second.nodes['Say What Happened']?.outputs[0]?.[0]?.json).toEqual({
			message: [
				`${sent} payouts were sent: TRY ${(sent * 100.5).toLocaleString('en', { minimumFractionDigits: 2 })}.`,
				`${acceptedAtTheKill} had been sent before and were not paid again.`,
				'3 cannot be paid as they are: the ledger says why.',
			].join(' '),
			stopped: false,
		});
	});

	it(
		'sends no further chunk after one that stopped, and ends as failed',
		async () => {
			const more = Array.from({ length: CHUNK + 50 }, (_, index) => `MORE-${index}`);
			await real.client.addTableRows(ORDERS, payable(...more));
			real.sandbox.changeSettings({ requestsPerSecond: 0 });
			const stopped = await real.client.run(workflow.id, RUN_LIMIT_MS);
			expect(stopped.status).toBe('error');
			expect(stopped.error?.message).toMatch(/^The run stopped\. .* 250 were not sent\. Run/);
			const known = (await real.client.tableRows(LEDGER)).map(({ reference }) => reference);
			expect(known).toContain(more[CHUNK - 1]);
			expect(known).not.toContain(more[CHUNK]);

			real.sandbox.changeSettings({ requestsPerSecond: null });
			const again = await real.client.run(workflow.id, RUN_LIMIT_MS);
			expect(again.status).toBe('success');
			expect(more.map((reference) => real.sandbox.books.acceptedTimes(reference))).toEqual(
				more.map(() => 1),
			);
		},
		2 * RUN_LIMIT_MS,
	);
});

/** The rows of the table: one is wrong, and one reference is in the first and in the last chunk. */
function orders(): TableRow[] {
	const rows = payable('TWICE', 'WRONG', ...REFERENCES, 'TWICE');
	Object.assign(rows[1] ?? {}, { iban: 'TR33 0006 1005 1978 6457 8413 27' });
	return rows;
}

function payable(...references: string[]): TableRow[] {
	return turkishRows(...references).map((row) => ({ ...row, destination: 'TUR-TRY' }));
}

/** The workflow as published with a trigger of one's own, here a webhook. */
function startedFromOutside(file: WorkflowFile): WorkflowFile {
	const parameters = { path: 'start', responseMode: 'onReceived', options: {} };
	const trigger = workflowNode('Start', 'n8n-nodes-base.webhook', 2, parameters, {
		webhookId: randomUUID(),
	});
	const link = { node: 'Which Part?', type: 'main', index: 0 };
	return {
		...file,
		nodes: [...file.nodes, trigger],
		connections: { ...file.connections, Start: { main: [[link]] } },
	};
}
