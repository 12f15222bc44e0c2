import type { IDataObject } from 'n8n-workflow';
import type { ConnectionSettings } from '../../../api/send';
import { isObject } from '../../../payout/json/jsonObject';
import { readMinimums } from '../../../payout/money/minimums';
import { showValue } from '../../../payout/text/shownValue';
import { ValidationError } from '../../../payout/validationError';
import { ANY_CURRENCY, readExpectedTotal } from '../check/limits';
import { MAX_PARALLEL_REQUESTS } from '../send/concurrency';

export const MAX_STATUS_WAIT_SECONDS = 600;

export const AUTOMATIC = 'automatic';

/** The longest time that a timer of Node.js can measure; with a longer one, it does not wait at all. */
const MAX_MS = 2 ** 31 - 1;
/** n8n's own default is 300 s; a payout that takes longer than a minute is better looked up. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** The rule for one parameter: its name in the form, its value where it is not set, what it can be. */
function rule<Value>(
	label: string,
	fallback: Value,
	allowed: string,
	accepts: (value: unknown) => boolean,
) {
	return { label, fallback, allowed, accepts };
}

const flag = (label: string, fallback = false) =>
	rule(label, fallback, 'true or false', (value) => typeof value === 'boolean');

const choice = <Value extends string>(label: string, values: readonly [Value, ...Value[]]) =>
	rule(label, values[0], values.join(' or '), (value) => values.includes(value as Value));

const collection = (label: string) =>
	rule<IDataObject>(label, {}, 'a collection of fields', isObject);

/** A code that the row's own column can replace, so that it may be empty. */
const code = (label: string, allowed: string) =>
	rule<string | null | undefined>(label, '', allowed, (value) => typeof (value ?? '') === 'string');

/** A number or a text, without which the option has no effect. */
const optional = (label: string, allowed: string, accepts: (value: unknown) => boolean) =>
	rule<string | number | undefined>(label, undefined, allowed, accepts);

const limit = (label: string) =>
	optional(
		label,
		'an amount above zero, such as 1250.00; remove the option to have no limit',
		(value) => readExpectedTotal(value)?.has(ANY_CURRENCY) === true,
	);

/** The user's data, which is checked where it is used. */
const data = (label: string, fallback: unknown = '') => rule(label, fallback, '', () => true);

const wholeNumber = (label: string, fallback: number, least: number, most: number) =>
	rule<number | string>(label, fallback, `a whole number from ${least} to ${most}`, (value) =>
		isWholeNumber(value, least, most),
	);

/** Whether a value is a whole number in a range, also as text, because expressions give it so. */
function isWholeNumber(value: unknown, least: number, most: number): boolean {
	const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
	return Number.isInteger(number) && Number(number) >= least && Number(number) <= most;
}

/** What can differ from row to row, by its path in the node's parameters. */
const ROW_PARAMETERS = {
	additionalFields: collection('Additional Fields'),
	amountUnit: choice('Amount Is In', ['major', 'minor']),
	body: data('Request Body'),
	currency: code('Currency', "text, such as USD, or empty for the destination's own currency"),
	destination: code('Destination', 'text, such as GBR-GBP'),
	'options.apiVersion': choice('API Version', ['v1', 'v2']),
	'options.duplicates': choice('Repeated References', ['report', 'error']),
	'options.minimums': optional(
		'Minimums',
		'amounts with their currencies, such as EUR 5000, GBP 4000, or JPY 500000 minor units; remove the option to get the wallets',
		(value) => readMinimums(String(value)) !== undefined,
	),
	'options.simplify': flag('Simplify', true),
	'payout.mappingMode': choice('Mapping Column Mode', ['defineBelow', 'autoMapInputData']),
	'payout.value': data('Payout', {}),
	/** Read by itself where another entry cannot be evaluated. */
	'payout.value.reference': data('Reference'),
	reference: data('Reference'),
	sender: collection('Sender'),
	sessionId: data('Session ID'),
	specify: choice('Specify Payout', ['fields', 'json', 'none']),
};

