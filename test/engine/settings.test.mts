import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

const run = async (rows: IDataObject[], options: IDataObject, more: object = {}) =>
	await account.pay(rows, automatic('TUR-TRY', options), more);

/** Runs rows under every kind of On Error, and makes sure that none of them is sent. */
async function expectNothingSent(rows: IDataObject[], parameters: IDataObject, said: string) {
	const { error } = await run(rows, {}, { parameters });
	expect(`${error?.message} ${error?.description}`).toContain(said);
	const { success, errors } = await run(rows, {}, { parameters, onError: 'continueErrorOutput' });
	expect(success).toEqual([]);
	expect(errors.map(({ json }) => json.error)).toEqual(
		rows.map(() =>
			expect.objectContaining({
				outcome: 'not_sent',
				message: expect.stringContaining(said) as string,
			}),
		),
	);
	expect(account.sandbox.counters().received).toBe(0);
}

describe('a parameter whose expression gives an impossible value', () => {
	const impossible: Array<[label: string, parameters: IDataObject, options: IDataObject]> = [
		['Amount Is In', { amountUnit: '={{ "cents" }}' }, {}],
		['Specify Payout', { specify: '={{ "JSON" }}', reference: 'INV-0', body: '{}' }, {}],
		['API Version', {}, { apiVersion: '={{ "v3" }}' }],
		['Dry Run', {}, { dryRun: '={{ "true" }}' }],
		['Check Balance First', {}, { checkBalance: '={{ "true" }}' }],
		['Include Input Fields', {}, { includeInputFields: '={{ "" }}' }],
		['Add Summary', {}, { summaryItem: '={{ 0 }}' }],
		['Similar Rows', {}, { similarRows: '={{ "block" }}' }],
		['Repeated References', {}, { duplicates: '={{ "Error" }}' }],
		['Session First', {}, { sessionFirst: '={{ 1 }}' }],
		['Simplify', {}, { simplify: '={{ "" }}' }],
	];

	test.each(impossible)('is refused before anything is sent: %s', async (label, own, options) => {
		const parameters = { ...automatic('TUR-TRY', options), ...own };
		const { error } = await run(turkishRows('INV-0'), {}, { parameters });
		expect(error?.message).toMatch(new RegExp(`^'${label}' is .*, but it can only be .* or `));
		expect(account.sandbox.counters().received).toBe(0);
	});

	test.each([['EUR'], ['eur', 'usd'], { a: 1 }, 978, true])(
		'is refused where a code is needed: %j',
		async (value) => {
			for (const [name, label] of [
				['currency', 'Currency'],
				['destination', 'Destination'],
			] as const) {
				const parameters = { ...automatic('TUR-TRY'), [name]: '={{ $json.code }}' };
				const rows = turkishRows('INV-0').map((row) => ({ ...row, code: value }));
				await expectNothingSent(rows as IDataObject[], parameters, `'${label}' is `);
			}
		},
	);

	test('is named as text, without a card number in it and not at any length', async () => {
		const messageOf = async (dryRun: string) =>
			(await run(turkishRows('INV-0'), { dryRun })).error?.message ?? '';
		expect(await messageOf('={{ "true" }}')).toBe(
			"'Dry Run' is the text 'true', but it can only be true or false. Correct the setting or its expression.",
		);
		expect(await messageOf('={{ "" }}')).toContain("'Dry Run' is empty, but");
		expect(await messageOf('={{ "4242424242424242" }}')).not.toContain('42424242');
		expect((await messageOf('={{ "x".repeat(100000) }}')).length).toBeLessThan(200);
	});
});

const withColumn = (name: string, ...values: unknown[]): IDataObject[] =>
	turkishRows(...values.map((_value, index) => `INV-${index}`)).map((row, index) => ({
		...row,
		[name]: values[index] as string,
	}));

describe('a mapped Currency', () => {
	const mapped = (currency: string): IDataObject => {
		const columns = Object.keys(turkishRows('x')[0] ?? {});
		const same = columns.map((name) => [name, `={{ $json.${name} }}`]);
		const value = { ...Object.fromEntries(same), currency } as IDataObject;
		const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
		return { ...automatic('TUR-TRY'), payout };
	};

	test('that finds nothing pays nothing, instead of the amount in the node’s own', async () => {
		const said = "The expression in 'Currency' finds nothing.";
		for (const currency of ['={{ $json.curency }}', '={{ $json.paid?.currency }}']) {
			await expectNothingSent(withColumn('currency', 'GBP'), mapped(currency), said);
		}
	});

	test('pays in the node’s own where the cell is empty', async () => {
		const rows = withColumn('currency', '', null, 'GBP');
		const { success } = await run(rows, {}, { parameters: mapped('={{ $json.currency }}') });
		expect(success.map(({ json }) => json.currency)).toEqual(['USD', 'USD', 'GBP']);
	});

	test('is not meant where the row itself has a column without a value', async () => {
		const { success } = await run(withColumn('currency', undefined), {});
		expect(success.map(({ json }) => json.currency)).toEqual(['USD']);
	});
});

