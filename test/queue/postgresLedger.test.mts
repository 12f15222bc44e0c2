import { POSTGRES_CHUNK } from '../../examples/source/postgres.mts';
import { storeCredential } from '../../n8n/credential.mts';
import { openForm } from '../../n8n/formClient.mts';
import { waitUntil } from '../../n8n/poll.mts';
import type { N8nClient } from '../../n8n/restClient.mts';
import { startN8nWithSandbox } from '../../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import type { StoredWorkflow } from '../../n8n/workflow.mts';
import { turkishRows } from '../support/account.mts';
import { makeCsv } from '../support/desk.mts';
import type { SheetRow } from '../support/desk.mts';
import { makePostgresLedger, writeOrders } from '../support/postgresLedger.mts';
import type { PostgresLedger } from '../support/postgresLedger.mts';
import { publish, startedByWebhook, startQueueN8n, startRuns } from '../support/queueN8n.mts';
import type { QueueN8n } from '../support/queueN8n.mts';
import { START_LIMIT_MS } from '../support/realN8n.mts';

const RUN_LIMIT_MS = 10 * 60_000;
const ROWS = 10_000;

let real: QueueN8n;
let ledger: PostgresLedger;
let keeping: StoredWorkflow;

beforeAll(async () => {
	// A worker that takes one run at a time leaves the second run to the other worker.
	real = await startQueueN8n({ concurrency: 1 });
	ledger = await makePostgresLedger(real.client, real.queue.query);
	await ledger.import('pay-orders.json', real.credential);
	keeping = await ledger.import('keep-the-ledger.json', real.credential);
	await fold(real.client, keeping);
}, START_LIMIT_MS);

afterAll(async () => await (real as QueueN8n | undefined)?.stop());

describe('a payout through the desk of an n8n with SQLite', () => {
	const REFERENCE = 'DESK-1, with a comma';
	let desk: N8nWithSandbox;

	beforeAll(async () => {
		desk = await startN8nWithSandbox({}, { autoConfirm: false });
	}, START_LIMIT_MS);

	afterAll(async () => await (desk as N8nWithSandbox | undefined)?.stop());

	it('is uploaded, paid, folded into the ledger, confirmed and followed up', async () => {
		const { n8n, client, sandbox, fields } = desk;
		const { webhookPublicKey } = sandbox;
		const smartGlocal = await storeCredential(client, { ...fields, webhookPublicKey }, 'Both');
		const own = await makePostgresLedger(client, real.queue.query);
		await own.import('pay-orders.json', smartGlocal);
		const keeper = await own.import('keep-the-ledger.json', smartGlocal);
		await fold(client, keeper);
		const following = await own.import('follow-up.json', smartGlocal);
		const trigger = following.nodes.find(({ name }) => name === 'A Payout Has Changed');
		const webhookUrl = `${n8n.url}/webhook/${trigger?.webhookId}/webhook`;
		const upload = await own.import('pay-a-spreadsheet.json', smartGlocal);
		await client.activate(following);
		await client.activate(upload);
		await waitUntilLive(webhookUrl, 'POST');
		await waitUntilLive(`${n8n.url}/form/pay-a-spreadsheet`, 'GET');

		sandbox.changeSettings({ webhookUrl });

		const [row] = turkishRows(REFERENCE);
		const csv = makeCsv([{ ...row, destination: 'TUR-TRY' } as SheetRow]);
		const form = await openForm(n8n.url, 'pay-a-spreadsheet');
		const page = await form.submit([new File([csv], 'payouts.csv')]);
		const [, pay = ''] = /value='(Pay [^']*)'/.exec(page.html) ?? [];
		await page.submit([JSON.stringify([pay])]);
		expect(sandbox.books.acceptedTimes(REFERENCE)).toBe(1);
		// It confirms, which makes further webhooks.
		const isFollowed = async () => {
			await fold(client, keeper);
			return (await payouts(own))[0]?.[2] === 'succeeded';
		};
		await waitUntil(isFollowed, 'It was not confirmed, or its end not folded.');
		expect(await payouts(own)).toEqual([[REFERENCE, 'submitted', 'succeeded', 't']]);
		const happened = await own.query('SELECT event FROM smart_glocal_events WHERE folded');
		const events = new Set(happened.map(([event]) => event));
		expect([...events].sort()).toEqual(['confirm', 'outcome', 'webhook']);
	});
});

/** n8n publishes in the background. */
async function waitUntilLive(url: string, method: string): Promise<void> {
	const isLive = async () => (await fetch(url, { method, redirect: 'manual' })).status !== 404;
	await waitUntil(isLive, `${url} is not there.`);
}

/** Folds all events; makes the tables where they are missing. */
async function fold(client: N8nClient, { id }: StoredWorkflow): Promise<void> {
	const { status, error } = await client.run(id, RUN_LIMIT_MS);
	if (status !== 'success') throw new Error(`The fold ended as ${status}: ${error?.message}`);
}

/** The reference, the outcome, the status and the end of each payout. */
async function payouts({ query }: PostgresLedger): Promise<string[][]> {
	return await query(
		'SELECT reference, outcome, status, final FROM smart_glocal_payouts ORDER BY id',
	);
}

async function newEvents({ query }: PostgresLedger): Promise<number> {
	const [[count] = []] = await query('SELECT count(*) FROM smart_glocal_events WHERE NOT folded');
	return Number(count);
}

