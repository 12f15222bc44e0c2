import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import type { RunOptions, RunResult } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();
beforeEach(() => account.sandbox.changeSettings({ latencyMs: 0 }));

const CONTINUE = { onError: 'continueErrorOutput' } as const;

const run = async (
	rows: IDataObject[],
	options: IDataObject = {},
	more: Partial<RunOptions> = {},
): Promise<RunResult> => await account.pay(rows, automatic('TUR-TRY', options), more);

/** What the output panel shows above the items. */
const hintsOf = ({ run: { data } }: RunResult) =>
	(data.resultData.runData.Pay?.at(-1)?.hints ?? []).map(({ message }) => message);

const withAmounts = (...amounts: string[]) =>
	amounts.map((amount, index) => ({ ...turkishRows(`INV-${index}`)[0], amount }) as IDataObject);

/** Starts the payout of a session, which may hold everything about it. */
const startOf = (sessionId: string, options: IDataObject): IDataObject => ({
	operation: 'start',
	sessionId,
	specify: 'json',
	reference: 'INV-0',
	body: '{}',
	options,
});

describe('the summary in the output panel', () => {
	test('counts the rows of each outcome, with sums by currency and reasons', async () => {
		const rows = withAmounts('1000.00', '11345.00', '3000.00', '1,000', '5.00');
		Object.assign(rows[2] ?? {}, { currency: 'GBP' });
		Object.assign(rows[4] ?? {}, { iban: 'TR33 0006 1005 1978 6457 8413 27' });
		account.sandbox.setFaults([
			{ when: { key: 'INV-0' }, fault: { type: 'error', code: 'account_not_found' } },
		]);
		const [hint, ...others] = hintsOf(await run(rows, { similarRows: 'ignore' }, CONTINUE));
		expect(others).toEqual([]);
		expect(hint).toBe(
			[
				'2 submitted: USD 11,345.00, GBP 3,000.00',
				'1 refused (1 account not found)',
				'2 not sent (1 unclear amount, 1 wrong IBAN)',
				"Please check: amount is in USD, but the destination's currency is TRY (row 2); amount is in GBP, but the destination's currency is TRY (row 3)",
			].join(' · '),
		);
	});

	test('names codes that the node does not know, of rows refused and unknown', async () => {
		const faults = ['invalid_sort_code', 'invalid_sort_code', 'some_new_code', 'internal_error'];
		account.sandbox.setFaults(
			faults.map((code, index) => ({
				when: { key: `INV-${index}` },
				fault: { type: 'error', code },
			})),
		);
		const rows = withAmounts('1.00', '2.00', '3.00', '4.00');
		const result = await run(rows, { similarRows: 'ignore' }, CONTINUE);
		expect(hintsOf(result)[0]).toBe(
			[
				'2 refused (2 with the code invalid_sort_code, which this node does not know)',
				'2 unknown: look at them before you pay in another way (1 with the code some_new_code, which this node does not know, 1 internal error)',
			].join(' · '),
		);
		const advice = result.errors.map(({ json }) => (json.error as IDataObject).advice);
		expect(
			advice.filter((it) => /This node does not know that code\.$/.test(String(it))),
		).toHaveLength(3);
	});

	test('says what a dry run would send', async () => {
		const rows = withAmounts('1000.00', '1,000', '2.50');
		const result = await run(rows, { dryRun: true }, CONTINUE);
		expect(hintsOf(result)[0]).toMatch(
			/^Dry run, nothing was sent\. 2 rows would be sent: USD 1,002\.50 · 1 not sent \(1 unclear amount\) · /,
		);
	});

	test('names duplicates that an earlier run has sent with their sums', async () => {
		const rows = withAmounts('10.00', '20.00');
		await run(rows);
		expect(hintsOf(await run(rows))[0]).toMatch(
			/^2 already submitted by an earlier request: USD 30\.00/,
		);
	});

	test('is one last item for workflows when the option is on', async () => {
		const { success, errors } = await run(
			withAmounts('10.00', '0', '20.00'),
			{ summaryItem: true },
			CONTINUE,
		);
		expect(errors).toHaveLength(1);
		expect(success).toHaveLength(3);
		expect(success.at(-1)?.json).toMatchObject({
			summary: expect.stringMatching(/^2 submitted: USD 30\.00 · 1 not sent/) as string,
			rows: 3,
			submitted: 2,
			already_submitted: 0,
			rejected: 0,
			not_sent: 1,
			unknown: 0,
			total: 'USD 30.00',
		});
	});
});

