import type { IDataObject } from 'n8n-workflow';
import { diagnoseHeaders } from '../../nodes/SmartGlocal/batch/check/diagnoseHeaders';
import { createRowReader } from '../../nodes/SmartGlocal/batch/read/readParameters';
import type { RowReader } from '../../nodes/SmartGlocal/batch/read/readParameters';
import { watchFreezes } from '../storm/freezes.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { executeContext } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

/** What the person reads when nothing was sent: the message, and what stands below it. */
async function readError(items: IDataObject[], parameters: IDataObject): Promise<string> {
	const { error, success, errors } = await account.pay(items, parameters);
	expect([...success, ...errors]).toEqual([]);
	expect(account.sandbox.requests()).toEqual([]);
	return `${error?.message} | ${error?.description}`;
}

const END = ' | Nothing was sent. Run the workflow again when that is done.';

/** Good rows with other headers; an empty name leaves the column out. */
function rename(names: Readonly<Record<string, string>>, ...references: string[]): IDataObject[] {
	return turkishRows(...references).map((row) =>
		Object.fromEntries(
			Object.entries(row)
				.map(([name, value]) => [names[name] ?? name, value])
				.filter(([name]) => name !== ''),
		),
	);
}

/** Parameters for rows whose columns are mapped by hand. */
function manual(value: IDataObject): IDataObject {
	const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
	return { ...automatic('TUR-TRY'), payout };
}

/** A mapping of every column of a good row to the column of the same name, but for the changes. */
function mapping(changes: IDataObject = {}): IDataObject {
	const names = Object.keys(turkishRows('A')[0] ?? {});
	const same = Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
	return manual({ ...same, ...changes });
}

