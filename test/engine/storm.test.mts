import { IdempotencyKeys } from '../../sandbox/api/idempotency.mts';
import { auditBooks } from '../storm/audit.mts';
import type { AuditedBooks } from '../storm/audit.mts';
import { HOSTILE_ROWS } from '../storm/hostileRows.mts';
import { describePlan, planStorm, REFUSED_SETTING } from '../storm/plan.mts';
import { makeStormRows } from '../storm/rows.mts';
import { runStorm } from '../storm/storm.mts';
import { doctoredBooks, recordPayout } from '../support/doctoredStorm.mts';

/** A storm of 80 rows takes about 15 s, on a busy machine more. */
const STORM_LIMIT_MS = 120_000;

test(
	'pays every good row exactly once, whatever goes wrong and however often it runs again',
	async () => {
		const seed = 4;
		const report = await runStorm({ seed, rows: 80 });
		expect({ seed, violations: report.violations }).toEqual({ seed, violations: [] });
		expect(report.runs.length).toBeGreaterThan(5);
		expect(report.runs.join()).toContain(REFUSED_SETTING);
		expect(report.kinds).toBeGreaterThan(30);
		expect(Object.keys(report.faults).length).toBeGreaterThan(8);
		expect(report.outcomes.unknown).toBeGreaterThan(0);

		const planned = report.runs
			.slice(0, -1)
			.map((_plan, index) => planStorm(seed, 80).run(index + 1).plan);
		expect(report.runs.slice(0, -1)).toEqual(planned.map(describePlan));
	},
	STORM_LIMIT_MS,
);

test('draws the same rows, plans and orders from the same seed, and others from another', () => {
	const draw = (seed: number) => {
		const { rows, run } = planStorm(seed, 200);
		const runs = Array.from({ length: 50 }, (_, index) => run(index + 1));
		return JSON.stringify([rows, runs]);
	};
	expect(draw(3) === draw(3)).toBe(true);
	expect(draw(3) === draw(4)).toBe(false);
});

test('draws a run without those before it', () => {
	const [one, other] = [planStorm(3, 50), planStorm(3, 50)];
	one.run(1);
	expect(JSON.stringify(one.run(7))).toBe(JSON.stringify(other.run(7)));
});

test('has every kind of row in a storm of the usual size', () => {
	const kinds = new Set(planStorm(1, 500).rows.map(({ kind }) => kind));
	expect(HOSTILE_ROWS.filter(([kind]) => !kinds.has(kind))).toEqual([]);
});

test(
	'sees payouts made twice when the server forgets the idempotency keys',
	async () => {
		const forget = jest.spyOn(IdempotencyKeys.prototype, 'mustBeNew').mockReturnValue(undefined);
		const { violations } = await runStorm({ seed: 7, rows: 30 });
		forget.mockRestore();
		expect(violations.join('\n')).toMatch(/it was accepted [2-9] times\./);
	},
	STORM_LIMIT_MS,
);

describe('the audit of the books', () => {
	const rows = makeStormRows(30, () => 0.5);
	const nameOf = (wanted: string) =>
		rows.find(({ promised }) => promised === wanted)?.reference ?? '';

	test.each<[string, AuditedBooks, RegExp]>([
		['a payout made twice', doctoredBooks(rows, nameOf('paid'), [{}, {}]), /accepted 2 times/],
		['a payout that is missing', doctoredBooks(rows, nameOf('paid'), []), /accepted 0 times/],
		[
			'a wrong amount',
			doctoredBooks(rows, nameOf('paid'), [{ amount: 1 }]),
			/was paid 1 instead of/,
		],
		['a bad row paid', doctoredBooks(rows, nameOf('refused'), [{}]), /accepted 1 times/],
	])('sees %s', (_name, books, sentence) => {
		expect(auditBooks(rows, doctoredBooks(rows))).toEqual([]);
		expect(auditBooks(rows, books).join('\n')).toMatch(sentence);
	});

	test.each(['usd', 'try'])('sees a payout in %s that belongs to no row', (currency) => {
		const books = doctoredBooks(rows);
		recordPayout(books, 'nobody', { amount: 1, currency });
		expect(auditBooks(rows, books)).toHaveLength(1);
	});
});
