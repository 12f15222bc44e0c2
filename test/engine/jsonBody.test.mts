import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { runDeclared } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

const run = async (row: IDataObject, parameters: IDataObject) =>
	await account.pay([row], parameters);

const payJson = async (body: unknown, row: IDataObject = {}, more: IDataObject = {}) =>
	await run(row, { specify: 'json', reference: 'INV-1', body: body as IDataObject, ...more });

function lastBody(): IDataObject {
	return JSON.parse(account.sandbox.requests().at(-1)?.rawBody ?? '') as IDataObject;
}

const belgian = belgianPayout();

/** As a user writes it: the name comes from the row. */
const TEMPLATE = `={
	"participant_details": {
		"recipient": {
			"first_name": "{{ $json.name }}",
			"last_name": "Johnson",
			"bank_name": "All Banks Belgium / EUR / Payment System: SEPA",
			"country_iso3": "BEL",
			"currency": "eur"
		},
		"sender": ${JSON.stringify((belgian.participant_details as IDataObject).sender)}
	},
	"payment_method": ${JSON.stringify(belgian.payment_method)},
	"amount_details": { "amount": {{ $json.amount }}, "currency": "usd" }
}`;

const HOSTILE_NAMES: ReadonlyArray<[string, string]> = [
	['quotation marks', 'John "the Rock"'],
	['a backslash at the end', 'John\\'],
	['a second amount', 'x"}},"amount_details":{"amount":999999,"currency":"usd"},"z":{"q":{"r":"'],
	[
		'a payout of the other version',
		'x"}},"payout_details":{"type":"card","card":{}},"z":{"q":{"r":"',
	],
	['another recipient', 'x","country_iso3":"DEU","currency":"eur"},"junk":{"q":"'],
	['a prototype', 'x","__proto__":{"a":"b"},"q":"'],
];

test.each(HOSTILE_NAMES)(
	'pays what a template says, and a name with %s stays a name',
	async (_case, name) => {
		const stringified = TEMPLATE.replace('"{{ $json.name }}"', '{{ JSON.stringify($json.name) }}');
		for (const template of [TEMPLATE, stringified]) {
			account.sandbox.reset();
			const { success } = await payJson(template, { name, amount: 100 });
			expect(success[0]?.json).toMatchObject({ outcome: 'submitted', amount_minor: 100 });
			const { recipient, ...others } = lastBody().participant_details as IDataObject;
			expect(recipient).toEqual({
				...(belgian.participant_details as { recipient: IDataObject }).recipient,
				first_name: name,
			});
			const { sender } = belgian.participant_details as IDataObject;
			const { payment_method } = belgian;
			expect({ ...lastBody(), participant_details: others }).toEqual({
				payment_method,
				amount_details: { amount: 100, currency: 'usd' },
				participant_details: { sender },
				metadata: 'INV-1',
			});
		}
	},
);

test('sends nothing for an expression that cannot be evaluated, and names the field', async () => {
	const body = TEMPLATE.replace('$json.name', '$("Nobody").item.json.name');
	const { error } = await payJson(body, { amount: 100 });
	expect(error?.message).toMatch(/^The expression in 'body' cannot be evaluated: .*\. \[Item 0\]$/);
	expect(account.sandbox.counters().received).toBe(0);
});

test('n8n’s own declarative engine sends the same bytes for a template', async () => {
	const items = [{ name: 'x","middle_name":"y', amount: 100, acc: '01' }];
	const parameters = {
		specify: 'json',
		reference: 'INV-1',
		body: TEMPLATE.replace('"Johnson"', '"J. {{ $json.acc }}{{ $json.amount + 1 }}"'),
	};
	await run(items[0] as IDataObject, parameters);
	const [byRunner] = account.sandbox.requests();
	account.sandbox.reset();
	const { credentials } = account;
	await runDeclared({ items, parameters, credentials });
	const [byEngine] = account.sandbox.requests();
	expect(byEngine?.rawBody).toContain('"last_name":"J. 01101"');
	expect(byEngine?.rawBytes.equals(byRunner?.rawBytes ?? Buffer.of())).toBe(true);
});