describe('a dry run', () => {
	test('is a table that a person can check', async () => {
		const [row] = turkishRows('INV-0');
		const { success } = await run([row ?? {}], { dryRun: true });
		expect(success[0]?.json).toEqual({
			dry_run: true,
			reference: 'INV-0',
			recipient: 'Ayşe Yılmaz',
			account_ending: '1326',
			amount: 100.5,
			amount_minor: 10050,
			currency: 'USD',
			destination: 'TUR-TRY',
			warnings: "The amount is in USD, but the destination's currency is TRY.",
			columns_not_used: null,
		});
	});

	test('lists the columns that are not used', async () => {
		const rows = turkishRows('INV-0', 'INV-1');
		Object.assign(rows[0] ?? {}, { Department: 'Sales', 'Paid by': 'Ann', note: '' });
		Object.assign(rows[1] ?? {}, { Department: 'IT', ['x'.repeat(90)]: 1 });
		const result = await run(rows, { dryRun: true, similarRows: 'ignore' });
		const long = `${'x'.repeat(40)}…`;
		expect(result.success.map(({ json }) => json.columns_not_used)).toEqual([
			'Department, Paid by',
			`Department, ${long}`,
		]);
		expect(hintsOf(result)[0]).toContain(`Columns not used: Department, Paid by, ${long}`);
		expect(hintsOf(await run(turkishRows('INV-2'), { dryRun: true }))[0]).not.toContain('not used');
	});

	test('names the IBAN of another country, and rows that are alike', async () => {
		const rows = turkishRows('INV-0', 'INV-1', 'INV-2');
		Object.assign(rows[0] ?? {}, { iban: 'DE89 3704 0044 0532 0130 00', currency: 'TRY' });
		const { success } = await run(rows, { dryRun: true });
		expect(success.map(({ json }) => json.warnings)).toEqual([
			'The IBAN begins with DE, but the payout goes to TUR.',
			expect.stringContaining('Rows 2, 3 pay the same amount to the same account'),
			expect.stringContaining('Rows 2, 3 pay the same amount to the same account'),
		]);
	});
});

describe('one account under three or more names', () => {
	const named = (...names: string[]) =>
		names.map((name, index) => ({
			...turkishRows(`INV-${index}`)[0],
			amount: `${index + 1}.00`,
			recipient_last_name: name,
		})) as IDataObject[];
	const sentence =
		'Rows 1, 2, 3 pay one account under three or more names: check that each row has its own.';

	test('is warned of in a dry run, in the summary and in each item', async () => {
		const rows = named('Yılmaz', 'Demir', 'Kaya');
		const dry = await run(rows, { dryRun: true, similarRows: 'ignore' });
		for (const { json } of dry.success) expect(json.warnings).toContain(sentence);
		expect(hintsOf(dry)[0]).toContain('one account under several names (rows 1, 2, 3)');
		const sent = await run(rows, { similarRows: 'refuse' });
		expect(sent.success.map(({ json }) => json.warnings)).toEqual([sentence, sentence, sentence]);
		expect(hintsOf(sent)[0]).toContain('one account under several names (rows 1, 2, 3)');
	});

	test.each([
		['two names', named('Yılmaz', 'Demir', 'Yılmaz')],
		['one name, however it is written', named('Yılmaz', 'YILMAZ', 'Yilmaz', 'yılmaz')],
		[
			'accounts of their own',
			named('Yılmaz', 'Demir', 'Kaya').map((row, index) =>
				index === 2 ? { ...row, iban: 'TR32 0010 0099 9990 1234 5678 90' } : row,
			),
		],
	])('is not warned of for %s', async (_name, rows) => {
		const { success } = await run(rows);
		expect(success.every(({ json }) => !('warnings' in json))).toBe(true);
	});
});

