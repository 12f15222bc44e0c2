import { COLUMN_IDS } from '../../nodes/payout/headers/matchColumns';
import { HEADER_SYNONYMS } from '../../nodes/payout/headers/synonyms';
import {
	BELGIAN_ROW,
	CARD_ROW,
	corridorRow,
	OTHER_ROW,
	payoutOf,
	problemsOf,
} from '../support/payoutRows.mts';

/** Their amounts are in the destination's own currency. */
const BELGIAN = { ...BELGIAN_ROW, currency: '' };
const kenyan = corridorRow('KEN-KES');
const TURKISH = { ...corridorRow('TUR-TRY'), currency: '' };

describe('a column that says what is paid, but is not read', () => {
	test.each([
		['Währung', 'USD'],
		['WÄHRUNG', 'usd'],
		['Waehrung', 'USD'],
		['Curr.', 'USD'],
		['ccy', 'USD'],
		['Devise', 'CHF'],
		['Para Birimi', 'USD'],
		['валюта', 'USD'],
		['Currency code', 'USD'],
		['Payment currency', 'GBP'],
		['Devise', '$'],
		['Moneda', 'Dollars'],
		['Zielwährung', 'PLN'],
	])('is refused as a currency: %s is %s', (header, value) => {
		expect(problemsOf(BELGIAN, { [header]: value })).toEqual([
			{
				field: expect.stringMatching(/^(?:recipient_)?currency$/),
				message: expect.stringMatching(
					/^The column '.*' is not read, but seems to be '(?:recipient_)?currency'.*\. Rename it to that, or remove it if it means something else\.$/,
				),
			},
		]);
	});

	test('has synonyms for columns that there are, and several for each', () => {
		expect([...HEADER_SYNONYMS.keys()].filter((id) => !COLUMN_IDS.includes(id))).toEqual([]);
		expect([...HEADER_SYNONYMS.values()].filter(({ length }) => length < 2)).toEqual([]);
	});

	test.each(HEADER_SYNONYMS.get('currency') ?? [])('is refused as a currency: %s', (header) => {
		expect(problemsOf(TURKISH, { [header]: 'USD' })).toHaveLength(1);
	});

	test.each([
		['Land', 'Germany'],
		['country', 'DEU'],
		['Pays', 'France'],
		['Ülke', 'TR'],
		['Recipient country', 'FRA'],
	])('is refused as a country: %s is %s', (header, value) => {
		expect(problemsOf(BELGIAN, { [header]: value })).toMatchObject([
			{ field: 'recipient_country_iso3' },
		]);
	});

	test.each([
		'clabe',
		'CLABE',
		'cbu',
		'cbu_alias',
		'ifs_code',
		'IFSC Code',
		'bik_code',
		'BIK',
		'Pix key',
	])('is refused as an account field of another country: %s', (header) => {
		for (const row of [OTHER_ROW, kenyan, CARD_ROW]) {
			expect(problemsOf(row, { [header]: '646180157042875763' })).toMatchObject([
				{ message: expect.stringContaining('names an account that this node cannot pay') },
			]);
		}
	});

	test('is refused as the account of a row that has none in that form', () => {
		const row = { reference: 'INV-1', amount: '10.00', Konto: '00123456789' };
		expect(problemsOf(CARD_ROW, { Konto: '00123456789' })).toHaveLength(1);
		expect(problemsOf({ ...kenyan, columns: row })).toContainEqual(
			expect.objectContaining({
				field: 'iban',
				message: expect.stringContaining("column 'Konto'"),
			}),
		);
	});

	test.each(['BIC', 'SWIFT code', 'Sort', 'BSB'])(
		'is refused as the code of a bank that the account needs: %s',
		(header) => {
			const columns = { iban: undefined, bank_account_number: '0123456789' };
			expect(problemsOf(OTHER_ROW, { ...columns, [header]: 'BARC2244' })).toContainEqual(
				expect.objectContaining({
					message: expect.stringContaining(`'${header}' is not read, but seems to be`),
				}),
			);
		},
	);

	test.each(['IBAN (new)', 'New IBAN', 'iban 2', 'IBAN ab März', 'iban_1'])(
		'is refused as another IBAN: %s',
		(header) => {
			expect(problemsOf(BELGIAN, { [header]: 'DE89 3704 0044 0532 0130 00' })).toMatchObject([
				{ message: expect.stringMatching(/another account than the row|a second column 'iban'/) },
			]);
		},
	);

	test.each(['amount_1', 'Amount_2', 'reference_1', 'currency_1'])(
		'is refused as the second column of one name: %s',
		(header) => {
			expect(problemsOf(BELGIAN, { currency: 'EUR', [header]: '121.00' })).toMatchObject([
				{ message: expect.stringContaining('seems to be a second column') },
			]);
		},
	);

	test.each([
		['TUR-TRY', 'USD', 'Währung', 'TRY'],
		['BEL-EUR', 'USD', 'Currency code', 'EUR'],
		['BEL-EUR', 'GBP', 'ccy', 'eur'],
		['BEL-EUR', '', 'Amount currency', 'USD'],
		['BEL-EUR', '', 'Betrag Währung', 'USD'],
		['BEL-EUR', '', 'IBAN currency', 'CHF'],
		['BEL-EUR', '', 'Bank country', 'RUS'],
		['BEL-EUR', '', 'Country of bank', 'DEU'],
	] as const)('is refused in %s with %s: %s is %s', (id, currency, header, value) => {
		const row = { ...corridorRow(id), currency };
		expect(problemsOf(row, { [header]: value })).toMatchObject([
			{ message: expect.stringContaining('is not read, but seems to be') },
		]);
	});

	test.each([
		['Konto', '99988877766'],
		['Account no', '99988877766'],
		['Beneficiary account', '99988877766'],
		['Bank account number 2', '99988877766'],
		['bank_account_number_1', '99988877766'],
		['Bank Account Number (2)', '99988877766'],
	])('is refused as another account: %s', (header, value) => {
		expect(problemsOf(kenyan, { [header]: value })).toMatchObject([
			{ message: expect.stringMatching(/another account than the row|a second column/) },
		]);
	});

	test.each(['amount.1', 'amount 2', 'amount2', 'Amount (2)', 'currency.1', 'destination_1'])(
		'is refused as a second column, however programs name it: %s',
		(header) => {
			expect(problemsOf(BELGIAN, { currency: 'EUR', [header]: '999.00' })).toMatchObject([
				{ message: expect.stringContaining('seems to be a second column') },
			]);
		},
	);

	test.each(['Sender Name', 'sender', 'Payer', 'Auftraggeber', 'Sender Reg No'])(
		'is refused as the company that pays: %s',
		(header) => {
			expect(problemsOf(BELGIAN, { [header]: 'Beta GmbH' })).toMatchObject([
				{ message: expect.stringContaining('seems to name the company that pays') },
			]);
		},
	);

	test('is refused beside a sender that is no text at all', () => {
		const columns = { sender_company_name: { toString: 1 }, Payer: 'Beta GmbH' };
		expect(problemsOf(BELGIAN, columns)).toContainEqual(
			expect.objectContaining({
				message: expect.stringContaining('seems to name the company that pays'),
			}),
		);
	});

	test('is a problem of that row alone, and once for each column', () => {
		const columns = { Währung: 'USD', Land: 'Germany', clabe: '646180157042875763' };
		expect(problemsOf(BELGIAN, columns)).toHaveLength(3);
		const empty = { Währung: ' ', Land: null, clabe: '' };
		expect(payoutOf(BELGIAN, empty).unusedColumns).toBeUndefined();
	});
});

