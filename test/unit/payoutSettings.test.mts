import { BELGIAN_ROW, payoutOf, problemsOf, wrongFieldsOf } from '../support/payoutRows.mts';
import type { RowOfTest } from '../support/payoutRows.mts';

test('a missing field of the sender can be added in three places, which are named', () => {
	expect(problemsOf(BELGIAN_ROW, { sender_company_name: undefined })).toEqual([
		{
			field: 'sender_company_name',
			message: expect.stringMatching(
				/^Sender Company Name is missing\. .* the row's columns .* the row, 'Sender' or the credential\.$/,
			),
			otherFields: [],
		},
	]);
});

describe('amount and currency', () => {
	test('are those of the row, in the node’s unit', () => {
		const { body, amount, currency } = payoutOf(BELGIAN_ROW, { amount: '12.34', currency: 'eur' });
		expect({ amount, currency }).toEqual({ amount: 1234, currency: 'EUR' });
		expect(body).toMatchObject({ amount_details: { amount: 1234, currency: 'eur' } });
	});

	test('can be in minor units', () => {
		const row: RowOfTest = { ...BELGIAN_ROW, amountUnit: 'minor', currency: 'JPY' };
		expect(payoutOf(row, { amount: '500' }).body).toMatchObject({
			amount_details: { amount: 500, currency: 'jpy' },
		});
		expect(wrongFieldsOf(row, { amount: '5.00' })).toEqual(['amount']);
	});

	test('are refused for a currency whose scale is not known', () => {
		expect(problemsOf(BELGIAN_ROW, { currency: 'JPY' })).toEqual([
			{ field: 'amount', message: expect.stringContaining('account manager') },
		]);
	});

	test.each(['EURO', '$', 'XXX', 978, true])('are refused for the currency %p', (currency) => {
		expect(wrongFieldsOf(BELGIAN_ROW, { currency })).toEqual(['currency']);
	});
});

describe('metadata', () => {
	test('is the reference when there is none', () => {
		expect(payoutOf({ ...BELGIAN_ROW, additional: {} }).body).toHaveProperty('metadata', 'INV-1');
	});

	test.each<unknown>(['May', { month: 5, nested: { a: [1] } }, ['a'], 0, 42])(
		'is sent as it is when it is %p',
		(metadata) => {
			const { body } = payoutOf({ ...BELGIAN_ROW, additional: { metadata } });
			expect(body).toHaveProperty('metadata', metadata);
		},
	);

	test('that is text has at most 10,000 characters, and no others are repeated', () => {
		const metadata = 'm'.repeat(10_000);
		const { body } = payoutOf({ ...BELGIAN_ROW, additional: { metadata } });
		expect(body).toHaveProperty('metadata', metadata);
		expect(problemsOf({ ...BELGIAN_ROW, additional: { metadata: `${metadata}m` } })).toEqual([
			{
				field: 'metadata',
				message: "The 'Metadata' has 10001 characters, but at most 10000 can be sent. Shorten it.",
			},
		]);
	});
});

describe('customer', () => {
	const [email, phone] = ['user@gmail.com', '+12025550143'];
	const given = { customerEmail: email, customerPhone: phone };

	test.each([
		[{ customerReference: 'user123' }, { reference: 'user123' }],
		[
			{ customerReference: 'user123', customerEmail: email },
			{ reference: 'user123', contacts: [{ email }] },
		],
		[
			{ customerReference: 'user123', ...given },
			{ reference: 'user123', contacts: [{ email }, { phone }] },
		],
	])('%p is sent as %p', (additional, sent) => {
		expect(payoutOf({ ...BELGIAN_ROW, additional }).body).toHaveProperty('customer', sent);
	});

	test('is not sent when there is none', () => {
		expect(payoutOf({ ...BELGIAN_ROW, additional: {} }).body).not.toHaveProperty('customer');
	});

	test.each([{ customerEmail: email }, { customerPhone: phone }])(
		'%p needs a reference',
		(additional) => {
			expect(problemsOf({ ...BELGIAN_ROW, additional })).toEqual([
				{ field: 'customer_reference', message: expect.stringContaining("'Customer Reference'") },
			]);
		},
	);
});
