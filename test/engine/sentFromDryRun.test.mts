import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();
const BALANCES = { try: 1e13, usd: 1e13, eur: 1e13, jpy: 1e13, kwd: 1e13 };
beforeEach(() => account.sandbox.changeSettings({ latencyMs: 0, balances: BALANCES }));

/** Where a row says its currency, its destination, or leaves both to the node. */
const WAYS = [
	{ destination: 'TUR-TRY', currency: 'TRY', columns: {} },
	{ destination: 'TUR-TRY', currency: 'USD', columns: { currency: 'USD' } },
	{ destination: 'ROW', currency: 'TRY', columns: { destination: 'TUR-TRY' } },
	{ destination: 'ROW', currency: 'EUR', columns: { destination: 'TUR-TRY', Currency: 'eur' } },
	{ destination: 'OTHER', currency: 'TRY', columns: {} },
	{ destination: 'OTHER', currency: 'JPY', columns: { currency: 'JPY' } },
	{ destination: 'OTHER', currency: 'KWD', columns: { Currency: 'kwd' } },
];

const OTHER_COLUMNS = { recipient_country_iso3: 'TUR', recipient_currency: 'TRY' };

test('an item of a dry run, sent again, pays the same', async () => {
	let count = 0;
	const cases = fc.record({
		way: fc.constantFrom(...WAYS),
		amountUnit: fc.constantFrom('major', 'minor'),
		minor: fc.integer({ min: 1, max: 10 ** 9 }),
		simplify: fc.boolean(),
		isNumber: fc.boolean(),
		rounds: fc.integer({ min: 1, max: 2 }),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ way, minor, simplify, isNumber, rounds, ...drawn }) => {
			const isCertain = way.currency !== 'JPY' && way.currency !== 'KWD';
			const amountUnit = isCertain ? drawn.amountUnit : 'minor';
			const written = amountUnit === 'major' ? (minor / 100).toFixed(2) : String(minor);
			const reference = `DRY-${count++}`;
			let rows = turkishRows(reference).map((row): IDataObject => {
				const other = way.destination === 'OTHER' ? OTHER_COLUMNS : {};
				const amount = isNumber ? Number(written) : written;
				return { ...row, ...other, ...way.columns, amount, Comment: 'x' };
			});
			const pay = async (dryRun: boolean) => {
				const options = { dryRun, simplify, includeInputFields: true };
				const parameters = { ...automatic(way.destination, options), currency: '', amountUnit };
				const { success, error } = await account.pay(rows, parameters);
				expect(error?.description).toBeUndefined();
				return success.map(({ json }) => json);
			};
			for (let round = 0; round < rounds; round++) {
				const items = await pay(true);
				expect(items[0]).toMatchObject(rows[0] ?? {});
				expect(items[0]).toMatchObject({ smart_glocal_dry_run: true });
				rows = items;
			}
			await pay(false);
			const [paid, ...more] = account.sandbox.books.summary(reference).payouts;
			expect(more).toEqual([]);
			expect(paid).toMatchObject({ amount: minor, currency: way.currency.toLowerCase() });
			const body = account.sandbox.requests().at(-1)?.rawBody ?? '';
			expect(body).toContain('"iban":"TR330006100519786457841326"');
		}),
		{
			numRuns: 60,
			examples: WAYS.map((way) => [
				{ way, amountUnit: 'minor', minor: 10_000, simplify: true, isNumber: true, rounds: 1 },
			]),
		},
	);
}, 120_000);

test('an item of a dry run has no account where the row is not included, and is refused', async () => {
	const { success } = await account.pay(turkishRows('DRY'), automatic('TUR-TRY', { dryRun: true }));
	const items = success.map(({ json }) => json);
	const { error } = await account.pay(items, automatic('TUR-TRY'));
	expect(error?.message).toContain('There are no columns');
	expect(account.sandbox.counters().received).toBe(0);
});
