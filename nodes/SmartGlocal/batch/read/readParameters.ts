import type {
	IDataObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IGetNodeParameterOptions,
} from 'n8n-workflow';
import { numberRow } from '../../../payout/headers/matchColumns';
import { isObject } from '../../../payout/json/jsonObject';
import type { JsonObject } from '../../../payout/json/jsonObject';
import { ValidationError } from '../../../payout/validationError';
import { readColumn, readColumnPart } from './columnExpressions';
import { checkParameter, PARAMETERS, toField } from './parameters';
import type { ParameterName, ParameterValue } from './parameters';

/** One row of the input, with the node's parameters as they are for this row. */
export interface Row {
	readonly index: number;
	/** What people call it, as in "Row 7". */
	readonly number: number;
	readonly json: IDataObject;
	readonly credentials: Readonly<JsonObject>;
	/** Throws a `ValidationError` for an impossible value, and n8n's own error for a bad expression. */
	readonly read: <Name extends ParameterName>(name: Name) => ParameterValue<Name>;
	/** Gives a parameter as the user wrote it, with its expressions. */
	readonly readTemplate: (name: ParameterName) => unknown;
	/** Gives the value of an expression in a parameter, as in `{{ $json.a }}`. Throws like `read`. */
	readonly evaluate: (name: ParameterName, expression: string) => unknown;
}

/** The mapped columns, whose entries are evaluated one by one. */
const MAPPING = 'payout.value';

/** n8n's validation turns numbers into text, and text into numbers, before we could see which it was. */
const UNCHANGED = { skipValidation: true };

const RAW = { rawExpressions: true };

export interface RowReader {
	rowAt: (index: number) => Row;
	/** Whether a parameter holds an expression, so that its value can differ from row to row. */
	canDiffer: (name: ParameterName) => boolean;
}

/** Unlike what n8n gives for a parameter whose expression gives nothing. */
const NOT_SET = Symbol('not set');

/** Of a batch, or in n8n's own declarative engine of one row. */
type Context = IExecuteFunctions | IExecuteSingleFunctions;

function isOfOneRow(context: Context): context is IExecuteSingleFunctions {
	return 'getItemIndex' in context;
}

/** Prepares the rows of a context: a parameter is read once, or once a row if it is an expression. */
export function createRowReader(context: Context, credentials: JsonObject = {}): RowReader {
	const input = [context.getInputData()].flat();
	const parameters = new Map<ParameterName, { value: unknown } | { expression: unknown }>();

	const get = (
		path: string,
		index: number,
		fallback?: unknown,
		options: IGetNodeParameterOptions = UNCHANGED,
	): unknown =>
		isOfOneRow(context)
			? context.getNodeParameter(path, fallback, options)
			: context.getNodeParameter(path, index, fallback, options);
	const open = (name: ParameterName) => {
		const known = parameters.get(name);
		if (known) return known;
		const raw = get(name, 0, NOT_SET, RAW);
		const { fallback } = PARAMETERS[name];
		const readOnce = () => (raw === NOT_SET ? fallback : checkParameter(name, get(name, 0)));
		const opened = holdsExpression(raw) ? { expression: raw } : { value: readOnce() };
		parameters.set(name, opened);
		return opened;
	};
	const rowAt = (index: number): Row => {
		const { json = {} } = input[isOfOneRow(context) ? 0 : index] ?? {};
		// No expression is evaluated again when the row turns out wrong.
		const known = new Map<ParameterName, unknown>();
		const evaluateEntry = ([key, entry]: [string, unknown]) => {
			if (!isExpression(entry)) return [key, entry];
			return [key, readColumn(entry, json) ?? get(`${MAPPING}.${key}`, index)];
		};
		const read = (name: ParameterName) => {
			const opened = open(name);
			if ('value' in opened) return opened.value;
			if (known.has(name)) return known.get(name);
			const { expression } = opened;
			const value: unknown =
				name === MAPPING && isFlat(expression)
					? Object.fromEntries(Object.entries(expression).map(evaluateEntry))
					: checkParameter(name, get(name, index));
			known.set(name, value);
			return value;
		};
		return {
			index,
			number: numberRow(json, index),
			json,
			credentials,
			read: (name) => read(name) as never,
			readTemplate: (name) => get(name, index, PARAMETERS[name].fallback, RAW),
			evaluate: (name, expression) => {
				try {
					return readColumnPart(expression, json) ?? context.evaluateExpression(expression, index);
				} catch (failure) {
					// n8n names the parameter only where it evaluates all of it.
					throw toValidationError(failure, name);
				}
			},
		};
	};
	return { rowAt, canDiffer: (name) => 'expression' in open(name) };
}

/** Reads a parameter of a row that failed; undefined where its expression cannot be evaluated. */
export function tryToRead(row: Row, name: ParameterName): unknown {
	try {
		return row.read(name);
	} catch {
		return undefined;
	}
}

/** What is wrong with a parameter that `Row.read` threw for: n8n's text, with the field's name. */
export function toValidationError(failure: unknown, name?: ParameterName): ValidationError {
	if (failure instanceof ValidationError) return failure;
	const message = failure instanceof Error ? failure.message : String(failure);
	const { parameter = name } = (failure as { context?: { parameter?: unknown } }).context ?? {};
	if (typeof parameter !== 'string') return new ValidationError([{ field: '', message }]);
	const field = toField(parameter);
	const reason = message.replace(/\.$/, '');
	return new ValidationError([
		{ field, message: `The expression in '${field}' cannot be evaluated: ${reason}.` },
	]);
}

function isFlat(raw: unknown): raw is IDataObject {
	return (
		isObject(raw) &&
		Object.entries(raw).every(
			([key, value]) => /^\w+$/.test(key) && (isExpression(value) || !holdsExpression(value)),
		)
	);
}

function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}

function holdsExpression(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isExpression(value);
	return Object.values(value).some(holdsExpression);
}