describe('a column that no row has', () => {
	test('is named once for all rows, with the columns that are there and the one meant', async () => {
		const items = rename({ amount: 'Betrag' }, 'A', 'B', 'C');
		expect(await readError(items, automatic('TUR-TRY'))).toBe(
			"There is no column 'amount'. Your columns: reference, Betrag, iban, description, recipient_first_name, recipient_last_name, recipient_bank_name. Perhaps 'Betrag' is meant for 'amount'. Rename or add columns so that the names match, or choose 'Map Each Column Manually' under 'Payout'." +
				END,
		);
	});

	test('is named together with the others that are missing', async () => {
		const names = { amount: 'Betrag (EUR)', reference: 'Rechnungs-Nr.', description: '' };
		expect(await readError(rename(names, 'A', 'B'), automatic('TUR-TRY'))).toBe(
			"There are no columns 'reference', 'amount' and 'description'. Your columns: Rechnungs-Nr., Betrag (EUR), iban, recipient_first_name, recipient_last_name, recipient_bank_name. Perhaps 'Rechnungs-Nr.' is meant for 'reference' and 'Betrag (EUR)' for 'amount'. Rename or add columns so that the names match, or choose 'Map Each Column Manually' under 'Payout'." +
				END,
		);
	});

	test('is asked for where no other is like it', async () => {
		const error = await readError(rename({ amount: 'xyz' }, 'A'), automatic('TUR-TRY'));
		expect(error).toContain("There is no column 'amount'. Your columns: reference, xyz, iban,");
		expect(error).toContain('Rename or add columns so that the names match, or choose');
		expect(error).not.toContain('Perhaps');
	});

	test('of the destination is named, and one that the node sets otherwise is not', async () => {
		const items = rename({ iban: 'Konto', recipient_bank_name: 'Bankname' }, 'A');
		const error = await readError(items, automatic('TUR-TRY'));
		expect(error).toContain("There are no columns 'recipient_bank_name' and 'iban'.");
		expect(error).toContain("'Bankname' is meant for 'recipient_bank_name' and 'Konto' for 'iban'");
		expect(error).not.toMatch(/sender|country|currency/);
	});

	test('is the account, where any one of several would do', async () => {
		const items = rename({ iban: 'Kontonummer' }, 'A');
		const error = await readError(items, automatic('CZE-CZK'));
		expect(error).toContain(
			"There is no column 'iban', 'swift_bic_code', 'bank_account_number' or 'branch_number'.",
		);
		expect(error).toContain("Perhaps 'Kontonummer' is meant for 'iban'.");
	});

	test('is the destination, where each row says where it is paid to', async () => {
		expect(await readError(turkishRows('A'), automatic('ROW'))).toContain(
			"There is no column 'destination', 'recipient_country_iso3' or 'recipient_currency'.",
		);
	});

	test('gives every row the reason under Continue', async () => {
		const items = rename({ amount: 'Montant' }, 'A', 'B');
		const { success, errors } = await account.pay(items, automatic('TUR-TRY'), {
			onError: 'continueErrorOutput',
		});
		expect(success).toEqual([]);
		expect(account.sandbox.requests()).toEqual([]);
		expect(errors).toHaveLength(2);
		for (const { json } of errors) {
			expect((json.error as IDataObject).outcome).toBe('not_sent');
			expect((json.error as IDataObject).message).toMatch(
				/^There is no column 'amount'\. .*Perhaps 'Montant' is meant for 'amount'\./,
			);
		}
	});

	test('does not bring a card number in a header to light', async () => {
		const items = rename({ amount: 'paid with 4242 4242 4242 4242' }, 'A').map((row) => ({
			...row,
			'5555555555554444': 'x',
			'378282246310005;amount': 'x',
			[`${'long '.repeat(6)}4000056655665556`]: 'x',
		}));
		const stopped = await account.pay(items, automatic('TUR-TRY'));
		const mapped = await account.pay(
			items,
			mapping({ amount: '={{ $json["6011000990139424"] }}' }),
		);
		const passed = await account.pay(items, automatic('TUR-TRY'), {
			onError: 'continueRegularOutput',
		});
		const errors = passed.success.map(({ json }) => json.error);
		expect(errors).toHaveLength(1);
		const shown = [stopped.error, mapped.error].map((error) => [
			error?.message,
			error?.description,
		]);
		expect(JSON.stringify([shown, errors])).not.toMatch(
			/4242.?4242.?4242|55555555|3782822463|40000566|60110009/,
		);
	});

	test('is one of many that are counted, not listed', async () => {
		const more = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`note ${at}`, 'x']));
		const items = rename({ amount: '' }, 'A').map((row) => ({ ...row, ...more }));
		const error = await readError(items, automatic('TUR-TRY'));
		expect(error).toContain('note 0, note 1, note 2, note 3, note 4, note 5 and 24 more. ');
	});

	test('is the only thing that is said: a column that some rows have is their own matter', async () => {
		const items = turkishRows('A', 'B', 'C');
		delete items[0]?.amount;
		const { error } = await account.pay(items, automatic('TUR-TRY'));
		expect(error?.message).toContain('[Item 0]');
		expect(error?.message).not.toContain('There is no column');
		const { success } = await account.pay(items, automatic('TUR-TRY'), {
			onError: 'continueErrorOutput',
		});
		expect(success.map(({ json }) => json.reference)).toEqual(['B', 'C']);
	});

	test('is not missed where the payout is not made of columns', async () => {
		const { error } = await account.pay([{ note: 'x' }], {
			specify: 'json',
			reference: 'A',
			body: '{}',
		});
		expect(error?.message).not.toContain('column');
		const fixed = manual({ ...turkishRows('B')[0] });
		const { success } = await account.pay([{}], fixed);
		expect(success.map(({ json }) => json.reference)).toEqual(['B']);
	});

	test('is not looked for by operations without a payout', async () => {
		const parameters = { ...automatic('TUR-TRY'), resource: 'wallet', operation: 'getBalance' };
		const { success, error } = await account.pay([{}], parameters);
		expect(error).toBeUndefined();
		expect(success).not.toEqual([]);
	});
});

describe('a column that is mapped by hand, but that no row has', () => {
	test('is empty in each row', async () => {
		const { error } = await account.pay(rename({ amount: 'Betrag' }, 'A'), mapping());
		expect(error?.message).toContain('The amount is empty.');
		expect(account.sandbox.requests()).toEqual([]);
	});

	test('can be replaced where the expression can have a value without it', async () => {
		const amount = '={{ $json.total ?? 12 }}';
		const { success } = await account.pay(turkishRows('A'), mapping({ amount }));
		expect(success.map(({ json }) => json.reference)).toEqual(['A']);
	});

	test('may be missing where the destination does not need it', async () => {
		const email = { recipient_email: '={{ $json.email }}' };
		const { success } = await account.pay(turkishRows('A'), mapping(email));
		expect(success.map(({ json }) => json.reference)).toEqual(['A']);
	});
});

