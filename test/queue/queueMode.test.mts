import { CHUNK } from '../../examples/source/payOrders.mts';
import { ORDERS } from '../../examples/source/payThousands.mts';
import { CLAIMS, EVENTS } from '../../examples/source/tables.mts';
import { waitUntil } from '../../n8n/poll.mts';
import type { QueueProcess } from '../../n8n/queueMode.mts';
import { turkishRows } from '../support/account.mts';
import { FORGED_SIGNATURES } from '../support/webhookForgeries.mts';
import {
	describeExecutions,
	publishPayThousands,
	publishReceiver,
	startRuns,
	startQueueN8n,
	tableColumn,
} from '../support/queueN8n.mts';
import type { QueueN8n } from '../support/queueN8n.mts';
import { START_LIMIT_MS } from '../support/realN8n.mts';
import { deliver, finishedPayout } from '../support/webhookDelivery.mts';
import { postBurst } from '../support/webhooks.mts';

const RUN_LIMIT_MS = 15 * 60_000;
/** As many as there are workers: they share the rows. */
const RUNS = 2;
/** In which all is paid after workers were ended: one, unless n8n itself breaks a run off. */
const MAX_ROUNDS = 3;
const REFERENCES = Array.from({ length: 10_000 }, (_, index) => `RUN-${index}`);

let real: QueueN8n;

beforeAll(async () => {
	// Less than a chunk takes, so that the worker ends in the middle of one.
	const settings = { N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '1' };
	// A worker that takes one run at a time leaves the second run to the other worker.
	real = await startQueueN8n({ concurrency: 1, settings });
}, START_LIMIT_MS);

afterAll(async () => await (real as QueueN8n | undefined)?.stop());

describe('1,000 webhooks in a burst through the webhook processor, every tenth forged', () => {
	const RECEIVED = 'Webhooks received';
	const isForged = (index: number) => index % 10 === 0;
	const events = Array.from({ length: 1_000 }, (_, index) => `HOOK-${index}`);
	let statuses: number[];
	let executed: string[][];
	let written: string[];

	beforeAll(async () => {
		const { workflow, url } = await publishReceiver(real, RECEIVED);
		const deliveries = events.map((reference, index) => {
			const genuine = deliver(finishedPayout(reference, 'succeeded'), real.keys.privateKey);
			const [, forge] = FORGED_SIGNATURES[(index / 10) % FORGED_SIGNATURES.length] ?? [];
			return isForged(index) && forge ? forge(genuine, real.keys.privateKey) : genuine;
		});
		statuses = await postBurst(url, deliveries, 50);
		const hasEnded = async () => {
			const query = `SELECT status, count(*) FROM execution_entity WHERE "workflowId" = '${workflow.id}' GROUP BY 1`;
			executed = await real.queue.query(query);
			return executed.every(([status = '']) => !['new', 'running'].includes(status));
		};
		const times = { everyMs: 500, withinMs: RUN_LIMIT_MS };
		await waitUntil(hasEnded, 'The executions of the burst have not ended.', times);
		written = await tableColumn(real, RECEIVED, 'reference');
	}, RUN_LIMIT_MS);

	it('refuses each forged one with 401', () => {
		expect(statuses).toEqual(events.map((_, index) => (isForged(index) ? 401 : 200)));
	});

	it('executes each genuine one once, and nothing else', () => {
		const genuine = events.filter((_, index) => !isForged(index));
		expect(written.sort()).toEqual(genuine.sort());
		expect(executed).toEqual([['success', String(genuine.length)]]);
	});
});

