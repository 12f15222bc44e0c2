import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_STATUS_WAIT_SECONDS, MAX_STATUS_WAIT_SECONDS } from '../batch/send/waitUntilFinal';
import { MAX_PARALLEL_REQUESTS } from '../batch/send/concurrency';
import { AUTOMATIC } from '../batch/read/parameters';

export const simplifyOption: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const apiVersionOption: INodeProperties = {
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

export const parallelRequestsOption: INodeProperties = {
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

export const includeInputFieldsOption: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: false,
	description:
		'Whether each item keeps the columns of its row, with the result beside them, so that it can be written back to the sheet',
};

const maxWaitOption: INodeProperties = {
	displayName: 'Max Wait',
	name: 'maxWaitSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_STATUS_WAIT_SECONDS, numberPrecision: 0 },
	default: DEFAULT_STATUS_WAIT_SECONDS,
	description: `After how many seconds Wait Until Final ends at the latest, from 1 to ${MAX_STATUS_WAIT_SECONDS} (10 minutes)`,
};

const waitUntilFinalOption: INodeProperties = {
	displayName: 'Wait Until Final',
	name: 'waitUntilFinal',
	type: 'boolean',
	default: false,
	description:
		'Whether to look again, at growing intervals, until the payout is final or the time is over. The field “final” of the item says which.',
};

/** The collection 'Options', with the options of one group of operations. */
export function optionsOf(options: INodeProperties[]) {
	return (show: Record<string, string[]>): INodeProperties => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
		displayOptions: { show },
	});
}

/** For operations on sessions. */
export const sessionOptions = optionsOf([
	apiVersionOption,
	includeInputFieldsOption,
	parallelRequestsOption,
	simplifyOption,
]);

/** For Get Status, which can wait. */
export const lookupOptions = optionsOf([
	apiVersionOption,
	includeInputFieldsOption,
	maxWaitOption,
	parallelRequestsOption,
	simplifyOption,
	waitUntilFinalOption,
]);

/** For operations on wallets. */
export const walletOptions = optionsOf([simplifyOption]);