const BATCH_PARAMETERS = {
	'options.checkBalance': flag('Check Balance First'),
	'options.dryRun': flag('Dry Run'),
	'options.expectedRows': optional(
		'Expected Rows',
		'a whole number above zero; remove the option to send any number of rows',
		(value) => isWholeNumber(value, 1, Number.MAX_SAFE_INTEGER),
	),
	'options.expectedTotal': optional(
		'Expected Total',
		'an amount above zero, such as 1250.00, or one for each currency, as in EUR 1000.00, USD 50.00; remove the option to send any total',
		(value) => readExpectedTotal(value) !== undefined,
	),
	'options.includeFingerprints': flag('Include Fingerprints'),
	'options.includeInputFields': flag('Include Input Fields'),
	'options.maxAmount': limit('Max Amount'),
	'options.maxTotal': limit('Max Total'),
	'options.maxWaitSeconds': wholeNumber('Max Wait', 300, 1, MAX_STATUS_WAIT_SECONDS),
	'options.parallelRequests': rule<number | string>(
		'Parallel Requests',
		AUTOMATIC,
		`${AUTOMATIC}, or a whole number from 1 to ${MAX_PARALLEL_REQUESTS}`,
		(value) => value === AUTOMATIC || isWholeNumber(value, 1, MAX_PARALLEL_REQUESTS),
	),
	'options.sessionFirst': flag('Session First'),
	'options.similarRows': choice('Similar Rows', ['warn', 'ignore', 'refuse']),
	'options.summaryItem': flag('Add Summary'),
	'options.waitUntilFinal': flag('Wait Until Final'),
	// n8n's own settings for the requests of declarative nodes. There, -1 means no batches.
	'requestOptions.allowUnauthorizedCerts': flag('Ignore SSL Issues'),
	'requestOptions.batching.batch.batchInterval': wholeNumber('Batch Interval', 0, 0, MAX_MS),
	'requestOptions.batching.batch.batchSize': wholeNumber('Items per Batch', 50, -1, MAX_MS),
	'requestOptions.proxy': rule<unknown>(
		'Proxy',
		undefined,
		'a web address, as in http://myproxy:3128, with %25 for each % in a password',
		(value) => readProxy(value) !== undefined,
	),
	'requestOptions.timeout': wholeNumber('Timeout', DEFAULT_TIMEOUT_MS, 1, MAX_MS),
};

/** Every parameter that an operation reads, by its path. The form is declared in `resources/`. */
export const PARAMETERS = { ...ROW_PARAMETERS, ...BATCH_PARAMETERS };

export type ParameterName = keyof typeof PARAMETERS;

export type BatchParameterName = keyof typeof BATCH_PARAMETERS;

export type ParameterValue<Name extends ParameterName> = (typeof PARAMETERS)[Name]['fallback'];

/** Checks what n8n evaluated a parameter to. Throws a `ValidationError` for an impossible value. */
export function checkParameter<Name extends ParameterName>(name: Name, value: unknown) {
	const { label, allowed, accepts } = PARAMETERS[name];
	if (accepts(value)) return value as ParameterValue<Name>;
	const message = `'${label}' is ${describeValue(name, value)}, but it can only be ${allowed}. Correct the setting or its expression.`;
	throw new ValidationError([{ field: toField(name), message }]);
}

/** What problems call a parameter: the last part of its path. */
export function toField(path: string): string {
	return path.slice(path.lastIndexOf('.') + 1);
}

/** Says what a setting is, without card numbers or a proxy's password; `true` as text is called text. */
export function describeValue(name: ParameterName, value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (name === 'requestOptions.proxy') return 'a value that is not shown';
	return typeof value === 'string'
		? `the text '${showValue(value)}'`
		: showValue(JSON.stringify(value));
}

/** Reads a proxy, as in `http://user:password@myproxy:3128`; undefined for anything else. */
export function readProxy(value: unknown): ConnectionSettings['proxy'] {
	if (typeof value !== 'string' || !/^https?:/i.test(value)) return undefined;
	try {
		const { protocol, hostname, port, username, password } = new URL(value);
		const [name, secret] = [username, password].map(decodeURIComponent);
		return {
			protocol: protocol.replace(':', ''),
			host: hostname,
			port: Number(port) || (protocol === 'https:' ? 443 : 80),
			...(name && { auth: { username: name, password: secret ?? '' } }),
		};
	} catch {
		return undefined;
	}
}
