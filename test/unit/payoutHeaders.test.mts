import {
	COLUMN_IDS,
	findColumn,
	labelColumn,
	simplifyHeader,
} from '../../nodes/payout/headers/matchColumns';
import type { ColumnId } from '../../nodes/payout/headers/matchColumns';
import { suggestHeaders } from '../../nodes/payout/headers/suggestHeaders';
import { BELGIAN_ROW, payoutOf, problemsOf, wrongFieldsOf } from '../support/payoutRows.mts';

test.each([
	'recipient_first_name',
	'Recipient First Name',
	'RECIPIENT FIRST NAME',
	'recipientFirstName',
	'recipient.first.name',
	'recipient-first-name',
	' Recipient  First\u00a0Name ',
	'\ufeffrecipient_first_name',
	'Recipient\r\nFirst Name',
	'Ｒecipient First Name',
])('reads %p as the column recipient_first_name', (header) => {
	const columns = { ...BELGIAN_ROW.columns, recipient_first_name: undefined, [header]: 'Ann' };
	expect(payoutOf({ ...BELGIAN_ROW, columns }).body).toMatchObject({
		participant_details: { recipient: { first_name: 'Ann' } },
	});
});

test.each(['first_name', 'recipient name', 'recipient_first_names', '__proto__', 'Comment', ''])(
	'ignores the unknown header %p',
	(header) => {
		const columns = Object.fromEntries([
			...Object.entries(BELGIAN_ROW.columns),
			[header, { x: 1 }],
		]);
		expect(payoutOf({ ...BELGIAN_ROW, columns }).body).toEqual(payoutOf(BELGIAN_ROW).body);
	},
);

test('refuses two headers for one column with different values', () => {
	expect(problemsOf(BELGIAN_ROW, { IBAN: 'GB29NWBK60161331926819' })).toEqual([
		{ field: 'iban', message: expect.stringContaining('Two columns are both read as') },
	]);
	expect(wrongFieldsOf(BELGIAN_ROW, { Amount: '11.00' })).toEqual(['amount']);
	expect(wrongFieldsOf(BELGIAN_ROW, { Reference: 'INV-2' })).toEqual(['reference']);
});

test('accepts two headers for one column that agree, or when one is empty', () => {
	expect(payoutOf(BELGIAN_ROW, { IBAN: BELGIAN_ROW.columns.iban }).body).toEqual(
		payoutOf(BELGIAN_ROW).body,
	);
	expect(payoutOf(BELGIAN_ROW, { IBAN: ' ' }).body).toEqual(payoutOf(BELGIAN_ROW).body);
	expect(payoutOf(BELGIAN_ROW, { IBAN: null }).body).toEqual(payoutOf(BELGIAN_ROW).body);
});

/** Ways to write the same header. */
const SPELLINGS: ReadonlyArray<(header: string) => string> = [
	(header) => header,
	(header) => header.toUpperCase(),
	(header) => ` ${header.toLowerCase()}\u00a0`,
	...['', '  ', '.', '-', '_', '/', ' / ', '\\', '\u2013', '\u2011', '\uff0f'].map(
		(separator) => (header: string) => header.replace(/[ /_]/g, separator),
	),
];

test('reads what the form calls a field as its column, however it is written', () => {
	for (const id of COLUMN_IDS) {
		for (const spell of SPELLINGS) {
			expect([id, findColumn(spell(labelColumn(id)))]).toEqual([id, id]);
			expect([id, findColumn(spell(id))]).toEqual([id, id]);
		}
	}
});

test('no two fields have a name or a label in common', () => {
	const names = COLUMN_IDS.flatMap((id) => [
		...new Set([simplifyHeader(id), simplifyHeader(labelColumn(id))]),
	]);
	expect(names).not.toContain('');
	expect(new Set(names).size).toBe(names.length);
});

test('pays a row with the labels of the form as headers like one with the names', () => {
	const labelled = Object.entries(BELGIAN_ROW.columns).map(([id, value]) => [
		labelColumn(id as ColumnId),
		value,
	]);
	expect(payoutOf({ ...BELGIAN_ROW, columns: Object.fromEntries(labelled) }).body).toEqual(
		payoutOf(BELGIAN_ROW).body,
	);
});

/** What is offered for one column. */
function suggest(field: ColumnId, headers: string[]): string[] {
	return suggestHeaders([[{ field }]], headers).flatMap((found) => found.headers);
}

test.each<[ColumnId, string]>([
	['amount', 'Betrag'],
	['amount', 'Rechnungsbetrag'],
	['amount', 'Amount (EUR)'],
	['amount', 'Invoice amount'],
	['reference', 'Rechnungsnummer'],
	['reference', 'Referenz'],
	['recipient_full_name', 'Zahlungsempfänger'],
	['destination', 'Zielland'],
	['reference', 'Invoice No.'],
	['reference', 'Payment Reference'],
	['description', 'Verwendungszweck'],
	['currency', 'Waehrung'],
	['currency', 'Währung'],
	['iban', 'Kontonummer'],
	['iban', 'IBAN des Empfängers'],
	['recipient_first_name', 'Vorname'],
	['recipient_first_name', 'First Name'],
	['recipient_last_name', 'nazwisko'],
	['recipient_full_name', 'Empfaenger'],
	['recipient_bank_name', 'Bank'],
	['recipient_postal_code', 'PLZ'],
	['recipient_address_line', 'Strasse'],
])('for a missing %s, %p is offered, and only that', (column, header) => {
	const others = ['Datum', 'Notiz', 'x', '', 'sender_company_name', '2024', 'Sender Amount'];
	expect(suggest(column, [...others, header, 'Kommentar'])).toEqual([header]);
	expect(findColumn(header)).toBeUndefined();
});

test.each<[ColumnId, string]>([
	['amount', 'ammount'],
	['amount', 'Account'],
	['amount', 'count'],
	['amount', 'Currency'],
	['reference', 'Invoice Amount'],
	['reference', 'iban'],
	['iban', 'Bank'],
	['recipient_bank_name', 'Sender Bank Name'],
	['recipient_currency', 'Währung'],
	['recipient_first_name', 'Nachname'],
	['recipient_currency', 'Currency'],
	['recipient_city', 'electricity'],
	['amount', 'x'.repeat(100_000)],
])('for a missing %s, %p is not offered', (column, header) => {
	expect(suggest(column, [header])).toEqual([]);
});

test('offers headers that fit equally well together, and nearer ones alone', () => {
	expect(suggest('amount', ['Amount net', 'Amount gross', 'Date'])).toEqual([
		'Amount net',
		'Amount gross',
	]);
	expect(suggest('amount', ['Amount net', 'Betrag'])).toEqual(['Betrag']);
	expect(suggest('amount', ['Total of May', 'Amount net'])).toEqual(['Amount net']);
	expect(suggest('recipient_first_name', ['Vorname', 'First Name'])).toEqual(['First Name']);
	expect(suggest('amount', ['Total', 'Betrag', 'Summe', 'Montant'])).toHaveLength(3);
});

test('offers no header twice', () => {
	const iban = { field: 'iban' } as const;
	const account = { field: 'bank_account_number' } as const;
	expect(suggestHeaders([[iban, account], [account]], ['Konto', 'Compte'])).toEqual([
		{ field: 'iban', headers: ['Konto', 'Compte'] },
	]);
});
