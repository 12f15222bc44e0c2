import { CHUNK } from '../../../examples/source/payOrders.mts';
import { ORDERS } from '../../../examples/source/payThousands.mts';
import { CLAIMS, EVENTS } from '../../../examples/source/tables.mts';
import { readExample } from '../../../n8n/exampleWorkflow.mts';
import type { Execution } from '../../../n8n/execution.mts';
import { launchN8n } from '../../../n8n/launch.mts';
import { waitUntil } from '../../../n8n/poll.mts';
import type { TableRow } from '../../../n8n/restClient.mts';
import type { StoredWorkflow } from '../../../n8n/workflow.mts';
import { startN8nWithSandbox } from '../../../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../../../n8n/withSandbox.mts';
import { turkishRows } from '../../support/account.mts';
import { foldedLedger } from '../../support/desk.mts';
import { changeTable } from '../../support/deskPeople.mts';
import { prepareKillableN8n } from '../../support/killableN8n.mts';
import type { KillableN8n } from '../../support/killableN8n.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { publishPayOrders, startedByWebhook } from '../../support/queueN8n.mts';
import { START_LIMIT_MS } from '../../support/realN8n.mts';
import { callWhenLive } from '../../support/webhooks.mts';

const it = needing('ledger');

const REFERENCES = Array.from({ length: 1_197 }, (_, index) => `RUN-${index}`);
const RUN_LIMIT_MS = 180_000;

describe('the example that pays thousands of rows', () => {
	let killable: KillableN8n;
	let real: N8nWithSandbox;
	let workflow: StoredWorkflow;
	let atTheKill: TableRow[];
	let claimedAtTheKill: TableRow[];
	let acceptedAtTheKill: number;
	let receivedAfterTheStart: number;
	let second: Execution;

	beforeAll(async () => {
		killable = await prepareKillableN8n();
		real = await startN8nWithSandbox(killable.options, { latencyMs: 500 });
		const payOrders = await publishPayOrders(real);
		const file = await readExample('pay-thousands.json', real.credential, {}, payOrders);
		workflow = await real.client.createWorkflow(startedByWebhook(file, 'start'));
		// The first run makes the tables.
		await real.client.run(workflow.id);
		await real.client.addTableRows(ORDERS, orders());
		await real.client.activate(workflow);

		await callWhenLive(`${real.n8n.url}/webhook/start`, { method: 'POST' });
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
		atTheKill = await real.client.tableRows(EVENTS);
		claimedAtTheKill = await real.client.tableRows(CLAIMS);
		// What a stopped run has claimed is sent again after ten minutes.
		const claimed_at = new Date(Date.now() - 11 * 60_000).toISOString();
		await changeTable(real, CLAIMS, { run: claimedAtTheKill[0]?.run }, { claimed_at });
		second = await real.client.run(workflow.id, RUN_LIMIT_MS);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await real?.n8n.stop();
		await real?.sandbox.stop();
		await killable?.remove();
	});

	it('loses the outcomes of one chunk at most when n8n is killed', () => {
		const written = atTheKill.map(({ reference }) => reference);
		expect(written.sort()).toEqual(REFERENCES.slice(0, CHUNK).sort());
		const claimed = claimedAtTheKill.map(({ reference }) => reference);
		expect(claimed).toEqual(REFERENCES.slice(CHUNK, 2 * CHUNK));
		expect(acceptedAtTheKill).toBeGreaterThan(CHUNK);
		expect(acceptedAtTheKill).toBeLessThan(2 * CHUNK);
	});

	it('sends nothing when n8n starts again', () => {
		expect(receivedAfterTheStart).toBe(0);
	});

	it('pays each row exactly once when it runs again', () => {
		const times = REFERENCES.map((reference) => real.sandbox.books.acceptedTimes(reference));
		expect(times).toEqual(REFERENCES.map(() => 1));
		expect(real.sandbox.books.payouts()).toHaveLength(REFERENCES.length);
	});

	it('has the end of every row in the ledger, once, and keeps no claim', async () => {
		const rows = await foldedLedger(real.client);
		expect(rows.map(({ reference }) => reference).sort()).toEqual([...REFERENCES].sort());
		// Accepted before the kill, with a response that nobody wrote down.
		const outcomes = rows.map(({ outcome }) => outcome);
		const again = outcomes.filter((outcome) => outcome === 'already_submitted');
		expect(again).toHaveLength(acceptedAtTheKill - CHUNK);
		expect(outcomes.filter((outcome) => outcome === 'submitted')).toHaveLength(
			REFERENCES.length - again.length,
		);
		expect(await real.client.tableRows(CLAIMS)).toEqual([]);
	});

	it('pays neither a wrong row, nor rows far from each other with one reference', () => {
		const results = second.nodes['List Results']?.outputs[0]?.map(({ json }) => json) ?? [];
		const left = results.filter(({ payout_outcome: outcome }) => outcome === 'not_sent');
		expect(left.map(({ reference }) => reference)).toEqual(['TWICE', 'WRONG', 'TWICE']);
		expect(left.every(({ payout_message: message }) => Boolean(message))).toBe(true);
		expect(real.sandbox.books.acceptedTimes('TWICE')).toBe(0);
	});

	it('says how many rows were paid, and how many were not', () => {
		const sent = REFERENCES.length - acceptedAtTheKill;
		const total = (sent * 100.5).toLocaleString('en', { minimumFractionDigits: 2 });
		expect(second.nodes['List Results']?.outputs[1]?.[0]?.json).toMatchObject({
			summary: [
				sent > 0 ? `${sent} payouts were sent: TRY ${total}.` : 'Nothing was paid.',
				`${acceptedAtTheKill} sent before, and not paid again.`,
				'3 not sent. The results say why, and what to do.',
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
			expect(stopped.error?.message).toMatch(
				/^Nothing was paid\. Payout 'MORE-\d+' was not sent: .*, so the run stopped\. .* 553 not sent\./,
			);
			const known = (await real.client.tableRows(EVENTS)).map(({ reference }) => reference);
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
