import type { INodeProperties } from 'n8n-workflow';
import {
	AUTOMATIC,
	DEFAULT_STATUS_WAIT_SECONDS,
	MAX_STATUS_WAIT_SECONDS,
} from '../batch/read/parameters';
import { MAX_PARALLEL_REQUESTS } from '../batch/send/concurrency';
import { flagField, textField } from './sharedFields';

const simplifyOption = flagField(
	'Simplify',
	'simplify',
	'Whether to return a simplified version of the response instead of the raw data',
	{ default: true },
);

const apiVersionOption: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	options: [
		{ name: 'V1', value: 'v1' },
		{ name: 'V2', value: 'v2' },
	],
	default: 'v1',
	description: 'Which version of Smart Glocal’s API is called. The node’s output is the same.',
};

/** The fixed numbers to choose from; an expression can give any other one. */
const FIXED_NUMBERS = [1, 5, 20, 50, 100, 200, 400, MAX_PARALLEL_REQUESTS];

const parallelRequestsOption: INodeProperties = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
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
	default: AUTOMATIC,
	description: `How many requests are on their way to Smart Glocal at once. For another fixed number, from 1 to ${MAX_PARALLEL_REQUESTS}, use an expression.`,
};

const includeInputFieldsOption = flagField(
	'Include Input Fields',
	'includeInputFields',
	'Whether each item keeps the columns of its row as they are, with the result beside them under names that begin with “smart_glocal_”, so that it can be written back to the sheet',
);

const maxWaitOption: INodeProperties = {
	displayName: 'Max Wait',
	name: 'maxWaitSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_STATUS_WAIT_SECONDS, numberPrecision: 0 },
	default: DEFAULT_STATUS_WAIT_SECONDS,
	description: `After how many seconds Wait Until Final ends at the latest, from 1 to ${MAX_STATUS_WAIT_SECONDS} (10 minutes)`,
};

const waitUntilFinalOption = flagField(
	'Wait Until Final',
	'waitUntilFinal',
	'Whether to look again, at growing intervals, until the payout is final or the time is over. The field “final” of the item says which.',
);

const sessionFirstOption = flagField(
	'Session First',
	'sessionFirst',
	'Whether to create the session before the payout is started in it. Costs one more request per row; in return the session ID is always known, and a lost response is looked up.',
);

const optionsOfOrders: INodeProperties[] = [
	flagField(
		'Add Summary',
		'summaryItem',
		'Whether to add one last item with the counts and sums of the run, for a message to the person in charge',
	),
	apiVersionOption,
	flagField(
		'Check Balance First',
		'checkBalance',
		'Whether to look up your balance before the first payout, and send nothing when a currency holds less than its rows add up to. Not in a dry run.',
	),
	flagField(
		'Dry Run',
		'dryRun',
		'Whether to only check the rows and show what would be sent. Nothing is paid.',
	),
	textField('Expected Rows', 'expectedRows', {
		placeholder: 'e.g. 25',
		description: 'Send nothing unless the run has exactly so many rows',
	}),
	textField('Expected Total', 'expectedTotal', {
		placeholder: 'e.g. EUR 1000.00, USD 50.00',
		description:
			'Send nothing unless the amounts add up to exactly this, in the unit that the amounts are in. Write one amount for each currency.',
	}),
	flagField(
		'Include Fingerprints',
		'includeFingerprints',
		'Whether to add two texts by which a ledger knows a payout and its account again',
	),
	includeInputFieldsOption,
	textField('Max Amount', 'maxAmount', {
		placeholder: 'e.g. 1250.00',
		description:
			'Refuse to send a row above this amount, in the unit that the amounts are in. Without this option there is no limit.',
	}),
	textField('Max Total', 'maxTotal', {
		placeholder: 'e.g. 1250.00',
		description:
			'Refuse to send a run whose amounts add up to more than this in any currency. Without this option there is no limit.',
	}),
	parallelRequestsOption,
	{
		displayName: 'Repeated References',
		name: 'duplicates',
		type: 'options',
		options: [
			{
				name: 'Report as Already Submitted',
				value: 'report',
				description: 'The row goes on with the outcome "already_submitted"',
			},
			{
				name: 'Treat as Error',
				value: 'error',
				description: 'The row fails. It is not paid twice either way.',
			},
		],
		default: 'report',
		description:
			'What to do with a row whose reference Smart Glocal has seen before. It is never paid twice.',
	},
	{
		displayName: 'Similar Rows',
		name: 'similarRows',
		type: 'options',
		options: [
			{ name: 'Ignore', value: 'ignore', description: 'Send them without a word' },
			{
				name: 'Refuse',
				value: 'refuse',
				description: 'Such rows fail, and nothing is sent for them',
			},
			{ name: 'Warn', value: 'warn', description: 'Send them, and name them in the summary' },
		],
		default: 'warn',
		description:
			'What to do with rows that pay the same amount to the same account under different references: perhaps one invoice that was entered twice',
	},
];

function optionsOf(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	};
}

/** For Init Payout. Only an order in one step can be made in two. */
export const initOptions = optionsOf([...optionsOfOrders, sessionFirstOption, simplifyOption]);

export const orderOptions = optionsOf([...optionsOfOrders, simplifyOption]);

export const sessionOptions = optionsOf([
	apiVersionOption,
	includeInputFieldsOption,
	parallelRequestsOption,
	simplifyOption,
]);

export const lookupOptions = optionsOf([
	apiVersionOption,
	includeInputFieldsOption,
	maxWaitOption,
	parallelRequestsOption,
	simplifyOption,
	waitUntilFinalOption,
]);

export const walletOptions = optionsOf([simplifyOption]);
