import { FIELD_IDS, PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import {
	ACCOUNT_NUMBERS,
	buildRow,
	CARD_ROW,
	GOOD_VALUES,
	OTHER_ROW,
	payoutOf,
	problemsOf,
	rowThatAccepts,
	valueAt,
} from '../support/payoutRows.mts';

const ACCOUNT = 'payment_method.bank_account.global';
const RECIPIENT = 'participant_details.recipient';
const SENDER = 'participant_details.sender';

/** Where the API takes each column (API reference, section 5). */
const PATHS: Readonly<Record<FieldId, string>> = {
	iban: `${ACCOUNT}.iban`,
	swift_bic_code: `${ACCOUNT}.swift_bic_code`,
	bank_account_number: `${ACCOUNT}.bank_account_number`,
	account_number: `${ACCOUNT}.account_number`,
	account_type: `${ACCOUNT}.account_type`,
	routing_code: `${ACCOUNT}.routing_code`,
	branch_number: `${ACCOUNT}.branch_number`,
	bsb_number: `${ACCOUNT}.bsb_number`,
	sort_code: `${ACCOUNT}.sort_code`,
	card_number: 'payment_method.card.bank_card.number',
	card_number_hash: 'payment_method.card.encrypted_card.number_hash',
	description: `${ACCOUNT}.description`,
	recipient_first_name: `${RECIPIENT}.first_name`,
	recipient_last_name: `${RECIPIENT}.last_name`,
	recipient_full_name: `${RECIPIENT}.full_name`,
	recipient_bank_name: `${RECIPIENT}.bank_name`,
	recipient_country_iso3: `${RECIPIENT}.country_iso3`,
	recipient_currency: `${RECIPIENT}.currency`,
	recipient_swift_bic_code: `${RECIPIENT}.swift_bic_code`,
	recipient_address_line: `${RECIPIENT}.address_line`,
	recipient_city: `${RECIPIENT}.city`,
	recipient_postal_code: `${RECIPIENT}.postal_code`,
	recipient_state: `${RECIPIENT}.state`,
	recipient_email: `${RECIPIENT}.email`,
	recipient_msisdn: `${RECIPIENT}.msisdn`,
	recipient_id_number: `${RECIPIENT}.identity_document.id_number`,
	sender_company_name: `${SENDER}.company_name`,
	sender_registration_number: `${SENDER}.registration_number`,
	sender_country_iso3: `${SENDER}.country_iso3`,
	sender_code: `${SENDER}.code`,
	sender_address_line: `${SENDER}.address_line`,
	sender_city: `${SENDER}.city`,
	sender_postal_code: `${SENDER}.postal_code`,
	sender_state: `${SENDER}.state`,
};

const ids = Object.keys(PATHS) as FieldId[];

test('the table has every field of the API reference, each at its own path', () => {
	expect([...FIELD_IDS].sort()).toEqual([...ids].sort());
	expect(new Set(FIELD_IDS.map((id) => PAYOUT_FIELDS[id].path)).size).toBe(FIELD_IDS.length);
});

test.each(ids)('%s is sent at its path in the body', (id) => {
	const { body } = payoutOf(rowThatAccepts(id), { [id]: GOOD_VALUES[id] });
	expect(valueAt(body, PATHS[id])).toBe(GOOD_VALUES[id]);
});

test.each([
	[
		'an account',
		OTHER_ROW,
		(id: FieldId) => !id.startsWith('card_') && !ACCOUNT_NUMBERS.includes(id),
	],
	['a card', CARD_ROW, (id: FieldId) => id === 'card_number' || /^(recipient|sender)_/.test(id)],
])('all fields of %s are sent together, each at its path', (_name, row, belongs) => {
	const together = ids.filter(belongs);
	const columns = Object.fromEntries(together.map((id) => [id, GOOD_VALUES[id]]));
	const { body } = payoutOf(row, columns);
	expect(together.map((id) => valueAt(body, PATHS[id]))).toEqual(
		together.map((id) => GOOD_VALUES[id]),
	);
});

test.each([
	['iban', ' gb29 nwbk 6016 1331 9268 19', 'GB29NWBK60161331926819'],
	['swift_bic_code', 'barcgb22', 'BARCGB22'],
	['sort_code', '123456', '12-34-56'],
	['account_type', 'checking', 'CHECKING'],
	['recipient_country_iso3', 'gbr', 'GBR'],
	['recipient_currency', 'GBP', 'gbp'],
	['sender_country_iso3', ' usa ', 'USA'],
	['bank_account_number', "'000123", '000123'],
	['recipient_first_name', ' Žofie\u00a0Anna ', 'Žofie Anna'],
	['recipient_address_line', 'Main St. 1\r\n2nd floor', 'Main St. 1 2nd floor'],
	['recipient_postal_code', '02134', '02134'],
	['sender_code', ' 01234567890\u200b', '01234567890'],
	['card_number', '4242 4242-4242\u00a04242', '4242424242424242'],
] as ReadonlyArray<[FieldId, unknown, string]>)(
	'%s written as %p is sent as %p',
	(id, value, sent) => {
		expect(valueAt(payoutOf(rowThatAccepts(id), { [id]: value }).body, PATHS[id])).toBe(sent);
	},
);

test.each([
	['iban', 'BE68539007547035', 'check digits'],
	['swift_bic_code', 'BARC', '8 or 11'],
	['recipient_swift_bic_code', 'BARC', '8 or 11'],
	['sort_code', '1234', 'six digits'],
	['recipient_country_iso3', 'GB', 'three-letter'],
	['recipient_country_iso3', 'ZZZ', 'three-letter'],
	['sender_country_iso3', 'United States', 'three-letter'],
	['recipient_currency', 'EURO', 'three-letter'],
	['recipient_currency', 'XXX', 'three-letter'],
	['recipient_first_name', '12345', 'has no letters'],
	['recipient_last_name', '12345', 'has no letters'],
	['recipient_full_name', '12345', 'has no letters'],
	['sender_company_name', '12345', 'has no letters'],
	['recipient_first_name', '"5510100000060004"', 'has no letters'],
	['recipient_last_name', '-', 'has no letters'],
	['recipient_full_name', '.', 'has no letters'],
	['recipient_first_name', '😀', 'has no letters'],
	['recipient_first_name', '№ 7', 'has no letters'],
	['recipient_first_name', 'N/A', 'stands for a missing value'],
	['recipient_last_name', 'n.a.', 'stands for a missing value'],
	['recipient_full_name', 'TBD', 'stands for a missing value'],
	['sender_company_name', 'to be confirmed', 'stands for a missing value'],
	['recipient_last_name', 'Gelade...', 'is cut off, or had not been loaded'],
	['recipient_last_name', 'Müll…', 'is cut off, or had not been loaded'],
	['bank_account_number', 'tbd', 'stands for a missing value'],
	['account_number', '12345678 / 87654321', 'is not one whole account number'],
	['account_number', '12345678/87654321', 'is not one whole account number'],
	['account_number', '12345678 or 87654321', 'is not one whole account number'],
	['bank_account_number', '12345678, 87654321', 'is not one whole account number'],
	['bank_account_number', '12345678 - 87654321', 'is not one whole account number'],
	['bank_account_number', '12345678\n87654321', 'has several lines'],
	['account_number', '****5678', 'stands for a missing value'],
	['recipient_id_number', '****0002', 'stands for a missing value'],
	['recipient_msisdn', '****5679', 'stands for a missing value'],
	['description', 'Card ****4242', 'stands for a missing value'],
	['recipient_first_name', 'Ana ****4242', 'stands for a missing value'],
	['bank_account_number', 'DE88 3704 0044 0532 0130 00', 'check digits'],
	['account_number', 'BE68539007547035', 'check digits'],
	['account_number', 'XXXX5678', 'is not one whole account number'],
	['bank_account_number', 'xxxxxx1234', 'is not one whole account number'],
	['bank_account_number', '-', 'is not one whole account number'],
	['bank_account_number', '00000000', 'is not one whole account number'],
	['bank_account_number', 'see invoice', 'is not one whole account number'],
	['bank_account_number', 'invoice 1234567', 'is not one whole account number'],
	['bank_account_number', 'same as last month', 'is not one whole account number'],
	['bank_account_number', '1,234,567,890', 'is not one whole account number'],
	['bank_account_number', '1.234.567.890', 'is not one whole account number'],
	['bank_account_number', '12345678 (EUR)', 'is not one whole account number'],
	['bank_account_number', '1'.repeat(43), 'is not one whole account number'],
	['branch_number', '-', 'is not the code of a bank'],
	['branch_number', 'see invoice', 'is not the code of a bank'],
	['routing_code', '021000021 or 026009593', 'is not the code of a bank'],
	['bank_account_number', 123456789, 'column as text'],
	['account_number', 1234567, 'column as text'],
	['routing_code', 21000021, 'column as text'],
	['sort_code', 12345, 'column as text'],
	['iban', 68539007547034, 'column as text'],
	['swift_bic_code', 12345678, 'column as text'],
	['recipient_msisdn', 12025550143, 'column as text'],
	['sender_code', 1234567890, 'column as text'],
	['sender_registration_number', 1234567890, 'column as text'],
	['card_number', 4242424242424242, 'column as text'],
	['card_number', '4242424242424241', 'check digit'],
	['recipient_postal_code', 2134, 'column as text'],
	['sender_postal_code', 10005, 'column as text'],
	['bank_account_number', '12345678.0', 'lost leading zeros'],
	['account_number', '12,345,678.00', 'lost leading zeros'],
	['bank_account_number', '########', 'too narrow'],
	['bank_account_number', 'N/A', 'stands for a missing value'],
	['account_number', 'TRUE', 'stands for a missing value'],
	['bank_account_number', '12/05/2024', 'is a date'],
	['routing_code', '1.5.2024', 'is a date'],
	['description', '#REF!', 'formula'],
	['recipient_city', true, 'true or false'],
	['recipient_city', ['Rome'], 'a list'],
	['recipient_city', { name: 'Rome' }, 'an object'],
] as ReadonlyArray<[FieldId, unknown, string]>)(
	'%s written as %p is refused',
	(id, value, phrase) => {
		expect(problemsOf(rowThatAccepts(id), { [id]: value })).toEqual([
			{ field: id, message: expect.stringContaining(phrase) },
		]);
	},
);

test.each([
	['bank_account_number', 'ABC-123/45 x'],
	['bank_account_number', '19-2000145399/0800'],
	['bank_account_number', '12.345.678-9'],
	['bank_account_number', '1234.56.78901'],
	['bank_account_number', 'DE89 3704 0044 0532 0130 00'],
	['bank_account_number', '110-123-456789'],
	['bank_account_number', '0012 3456 7890'],
	['bank_account_number', 'NWBK 60161331926819'],
	['bank_account_number', 'GB29 NWBK 6016 1331 9268 19'],
	['bank_account_number', 'MT84MALT011000012345MTLCAST001S'],
	['bank_account_number', '0001234-X'],
	['account_number', '7'],
	['account_number', 'A1B2C3D4'],
	['recipient_last_name', 'O'],
	['recipient_last_name', '李'],
	['recipient_first_name', 'Na'],
	['recipient_last_name', 'Nill'],
	['recipient_last_name', 'Smith Jr.'],
	['sender_company_name', '3M'],
	['sender_company_name', '24/7 Ltd.'],
	['branch_number', '12-34-56'],
	['branch_number', 'MAR-2-7'],
	['branch_number', 'MAY'],
	['recipient_first_name', 'True'],
	['recipient_city', 'N/A'],
	['account_type', 'ANYTHING'],
	['routing_code', '000112345'],
	['branch_number', '7'],
	['recipient_email', 'not an address'],
	['recipient_msisdn', '555'],
	['recipient_first_name', 'X'],
	['recipient_last_name', 'O’Neill 3rd'],
	['recipient_postal_code', '?'],
	['description', 'x'.repeat(5_000)],
] as ReadonlyArray<[FieldId, string]>)(
	'%s is not checked beyond what the API documents',
	(id, value) => {
		expect(valueAt(payoutOf(rowThatAccepts(id), { [id]: value }).body, PATHS[id])).toBe(value);
	},
);

test('calls each field what the form calls it', () => {
	for (const id of ids) {
		const built = buildRow(rowThatAccepts(id), { [id]: true });
		const message = 'problems' in built ? built.problems[0]?.message : undefined;
		expect(message).toMatch(new RegExp(`^${PAYOUT_FIELDS[id].label} is not text`));
	}
});