describe('similar rows', () => {
	test('are sent with a warning', async () => {
		const result = await run(turkishRows('INV-0', 'INV-1'));
		expect(result.success).toHaveLength(2);
		expect(hintsOf(result)[0]).toContain('same account, amount and currency (rows 1, 2)');
	});

	test('are sent without a word when they are ignored', async () => {
		const result = await run(turkishRows('INV-0', 'INV-1'), { similarRows: 'ignore' });
		expect(result.success).toHaveLength(2);
		expect(hintsOf(result)[0]).not.toContain('same account');
	});

	test('are refused in each of their rows, and nothing else is', async () => {
		const rows = [...turkishRows('INV-0', 'INV-1'), ...withAmounts('7.00')];
		Object.assign(rows[2] ?? {}, { reference: 'INV-2' });
		const { success, errors } = await run(rows, { similarRows: 'refuse' }, CONTINUE);
		expect(success.map(({ json }) => json.reference)).toEqual(['INV-2']);
		expect(errors.map(({ json }) => (json.error as IDataObject).message)).toEqual(
			Array(2).fill(
				expect.stringMatching(
					/^Rows 1, 2 pay the same amount to the same account under different references\./,
				),
			),
		);
	});

	test.each([
		['another amount', { amount: '100.51' }],
		['another currency', { currency: 'EUR' }],
		['another account', { iban: 'TR320010009999901234567890' }],
	])('are not those with %s', async (_name, other) => {
		const rows = turkishRows('INV-0', 'INV-1');
		Object.assign(rows[1] ?? {}, other);
		expect((await run(rows, { similarRows: 'refuse' })).success).toHaveLength(2);
	});
});

