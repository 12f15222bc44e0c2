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
