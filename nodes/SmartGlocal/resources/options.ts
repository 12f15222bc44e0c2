import type { INodeProperties } from 'n8n-workflow';
import { AUTOMATIC, MAX_STATUS_WAIT_SECONDS, PARAMETERS } from '../batch/read/parameters';
import type { ParameterName } from '../batch/read/parameters';
import { MAX_PARALLEL_REQUESTS } from '../batch/send/concurrency';
import { choice } from './sharedFields';
import type { Field } from './sharedFields';

type NameOf<Path> = Path extends `options.${infer Name}` ? Name : never;
type OptionName = NameOf<ParameterName>;

const text = (example: string, description: string): Field => {
	return { type: 'string', placeholder: `e.g. ${example}`, description };
};

/** The fixed numbers to choose from; an expression can give any other one. */
const FIXED_NUMBERS = [1, 5, 20, 50, 100, 200, 400, MAX_PARALLEL_REQUESTS];

/**
 * Every option as the form shows it, in the order of the labels, which are with the defaults in
 * `PARAMETERS`. A description alone is that of a switch.
 */
const OPTIONS: Readonly<Record<OptionName, string | Field>> = {
	summaryItem:
		'Whether to add one last item with the counts and sums of the run, for a message to the person in charge',
	apiVersion: choice(
		'Which version of Smart Glocal’s API is called. The node’s output is the same.',
		{ v1: ['V1'], v2: ['V2'] },
	),
	checkBalance:
		'Whether to look up your balance before the first payout, and send nothing when a currency holds less than its rows add up to. Not in a dry run.',
	dryRun: 'Whether to only check the rows and show what would be sent. Nothing is paid.',
	expectedRows: text('25', 'Send nothing unless the run has exactly so many rows'),
	expectedTotal: text(
		'EUR 1000.00, USD 50.00',
		'Send nothing unless the amounts add up to exactly this, in the unit that the amounts are in. Write one amount for each currency.',
	),
	includeFingerprints:
		'Whether to add two texts by which a ledger knows a payout and its account again',
	includeInputFields:
		'Whether each item keeps the columns of its row as they are, with the result beside them under names that begin with “smart_glocal_”, so that it can be written back to the sheet',
	maxAmount: text(
		'1250.00',
		'Refuse to send a row above this amount, in the unit that the amounts are in. Without this option there is no limit.',
	),
	maxTotal: text(
		'1250.00',
		'Refuse to send a run whose amounts add up to more than this in any currency. Without this option there is no limit.',
	),
	maxWaitSeconds: {
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_STATUS_WAIT_SECONDS, numberPrecision: 0 },
		description: `After how many seconds Wait Until Final ends at the latest, from 1 to ${MAX_STATUS_WAIT_SECONDS} (10 minutes)`,
	},
	minimums: text(
		'EUR 5000, GBP 4000',
		'Put out one item for each of these currencies, which says in “notice” when the balance is lower. Currencies without two decimals are in minor units, as in JPY 500000 minor units.',
	),
	parallelRequests: {
		type: 'options',
		allowArbitraryValues: true,
		options: [
			{
				name: 'Automatic',
				value: AUTOMATIC,
				description:
					'Begins with 5, sends more while that is faster, and fewer when Smart Glocal or n8n cannot keep up',
			},
			...FIXED_NUMBERS.map((value) => ({ name: String(value), value })),
		],
		description: `How many requests are on their way to Smart Glocal at once. For another fixed number, from 1 to ${MAX_PARALLEL_REQUESTS}, use an expression.`,
	},
	duplicates: choice(
		'What to do with a row whose reference Smart Glocal has seen before. It is never paid twice.',
		{
			report: [
				'Report as Already Submitted',
				'The row goes on with the outcome "already_submitted"',
			],
			error: ['Treat as Error', 'The row fails. It is not paid twice either way.'],
		},
	),
	sessionFirst:
		'Whether to create the session before the payout is started in it. Costs one more request per row; in return the session ID is always known, and a lost response is looked up.',
	similarRows: choice(
		'What to do with rows that pay the same amount to the same account under different references: perhaps one invoice that was entered twice',
		{
			ignore: ['Ignore', 'Send them without a word'],
			refuse: ['Refuse', 'Such rows fail, and nothing is sent for them'],
			warn: ['Warn', 'Send them, and name them in the summary'],
		},
	),
	simplify: 'Whether to return a simplified version of the response instead of the raw data',
	waitUntilFinal:
		'Whether to look again, at growing intervals, until the payout is final or the time is over. The field “final” of the item says which.',
};

const OF_LOOKUPS: readonly OptionName[] = ['maxWaitSeconds', 'waitUntilFinal'];
const OF_WALLETS: readonly OptionName[] = ['minimums', 'simplify'];
const NAMES = Object.keys(OPTIONS) as OptionName[];
const ofOrders = NAMES.filter((name) => ![...OF_LOOKUPS, 'minimums'].includes(name));
const OF_SESSIONS = ['apiVersion', 'includeInputFields', 'parallelRequests', 'simplify'];

/** The collection 'Options' of an operation. */
export function optionsOf(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	};
}

function showOptions(shown: readonly string[]): INodeProperties {
	const options = NAMES.filter((name) => shown.includes(name)).map((name): INodeProperties => {
		const { label, fallback = '' } = PARAMETERS[`options.${name}`];
		const said = OPTIONS[name];
		const field: Field = typeof said === 'string' ? { type: 'boolean', description: said } : said;
		return { displayName: label, name, default: fallback, ...field };
	});
	return optionsOf(options);
}

/** For Init Payout. Only an order in one step can be made in two. */
export const initOptions = showOptions(ofOrders);

export const orderOptions = showOptions(ofOrders.filter((name) => name !== 'sessionFirst'));

export const sessionOptions = showOptions(OF_SESSIONS);

export const lookupOptions = showOptions([...OF_SESSIONS, ...OF_LOOKUPS]);

export const walletOptions = showOptions(OF_WALLETS);
