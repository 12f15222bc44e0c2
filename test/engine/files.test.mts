import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IBinaryData, IDataObject, OnError } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { runNode } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

function toFile(content: string | Buffer, fileName: string): IBinaryData {
	return {
		data: Buffer.from(content).toString('base64'),
		fileName,
		mimeType: 'application/octet-stream',
	};
}

interface ReadOptions {
	parameters?: IDataObject;
	onError?: OnError;
	items?: IDataObject[];
}

async function read(file: IBinaryData, { parameters, ...more }: ReadOptions = {}) {
	return await runNode({
		items: [{}],
		file,
		parameters: { resource: 'file', operation: 'read', ...parameters },
		credentials: {},
		...more,
	});
}

async function write(items: IDataObject[], parameters: IDataObject = {}) {
	const all = { resource: 'file', operation: 'write', ...parameters };
	const { success, error } = await runNode({ items, parameters: all, credentials: {} });
	expect(error).toBeUndefined();
	return success;
}

function preview(operation: string) {
	const file = path.resolve(
		__dirname,
		`../../dist/nodes/SmartGlocal/__schema__/v1.0.0/file/${operation}.json`,
	);
	const { version, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as IDataObject;
	expect(version).toBe(1);
	return new Ajv({ allowUnionTypes: true }).compile(schema);
}

const TWO_ROWS = 'reference;amount;iban\nINV-1;100,50;TR330006100519786457841326\n;;\n';

describe('Read Payout File', () => {
	test('puts out one item per row, without a credential', async () => {
		const { success, error } = await read(toFile(TWO_ROWS, 'July.csv'));
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json)).toEqual([
			{ row: 2, reference: 'INV-1', amount: '100.50', iban: 'TR330006100519786457841326' },
		]);
		expect(success[0]?.pairedItem).toEqual({ item: 0 });
		expect(preview('read')(success[0]?.json)).toBe(true);
	});

	test('says in a hint, and if wanted in a last item, what it has read', async () => {
		const options = { summaryItem: true };
		const { success, run } = await read(toFile(TWO_ROWS, 'July.csv'), { parameters: { options } });
		const { summary } = success[1]?.json ?? {};
		expect(summary).toBe(
			'CSV file, separated by a semicolon · headers in row 1 · 1 row read · 1 empty skipped · amounts have a decimal comma · missing: recipient_first_name, recipient_last_name, recipient_bank_name · missing, unless the workflow gives one value for all rows: destination, description',
		);
		expect(run.data.resultData.runData.Pay?.[0]?.hints).toEqual([
			{ message: summary, type: 'warning', location: 'outputPane' },
		]);
	});

	test('reads what Columns confirms, and pays it', async () => {
		const sheet =
			'Beleg;Empfänger;Konto;Betrag\nRE-1;Ayşe Yılmaz;TR330006100519786457841326;1.250,00\n';
		const columns = {
			reference: 'Beleg',
			recipient_full_name: 'Empfänger',
			iban: 'Konto',
			amount: 'Betrag',
			destination: { value: 'Turkey' },
		};
		const { success } = await read(toFile(sheet, 'Juli.csv'), {
			parameters: { columns: JSON.stringify(columns) },
		});
		const [item] = success.map(({ json }) => json);
		expect(item).toMatchObject({ row: 2, amount: '1250.00', destination: 'Turkey' });
		const [row] = turkishRows('RE-1');
		const paid = await account.pay([{ ...row, ...item }], automatic('ROW'));
		expect(paid.success[0]?.json).toMatchObject({ outcome: 'submitted', amount: 1250 });
	});

	test.each([
		['{"amount": 5}', "'Columns' must be JSON"],
		['[]', "'Columns' must be JSON"],
		['{"amount": "Betrag"', "'Columns' must be JSON"],
		['{"total": "amount"}', "'Columns' names the field 'total', which no payout has."],
		['{"amount": "Betrag"}', "'Columns' takes 'amount' from the column 'Betrag'"],
	])('refuses Columns that says %j', async (columns, sentence) => {
		const { error } = await read(toFile(TWO_ROWS, 'July.csv'), { parameters: { columns } });
		expect(`${error?.message} ${error?.description}`).toContain(sentence);
	});

	test.each([
		[{ hiddenRows: 'skp' }, "'Hidden Rows' is 'skp'. Choose one of its list."],
		[{ encoding: 'latin1' }, "'Encoding' is 'latin1'. Choose one of its list."],
		[{ decimalSeparator: ';' }, "'Decimal Separator' is ';'. Choose one of its list."],
		[{ headerRow: 'first' }, "'Header Row' must be a number"],
		[{ delimiter: ';;' }, "'Delimiter' must be one character"],
		[{ headerRow: 7 }, 'Row 7, which should have the headers, is empty.'],
	])('refuses the options %j', async (options, sentence) => {
		const { error } = await read(toFile(TWO_ROWS, 'July.csv'), { parameters: { options } });
		expect(`${error?.message} ${error?.description}`).toContain(sentence);
	});

	const BROKEN = 'reference,amount,iban\nINV-1,1,250.00,BE68\nINV-2,"5,BE68\n';

	test('stops with everything that is wrong', async () => {
		const { error } = await read(toFile(BROKEN, 'July.csv'));
		expect(error?.message).toBe("2 things in 'July.csv' need correcting");
		expect(error?.description).toMatch(/^• Line 2 has 4 values.*\n• A quotation mark in line 3/s);
	});

	test.each([
		['continueRegularOutput', 'success'],
		['continueErrorOutput', 'errors'],
	] as const)('under %s puts out one item that says it', async (onError, output) => {
		const result = await read(toFile(BROKEN, 'July.csv'), { onError });
		expect(result.error).toBeUndefined();
		expect(result[output]).toHaveLength(1);
		expect(result[output][0]?.json).toEqual({
			error: expect.objectContaining({
				message: "2 things in 'July.csv' need correcting",
				problems: [expect.stringContaining('Line 2'), expect.stringContaining('line 3')],
			}) as unknown,
		});
	});

	test('says which field has no file', async () => {
		const { error } = await runNode({
			items: [{}],
			parameters: { resource: 'file', operation: 'read' },
			credentials: {},
		});
		expect(error?.message).toContain("'data'");
	});
});

describe('Write Results File', () => {
	const ROWS = [
		{ reference: 'PAY_x2024_07', amount: 1250.5, note: '=1+1' },
		{ reference: '007', amount: 2, note: 'a'.repeat(40_000) },
	];

	test.each(['xlsx', 'csv'])('writes %s that reads back as it was', async (format) => {
		const [written] = await write(ROWS, { format, fileName: 'results' });
		expect(written?.json).toEqual({
			file_name: `results.${format}`,
			rows: 2,
			cut_texts: format === 'xlsx' ? 1 : 0,
		});
		expect(preview('write')(written?.json)).toBe(true);
		const { success, error } = await read(written?.binary?.data as IBinaryData, {
			parameters: { options: { hiddenRows: 'include' } },
		});
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => [json.row, json.reference])).toEqual([
			[2, 'PAY_x2024_07'],
			[3, '007'],
		]);
		expect(String(success[0]?.json.amount)).toBe('1250.5');
		expect(success[0]?.json.note).toBe('=1+1');
		expect(String(success[1]?.json.note).length).toBe(format === 'xlsx' ? 32_767 : 40_000);
	});
});
