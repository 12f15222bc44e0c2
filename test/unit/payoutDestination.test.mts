import { CORRIDOR_IDS } from '../../nodes/SmartGlocal/payout/corridors';
import {
	BELGIAN_ROW,
	CARD_ROW,
	corridorRow,
	OTHER_ROW,
	payoutOf,
	problemsOf,
	wrongFieldsOf,
} from '../support/payoutRows.mts';
import type { RowOfTest } from '../support/payoutRows.mts';

function byRow(row: RowOfTest, columns: Record<string, unknown>): RowOfTest {
	return { ...row, destination: 'ROW', columns: { ...row.columns, ...columns } };
}

describe('destination', () => {
	test.each(CORRIDOR_IDS)('reads %s from the row, in upper or lower case', (id) => {
		for (const destination of [id, id.toLowerCase(), ` ${id}\u00a0`]) {
			const { body } = payoutOf(byRow(corridorRow(id), { destination }));
			expect(body).toEqual(payoutOf(corridorRow(id)).body);
		}
	});

	test.each([
		['any other bank account', OTHER_ROW, 'other'],
		['any card', CARD_ROW, 'Card'],
	])('takes %s from the row', (_name, row, destination) => {
		const { body } = payoutOf(byRow(row, { destination }));
		expect(body).toEqual(payoutOf(row).body);
	});

	test.each(CORRIDOR_IDS)('takes %s from the country and the currency of the row', (id) => {
		const [recipient_country_iso3, recipient_currency] = id.toLowerCase().split('-');
		const row = byRow(corridorRow(id), { recipient_country_iso3, recipient_currency });
		expect(payoutOf(row).body).toEqual(payoutOf(corridorRow(id)).body);
	});

	test.each([
		['nothing', {}, 'does not say where the payout goes'],
		['a country only', { recipient_country_iso3: 'BEL' }, 'does not say where the payout goes'],
		['a currency only', { recipient_currency: 'EUR' }, 'does not say where the payout goes'],
		['an unknown name', { destination: 'Belgium' }, "destination 'Belgium' is unknown"],
		['the node’s own setting', { destination: 'ROW' }, "destination 'ROW' is unknown"],
		['a property of every JavaScript object', { destination: 'constructor' }, 'is unknown'],
		[
			'a country that has no form',
			{ recipient_country_iso3: 'FRA', recipient_currency: 'EUR' },
			'no form for payouts to FRA in EUR',
		],
	])('refuses a row that says %s', (_name, columns, phrase) => {
		expect(problemsOf(byRow(BELGIAN_ROW, columns))).toEqual([
			{ field: 'destination', message: expect.stringContaining(phrase) },
		]);
	});

	test('refuses a row whose destination is not the one of the node', () => {
		expect(problemsOf(BELGIAN_ROW, { destination: 'GBR-GBP' })).toEqual([
			{ field: 'destination', message: expect.stringMatching(/'GBR-GBP'.*'BEL-EUR'/) },
		]);
		expect(payoutOf(BELGIAN_ROW, { destination: 'bel-eur' }).body).toEqual(
			payoutOf(BELGIAN_ROW).body,
		);
	});

	test.each(['', 'XXX-YYY', 'bel'])(
		'refuses the unknown destination %p of a node',
		(destination) => {
			expect(wrongFieldsOf({ ...BELGIAN_ROW, destination })).toEqual(['destination']);
		},
	);

	test.each([
		['true', true],
		['a list', ['BEL-EUR']],
		['an object', { to: 'BEL-EUR' }],
		['an object whose text cannot be made', { toString: 1, valueOf: 1 }],
	])('refuses %s in the column destination', (_name, destination) => {
		expect(problemsOf(byRow(BELGIAN_ROW, { destination }))).toEqual([
			{ field: 'destination', message: expect.not.stringContaining('[object') },
		]);
	});
});

test.each([
	['recipient_country_iso3', 'FRA'],
	['recipient_currency', 'GBP'],
])('refuses a %s that contradicts the destination', (field, value) => {
	expect(problemsOf(BELGIAN_ROW, { [field]: value })).toEqual([
		{ field, message: expect.stringContaining('Correct the row or its destination') },
	]);
});

test('takes a country and a currency that agree with the destination', () => {
	const agreeing = { recipient_country_iso3: 'bel', recipient_currency: 'EUR' };
	expect(payoutOf(BELGIAN_ROW, agreeing).body).toEqual(payoutOf(BELGIAN_ROW).body);
});

test('refuses an account type that contradicts the one a destination has', () => {
	const uk = corridorRow('GBR-GBP');
	expect(payoutOf(uk, { account_type: 'checking' }).body).toEqual(payoutOf(uk).body);
	expect(problemsOf(uk, { account_type: 'savings' })).toEqual([
		{ field: 'account_type', message: expect.stringMatching(/'SAVINGS'.*'CHECKING'/) },
	]);
});