describe('10,000 rows, when one worker is killed and one is told to end in the middle', () => {
	let firstWorkers: QueueProcess[];
	let logs: string[];
	let atTheEnd: string[];
	let claimed: string[];
	let acceptedAtTheEnd: number;
	let outcomes: string[];
	let references: string[];

	beforeAll(async () => {
		const { client, queue, sandbox } = real;
		const url = await publishPayThousands(real);
		for (let from = 0; from < REFERENCES.length; from += 1_000) {
			const rows = turkishRows(...REFERENCES.slice(from, from + 1_000));
			await client.addTableRows(
				ORDERS,
				rows.map((row) => ({ ...row, destination: 'TUR-TRY' })),
			);
		}
		sandbox.changeSettings({ latencyMs: 300 });
		firstWorkers = [...queue.workers];
		const [killed, ended] = firstWorkers;
		await startRuns(url, RUNS);
		await received(2_500);
		await killed?.end('SIGKILL');
		await received(4_000);
		await ended?.end('SIGTERM');
		atTheEnd = await tableColumn(real, EVENTS, 'reference');
		claimed = await tableColumn(real, CLAIMS, 'reference');
		acceptedAtTheEnd = sandbox.books.payouts().length;
		logs = await Promise.all(firstWorkers.map(async (worker) => await worker.log()));

		await Promise.all([queue.startWorker(), queue.startWorker()]);
		// What n8n does by itself on a schedule, or a person who does not look at executions.
		for (let round = 1; round <= MAX_ROUNDS && !(await isDone()); round++) {
			if (round > 1) console.error(await describeExecutions(real));
			await payAgain(url);
		}
		outcomes = await tableColumn(real, EVENTS, 'outcome');
	}, 2 * RUN_LIMIT_MS);

	async function isDone() {
		references = await tableColumn(real, EVENTS, 'reference');
		return new Set(references).size === REFERENCES.length;
	}

	/** Runs once more, when what stopped runs have claimed is sent again: after ten minutes. */
	async function payAgain(url: string) {
		const { client, queue } = real;
		const table = (await client.tableUrl(CLAIMS))?.split('/').at(-1);
		await queue.query(
			`UPDATE "data_table_user_${table}" SET claimed_at = claimed_at - interval '11 minutes'`,
		);
		await startRuns(url, RUNS);
		const hasEnded = async () => {
			const [[open] = []] = await queue.query(
				`SELECT count(*) FROM execution_entity WHERE mode = 'webhook' AND status IN ('new', 'running')`,
			);
			return open === '0';
		};
		const times = { everyMs: 1_000, withinMs: RUN_LIMIT_MS };
		await waitUntil(hasEnded, 'The runs have not ended.', times).catch(
			async ({ message }: Error) => {
				throw new Error(`${message}\n${await describeExecutions(real)}`);
			},
		);
	}

	async function received(requests: number) {
		const isReceived = () => real.sandbox.counters().received >= requests;
		const times = { everyMs: 20, withinMs: RUN_LIMIT_MS };
		await waitUntil(isReceived, `${requests} rows were not sent in time.`, times);
	}

	it('has both workers at work', () => {
		for (const log of logs) expect(log).toContain('Worker started execution');
	});

	it('leaves the claims of what was being sent, at most one chunk for each run', () => {
		expect(claimed.length).toBeGreaterThan(0);
		expect(claimed.length).toBeLessThanOrEqual(RUNS * CHUNK);
		expect(acceptedAtTheEnd).toBeLessThan(REFERENCES.length);
	});

	it('pays each row exactly once', () => {
		const { books } = real.sandbox;
		const times = REFERENCES.map((reference) => books.acceptedTimes(reference));
		expect(times).toEqual(REFERENCES.map(() => 1));
		expect(books.payouts()).toHaveLength(REFERENCES.length);
	});

	it('has an outcome of each row among the events after the next run', () => {
		expect([...new Set(references)].sort()).toEqual([...REFERENCES].sort());
		const known = ['submitted', 'already_submitted'];
		expect(outcomes.filter((outcome) => !known.includes(outcome))).toEqual([]);
		// Accepted before the workers ended, with a response that nobody wrote down.
		const unwritten = acceptedAtTheEnd - new Set(atTheEnd).size;
		const again = outcomes.filter((outcome) => outcome === 'already_submitted');
		expect(again.length).toBeGreaterThanOrEqual(unwritten);
	});
});
