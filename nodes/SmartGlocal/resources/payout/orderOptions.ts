import type { INodeProperties } from 'n8n-workflow';
import {
	apiVersionOption,
	includeInputFieldsOption,
	optionsOf,
	parallelRequestsOption,
	simplifyOption,
} from '../options';

const sessionFirstOption: INodeProperties = {
	displayName: 'Session First',
	name: 'sessionFirst',
	type: 'boolean',
	default: false,
	description:
		'Whether to create the session before the payout is started in it. Costs one more request per row; in return the session ID is always known, and a lost response is looked up.',
};

/** The options of every order. */
const optionsOfOrders: INodeProperties[] = [
	{
		displayName: 'Add Summary',
		name: 'summaryItem',
		type: 'boolean',
		default: false,
		description:
			'Whether to add one last item with the counts and sums of the run, for a message to the person in charge',
	},
	apiVersionOption,
	{
		displayName: 'Check Balance First',
		name: 'checkBalance',
		type: 'boolean',
		default: false,
		description:
			'Whether to look up your balance before the first payout, and send nothing when a currency holds less than its rows add up to. Not in a dry run.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to only check the rows and show what would be sent. Nothing is paid.',
	},
	{
		displayName: 'Expected Rows',
		name: 'expectedRows',
		type: 'string',
		default: '',
		placeholder: 'e.g. 25',
		description: 'Send nothing unless the run has exactly so many rows',
	},
	{
		displayName: 'Expected Total',
		name: 'expectedTotal',
		type: 'string',
		default: '',
		placeholder: 'e.g. EUR 1000.00, USD 50.00',
		description:
			'Send nothing unless the amounts add up to exactly this, in the unit that the amounts are in. Write one amount for each currency.',
	},
	includeInputFieldsOption,
	{
		displayName: 'Max Amount',
		name: 'maxAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1250.00',
		description:
			'Refuse to send a row above this amount, in the unit that the amounts are in. Without this option there is no limit.',
	},
	{
		displayName: 'Max Total',
		name: 'maxTotal',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1250.00',
		description:
			'Refuse to send a run whose amounts add up to more than this in any currency. Without this option there is no limit.',
	},
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

/** For Init Payout. Only an order in one step can be made in two. */
export const initOptions = optionsOf([...optionsOfOrders, sessionFirstOption, simplifyOption]);

/** For every other operation that orders payouts. */
export const orderOptions = optionsOf([...optionsOfOrders, simplifyOption]);