describe('a setting that pays a hundred times as much when it is misread', () => {
	const values = ['Minor', 'minor ', 'cents', '', null, undefined, 0, true, ['minor'], 'MAJOR'];
	test.each(values.map((value) => [value]))('amountUnit %j sends nothing', async (value) => {
		const parameters = { ...automatic('TUR-TRY'), amountUnit: '={{ $json.unit }}' };
		await expectNothingSent(withColumn('unit', value), parameters, "'Amount Is In' is ");
	});

	test('is read for each row, and refuses only the rows where it is impossible', async () => {
		const parameters = { ...automatic('TUR-TRY'), amountUnit: '={{ $json.unit }}' };
		const rows = withColumn('unit', 'cents', 'minor', 'major');
		Object.assign(rows[1] ?? {}, { amount: '777' });
		const { success, errors } = await run(rows, {}, { parameters, onError: 'continueErrorOutput' });
		expect(success.map(({ json }) => json.amount_minor)).toEqual([777, 10050]);
		expect(errors.map(({ json }) => (json.error as IDataObject).fields)).toEqual([['amountUnit']]);
	});
});

describe('a limit', () => {
	test.each([
		['an empty cell', '={{ $json.limit }}', ''],
		['a misspelt column', '={{ $json.limmit }}', '5'],
		['a text', '={{ $json.limit }}', 'none'],
		['zero', '={{ $json.limit }}', 0],
		['a blank', '={{ $json.limit }}', ' '],
		['a number below zero', '={{ $json.limit }}', -1],
		['not a number', '={{ Number("x") }}', 1],
		['thousands separators', '={{ $json.limit }}', '1,000'],
		['a switch', '={{ $json.limit }}', true],
		['a list', '={{ [$json.limit] }}', 5],
	])('of %s is not the same as no limit', async (_what, expression, cell) => {
		for (const [name, label] of [
			['maxAmount', 'Max Amount'],
			['maxTotal', 'Max Total'],
		] as const) {
			const parameters = automatic('TUR-TRY', { [name]: expression });
			await expectNothingSent(withColumn('limit', cell, cell), parameters, `'${label}' is `);
		}
	});

	test.each(['', 0, ' ', null])('that is set to %j in the form is refused', async (maxAmount) => {
		const parameters = automatic('TUR-TRY', { maxAmount });
		await expectNothingSent(turkishRows('INV-0'), parameters, "'Max Amount' is ");
	});
});

