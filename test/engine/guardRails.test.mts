import type { IDataObject } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../n8n/packageNames.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { executeContext, runDeclared } from '../support/engine.mts';
import type { RunResult } from '../support/engine.mts';
import { canStart, startExpressionEngine } from '../support/expressionEngines.mts';
import { storedRails } from '../support/guardRails.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

/** The credential with guard rails, as it is saved. */
const limited = (fields: IDataObject) => ({
	...account.credentials,
	guardRails: storedRails(fields),
});

/** The sentences of a run: of its error, or of its rows. */
function sentencesOf({ error, errors, success }: RunResult): string[] {
	if (error) return [`${error.message} ${error.description}`];
	return [...success, ...errors].flatMap(({ json }) => {
		const { error: failure } = json as { error?: { message: string } };
		return failure ? [failure.message] : [];
	});
}

const json = (body: IDataObject | string, options: IDataObject = {}): IDataObject => ({
	specify: 'json',
	reference: 'INV-1',
	body,
	options,
});
const rows = turkishRows('INV-1');
const belgian = belgianPayout() as IDataObject;
const inDollars = (amount: number) => ({
	...belgian,
	amount_details: { amount, currency: 'usd' },
});
const pathsReceived = () => account.sandbox.requests().map(({ path }) => path);

/** Ways to order 100.50 USD to Turkey, or as much to Belgium in JSON. */
const WAYS: Array<[way: string, items: IDataObject[], parameters: IDataObject]> = [
	['by fields', rows, automatic('TUR-TRY')],
	[
		'by fields, with a column of its own for the currency',
		[{ ...rows[0], currency: 'usd' }],
		automatic('TUR-TRY', { apiVersion: 'v2' }),
	],
	['with Session First', rows, automatic('TUR-TRY', { sessionFirst: true })],
	['in a session', rows, { ...automatic('TUR-TRY'), operation: 'start', sessionId: 'ps_1' }],
	['into a session', rows, { ...automatic('TUR-TRY'), resource: 'session', operation: 'create' }],
	['as JSON', [{}], json(inDollars(10050))],
	[
		'as JSON, in v2',
		[{}],
		json(JSON.stringify({ ...belgian, amount_details: { amount: 10050, currency: 'usd' } }), {
			apiVersion: 'v2',
		}),
	],
	[
		'as JSON with an expression',
		[{ amount: 10050 }],
		json(`=${JSON.stringify(inDollars(0)).replace('"amount":0', '"amount":{{ $json.amount }}')}`),
	],
	['in a dry run', rows, automatic('TUR-TRY', { dryRun: true })],
];

const RAILS: Array<[field: string, tight: string, wide: string]> = [
	['maxAmount', 'USD 100.49', 'USD 100.50'],
	['maxTotal', 'EUR 5000', 'EUR 5000, USD 100.5'],
	['destinations', 'GBR-GBP, TUR-USD, BEL-USD', 'TUR-TRY, BEL'],
	['currencies', 'EUR', 'EUR, USD'],
];

describe.each(RAILS)('the guard rail %s', (field, tight, wide) => {
	test.each(WAYS)('keeps a payout from being sent %s', async (_way, items, parameters) => {
		const refused = await account.pay(items, parameters, {
			credentials: limited({ [field]: tight }),
		});
		const [said = '', ...more] = sentencesOf(refused);
		expect(said).toMatch(/The credential allows .* only|at most/);
		expect(more).toEqual([]);
		expect(pathsReceived()).toEqual([]);

		const paid = await account.pay(items, parameters, { credentials: limited({ [field]: wide }) });
		expect(sentencesOf(paid).join()).not.toContain('The credential allows');
		expect(pathsReceived().length > 0).toBe(
			JSON.stringify(parameters).includes('dryRun') === false,
		);
	});
});

test('a row beyond them stops the whole run, or only itself with Continue', async () => {
	const three = turkishRows('a', 'b', 'c');
	Object.assign(three[1] ?? {}, { amount: '5000.01' });
	const credentials = limited({ maxAmount: 'USD 5000', maxTotal: 'USD 5200' });
	const stopped = await account.pay(three, automatic('TUR-TRY'), { credentials });
	const sentence =
		"The credential allows at most USD 5,000.00 for one payout ('Max Amount'), but this payout is USD 5,000.01. Correct the payout, or ask whoever keeps the credential.";
	expect(stopped.error?.message).toBe(`${sentence} [Item 1]`);
	expect(pathsReceived()).toEqual([]);

	const options = { onError: 'continueErrorOutput', credentials } as const;
	const { success, errors, run } = await account.pay(three, automatic('TUR-TRY'), options);
	expect(success.map((item) => item.json.reference)).toEqual(['a', 'c']);
	expect(errors.map((item) => item.json.error)).toEqual([
		expect.objectContaining({
			message: sentence,
			outcome: 'not_sent',
			reference: 'b',
			amount_minor: 500_001,
			fields: ['credential'],
		}),
	]);
	expect(JSON.stringify(run)).toContain('1 not sent (1 beyond the limits of the credential)');
	expect(account.sandbox.requests()).toHaveLength(2);
});

