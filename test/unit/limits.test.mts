import fc from 'fast-check';
import type { AmountUnit } from '../../nodes/payout/money/amount';
import { checkLimits } from '../../nodes/SmartGlocal/batch/check/limits';
import type { AmountOptions } from '../../nodes/SmartGlocal/batch/check/limits';
import { findSlowGrowth, inputsOf } from '../support/growth.mts';

type Amount = [amount: number, currency?: string, unit?: AmountUnit];

const batch = (...amounts: Amount[]) =>
	amounts.map(([amount, currency = 'USD', unit = 'major'], index) => {
		const reference = `INV-${index}`;
		return { reference, order: { idempotencyKey: reference, amount, currency, unit } };
	});
const minor = (...amounts: number[]) =>
	batch(...amounts.map((amount): Amount => [amount, 'USD', 'minor']));

/** What is said of each row: its number, and one sentence. */
function check(rows: ReturnType<typeof batch>, limits: AmountOptions): Array<[number, string]> {
	return checkLimits(rows, limits).map(({ index, message }) => [index, message]);
}

test.each<[string, ReturnType<typeof batch>, AmountOptions]>([
	['an amount in major units', batch([100_000], [1]), { maxAmount: 1000 }],
	['an amount, given as text', batch([100_000], [1]), { maxAmount: '1000.00' }],
	['an amount in minor units', minor(100_000, 1), { maxAmount: 100_000 }],
	['a total by currency', batch([60_000], [40_000], [100_000, 'EUR']), { maxTotal: 1000 }],
	['a total in minor units', minor(60_000, 40_000), { maxTotal: '100000' }],
	['nothing, without a limit', batch([Number.MAX_SAFE_INTEGER]), {}],
])('a limit may be reached by %s', (_what, rows, limits) => {
	expect(check(rows, limits)).toEqual([]);
});

test.each<[AmountUnit, AmountOptions['maxAmount'], string]>([
	['major', 1000, "1000.01 USD is above 'Max Amount' (1000) by 0.01."],
	['major', '999.5', "1000.01 USD is above 'Max Amount' (999.5) by 0.51."],
	['major', 0.01, "1000.01 USD is above 'Max Amount' (0.01) by 1000.00."],
	['minor', 100_000, "100001 USD is above 'Max Amount' (100000) by 1."],
	['minor', '1', "100001 USD is above 'Max Amount' (1) by 100000."],
])(
	'an amount in %s units may not be above %p, and by how much is said',
	(unit, maxAmount, said) => {
		const rows = batch([1, 'USD', unit], [100_001, 'USD', unit]);
		expect(checkLimits(rows, { maxAmount })).toEqual([
			{
				index: 1,
				field: 'amount',
				message: `The amount ${said}`,
				reason: 'amount above the limit',
			},
		]);
	},
);

test('the limit of an amount is read in the unit of its row', () => {
	const rows = batch([1_001, 'USD', 'minor'], [1_001, 'USD', 'major']);
	expect(check(rows, { maxAmount: 1000 }).map(([index]) => index)).toEqual([0]);
});

test('all rows of a currency are refused when its total is above the limit', () => {
	const said = "All amounts in USD add up to 1000.01, which is above 'Max Total' (1000) by 0.01.";
	const rows = batch([60_000], [100_000, 'EUR'], [40_001]);
	expect(check(rows, { maxTotal: 1000 })).toEqual([
		[0, said],
		[2, said],
	]);
	const yen = batch([600, 'JPY', 'minor'], [500, 'JPY', 'minor']);
	expect(check(yen, { maxTotal: 1000 })[1]).toEqual([
		1,
		"All amounts in JPY add up to 1100, which is above 'Max Total' (1000) by 100.",
	]);
});

test('a total is exact beyond what a floating-point number holds', () => {
	const most = Number.MAX_SAFE_INTEGER;
	const found = check(batch(...Array<Amount>(1_001).fill([most])), {
		maxTotal: '90071992547409.91',
	});
	const decimal = (amount: bigint) => String(amount).replace(/(\d\d)$/, '.$1');
	expect(found).toHaveLength(1_001);
	expect(found[1_000]?.[1]).toContain(`add up to ${decimal(BigInt(most) * 1_001n)}`);
	expect(found[1_000]?.[1]).toContain(`by ${decimal(BigInt(most) * 1_000n)}.`);
});

test('a total is refused exactly when it is above the limit', () => {
	const amounts = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 });
	fc.assert(
		fc.property(amounts, fc.integer({ min: 1, max: 20_000 }), (written, maxTotal) => {
			const total = written.reduce((sum, amount) => sum + amount, 0);
			const found = check(minor(...written), { maxTotal });
			expect(found).toHaveLength(total > maxTotal ? written.length : 0);
			for (const [, said] of found) expect(said).toContain(`by ${total - maxTotal}.`);
		}),
	);
});

test('a total of amounts in two units cannot be limited: no row of that currency is sent', () => {
	const rows = batch([1, 'USD', 'minor'], [1, 'USD', 'major'], [1, 'EUR', 'major']);
	const said = expect.stringContaining('some amounts are in major units') as string;
	expect(check(rows, { maxTotal: 1000 })).toEqual([
		[0, said],
		[1, said],
	]);
});

describe.each([
	['maxAmount', 'Max Amount'],
	['maxTotal', 'Max Total'],
] as const)('the option %s', (option, label) => {
	test.each(['1,000', '-5', 'abc', '1e3', '10.005', NaN])(
		'cannot be %p: no row is sent',
		(limit) => {
			const message = expect.stringContaining(`The option '${label}' cannot be used.`) as string;
			expect(checkLimits(batch([1], [2]), { [option]: limit })).toEqual(
				[0, 1].map((index) => ({ index, field: option, message })),
			);
		},
	);

	test('cannot limit an amount that only the session knows', () => {
		const message = expect.stringContaining('when the session was created') as string;
		expect(checkLimits(batch([0, '']), { [option]: 10 })).toEqual([
			{ index: 0, field: option, message },
		]);
	});
});

test('both limits are checked, in a time that grows with the number of rows', async () => {
	const rows = inputsOf((size) => batch(...Array<Amount>(size).fill([1_000])), 102_400);
	const slowness = await findSlowGrowth(
		(each) => expect(check(each, { maxAmount: 5, maxTotal: 5 })).toHaveLength(2 * each.length),
		rows,
	);
	expect(slowness).toBeUndefined();
});