describe('control sums', () => {
	const ROWS = ['10.00', '20.50'];

	test.each([
		['Expected Rows', { expectedRows: 2 }],
		['Expected Rows as text', { expectedRows: '2' }],
		['Expected Total', { expectedTotal: '30.50' }],
		['Expected Total with a currency', { expectedTotal: 'USD 30.50' }],
		['Expected Total with the currency behind', { expectedTotal: '30.5 usd' }],
	])('let a run pass that has them: %s', async (_name, options) => {
		expect((await run(withAmounts(...ROWS), options)).success).toHaveLength(2);
	});

	test.each([
		[{ expectedRows: 3 }, /^'Expected Rows' is 3, but the run has 2 rows\. Compare/],
		[
			{ expectedTotal: '30.51' },
			/^'Expected Total' is USD 30\.51, but the rows add up to USD 30\.50\. Compare/,
		],
		[{ expectedTotal: 'EUR 30.50' }, /is EUR 30\.50, but the rows add up to USD 30\.50\. Compare/],
		[
			{ expectedTotal: '1,000.00' },
			/^'Expected Total' is the text '1,000\.00', but it can only be/,
		],
		[{ expectedTotal: 'ABC 5' }, /can only be an amount above zero/],
		[{ expectedRows: 'two' }, /can only be a whole number above zero/],
		[{ expectedTotal: '' }, /'Expected Total' is empty, but/],
	])('keep everything from being sent: %j', async (options, message) => {
		const stopped = await run(withAmounts(...ROWS), options);
		expect(stopped.error?.message).toMatch(message);
		const continued = await run(withAmounts(...ROWS), options, CONTINUE);
		expect(continued.success).toEqual([]);
		expect(continued.errors.map(({ json }) => (json.error as IDataObject).message)).toEqual(
			Array(2).fill(expect.stringMatching(message)),
		);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('are compared by currency where rows differ', async () => {
		const rows = withAmounts('1000.00', '50.00');
		Object.assign(rows[0] ?? {}, { currency: 'EUR' });
		const passed = await run(rows, { expectedTotal: 'EUR 1000.00, USD 50.00', dryRun: true });
		expect(passed.success).toHaveLength(2);
		const { error } = await run(rows, { expectedTotal: '1050.00' });
		expect(error?.message).toMatch(/is one amount, but the rows are in several currencies/);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('say that rows that need correcting are not in the sum', async () => {
		const { errors } = await run(withAmounts('10.00', 'x'), { expectedTotal: '30.00' }, CONTINUE);
		const messages = errors.map(({ json }) => (json.error as IDataObject).message);
		expect(messages[0]).toContain(', without 1 row to correct. Compare');
		expect(messages[1]).toContain("The amount 'x' is not a plain number");
	});

	test('are refused where the sessions hold the amounts, or rows are in two units', async () => {
		const options = { expectedTotal: '30.50' };
		const inSession = await account.pay([{}], startOf('ps_1', options));
		expect(inSession.error?.message).toContain('given when the session was created');

		const rows = withAmounts('10.00', '2050');
		rows.forEach((row, index) => Object.assign(row, { unit: ['major', 'minor'][index] }));
		const inTwoUnits = { ...automatic('TUR-TRY', options), amountUnit: '={{ $json.unit }}' };
		const { error } = await account.pay(rows, inTwoUnits);
		expect(error?.message).toContain('some amounts are in major units and others in minor units');
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('are not compared again when n8n retries a run that was partly sent', async () => {
		account.sandbox.setFaults([
			{ when: { key: 'INV-1', times: 1 }, fault: { type: 'error', code: 'account_not_found' } },
		]);
		const options = { expectedRows: 2, expectedTotal: '30.50', parallelRequests: 1 };
		const { success } = await run(withAmounts(...ROWS), options, { retryOnFail: true });
		expect(success).toHaveLength(2);
	});
});

describe('Check Balance First', () => {
	test('sends nothing when the wallet holds less than the rows add up to', async () => {
		account.sandbox.changeSettings({ balances: { USD: 500_099 } });
		const { error } = await run(withAmounts('5000.00', '1.00'), { checkBalance: true });
		expect(error?.message).toMatch(
			/^The wallet holds USD 5,000\.99, but the rows add up to USD 5,001\.00: USD 0\.01 is missing\. Fund the wallet/,
		);
		const { errors } = await run(withAmounts('5001.00'), { checkBalance: true }, CONTINUE);
		expect(errors[0]?.json.error).toMatchObject({
			outcome: 'not_sent',
			reference: 'INV-0',
			advice:
				'Nothing was sent for it. Correct the row, or what else the message names, and run it again with the same reference.',
		});
		const paths = account.sandbox.requests().map(({ path }) => path);
		expect(paths).toEqual(Array(2).fill(expect.stringContaining('wallet/balance')));
	});

	test('asks once and sends when there is enough', async () => {
		const { success } = await run(withAmounts('1.00', '2.00'), { checkBalance: true });
		expect(success).toHaveLength(2);
		const paths = account.sandbox.requests().map(({ path }) => path);
		expect(paths.filter((path) => path.includes('wallet/balance'))).toHaveLength(1);
		expect(paths[0]).toContain('wallet/balance');
	});

	const walletsOf = (...amounts: number[]) => {
		const wallets = amounts.map((amount) => ({ amount_details: { amount, currency: 'usd' } }));
		const fault = { type: 'response', body: { status: 'ok', wallets } } as const;
		account.sandbox.setFaults([{ when: { path: 'wallet/balance' }, fault }]);
	};

	test.each([
		[50, 10_000, 0],
		[0, 50, 10_000],
	])('pays when one of several wallets holds enough: %i, %i and %i', async (...amounts) => {
		walletsOf(...amounts);
		const { success } = await run(withAmounts('100.00'), { checkBalance: true });
		expect(success.map(({ json }) => json.outcome)).toEqual(['submitted']);
		expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(1);
	});

	test('says of several wallets what is missing in the fullest', async () => {
		walletsOf(50, 9_999, 0);
		const { error } = await run(withAmounts('100.00'), { checkBalance: true });
		expect(error?.message).toMatch(/^The wallet holds USD 99\.99, .* USD 0\.01 is missing\./);
		expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(0);
	});

	test('says in the summary when there is no wallet in the currency', async () => {
		const rows = withAmounts('1.00');
		Object.assign(rows[0] ?? {}, { currency: 'MAD' });
		const result = await run(rows, { checkBalance: true }, CONTINUE);
		expect(hintsOf(result)[0]).toContain(
			'The balance could not be checked in MAD: there is no wallet in it.',
		);
	});

	test('says in the summary when the sessions hold the amounts', async () => {
		const result = await account.pay([{}], startOf('ps_1', { checkBalance: true }), CONTINUE);
		expect(hintsOf(result)[0]).toContain(
			'The balance could not be checked: the sessions hold the amounts.',
		);
	});

	const unreadable = [{ amount_details: { amount: 'much', currency: 'usd' } }];
	test.each([
		['an amount that is no number', unreadable, 'The balance of the wallet in USD cannot be read.'],
		['no list of wallets', 'none', "The option 'Check Balance First' is on."],
	])('sends nothing when the response has %s', async (_name, wallets, message) => {
		const fault = { type: 'response', body: { status: 'ok', wallets } } as const;
		account.sandbox.setFaults([{ when: { path: 'wallet/balance' }, fault }]);
		const { error } = await run(withAmounts('1.00'), { checkBalance: true });
		expect(error?.message).toContain(message);
		expect(account.sandbox.counters().received).toBe(1);
	});

	test('sends nothing when the balance cannot be looked up', async () => {
		account.sandbox.setFaults([{ when: { path: 'wallet/balance' }, fault: 'status_502_html' }]);
		const { error } = await run(withAmounts('1.00'), { checkBalance: true });
		expect(error?.message).toContain("The option 'Check Balance First' is on.");
		expect(account.sandbox.counters().received).toBe(1);
	});
});

describe('Include Input Fields', () => {
	/** Columns that are called like those of the result, and those of an earlier one. */
	const OWN = {
		note: 'June',
		error: 'from last month',
		outcome: 'open',
		session_id: 'S-7',
		payout_status: 5,
		warnings: ['none'],
		dry_run: 'no',
		amount_minor: 'about 100',
	};
	const rowsWith = (columns: object, ...amounts: string[]) =>
		withAmounts(...amounts).map((row) => ({ ...row, ...columns }));

	test('keeps the columns of the row as they were, with the result beside them', async () => {
		const rows = rowsWith({ ...OWN, smart_glocal_failure: 'from an earlier run' }, '1.00');
		const { success } = await run(rows, { includeInputFields: true });
		const { json } = success[0] ?? {};
		expect(json).toMatchObject({ ...withAmounts('1.00')[0], ...OWN });
		expect(json).toMatchObject({
			smart_glocal_outcome: 'submitted',
			smart_glocal_amount: 1,
			smart_glocal_amount_minor: 100,
			smart_glocal_currency: 'USD',
		});
		expect(json).not.toHaveProperty('smart_glocal_failure');
		expect(Object.keys(json ?? {})[0]).toBe('reference');
	});

	test.each([{ dryRun: true }, { simplify: false }, { dryRun: true, simplify: false }])(
		'names no field of its own as a column can be called: %j',
		async (options) => {
			const rows = rowsWith(OWN, '1.00');
			const { success } = await run(rows, { includeInputFields: true, ...options });
			const { json = {} } = success[0] ?? {};
			const others = Object.keys(json).filter((name) => !name.startsWith('smart_glocal_'));
			expect(others).toEqual(Object.keys(rows[0] ?? {}));
			expect(json).toMatchObject(rows[0] ?? {});
		},
	);

	test('makes one stream of good and failed rows that has the outcome in one column', async () => {
		const rows = rowsWith(OWN, '1.00', '0');
		const { success } = await run(
			rows,
			{ includeInputFields: true },
			{ onError: 'continueRegularOutput' },
		);
		expect(success.map(({ json }) => json.smart_glocal_outcome)).toEqual(['submitted', 'not_sent']);
		expect(success[1]?.json).toMatchObject({
			...rows[1],
			smart_glocal_error: { outcome: 'not_sent' },
		});
	});

	test('does not let a column called error run the node again', async () => {
		const rows = rowsWith(OWN, '1.00');
		const { success } = await run(rows, { includeInputFields: true }, { retryOnFail: true });
		expect(success[0]?.json).toMatchObject({ error: null, smart_glocal_outcome: 'submitted' });
		expect(account.sandbox.counters().received).toBe(1);
	});
});

test('says in a failed row what it orders, as in the items of rows that were sent', async () => {
	account.sandbox.setFaults([{ fault: { type: 'error', code: 'account_not_found' } }]);
	const { errors } = await run(turkishRows('INV-0'), {}, CONTINUE);
	expect(errors[0]?.json.error).toMatchObject({
		outcome: 'rejected',
		reference: 'INV-0',
		amount: 100.5,
		amount_minor: 10050,
		currency: 'USD',
	});
});

test('groups many wrong rows by reason, with their numbers from 1', async () => {
	const amounts = Array.from({ length: 40 }, (_, index) => (index % 2 ? `${index},5` : '1.00'));
	const rows = withAmounts(...amounts);
	Object.assign(rows[0] ?? {}, { iban: 'TR33 0006 1005 1978 6457 8413 27' });
	const { error } = await run(rows, { similarRows: 'ignore' });
	expect(error?.message).toBe('21 of 40 rows need correcting; nothing was sent');
	expect(error?.description).toContain(
		"20 rows (2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and 10 more), as in row 2 ('INV-1'): The amount '1,5' can be read in more than one way. Write it with a decimal point",
	);
	expect(error?.description).toMatch(/Row 1 \('INV-0'\): The IBAN '.*' is mistyped/);
	expect(error?.description?.length).toBeLessThan(1_200);
	expect(error?.context?.rows).toHaveLength(21);
});

describe('rows with the number that they have in their sheet', () => {
	/** As a node gives them that skips the headers and an empty row. */
	const numbered = (column: string, ...rows: IDataObject[]) =>
		rows.map((row, index) => ({ ...row, [column]: 2 * index + 3 }));

	test.each(['row', 'row_number'])('are called by it in an error: %s', async (column) => {
		const rows = numbered(column, ...withAmounts('1,5', '2.00', '2,5', 'none'));
		const { error } = await run(rows);
		expect(error?.description).toContain("2 rows (3, 7), as in row 3 ('INV-0'): The amount '1,5'");
		expect(error?.description).toContain("Row 9 ('INV-3'): The amount 'none'");
		expect((error?.context?.rows as IDataObject[]).map(({ row }) => row)).toEqual([3, 7, 9]);
		const twice = numbered(column, ...turkishRows('INV-0', 'INV-1', 'INV-0'));
		expect((await run(twice)).error?.description).toContain('appears in 2 rows (3, 7)');
	});

	test('are called by it in a dry run, which does not list it as unused', async () => {
		const rows = numbered('row', ...turkishRows('INV-0', 'INV-1', 'INV-2'));
		Object.assign(rows[1] ?? {}, { amount: '7.00', currency: 'EUR', row: '5' });
		const result = await run(rows, { dryRun: true });
		expect(hintsOf(result)[0]).toContain('same account, amount and currency (rows 3, 7)');
		expect(hintsOf(result)[0]).toContain("but the destination's currency is TRY (row 2)");
		expect(result.success.map(({ json }) => json.columns_not_used)).toEqual([null, 'row', null]);
		expect(result.success[2]?.json.warnings).toContain('Rows 3, 7 pay the same amount');
	});

	test('are called by it where a setting differs, and beside the number of the item', async () => {
		const differing = numbered('row', ...turkishRows('INV-0', 'INV-1'));
		const setting = await run(differing, { maxTotal: '={{ $json.row * 1000 }}' });
		expect(setting.error?.message).toContain('3000 in row 3 and 5000 in row 5');
		Object.assign(differing[1] ?? {}, { iban: '' });
		expect((await run(differing)).error?.message).toContain('[Item 1]');
	});
});