describe('the claims', () => {
	const claim = (run: string) =>
		`INSERT INTO smart_glocal_claims (reference, run) VALUES ('SAME', '${run}')`;

	beforeEach(async () => void (await ledger.query('DELETE FROM smart_glocal_claims')));
	afterAll(async () => void (await ledger.query('DELETE FROM smart_glocal_claims')));

	/** Claims while another connection has claimed, too, and has not committed yet. */
	async function claimDuring(): Promise<string[]> {
		const slow = ledger.query(`BEGIN; ${claim('slow')}; SELECT pg_sleep(3); COMMIT`);
		const isClaimed = async () => {
			const sleeping = `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
			return (await ledger.query(sleeping)).length > 0;
		};
		await waitUntil(isClaimed, 'The other connection did not claim.', { everyMs: 50 });
		await ledger.query(claim('quick'));
		const seen = await ledger.query('SELECT run FROM smart_glocal_claims ORDER BY id');
		await slow;
		return seen.map(([run = '']) => run);
	}

	it('show whoever has claimed each claim with a lower id', async () => {
		expect(await claimDuring()).toEqual(['slow', 'quick']);
	});

	it('would not without their trigger', async () => {
		await ledger.query('ALTER TABLE smart_glocal_claims DISABLE TRIGGER in_order');
		const seen = await claimDuring();
		await ledger.query('ALTER TABLE smart_glocal_claims ENABLE TRIGGER in_order');
		expect(seen).toEqual(['quick']);
	});

	it('show it in thousands of claims at once, too', async () => {
		const [[first] = []] = await ledger.query(`${claim('first')} RETURNING id`);
		// Nothing is removed meanwhile, so that ids without a row are rows that are not visible yet.
		const claimAndLook = `DO $$
			DECLARE own bigint; seen bigint;
			BEGIN FOR round IN 1..500 LOOP
				INSERT INTO smart_glocal_claims (reference, run) VALUES ('SAME', 'many') RETURNING id INTO own;
				COMMIT;
				SELECT count(*) INTO seen FROM smart_glocal_claims WHERE id <= own;
				IF seen <> own - ${first} + 1 THEN RAISE EXCEPTION 'Claim % sees %', own, seen; END IF;
			END LOOP; END $$`;
		const connections = Array.from({ length: 4 }, async () => await ledger.query(claimAndLook));
		await Promise.all(connections);
		const [[count] = []] = await ledger.query('SELECT count(*) FROM smart_glocal_claims');
		expect(Number(count)).toBe(2_001);
	});
});

describe('10,000 rows by two runs, when a worker is killed in the middle', () => {
	const REFERENCES = Array.from({ length: ROWS }, (_, index) => `RUN-${index}`);
	let acceptedAtTheKill: number;
	let left: number;

	beforeAll(async () => {
		const { client, queue, sandbox } = real;
		const file = await ledger.import('pay-thousands.json', real.credential, (example) =>
			startedByWebhook(example, 'pay-thousands'),
		);
		await client.run(file.id);
		const url = await publish(real, file, 'pay-thousands');
		await writeOrders(ledger, 'RUN', ROWS);
		sandbox.changeSettings({ latencyMs: 20 });
		const [killed] = queue.workers;
		await startRuns(url, 2);
		const accepted = () => REFERENCES.filter((one) => sandbox.books.acceptedTimes(one) > 0).length;
		const times = { everyMs: 50, withinMs: RUN_LIMIT_MS };
		const isInTheMiddle = async () => accepted() >= 3_000 && (await claimingRuns()) > 1;
		await waitUntil(isInTheMiddle, '3,000 rows were not sent in time.', times);
		await killed?.end('SIGKILL');
		acceptedAtTheKill = accepted();
		// Starting takes as long as the other run needs.
		await queue.startWorker();
		const isOneEnded = async () => (await ended(file.id)) > 0;
		await waitUntil(isOneEnded, 'The other run has not ended.', times);
		[[left = 0] = []] = (
			await ledger.query(
				// After ten minutes, what a stopped run has claimed is sent again.
				`WITH old AS (UPDATE smart_glocal_claims SET claimed_at = claimed_at - interval '11 minutes' RETURNING 1)
				 SELECT count(*) FROM old`,
			)
		).map((row) => row.map(Number));
		await startRuns(url, 1);
		await waitUntil(
			async () => (await outcomes()).length === ROWS,
			'The next run has not paid the rest.',
			times,
		);
		const isFolded = async () => {
			await fold(client, keeping);
			return (await newEvents(ledger)) === 0;
		};
		await waitUntil(isFolded, 'The events were not folded.', times);
	}, 2 * RUN_LIMIT_MS);

	async function claimingRuns(): Promise<number> {
		const [[count] = []] = await ledger.query(
			'SELECT count(DISTINCT run) FROM smart_glocal_claims',
		);
		return Number(count);
	}

	async function ended(workflow: string): Promise<number> {
		const all = await real.client.executions(workflow);
		return all.filter(({ status }) => status === 'success').length - 1;
	}

	async function outcomes(): Promise<string[][]> {
		return await ledger.query(
			`SELECT DISTINCT reference FROM smart_glocal_events WHERE event = 'outcome'`,
		);
	}

	it('is killed in the middle, and leaves the claims of one chunk at most', () => {
		expect(acceptedAtTheKill).toBeLessThan(ROWS);
		expect(left).toBeLessThanOrEqual(POSTGRES_CHUNK);
	});

	it('pays each row exactly once', () => {
		const times = REFERENCES.map((reference) => real.sandbox.books.acceptedTimes(reference));
		expect(times).toEqual(REFERENCES.map(() => 1));
		expect(real.sandbox.books.payouts()).toHaveLength(ROWS);
	});

	it('has one row of each in the ledger, as Smart Glocal has it', async () => {
		const rows = await payouts(ledger);
		expect(rows.map(([reference]) => reference).sort()).toEqual([...REFERENCES].sort());
		const known = ['submitted', 'already_submitted'];
		expect(rows.filter(([, outcome = '']) => !known.includes(outcome))).toEqual([]);
	});
});
