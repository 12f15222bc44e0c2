import type { IDataObject } from 'n8n-workflow';
import { DEFAULT_STATUS_WAIT_SECONDS, MAX_STATUS_WAIT_SECONDS } from '../send/waitUntilFinal';
import { isObject } from '../../../payout/json/jsonObject';
import { showValue } from '../../../payout/text/shownValue';
import { ValidationError } from '../../../payout/validationError';
import { MAX_PARALLEL_REQUESTS } from '../send/concurrency';
import { readExpectedTotal } from '../check/controlSums';

/**
 * The rule for one parameter.
 *
 * @param label what the form calls it
 * @param fallback the value where the parameter is not set
 * @param allowed the possible values in words
 */
function rule<Value>(
	label: string,
	fallback: Value,
	allowed: string,
	accepts: (value: unknown) => boolean,
) {
	return { label, fallback, allowed, accepts };
}

const flag = (label: string, fallback: boolean) =>
	rule(label, fallback, 'true or false', (value) => typeof value === 'boolean');

/** One of several values; the first is the fallback. */
const choice = <Value extends string>(label: string, values: readonly [Value, ...Value[]]) =>
	rule(label, values[0], values.join(' or '), (value) => values.includes(value as Value));

const collection = (label: string) =>
	rule<IDataObject>(label, {}, 'a collection of fields', isObject);

/** A code that the row's own column can replace, so that it may be empty. */
const code = (label: string, fallback: string, allowed: string) =>
	rule<string | null | undefined>(
		label,
		fallback,
		allowed,
		(value) => value === undefined || value === null || typeof value === 'string',
	);

/** A limit in the unit of the amounts; without it, there is none. */
const limit = (label: string) =>
	rule<string | number | undefined>(
		label,
		undefined,
		'an amount above zero, such as 1250.00; remove the option to have no limit',
		(value) =>
			(typeof value === 'number' || typeof value === 'string') &&
			/^\d+(?:\.\d+)?$/.test(String(value).trim()) &&
			Number(value) > 0,
	);

/** The user's data, which is checked where it is used. */
const data = (label: string, fallback: unknown) => rule(label, fallback, '', () => true);

/** A whole number in a range, as a number or, as expressions give it, as text. */
const wholeNumber = (label: string, fallback: number, least: number, most: number, unit = '') =>
	rule<number | string>(
		label,
		fallback,
		`a whole number${unit} from ${least} to ${most}`,
		(value) => isWholeNumber(value, least, most),
	);

function isWholeNumber(value: unknown, least: number, most: number): boolean {
	const isNumber =
		typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
	const number = Number(value);
	return isNumber && Number.isInteger(number) && number >= least && number <= most;
}

/** The longest wait that Node.js can measure; with a longer one, it does not wait at all. */
const MAX_MS = 2 ** 31 - 1;
/** n8n's own default is 300 s; a payout that takes longer than a minute is better looked up. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** As many parallel requests as Smart Glocal and n8n carry. */
export const AUTOMATIC = 'automatic';

/** Unlike the value of an expression that gives nothing. */
export const NO_PROXY = Symbol('no proxy');

/** What can differ from row to row, by its path in the node's parameters. */
const ROW_PARAMETERS = {
	additionalFields: collection('Additional Fields'),
	amountUnit: choice('Amount Is In', ['major', 'minor']),
	body: data('Request Body', ''),
	currency: code('Currency', '', "text, such as USD, or empty for the destination's own currency"),
	destination: code('Destination', '', 'text, such as GBR-GBP'),
	'options.apiVersion': choice('API Version', ['v1', 'v2']),
	'options.duplicates': choice('Repeated References', ['report', 'error']),
	'options.simplify': flag('Simplify', true),
	'payout.mappingMode': choice('Mapping Column Mode', ['defineBelow', 'autoMapInputData']),
	'payout.value': data('Payout', {}),
	/** Read by themselves where another entry cannot be evaluated. */
	'payout.value.card_number': data('Card Number', ''),
	'payout.value.reference': data('Reference', ''),
	reference: data('Reference', ''),
	sender: collection('Sender'),
	sessionId: data('Session ID', ''),
	specify: choice('Specify Payout', ['fields', 'json', 'none']),
};