describe('a file that was not read as people see it', () => {
	const NOT_READ =
		"The input is a file, or rows of one that was not read as people see it. Read it with this node's operation 'Read Payout File' (resource 'File')." +
		END;

	test.each([';', '\t', '|', ','])('is recognised by columns apart by %j', async (separator) => {
		const header = ['reference', 'amount', 'iban'].join(separator);
		const items = [{ [header]: ['A', '100.50', 'TR33'].join(separator) }];
		expect(await readError(items, automatic('TUR-TRY'))).toBe(NOT_READ);
	});

	test.each([
		['headers in any language', { '\ufeffRechnungsnr;Betrag;Empfänger': 'A;100,50;Ann' }],
		['commas in values', { 'reference;amount;note': 'A;100', 'more;iban': '50;TR33' }],
		['a row without headers', { row: ['A', '1'] }],
		['a column without a header', { __EMPTY: 'A', __EMPTY_1: 'B' }],
	])('is recognised by %s', async (_what, item) => {
		expect(await readError([item], automatic('TUR-TRY'))).toBe(NOT_READ);
	});

	test.each([
		{ 'Name, first': 'Ann', Betrag: '1' },
		{ 'Brutto|netto': '1', Betrag: '1' },
		{ 'Betrag;': '1', Name: 'Ann' },
	])('is not one with the headers of %j', async (item) => {
		expect(await readError([item], automatic('TUR-TRY'))).toContain('There are no columns');
	});

	test('is recognised by the file itself, unless there are columns beside it', async () => {
		const diagnose = async (json: IDataObject) => {
			const { context } = await executeContext({
				items: [json],
				parameters: automatic('TUR-TRY'),
				credentials: account.credentials,
			});
			const [item] = context.getInputData();
			Object.assign(item ?? {}, { binary: { data: { data: '', mimeType: 'text/csv' } } });
			return await diagnoseHeaders(context, createRowReader(context), 'order');
		};
		expect(`${await diagnose({ fileName: 'payouts.csv' })}${END}`).toBe(NOT_READ);
		expect(`${await diagnose({})}${END}`).toBe(NOT_READ);
		expect(await diagnose({ reference: 'A' })).toContain('There are no columns');
	});
});

test('rows that this node has read from a file are corrected where they were read', async () => {
	const items = rename({ amount: 'Betrag' }, 'A').map((row) => ({ row: 2, ...row }));
	expect(await readError(items, automatic('TUR-TRY'))).toContain(
		"Rename the headers in the file, or say in 'Columns' of Read Payout File which header is meant for which field.",
	);
});

describe('columns inside an object of the row', () => {
	const [row = {}] = turkishRows('A');
	const webhook = (body: unknown) =>
		[{ headers: { host: 'x' }, params: {}, query: {}, body, webhookUrl: 'x' }] as IDataObject[];

	test('are found in the body of a webhook', async () => {
		expect(await readError(webhook(row), automatic('TUR-TRY'))).toBe(
			"The columns of the payout are inside 'body'. Choose 'Map Each Column Manually' under 'Payout' and write each with that in front, as in {{ $json.body.amount }}." +
				END,
		);
		expect(await readError(webhook({ Betrag: 1 }), automatic('TUR-TRY'))).toContain(
			"The columns of the payout are inside 'body'.",
		);
	});

	test('are left to the person where they are in a list, or deeper', async () => {
		for (const body of [{ rows: [row] }, { data: { row } }]) {
			const error = await readError(webhook(body), automatic('TUR-TRY'));
			expect(error).toContain('Your columns: headers, params, query, body, webhookUrl.');
		}
	});

	test('are not taken for a list of payouts where the row has other columns of its own', async () => {
		const items = rename({ amount: '' }, 'A').map((each) => ({
			...each,
			positions: [{ amount: '60.00' }, { amount: '40.50' }],
		}));
		const error = await readError(items, automatic('TUR-TRY'));
		expect(error).toContain("There is no column 'amount'. Your columns: reference, iban,");
	});

	test('are found beside other columns of the row', async () => {
		const [{ amount, ...rest } = {}] = turkishRows('A');
		const items = [{ ...rest, total: { amount } }] as IDataObject[];
		expect(await readError(items, automatic('TUR-TRY'))).toContain(
			"The columns of the payout are inside 'total'.",
		);
	});

	test.each(['data', 'json', 'my row'])(
		'are found in %j, by the expression that is given',
		async (name) => {
			const error = await readError([{ [name]: row, id: 1 }], automatic('TUR-TRY'));
			expect(error).toContain(`The columns of the payout are inside '${name}'`);
			const [, expression = ''] = /as in (\{\{.*?\}\})/.exec(error) ?? [];
			const fixed = manual({ ...row, amount: `=${expression}` });
			const { success } = await account.pay([{ [name]: row }] as IDataObject[], fixed);
			expect(success.map(({ json }) => json.amount)).toEqual(
				[turkishRows('A')[0]?.amount].map(Number),
			);
		},
	);

	test('are not said to be where they are not', async () => {
		const body = { event: 'ping', data: { id: 7, url: 'x' } };
		const error = await readError(webhook(body), automatic('TUR-TRY'));
		expect(error).toContain("There are no columns 'reference'");
		expect(error).not.toContain('$json.');
	});

	test('a list of one text is refused, and paid by its first entry', async () => {
		const { error } = await account.pay([{ ...row, iban: [row.iban] }], automatic('TUR-TRY'));
		expect(error?.message).toContain('IBAN is not text but a list.');
		const fixed = manual({ ...row, iban: '={{ $json.iban[0] }}' });
		expect((await account.pay([{ iban: [row.iban] }], fixed)).success).toHaveLength(1);
	});

	test('can be paid in the ways that the message says', async () => {
		const [item] = webhook(row);
		const fields = Object.keys(row).map((name) => [name, `={{ $json.body.${name} }}`]);
		const { success } = await account.pay([item ?? {}], manual(Object.fromEntries(fields)));
		expect(success.map(({ json }) => json.reference)).toEqual(['A']);
	});
});

