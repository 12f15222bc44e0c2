import type { Corridor } from '../../nodes/payout/destinations/corridors';
import { CORRIDOR_IDS, CORRIDORS } from '../../nodes/payout/destinations/corridors';
import type { CorridorId } from '../../nodes/payout/destinations/corridors';
import { COMMON_BANK_ACCOUNT_FIELDS } from '../../nodes/payout/destinations/corridors';
import { isCountry, isCurrency } from '../../nodes/payout/formats/isoCodes';
import { belgianPayout } from '../support/belgianPayout.mts';
import {
	BELGIAN_ROW,
	corridorRow,
	OTHER_ROW,
	payoutOf,
	problemsOf,
	wrongFieldsOf,
} from '../support/payoutRows.mts';

const corridors = CORRIDOR_IDS.map((id) => ({ id, corridor: CORRIDORS[id] as Corridor }));

test('builds the documented body of a payout to Belgium', () => {
	expect(payoutOf(BELGIAN_ROW).body).toEqual(belgianPayout());
});

test.each(corridors)('fills in type, country and currency of $id', ({ id, corridor }) => {
	const account = { type: 'bank_account', bank_account: { system_type: 'global' } };
	const card = {
		type: 'card',
		card: { type: 'bank_card', bank_card: { number: '4242424242424242' } },
	};
	expect(payoutOf(corridorRow(id)).body).toMatchObject({
		payment_method: corridor.method === 'card' ? card : account,
		participant_details: {
			recipient: corridor.omitsCountry
				? {}
				: { country_iso3: id.slice(0, 3), currency: id.slice(4).toLowerCase() },
		},
	});
});

test.each(corridors)('$id is a country and a currency, and its name says the currency', (row) => {
	const [country = '', currency = '', ...others] = row.id.split('-');
	expect([isCountry(country), isCurrency(currency), others]).toEqual([true, true, []]);
	expect(row.corridor.name).toMatch(new RegExp(`^[A-Z].+ \\(${currency}\\)$`));
});

test('builds the documented body of a payout to a Russian card: no country, no sender', () => {
	expect(payoutOf(corridorRow('RUS-RUB')).body).toEqual({
		payment_method: {
			type: 'card',
			card: { type: 'bank_card', bank_card: { number: '4242424242424242' } },
		},
		amount_details: { amount: 1000, currency: 'rub' },
		participant_details: { recipient: { full_name: 'John Johnson' }, sender: {} },
		metadata: 'INV-1',
	});
});

test.each([
	[0, { sort_code: '12-34-56', account_number: '01234567' }],
	[1, { iban: 'BE68539007547034', swift_bic_code: 'BARCGB22' }],
])('pays to the United Kingdom by account %i of two', (alternative, account) => {
	const { body } = payoutOf(corridorRow('GBR-GBP', alternative));
	expect(body).toMatchObject({
		payment_method: {
			bank_account: {
				global: { account_type: 'CHECKING', description: 'purpose of remittance', ...account },
			},
		},
	});
});

test('sends nothing that the row does not contain', () => {
	const text = JSON.stringify(payoutOf(corridorRow('GBR-GBP')).body);
	expect(text).not.toContain('iban');
	expect(text).not.toContain('null');
	expect(text).not.toContain('""');
});

const required = corridors.flatMap(({ id, corridor }) =>
	[...corridor.required, 'reference', 'amount'].map((field) => ({ id, field })),
);

describe.each([
	['left out', undefined],
	['null', null],
	['empty', ''],
	['a non-breaking space', '\u00a0'],
	['a zero-width space', '\u200b'],
])('a required field that is %s', (_name, blank) => {
	test.each(required)('is named: $id needs $field', ({ id, field }) => {
		const problems = problemsOf(corridorRow(id), { [field]: blank });
		expect(problems.map((problem) => problem.field)).toEqual([field]);
		expect(problems[0]?.message).toMatch(/^[A-Z].* (missing|empty)\. .*\.$/);
	});
});

const NEEDED_ANYWHERE: readonly string[] = [
	...COMMON_BANK_ACCOUNT_FIELDS,
	'recipient_country_iso3',
	'recipient_currency',
];

test.each(NEEDED_ANYWHERE)('any other bank account needs %s', (field) => {
	expect(wrongFieldsOf(OTHER_ROW, { [field]: undefined })).toEqual([field]);
});

const COMMON =
	'description recipient_first_name recipient_last_name recipient_bank_name sender_company_name sender_registration_number sender_country_iso3 sender_code';

/** What each page requires with every account (API reference, section 6). */
const DOCUMENTED: Readonly<Record<CorridorId, string>> = {
	'AUS-AUD': `${COMMON} bank_account_number bsb_number recipient_address_line recipient_city recipient_postal_code recipient_state sender_address_line`,
	'BEL-EUR': `${COMMON} iban`,
	'BRA-BRL': `${COMMON} bank_account_number branch_number account_type recipient_id_number`,
	'CAN-CAD': `${COMMON} routing_code account_number`,
	'CHN-CNY':
		'recipient_city recipient_postal_code recipient_state recipient_bank_name recipient_full_name recipient_email recipient_msisdn',
	'CZE-CZK': COMMON,
	'GBR-GBP': `${COMMON} recipient_address_line recipient_city recipient_postal_code`,
	'HKG-HKD': `${COMMON} bank_account_number recipient_address_line`,
	'HUN-EUR': `${COMMON} iban recipient_address_line recipient_city sender_address_line sender_city`,
	'IDN-IDR': `${COMMON} bank_account_number sender_address_line`,
	'ISR-ILS': COMMON,
	'KEN-KES': `${COMMON} bank_account_number`,
	'KOR-KRW': `${COMMON} bank_account_number`,
	'PHL-PHP':
		'description recipient_first_name recipient_last_name recipient_bank_name bank_account_number sender_code',
	'RUS-RUB': 'recipient_full_name',
	'THA-THB': `${COMMON} bank_account_number sender_address_line`,
	'TUR-TRY': `${COMMON} iban`,
	'USA-USD': `${COMMON} bank_account_number account_type routing_code recipient_address_line recipient_city recipient_postal_code recipient_state sender_address_line sender_city`,
	'VNM-VND': `${COMMON} bank_account_number`,
};

test.each(CORRIDOR_IDS)('%s requires what its page requires', (id) => {
	expect([...CORRIDORS[id].required].sort()).toEqual(DOCUMENTED[id].split(' ').sort());
});

test('reports everything that is wrong with a row at once, each thing once', () => {
	const changed = {
		reference: '',
		amount: '1,000',
		currency: 'EURO',
		iban: 'BE68539007547035',
		sender_code: undefined,
		recipient_first_name: '123',
	};
	const fields = problemsOf(BELGIAN_ROW, changed).map(({ field }) => field);
	expect(fields.sort()).toEqual(Object.keys(changed).sort());
});