describe('the total of a run', () => {
	const credentials = () => limited({ maxTotal: 'USD 201, EUR 50' });
	const many = turkishRows('a', 'b', 'c');

	test('may be reached, in each currency', async () => {
		const mixed = [...turkishRows('a', 'b'), { ...many[2], amount: '50', currency: 'EUR' }];
		await account.pay(mixed, automatic('TUR-TRY'), { credentials: credentials() });
		expect(account.sandbox.requests()).toHaveLength(3);
	});

	test.each(['stopWorkflow', 'continueErrorOutput'] as const)(
		'above it nothing is sent (%s)',
		async (onError) => {
			const run = await account.pay(many, automatic('TUR-TRY'), {
				onError,
				credentials: credentials(),
			});
			expect(sentencesOf(run).join()).toContain(
				"The credential allows at most USD 201.00 or EUR 50.00 in one run ('Max Total'), but the rows add up to USD 301.50.",
			);
			expect(account.sandbox.requests()).toEqual([]);
		},
	);

	test('cannot be widened by the node’s own option', async () => {
		const parameters = automatic('TUR-TRY', { maxTotal: '1000', maxAmount: '1000' });
		const { error } = await account.pay(many, parameters, { credentials: credentials() });
		expect(error?.description).toContain("('Max Total')");
	});

	test('is not known of sessions that hold the amount, so these are not started', async () => {
		const parameters = { operation: 'start', specify: 'none', sessionId: 'ps_1', reference: 'a' };
		const { error } = await account.pay([{}], parameters, { credentials: credentials() });
		expect(error?.message).toContain('but only their sessions know the amounts');
		expect(account.sandbox.requests()).toEqual([]);
	});
});

test.each([
	['maxAmount', 'USD 1,000'],
	['maxTotal', '1000'],
	['destinations', 'Turkey'],
	['currencies', 'dollars'],
])(
	'one that cannot be read ends every run, a dry run and a lookup, too: %s',
	async (field, text) => {
		for (const parameters of [
			automatic('TUR-TRY'),
			automatic('TUR-TRY', { dryRun: true }),
			{ resource: 'session', operation: 'get', sessionId: 'ps_1' },
		]) {
			const { error } = await account.pay(rows, parameters, {
				credentials: limited({ [field]: text }),
			});
			expect(error?.message).toMatch(/^The guard rail '.*' of the credential cannot be read: '/);
			expect(error?.description).toContain('Nothing was sent. Correct the credential');
		}
		expect(account.sandbox.requests()).toEqual([]);
	},
);

const ENGINES = (['vm', 'legacy'] as const).filter(canStart);

describe.each(ENGINES)('an expression, which n8n’s engine %s evaluates', (engine) => {
	let stop: () => Promise<void>;
	beforeAll(async () => {
		stop = await startExpressionEngine(engine);
	});
	afterAll(async () => await stop?.());

	test.each([
		['maxAmount', '={{ "USD 999999" }}'],
		['maxAmount', '=={{ "USD 999999" }}'],
		['maxTotal', '=USD {{ $json.limit }}'],
		['destinations', '={{ $json.none ?? "" }}'],
		['currencies', '=={{ "USD" }}'],
	])('in %s is refused: %s', async (field, expression) => {
		const items = [{ ...rows[0], limit: '999999' }];
		const credentials = limited({ maxAmount: 'USD 1000', [field]: expression });
		for (const parameters of [automatic('TUR-TRY'), automatic('TUR-TRY', { dryRun: true })]) {
			const { error } = await account.pay(items, parameters, { credentials });
			expect(error?.message).toMatch(
				/^The guard rail '.*' of the credential (is an expression|cannot be read)/,
			);
		}
		expect(account.sandbox.requests()).toEqual([]);
	});

	test('elsewhere in the credential changes nothing of plain guard rails', async () => {
		const credentials = { ...limited({ maxAmount: 'USD 1000' }), submerchant: '={{ "A" + 1 }}' };
		const { success } = await account.pay(rows, automatic('TUR-TRY'), { credentials });
		expect(success[0]?.json.outcome).toBe('submitted');
		expect(account.sandbox.requests()[0]?.headers['x-partner-submerchant']).toBe('A1');
	});
});

test('n8n’s own engine for declared operations is kept to them, too', async () => {
	const options = { items: rows, parameters: automatic('TUR-TRY') };
	const credentials = limited({ maxAmount: 'USD 100' });
	await expect(runDeclared({ ...options, credentials })).rejects.toThrow(/at most USD 100\.00/);
	expect(account.sandbox.requests()).toEqual([]);
});

test('n8n’s HTTP Request node is kept to them: the sentence is in the error, and nothing is sent', async () => {
	const { context, workflow } = await executeContext({
		items: [{}],
		parameters: automatic('ROW'),
		credentials: limited({ destinations: 'GBR' }),
	});
	await workflow.expression.acquireIsolate?.();
	const { helpers } = context;
	const url = `${account.sandbox.url}/api/v1/session/init/payout`;
	for (const send of [helpers.httpRequestWithAuthentication, helpers.requestWithAuthentication]) {
		for (const body of [belgian, JSON.stringify(belgian)]) {
			const sent = send.call(context as never, CREDENTIAL_TYPE, {
				method: 'POST',
				url,
				body,
			} as never);
			await expect(sent).rejects.toThrow(
				"The credential allows payouts to GBR only ('Destinations'), but this payout is to BEL-EUR. Correct the payout, or ask whoever keeps the credential. Nothing was sent.",
			);
		}
	}
	expect(account.sandbox.requests()).toEqual([]);
});