describe('an input without rows', () => {
	const NOTHING =
		"There was nothing to pay: the input has no rows. Check the sheet, its name and the range that is read. If an empty sheet is normal, switch off 'Always Output Data' in the settings of the node before this one." +
		END;

	test('says once that there was nothing to pay', async () => {
		expect(await readError([{}], automatic('TUR-TRY'))).toBe(NOTHING);
		expect(await readError([{}], mapping())).toBe(NOTHING);
		expect(await readError([{}], mapping({ amount: '={{ $json.amount.trim() }}' }))).toBe(NOTHING);
		const blank = { reference: '', amount: ' ', iban: null, note: '\u00a0' };
		expect(await readError([blank, blank, {}], automatic('TUR-TRY'))).toBe(NOTHING);
	});

	test('gives its item the reason under Continue', async () => {
		const { errors } = await account.pay([{}], automatic('TUR-TRY'), {
			onError: 'continueErrorOutput',
		});
		expect(errors.map(({ json }) => (json.error as IDataObject).message)).toEqual([
			expect.stringMatching(/^There was nothing to pay: the input has no rows\./),
		]);
	});

	test('is not the same as blank rows between good ones', async () => {
		const { error } = await account.pay([{}, ...turkishRows('A'), {}], automatic('TUR-TRY'));
		expect(error?.message).toBe('2 of 3 rows need correcting; nothing was sent');
	});
});

test('rows with the labels of the form as headers are paid', async () => {
	const names = {
		description: 'Purpose of Remittance',
		recipient_bank_name: 'Recipient Bank Name',
	};
	const items = rename(names, 'A').map((row) => ({ ...row, 'Recipient Country': 'TUR' }));
	const { success } = await account.pay(items, automatic('TUR-TRY'));
	expect(success.map(({ json }) => json.reference)).toEqual(['A']);
});

test('a good batch is not searched beyond its first row', async () => {
	const { context } = await executeContext({
		items: turkishRows('A', 'B', 'C'),
		parameters: automatic('TUR-TRY'),
		credentials: account.credentials,
	});
	const reader = createRowReader(context);
	const seen = new Set<number>();
	const rowAt: RowReader['rowAt'] = (index) => {
		seen.add(index);
		return reader.rowAt(index);
	};
	expect(await diagnoseHeaders(context, { ...reader, rowAt }, 'order')).toBeUndefined();
	expect([...seen]).toEqual([0]);
});

test('thousands of rows with wrong headers do not hold n8n up', async () => {
	const references = Array.from({ length: 20_000 }, (_, index) => `INV-${index}`);
	const items = rename({ amount: 'Betrag' }, ...references);
	const stop = watchFreezes();
	const { error } = await account.pay(items, automatic('TUR-TRY'));
	expect(error?.message).toContain("Perhaps 'Betrag' is meant for 'amount'.");
	// About a fifth of this on a machine with nothing else to do.
	expect(stop()).toBeLessThan(1_500);
});
