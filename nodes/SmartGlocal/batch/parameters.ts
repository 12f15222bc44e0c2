import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../payout/jsonObject';
import { showValue } from '../payout/shownValue';
import { ValidationError } from '../payout/validationError';
import { MAX_PARALLEL_REQUESTS } from './concurrency';

/** Whether each row has its own value, or the first row's counts for the whole batch. */
type Scope = 'row' | 'batch';

/**
 * The rule for one parameter.
 *
 * @param label what the form calls it
 * @param fallback the value where the parameter is not set
 * @param allowed the possible values in words
 */
function rule<Value, S extends Scope>(
	label: string,
	scope: S,
	fallback: Value,
	allowed: string,
	accepts: (value: unknown) => boolean,
) {
	return { label, scope, fallback, allowed, accepts };
}

const flag = <S extends Scope>(label: string, scope: S, fallback: boolean) =>
	rule(label, scope, fallback, 'true or false', (value) => typeof value === 'boolean');

/** One of several values; the first is the fallback. */
const choice = <S extends Scope, Value extends string>(
	label: string,
	scope: S,
	values: readonly [Value, ...Value[]],
) =>
	rule<Value, S>(label, scope, values[0], values.join(' or '), (value) =>
		values.includes(value as Value),
	);

const collection = <S extends Scope>(label: string, scope: S) =>
	rule<IDataObject, S>(label, scope, {}, 'a collection of fields', isObject);

/** A limit in the unit of the amounts; without it, there is none. */
const limit = <S extends Scope>(label: string, scope: S) =>
	rule<string | number | undefined, S>(
		label,
		scope,
		undefined,
		'an amount above zero, such as 1250.00; remove the option to have no limit',
		(value) =>
			(typeof value === 'number' || typeof value === 'string') &&
			/^\d+(?:\.\d+)?$/.test(String(value).trim()) &&
			Number(value) > 0,
	);

/** A whole number, which expressions often give as text. */
const wholeNumber = <S extends Scope>(
	label: string,
	scope: S,
	fallback: number | string,
	least: number,
	most: number,
) =>
	rule<number | string, S>(
		label,
		scope,
		fallback,
		`a whole number from ${least} to ${most}`,
		(value) => isWholeNumber(value, least, most),
	);

/** Whether a value is a whole number in this range, as a number or as text. */
export function isWholeNumber(value: unknown, least: number, most: number): boolean {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
	const number = Number(value);
	return isNumber && Number.isInteger(number) && number >= least && number <= most;
}

/** The user's data, which is checked where it is used. */
const data = <S extends Scope>(label: string, scope: S, fallback: unknown) =>
	rule(label, scope, fallback, '', () => true);

/**
 * Every parameter and option that an operation reads, by its path in the node's parameters. What the
 * user sees of them is declared in `resources/`.
 */
export const PARAMETERS = {
	additionalFields: collection('Additional Fields', 'row'),
	amountUnit: choice('Amount Is In', 'row', ['major', 'minor']),
	body: data('Request Body', 'row', ''),
	currency: data('Currency', 'row', 'USD'),
	destination: data('Destination', 'row', ''),
	'options.apiVersion': choice('API Version', 'row', ['v1', 'v2']),
	'options.dryRun': flag('Dry Run', 'batch', false),
	'options.duplicates': choice('Repeated References', 'row', ['report', 'error']),
	'options.maxAmount': limit('Max Amount', 'batch'),
	'options.maxTotal': limit('Max Total', 'batch'),
	'options.parallelRequests': wholeNumber(
		'Parallel Requests',
		'batch',
		5,
		1,
		MAX_PARALLEL_REQUESTS,
	),
	'options.sessionFirst': flag('Session First', 'batch', false),
	'options.simplify': flag('Simplify', 'row', true),
	'payout.mappingMode': choice('Mapping Column Mode', 'row', ['defineBelow', 'autoMapInputData']),
	'payout.value': data('Payout', 'row', {}),
	/** Read by itself where another entry cannot be evaluated. */
	'payout.value.card_number': data('Card Number', 'row', ''),
	reference: data('Reference', 'row', ''),
	/** n8n's own settings for the requests of declarative nodes. */
	requestOptions: collection('Request Options', 'batch'),
	sender: collection('Sender', 'row'),
	sessionId: data('Session ID', 'row', ''),
	specify: choice('Specify Payout', 'row', ['fields', 'json', 'none']),
};

/** The path of a parameter, as in `options.dryRun`. */
export type ParameterName = keyof typeof PARAMETERS;

/** The parameters that count for the whole batch. */
export type BatchParameterName = {
	[Name in ParameterName]: (typeof PARAMETERS)[Name]['scope'] extends 'batch' ? Name : never;
}[ParameterName];

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