/** What must be the same for all rows of a batch. */
const BATCH_PARAMETERS = {
	'options.checkBalance': flag('Check Balance First', false),
	'options.dryRun': flag('Dry Run', false),
	'options.expectedRows': rule<string | number | undefined>(
		'Expected Rows',
		undefined,
		'a whole number above zero; remove the option to send any number of rows',
		(value) => isWholeNumber(value, 1, Number.MAX_SAFE_INTEGER),
	),
	'options.expectedTotal': rule<string | number | undefined>(
		'Expected Total',
		undefined,
		'an amount above zero, such as 1250.00, or one for each currency, as in EUR 1000.00, USD 50.00; remove the option to send any total',
		(value) => readExpectedTotal(value) !== undefined,
	),
	'options.includeInputFields': flag('Include Input Fields', false),
	'options.maxAmount': limit('Max Amount'),
	'options.maxTotal': limit('Max Total'),
	'options.maxWaitSeconds': wholeNumber(
		'Max Wait',
		DEFAULT_STATUS_WAIT_SECONDS,
		1,
		MAX_STATUS_WAIT_SECONDS,
		' of seconds',
	),
	'options.parallelRequests': rule<number | string>(
		'Parallel Requests',
		AUTOMATIC,
		`${AUTOMATIC}, or a whole number from 1 to ${MAX_PARALLEL_REQUESTS}`,
		(value) => value === AUTOMATIC || isWholeNumber(value, 1, MAX_PARALLEL_REQUESTS),
	),
	'options.sessionFirst': flag('Session First', false),
	'options.similarRows': choice('Similar Rows', ['warn', 'ignore', 'refuse']),
	'options.summaryItem': flag('Add Summary', false),
	'options.waitUntilFinal': flag('Wait Until Final', false),
	// n8n's own settings for the requests of declarative nodes. There, -1 means no batches.
	'requestOptions.allowUnauthorizedCerts': flag('Ignore SSL Issues', false),
	'requestOptions.batching.batch.batchInterval': wholeNumber('Batch Interval', 0, 0, MAX_MS),
	'requestOptions.batching.batch.batchSize': wholeNumber('Items per Batch', 50, -1, MAX_MS),
	'requestOptions.proxy': data('Proxy', NO_PROXY),
	'requestOptions.timeout': wholeNumber('Timeout', DEFAULT_TIMEOUT_MS, 1, MAX_MS),
};

/**
 * Every parameter and option that an operation reads. What the user sees of them is declared in
 * `resources/`.
 */
export const PARAMETERS = { ...ROW_PARAMETERS, ...BATCH_PARAMETERS };

/** The path of a parameter, as in `options.dryRun`. */
export type ParameterName = keyof typeof PARAMETERS;

/** The parameters that count for the whole batch. */
export type BatchParameterName = keyof typeof BATCH_PARAMETERS;

/** What reading a parameter gives. */
export type ParameterValue<Name extends ParameterName> = (typeof PARAMETERS)[Name]['fallback'];

/**
 * Checks what n8n evaluated a parameter to.
 *
 * @throws {ValidationError} when the parameter cannot hold this value
 */
export function checkParameter<Name extends ParameterName>(
	name: Name,
	value: unknown,
): ParameterValue<Name> {
	const { label, allowed, accepts } = PARAMETERS[name];
	if (accepts(value)) return value as ParameterValue<Name>;
	const message = `'${label}' is ${describeValue(value)}, but it can only be ${allowed}. Correct the setting or its expression.`;
	throw new ValidationError([{ field: name.split('.').at(-1) ?? name, message }]);
}

/**
 * Says what a setting is, in a few words and without card numbers. A text is called one: `true` as
 * text is not the value that a switch has.
 */
export function describeValue(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	const shown = showValue(typeof value === 'string' ? value : JSON.stringify(value));
	return typeof value === 'string' ? `the text '${shown}'` : shown;
}
