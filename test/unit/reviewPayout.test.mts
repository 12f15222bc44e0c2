import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import {
	identifyAccount,
	listWarnings,
	readBankAccount,
	viewPayout,
} from '../../nodes/payout/reviewPayout';
import { CARD_ROW, corridorRow, OTHER_ROW, payoutOf } from '../support/payoutRows.mts';
import type { RowOfTest } from '../support/payoutRows.mts';

const ibanIn = (country: string, iban: string) =>
	listWarnings(payoutOf(OTHER_ROW, { recipient_country_iso3: country, iban }).body, '');

describe('the country of an IBAN', () => {
	test.each([
		['DE89370400440532013000', 'BEL', 'DE'],
		['BE68539007547034', 'DEU', 'BE'],
		['GB82WEST12345698765432', 'IRL', 'GB'],
	])('%s for %s is worth a warning', (iban, country, letters) => {
		expect(ibanIn(country, iban)).toEqual([
			`IBAN begins with ${letters}, but the payout goes to ${country}`,
		]);
	});

	test.each([
		['DE89370400440532013000', 'DEU'],
		['GB82WEST12345698765432', 'JEY'],
		['FR1420041010050500013M02606', 'REU'],
		['FR1420041010050500013M02606', 'FRA'],
	])('%s for %s is not', (iban, country) => {
		expect(ibanIn(country, iban)).toEqual([]);
	});
});

test('a currency that is not the destination’s is worth a warning', () => {
	const { body } = payoutOf(corridorRow('GBR-GBP'));
	expect(listWarnings(body, 'USD')).toEqual([
		"amount is in USD, but the destination's currency is GBP",
	]);
	expect(listWarnings(body, 'GBP')).toEqual([]);
	expect(listWarnings(body, '')).toEqual([]);
});

describe('an address', () => {
	const warningsOf = (columns: Readonly<Record<string, unknown>>) =>
		listWarnings(payoutOf(OTHER_ROW, columns).body, '');

	test('without a city is worth a warning, whose it ever is', () => {
		const line = { recipient_address_line: '1 Main St', sender_address_line: '2 High St' };
		expect(warningsOf({ ...line, sender_city: 'Oslo' })).toEqual([
			expect.stringMatching(/^recipient's address has no city, /),
		]);
		expect(warningsOf({ ...line, recipient_city: 'Rome' })).toEqual([
			expect.stringMatching(/^sender's address has no city, /),
		]);
	});

	test('with a city, or a city alone, is not', () => {
		expect(warningsOf({ recipient_address_line: '1 Main St', recipient_city: 'Rome' })).toEqual([]);
		expect(warningsOf({ recipient_city: 'Rome' })).toEqual([]);
	});
});

test.each(CORRIDOR_IDS)('a payout to %s names its recipient, account and destination', (id) => {
	const { body, destination } = payoutOf(corridorRow(id));
	const view = viewPayout(body);
	expect(view.recipient).toBe('John Johnson');
	expect(view.account).not.toBe('');
	expect(destination ?? view.destination).toBe(id);
});

describe('an account', () => {
	const idOf = (row: RowOfTest, changed = {}) => identifyAccount(payoutOf(row, changed).body);
	const british = corridorRow('GBR-GBP');

	test('is the same however it is written', () => {
		expect(idOf(OTHER_ROW, { iban: 'be68 5390 0754 7034' })).toBe(idOf(OTHER_ROW));
		expect(idOf(british, { sort_code: '123456' })).toBe(idOf(british));
	});

	test('is another one at another bank', () => {
		expect(idOf(british, { sort_code: '12-34-57' })).not.toBe(idOf(british));
		const kenyan = corridorRow('KEN-KES');
		expect(idOf(kenyan, { recipient_bank_name: 'Other Bank' })).not.toBe(idOf(kenyan));
	});

	test('can be a card', () => {
		expect(idOf(CARD_ROW)).toContain('4242');
		expect(readBankAccount(payoutOf(CARD_ROW).body)).toBe('');
	});
});
