import fc from 'fast-check';
import { toDecimalText } from '../../nodes/payout/money/amount';
import { buildPayout } from '../../nodes/payout/buildPayout';
import type { PayoutRow } from '../../nodes/payout/buildPayout';
import { ROW_COLUMNS } from '../../nodes/payout/headers/matchColumns';
import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import { FIELD_IDS, SENDER_FIELD_IDS } from '../../nodes/payout/fields/fields';
import { readText } from '../../nodes/payout/text/readText';
import {
	BELGIAN_ROW,
	buildRow,
	CARD_ROW,
	corridorRow,
	GOOD_VALUES,
	OTHER_ROW,
	payoutOf,
} from '../support/payoutRows.mts';

const header = fc.oneof(
	{ weight: 5, arbitrary: fc.constantFrom<string>(...ROW_COLUMNS, ...FIELD_IDS) },
	fc.constantFrom('IBAN', 'Recipient First Name', '__proto__', 'toString'),
	fc.string(),
);

const anyValue = fc.oneof(
	fc.constantFrom<unknown>(...Object.values(GOOD_VALUES), '10.00', 'INV-1', ...CORRIDOR_IDS),
	fc.constantFrom<unknown>('OTHER', '', null, undefined, '#N/A', '1.2E+9', { toString: 1 }),
	fc.string({ unit: 'binary' }),
	fc.anything(),
);

const anyRow: fc.Arbitrary<PayoutRow> = fc.record({
	columns: fc.dictionary(header, anyValue, { maxKeys: 30 }),
	destination: fc.oneof(fc.constantFrom(...CORRIDOR_IDS, 'OTHER', 'CARD', 'ROW'), fc.string()),
	currency: fc.oneof(fc.constantFrom('USD', 'eur', 'JPY'), fc.string()),
	amountUnit: fc.constantFrom('major', 'minor'),
	sender: fc.dictionary(fc.constantFrom<string>(...SENDER_FIELD_IDS), anyValue),
	additional: fc.record(
		{ customerReference: fc.string(), customerEmail: fc.string(), metadata: fc.jsonValue() },
		{ requiredKeys: [] },
	),
});

test('never throws, and says in a sentence what is wrong with a row', () => {
	fc.assert(
		fc.property(anyRow, (row) => {
			const built = buildPayout(row);
			if (!('problems' in built)) return;
			expect(built.problems.length).toBeGreaterThan(0);
			for (const { field, message } of built.problems) {
				expect(field).not.toBe('');
				expect(message).toMatch(/^[\s\S]+\.$/);
			}
		}),
		{ numRuns: 1_500 },
	);
});

const goodRow = fc.constantFrom(...CORRIDOR_IDS.map((id) => corridorRow(id)), OTHER_ROW, CARD_ROW);

test('accepts a good row with any value in one column, or says in sentences what is wrong', () => {
	fc.assert(
		fc.property(goodRow, header, anyValue, (row, column, value) => {
			const built = buildRow(row, { [column]: value });
			if (!('problems' in built)) {
				expect(JSON.parse(JSON.stringify(built.body))).toEqual(built.body);
				return;
			}
			expect(built.problems.every(({ message }) => message.endsWith('.'))).toBe(true);
		}),
		{ numRuns: 3_000, examples: [[BELGIAN_ROW, 'destination', { toString: 1 }]] },
	);
});

const minorUnits = fc.integer({ min: 1, max: 10 ** 12 });

/** The reference as it is read; undefined where it is refused. */
function readReference(text: string): string | undefined {
	const read = readText(text, 'reference', '');
	return 'value' in read && read.value !== '' ? read.value : undefined;
}

const anyReference = fc
	.string({ unit: 'grapheme', minLength: 1 })
	.filter((text) => readReference(text) !== undefined);

test('pays what the row says, under the reference of the row', () => {
	const currencies = fc.constantFrom('USD', 'EUR', 'GBP', 'TRY', 'CZK');
	fc.assert(
		fc.property(
			goodRow,
			minorUnits,
			currencies,
			anyReference,
			(row, minor, currency, reference) => {
				// Russian cards are paid in roubles only.
				const code = row.destination === 'RUS-RUB' ? 'RUB' : currency;
				const payout = payoutOf(row, {
					amount: toDecimalText(minor),
					currency: code.toLowerCase(),
					reference,
				});
				expect(payout).toMatchObject({
					amount: minor,
					currency: code,
					reference: readReference(reference),
				});
				expect(payout.body).toMatchObject({
					amount_details: { amount: minor, currency: code.toLowerCase() },
					metadata: readReference(reference),
				});
			},
		),
		{ numRuns: 500 },
	);
});

function leavesOf(value: unknown): unknown[] {
	return typeof value === 'object' && value !== null
		? Object.values(value).flatMap(leavesOf)
		: [value];
}

test('sends nothing but the row’s values and those of its destination', () => {
	fc.assert(
		fc.property(goodRow, minorUnits, (row, minor) => {
			const { body } = payoutOf(row, { amount: toDecimalText(minor) });
			const [country = '', currency = ''] = (row.destination ?? '').split('-');
			const known = [
				...Object.values(row.columns),
				'bank_account',
				'global',
				'card',
				'bank_card',
				'CHECKING',
				minor,
				(row.currency ?? 'USD').toLowerCase(),
				country,
				currency.toLowerCase(),
			];
			expect(leavesOf(body).filter((leaf) => !known.includes(leaf))).toEqual([]);
		}),
	);
});

test('gives the same row the same body and key every time', () => {
	fc.assert(
		fc.property(goodRow, anyReference, (row, reference) => {
			const [once, again] = [payoutOf(row, { reference }), payoutOf(row, { reference })];
			expect(JSON.stringify(again)).toBe(JSON.stringify(once));
		}),
	);
});
