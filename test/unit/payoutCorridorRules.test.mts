import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import type { FieldId } from '../../nodes/payout/fields/fields';
import {
	corridorRow,
	GOOD_VALUES,
	payoutOf,
	problemsOf,
	sentFor,
	wrongFieldsOf,
} from '../support/payoutRows.mts';

describe('the two accounts of the United Kingdom', () => {
	const gbr = (columns: Partial<Record<FieldId, string>>) => {
		const withoutAccount = { sort_code: undefined, account_number: undefined };
		return {
			destination: 'GBR-GBP',
			columns: { ...corridorRow('GBR-GBP').columns, ...withoutAccount, ...columns },
		};
	};
	const { sort_code, iban, swift_bic_code } = GOOD_VALUES;

	test.each([
		['neither', {}],
		['half of one', { sort_code }],
		['half of the other', { iban }],
		['half of each', { sort_code, iban }],
	])('refuses %s', (_name, columns) => {
		expect(problemsOf(gbr(columns))).toEqual([
			{ field: 'sort_code', message: expect.stringContaining('account is incomplete') },
		]);
	});

	test('reports a mistyped IBAN once', () => {
		expect(wrongFieldsOf(gbr({ iban: 'GB29NWBK60161331926818', swift_bic_code }))).toEqual([
			'iban',
		]);
	});
});

describe('the sender of a payout to the United States', () => {
	test('needs postal code and state when it is in Canada', () => {
		const row = corridorRow('USA-USD');
		expect(wrongFieldsOf(row, { sender_country_iso3: 'CAN' })).toEqual([
			'sender_postal_code',
			'sender_state',
		]);
		const address = { sender_postal_code: 'M5V 2T6', sender_state: 'ON' };
		expect(payoutOf(row, { sender_country_iso3: 'can', ...address }).body).toMatchObject({
			participant_details: { sender: { country_iso3: 'CAN', state: 'ON' } },
		});
	});
});

describe('fields that depend on others', () => {
	const forDollars = [
		'recipient_address_line',
		'recipient_first_name',
		'recipient_last_name',
		'recipient_swift_bic_code',
	];
	const without = Object.fromEntries(forDollars.map((id) => [id, undefined]));

	test('China asks for them when the payout is ordered in dollars', () => {
		expect(wrongFieldsOf(corridorRow('CHN-CNY'), without)).toEqual(forDollars);
		for (const id of forDollars) {
			expect(wrongFieldsOf(corridorRow('CHN-CNY'), { [id]: '' })).toEqual([id]);
		}
	});

	test.each(['eur', 'CNY'])('China does not ask for them when it is ordered in %s', (currency) => {
		const { body } = payoutOf(corridorRow('CHN-CNY'), { ...without, currency });
		expect(sentFor(body, 'recipient_full_name')).toBe('John Johnson');
	});

	test.each(CORRIDOR_IDS.filter((id) => id !== 'USA-USD'))(
		'%s does not ask a Canadian sender for more',
		(id) => {
			const { sender_company_name, sender_registration_number, sender_code } = GOOD_VALUES;
			const sender = { sender_company_name, sender_registration_number, sender_code };
			payoutOf(corridorRow(id), { ...sender, sender_country_iso3: 'CAN' });
		},
	);

	test('Russian cards are paid in roubles only', () => {
		for (const currency of ['USD', 'eur', 'CNY']) {
			expect(problemsOf(corridorRow('RUS-RUB'), { currency })).toEqual([
				{ field: 'currency', message: expect.stringContaining('must be in RUB') },
			]);
		}
	});
});