describe('a setting that holds for the whole run', () => {
	test.each([
		['dryRun', 'Dry Run', [true, false]],
		['dryRun', 'Dry Run', [false, true]],
		['sessionFirst', 'Session First', [false, false, true]],
		['maxAmount', 'Max Amount', ['100.50', '9999']],
		['maxTotal', 'Max Total', [1000, 1001]],
		['expectedRows', 'Expected Rows', [2, 3]],
		['expectedTotal', 'Expected Total', ['201.00', 'USD 201.00']],
		['checkBalance', 'Check Balance First', [true, false]],
		['similarRows', 'Similar Rows', ['warn', 'ignore']],
		['includeInputFields', 'Include Input Fields', [true, false]],
		['summaryItem', 'Add Summary', [false, true]],
		['parallelRequests', 'Parallel Requests', [1, 2]],
	])('is refused when it differs by row: %s', async (name, label, values) => {
		const parameters = automatic('TUR-TRY', { [name]: '={{ $json.setting }}' });
		const said = `'${label}' holds for the whole run`;
		await expectNothingSent(withColumn('setting', ...values), parameters, said);
	});

	test('is refused when it is impossible in a later row only', async () => {
		const parameters = automatic('TUR-TRY', { dryRun: '={{ $json.setting }}' });
		const rows = withColumn('setting', false, false, 'false');
		await expectNothingSent(rows, parameters, "'Dry Run' is the text 'false'");
	});

	test('may come from an expression that gives the same for every row', async () => {
		const options = { dryRun: '={{ $json.setting }}', maxAmount: '={{ "100.50" }}' };
		const { success } = await run(withColumn('setting', false, false), options);
		expect(success.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
	});

	test.each(['http://user:storm-secret@127.0.0.1:9', 'http://user:storm-secret%zz@127.0.0.1:9'])(
		'is not shown in an error with the password of its proxy: %s',
		async (proxy) => {
			const parameters = { ...automatic('TUR-TRY'), requestOptions: { proxy } };
			const bad = turkishRows('A').map((row) => ({ ...row, amount: '0' }));
			for (const rows of [turkishRows('A'), bad]) {
				const { error, run: ended } = await run(rows, {}, { parameters });
				expect(error).toBeDefined();
				const { runData, error: shown } = ended.data.resultData;
				expect(JSON.stringify([error, { ...error }, shown, runData.Pay])).not.toContain('storm-');
			}
		},
	);

	test('in the request options is refused when it differs, without showing the proxy', async () => {
		const requestOptions = { proxy: '={{ "http://user:secret@127.0.0.1:" + $json.port }}' };
		const parameters = { ...automatic('TUR-TRY'), requestOptions };
		const rows = withColumn('port', 1, 2);
		await expectNothingSent(rows, parameters, "'Proxy' holds for the whole run");
		const { error } = await run(rows, {}, { parameters });
		expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toContain(
			'secret',
		);
	});
});

describe('the request options', () => {
	test.each<[IDataObject, string]>([
		[{ timeout: -1 }, "'Timeout' is -1"],
		[{ timeout: 0 }, "'Timeout' is 0"],
		[{ timeout: 3_000_000_000 }, "'Timeout' is 3000000000"],
		[{ timeout: '={{ $json.nothing }}' }, "'Timeout' is empty"],
		[{ timeout: '={{ "10s" }}' }, "'Timeout' is the text '10s'"],
		[{ allowUnauthorizedCerts: '={{ "false" }}' }, "'Ignore SSL Issues' is the text"],
		[{ allowUnauthorizedCerts: '={{ $json.nothing }}' }, "'Ignore SSL Issues' is the text"],
		[
			{ batching: { batch: { batchInterval: '={{ $json.nothing }}' } } },
			"'Batch Interval' is empty",
		],
		[{ batching: { batch: { batchSize: -5 } } }, "'Items per Batch' is -5"],
		[{ batching: { batch: { batchInterval: -5 } } }, "'Batch Interval' is -5"],
		[{ proxy: '' }, "'Proxy' is empty, but it can only be a web address"],
		[{ proxy: '={{ $json.nothing }}' }, "'Proxy' is empty, but it can only be a web address"],
		[{ proxy: 'socks5://127.0.0.1:1' }, "'Proxy' is a value that is not shown, but it can only be"],
		[{ proxy: 'http://user:%zz@127.0.0.1:1' }, 'with %25 for each % in a password'],
	])('%j send nothing, and the reason is said', async (requestOptions, said) => {
		const parameters = { ...automatic('TUR-TRY'), requestOptions };
		await expectNothingSent(turkishRows('INV-0', 'INV-1'), parameters, said);
	});
});

test.each(['none', 'JSON', '', null, undefined])(
	'specify %j orders nothing with a real key',
	async (specify) => {
		const rows = withColumn('specify', specify);
		const parameters = {
			...automatic('TUR-TRY'),
			specify: '={{ $json.specify }}',
			reference: 'INV-0',
			body: '{}',
		};
		await expectNothingSent(rows, parameters, "'Specify Payout' is ");
	},
);

test.each(['', '={{ $json.nothing }}', '={{ null }}', '={{ 5 }}'])(
	'the request body %j orders nothing with a real key',
	async (body) => {
		const parameters = { ...automatic('TUR-TRY'), specify: 'json', reference: 'INV-0', body };
		await expectNothingSent(
			turkishRows('INV-0'),
			parameters,
			"'Request Body' is not a JSON object",
		);
	},
);

describe('a credential with expressions', () => {
	/** A credential whose field `submerchant` is the column of that name, as n8n would evaluate it. */
	const bySubmerchant = (rows: IDataObject[]) => (index: number) => ({
		...account.credentials,
		// Like n8n, it cannot be evaluated for a row that does not exist.
		submerchant: (rows[index] as IDataObject).submerchant as string,
	});
	const byNumber = (number: number) => (index: number) => ({
		...account.credentials,
		submerchant: index === number ? 'B' : 'A',
	});
	const last = withColumn('submerchant', ...(Array(24).fill('A') as string[]), 'B');

	test.each<[string, (index: number) => ICredentialDataDecryptedObject]>([
		['in the last row', bySubmerchant(last)],
		['in row number 1', byNumber(1)],
		['in row number 2', byNumber(2)],
		['in row number 19', byNumber(19)],
	])('sends nothing when it differs %s', async (_where, credentials) => {
		const { error } = await run(last, {}, { credentials });
		expect(error?.message).toContain("The credential's fields differ from row to row");
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('pays when it gives the same for every row', async () => {
		const rows = withColumn('submerchant', 'A', 'A', 'A');
		const { success } = await run(rows, {}, { credentials: bySubmerchant(rows) });
		expect(success).toHaveLength(3);
		const sent = account.sandbox.requests().map(({ headers }) => headers['x-partner-submerchant']);
		expect(sent).toEqual(['A', 'A', 'A']);
	});
});