describe('a column that is not read', () => {
	test.each([
		['Notes', 'call first'],
		['Department', 'Sales'],
		['total', '12345.00'],
		['Invoice', 'R-12'],
		['Währung', 'EUR'],
		['Land', 'Belgium'],
		['country', 'BE'],
		['Pays', 'Belgique'],
		['Country of birth', 'unknown'],
		['Exchange rate currency', '1.09'],
		['Account manager', 'Ms Smith'],
		['Kontoinhaber', 'Jane Doe'],
		['IBAN valid', 'yes'],
		['IBAN (new)', 'be68 5390 0754 7034'],
		['Sender IBAN', 'DE89370400440532013000'],
		['Payer account', '12345678'],
		['BLZ', '37040044'],
		['Customer account', '10023456'],
		['address_line_2', '2nd floor'],
		['SIM card', '12345'],
		['__EMPTY', '5'],
		['Sender', 'Company name'],
		['Konto', '539007547034'],
		['BIC', 'BARCGB22'],
	])('is named and not refused: %s is %s', (header, value) => {
		const payout = payoutOf(BELGIAN, { [header]: value });
		expect(payout.unusedColumns).toEqual([header]);
		expect(payout.body).toEqual(payoutOf(BELGIAN).body);
	});

	test('is not refused where the row has a column of its own', () => {
		expect(payoutOf(BELGIAN, { currency: 'EUR', Währung: 'USD' }).currency).toBe('EUR');
		expect(payoutOf(OTHER_ROW, { Land: 'Germany' }).unusedColumns).toEqual(['Land']);
	});

	test('is not named when it is empty, or a result of this node', () => {
		const columns = {
			Notes: '',
			Comment: null,
			smart_glocal_amount: 100,
			smart_glocal_currency: 'USD',
		};
		expect(payoutOf(BELGIAN, columns).unusedColumns).toBeUndefined();
	});
});
