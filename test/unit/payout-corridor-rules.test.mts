import { type FieldId, PAYOUT_FIELDS } from '../../nodes/SmartGlocal/payout/fields';
import {
	buildRow,
	corridorRow,
	GOOD_VALUES,
	OTHER_ROW,
	payoutOf,
	problemsOf,
	wrongFieldsOf,
} from './payoutRows.mts';

describe('the two ways to an account in the United Kingdom', () => {
	const gbr = (columns: Partial<Record<FieldId, string>>) => {
		const withoutAccount = { sort_code: undefined, account_number: undefined };
		return {
			destination: 'GBR-GBP',
			columns: { ...corridorRow('GBR-GBP').columns, ...withoutAccount, ...columns },
		};
	};
	const { sort_code, account_number, iban, swift_bic_code } = GOOD_VALUES;

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

	test.each([
		['both', { sort_code, account_number, iban, swift_bic_code }],
		['one and half of the other', { sort_code, account_number, iban }],
	])('refuses %s, because nobody could say which account is paid', (_name, columns) => {
		expect(problemsOf(gbr(columns))).toEqual([
			{ field: 'sort_code', message: expect.stringContaining("recipient's account twice") },
		]);
	});

	test('reports a mistyped IBAN once', () => {
		expect(wrongFieldsOf(gbr({ iban: 'GB29NWBK60161331926818', swift_bic_code }))).toEqual([
			'iban',
		]);
	});
});

describe('the sender of a payout to the United States', () => {
	test('needs postal code and state when it sits in Canada', () => {
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

test.each(['CHECKING', 'SAVINGS', 'savings'])('pays to a %s account in the USA', (type) => {
	expect(payoutOf(corridorRow('USA-USD'), { account_type: type }).body).toMatchObject({
		payment_method: { bank_account: { global: { account_type: type.toUpperCase() } } },
	});
});

test('names the account types that the USA has', () => {
	expect(problemsOf(corridorRow('USA-USD'), { account_type: 'DEPOSIT' })).toEqual([
		{ field: 'account_type', message: expect.stringContaining('CHECKING or SAVINGS') },
	]);
});

test('checks routing codes with the checksum of the ABA in the USA only', () => {
	const routing_code = '021000022';
	expect(wrongFieldsOf(corridorRow('USA-USD'), { routing_code })).toEqual(['routing_code']);
	expect(buildRow(OTHER_ROW, { routing_code })).not.toHaveProperty('problems');
});

test.each([
	['BEL-EUR', 'sender_company_name', 100],
	['USA-USD', 'sender_company_name', 100],
	['USA-USD', 'recipient_address_line', 256],
	['USA-USD', 'sender_address_line', 256],
	['USA-USD', 'sender_registration_number', 64],
] as const)('%s takes %s of up to %i characters', (id, field, most) => {
	const row = corridorRow(id);
	for (const letter of ['x', 'ž', '😀']) {
		expect(buildRow(row, { [field]: letter.repeat(most) })).not.toHaveProperty('problems');
		expect(problemsOf(row, { [field]: letter.repeat(most + 1) })).toEqual([
			{
				field,
				message: `${PAYOUT_FIELDS[field].label} has ${most + 1} characters, but Smart Glocal accepts at most ${most}. Shorten it.`,
			},
		]);
	}
});
