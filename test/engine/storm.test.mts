import { IdempotencyKeys } from '../../sandbox/api/idempotency.mts';
import type { BookedPayout } from '../../sandbox/server.mts';
import { auditBooks, auditRun } from '../storm/audit.mts';
import type { AuditedBooks, AuditedRun } from '../storm/audit.mts';
import { makeStormRows } from '../storm/rows.mts';
import { runStorm } from '../storm/storm.mts';

const STORM_LIMIT_MS = 40_000;

test(
	'pays every good row exactly once, whatever goes wrong and however often it runs again',
	async () => {
		const seed = 20_260_101;
		const report = await runStorm({ seed, rows: 80 });
		expect({ seed, violations: report.violations }).toEqual({ seed, violations: [] });
		expect(report.runs).toBeGreaterThan(2);
		expect(Object.keys(report.faults).length).toBeGreaterThan(8);
		expect(report.outcomes.unknown).toBeGreaterThan(0);
	},
	STORM_LIMIT_MS,
);

describe('the audit of the storm', () => {
	afterEach(() => jest.restoreAllMocks());

	test(
		'sees payouts made twice when the server forgets the idempotency keys',
		async () => {
			jest.spyOn(IdempotencyKeys.prototype, 'mustBeNew').mockReturnValue(undefined);
			const { violations } = await runStorm({ seed: 7, rows: 30 });
			expect(violations.join('\n')).toMatch(/was accepted [2-9] times in the end\./);
		},
		STORM_LIMIT_MS,
	);

	const rows = makeStormRows(30, () => 0.5);
	const [row] = rows;
	if (!row) throw new Error('There is no first row.');
	const spoiled = rows.findIndex(({ good }) => !good);

	/** Books in which every good row is paid once, with one entry changed. */
	function doctored(reference = '', changed: Array<Partial<BookedPayout>> = []): AuditedBooks {
		const payouts = rows.flatMap((each) => {
			const proper = { sessionId: 'ps_1', amount: each.amount };
			if (each.reference === reference) return changed.map((entry) => ({ ...proper, ...entry }));
			return each.good ? [proper] : [];
		});
		const paidAmount = payouts.reduce((sum, { amount }) => sum + amount, 0);
		return {
			acceptedTimes: (name) => (name === reference ? changed.length : 1),
			summary: (key) => {
				const good = rows.some((each) => each.good && each.reference === key);
				const own = key === reference ? changed : good ? [{}] : [];
				const amount = rows.find((each) => each.reference === key)?.amount;
				const listed = own.map((entry) => ({ sessionId: 'ps_1', amount, ...entry }));
				return {
					key,
					accepted: own.length,
					paid: own.length,
					paidAmount: 0,
					payouts: listed as BookedPayout[],
				};
			},
			totals: () => ({
				usd: { accepted: payouts.length, paid: payouts.length, paidAmount, returnedAmount: 0 },
			}),
		};
	}

	test.each<[string, AuditedBooks, RegExp]>([
		['a payout made twice', doctored(row.reference, [{}, {}]), /accepted 2 times in the end/],
		['a payout that is missing', doctored(row.reference, []), /accepted 0 times in the end/],
		['a wrong amount', doctored(row.reference, [{ amount: 1 }]), /was paid 1 instead of/],
		['a bad row paid', doctored(rows[spoiled]?.reference, [{}]), /accepted 1 times in the end/],
	])('sees %s in the books', (_name, books, sentence) => {
		expect(auditBooks(rows, doctored())).toEqual([]);
		expect(auditBooks(rows, books).join('\n')).toMatch(sentence);
	});

	const plan: AuditedRun['plan'] = {
		onError: 'continueErrorOutput',
		retryOnFail: false,
		withBadRows: true,
		options: {},
	};
	const reported: AuditedRun['reported'][number] = {
		item: 0,
		outcome: 'submitted',
		reference: row.reference,
		sessionId: 'ps_1',
		amount: row.amount,
		json: {},
		success: true,
	};
	const audit = (change: Partial<AuditedRun>, books = doctored()) =>
		auditRun(
			{
				plan,
				rows: [row],
				reported: [reported],
				acceptedBefore: new Map(),
				requests: [],
				...change,
			},
			books,
		).join('\n');
	const request = {
		number: 1,
		at: '',
		method: 'POST',
		path: '/api/v1/session/init/payout',
		rawBytes: Buffer.alloc(0),
		signatureValid: true,
		status: 200,
		outcome: 'ok',
		rawBody: JSON.stringify({ metadata: row.reference }),
		fault: null,
	};
	const keyed = (key: string) => ({ ...request, headers: { 'x-partner-idempotency-key': key } });
	const failed = { ...reported, success: false, outcome: 'rejected', json: row.json };

	test.each<[string, Partial<AuditedRun>, RegExp]>([
		['a row without an outcome', { reported: [] }, /1 rows should have one outcome each, 0 came/],
		['a row with two outcomes', { reported: [reported, reported] }, /each, 2 came out/],
		[
			'an outcome of another row',
			{ reported: [{ ...reported, reference: 'INV-9' }] },
			/its outcome names/,
		],
		[
			'another session',
			{ reported: [{ ...reported, sessionId: 'ps_2' }] },
			/ps_2 is not its session/,
		],
		['another amount', { reported: [{ ...reported, amount: 1 }] }, /the amount is wrong/],
		[
			'an error in a success',
			{ reported: [{ ...reported, json: { error: 'x' } }] },
			/has a key error/,
		],
		['a refusal of a row that was paid', { reported: [failed] }, /\(rejected\): it was sent/],
		['a key that is not the row’s', { requests: [keyed('INV-9')] }, /No good row has the key/],
		['a key where none belongs', { requests: [{ ...keyed('a'), path: '/x' }] }, /sent to \/x/],
	])('sees %s in a run', (_name, change, sentence) => {
		expect(audit({ requests: [keyed(row.key)] })).toBe('');
		expect(audit(change)).toMatch(sentence);
	});
});