/** A template for any other bank account, whose account number is written in this way. */
function accountTemplate(number: string): string {
	const { sender } = belgian.participant_details as IDataObject;
	const recipient = {
		first_name: '{{ $json.name }}',
		last_name: 'Johnson',
		bank_name: 'All Banks Belgium',
		country_iso3: 'CHE',
		currency: 'chf',
	};
	const bank = { swift_bic_code: 'UBSWCHZH80A' };
	const global = { bank_account_number: number, ...bank, description: 'Salary' };
	return `=${JSON.stringify({
		payment_method: { type: 'bank_account', bank_account: { system_type: 'global', global } },
		amount_details: { amount: 1000, currency: 'usd' },
		participant_details: { recipient, sender },
		customer: { reference: '{{ $json.customer }}' },
	})}`;
}

const GOOD_ROW = { name: 'John', customer: 'C-1', acc: '01234567', no: 7 };

describe('an expression in quotation marks', () => {
	test.each<[string, string, IDataObject, RegExp]>([
		['a long number', '{{ $json.acc }}', { acc: 2 ** 60 }, /lost leading zeros/],
		['a number with spaces', ' {{ $json.acc }}', { acc: 1234567 }, /lost leading zeros/],
		['true', '0123', { name: true }, /not text but true or false/],
		['a list', '{{ $json.acc }}', { acc: ['0123', '4567'] }, /not text but a list/],
		['a customer that is a list', '0123', { customer: ['C'] }, /not text but a list/],
		['a part without its digits', 'CH-{{ $json.acc }}', { acc: 2 ** 60 }, /lost leading zeros/],
	])('that gives %s is refused as in the form', async (_case, number, row, message) => {
		const { error } = await payJson(accountTemplate(number), { ...GOOD_ROW, ...row });
		expect(error?.message).toMatch(message);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test.each<[string, string]>([
		['{{ $json.acc }}', '01234567'],
		['{{ $json.acc.trim() }}', '01234567'],
		['{{ $json.acc }}-{{ $json.no }}', '01234567-7'],
		["'{{ $json.acc }} ", '01234567'],
	])('%s is paid as %s', async (number, paid) => {
		const { success } = await payJson(accountTemplate(number), GOOD_ROW);
		expect(success[0]?.json).toMatchObject({ outcome: 'submitted' });
		expect(lastBody()).toMatchObject({
			payment_method: { bank_account: { global: { bank_account_number: paid } } },
		});
	});
});

test.each<[string, unknown]>([
	['fields after it', '100,"x":1'],
	['scientific notation', '1e2'],
	['a fraction', '100.0'],
	['too many digits', '9007199254740993'],
	['zero below zero', '-0'],
	['nothing', ''],
])('sends nothing for an amount with %s', async (_case, amount) => {
	const { error } = await payJson(TEMPLATE, { name: 'John', amount: amount as string });
	expect(error?.message).toMatch(/^The .* \[Item 0\]$/);
	expect(account.sandbox.counters().received).toBe(0);
});

test('reads the same text as n8n does, whatever an expression holds', async () => {
	const first = '={{ JSON.stringify($json.whole) }}';
	const second = '={{ $json.whole }}';
	for (const body of [first, second]) {
		account.sandbox.reset();
		const { success } = await payJson(body, { whole: belgian as IDataObject });
		expect(success[0]?.json).toMatchObject({ outcome: 'submitted', amount_minor: 1000 });
		expect(lastBody()).toEqual(belgian);
	}
});

test('sends nothing for a body put together earlier, in which a number or an account is wrong', async () => {
	const account17 = JSON.stringify(belgian).replace('"BE68539007547034"', '12345678901234567');
	const mistyped = JSON.stringify(belgian).replace('BE68539007547034', 'BE68539007547035');
	const twice = JSON.stringify(belgian).replace('"amount":1000', '"amount":1000,"amount":999999');
	const messages = [];
	for (const body of [account17, mistyped, twice]) {
		messages.push((await payJson('={{ $json.body }}', { body })).error?.message);
	}
	expect(messages).toEqual([
		expect.stringContaining('digits would be lost'),
		expect.stringContaining('check digits do not match'),
		expect.stringContaining("'amount_details.amount' twice"),
	]);
	const asNumber = structuredClone(belgian) as { payment_method: { bank_account: IDataObject } };
	asNumber.payment_method.bank_account.global = { bank_account_number: 12345678 };
	const { error } = await payJson('={{ $json.body }}', { body: asNumber as IDataObject });
	expect(error?.message).toContain('arrived as a number and may have lost leading zeros');
	expect(account.sandbox.counters().received).toBe(0);
});

test('sends nothing for an expression that finds no body', async () => {
	for (const operation of ['init', 'start']) {
		for (const body of ['={{ $json.nothing }}', '={{ null }}', '={{ undefined }}']) {
			const { error } = await payJson(body, {}, { operation, sessionId: 'ps_1' });
			expect(error?.message).toContain('is not a JSON object');
		}
	}
	expect(account.sandbox.counters().received).toBe(0);
});

describe('Additional Fields', () => {
	const payRow = async (additionalFields: IDataObject, row: IDataObject = {}) =>
		await run(
			{ ...turkishRows('INV-1')[0], ...row },
			{ ...automatic('TUR-TRY'), additionalFields },
		);

	test.each<[string, unknown, string]>([
		['a name twice', '{"invoice":1,"invoice":2}', "'invoice' twice"],
		['a number that loses digits', '{"invoice": 12345678901234567890}', 'digits would be lost'],
		['a number that has lost digits', '={{ { invoice: 12345678901234567890 } }}', 'digits would'],
		['a list without an end', '[1', 'begins like JSON but is not'],
		['no number', '={{ NaN }}', 'a value that JSON does not have'],
	])('sends nothing for metadata with %s', async (_case, metadata, message) => {
		const { error } = await payRow({ metadata: metadata as string });
		expect(error?.message).toContain("The 'Metadata' ");
		expect(error?.message).toContain(message);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('sends metadata and a customer as they are', async () => {
		await payRow({
			metadata: '{"invoice": "12345678901234567890", "price": 10.50}',
			customerReference: '={{ 20240001 }}',
			customerPhone: '+12025550143',
		});
		expect(lastBody()).toMatchObject({
			metadata: { invoice: '12345678901234567890', price: 10.5 },
			customer: { reference: '20240001', contacts: [{ phone: '+12025550143' }] },
		});
	});

	test.each(['customerReference', 'customerEmail', 'customerPhone'])(
		'sends nothing for a value in %s that is not text',
		async (name) => {
			for (const value of ['{ id: 1 }', '["a"]', 'true', '1.5', '12345678901234567890', 'NaN']) {
				const { error } = await payRow({ customerReference: 'c', [name]: `={{ ${value} }}` });
				expect(error?.message).toMatch(/^The 'Customer (Reference|Email|Phone)' /);
			}
			expect(account.sandbox.counters().received).toBe(0);
		},
	);

	test.each<[string, string]>([
		['metadata', 'Metadata'],
		['customerReference', 'Customer Reference'],
		['customerEmail', 'Customer Email'],
		['customerPhone', 'Customer Phone'],
	])('sends nothing for %s that comes to nothing', async (name, label) => {
		for (const value of ['={{ $json.nothing }}', '={{ null }}', '={{ "" }}', '={{ " " }}', '']) {
			const { error } = await payRow({ customerReference: 'c', [name]: value });
			expect(error?.message).toBe(
				`'${label}' is empty. Remove it under 'Additional Fields', or correct its expression. [Item 0]`,
			);
		}
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('names everything that is wrong with them at once', async () => {
		const { error } = await payRow({ customerReference: '={{ true }}', metadata: '{"a":1,"a":2}' });
		expect(error?.message).toMatch(/Customer Reference.*'Metadata'/);
	});
});

describe('Session ID', () => {
	const confirm = async (sessionId: unknown) =>
		await run(
			{ id: sessionId as string },
			{ resource: 'session', operation: 'confirm', sessionId: '={{ $json.id }}' },
		);

	test.each<[unknown]>([[2 ** 60], [1.5], ['undefined'], ['[object Object]'], [{ id: 1 }], [true]])(
		'sends nothing for %j',
		async (id) => {
			const { error } = await confirm(id);
			expect(error?.message).toContain("The 'Session ID' ");
			expect(account.sandbox.counters().received).toBe(0);
		},
	);

	test('sends an old one of digits as text', async () => {
		await confirm(3230);
		expect(lastBody()).toEqual({ session_id: '3230' });
	});
});
