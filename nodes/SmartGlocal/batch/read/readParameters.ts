import type { IDataObject, IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';
import { numberRow } from '../../../payout/headers/rowNumber';
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

export interface RowReader {
	rowAt: (index: number) => Row;
	/** Whether a parameter holds an expression, so that its value can differ from row to row. */
	canDiffer: (name: ParameterName) => boolean;
}

/** Unlike what n8n gives for a parameter whose expression gives nothing. */
const NOT_SET = Symbol('not set');

/** Prepares the rows of a batch: a parameter is read once, or once a row if it is an expression. */
export function createRowReader(
	context: IExecuteFunctions,
	credentials: JsonObject = {},
): RowReader {
	const items = context.getInputData();
	const parameters = new Map<ParameterName, { value: unknown } | { expression: unknown }>();

	const getParameter = (path: string, index: number): unknown =>
		context.getNodeParameter(path, index, undefined, UNCHANGED);
	const open = (name: ParameterName) => {
		const known = parameters.get(name);
		if (known) return known;
		const raw: unknown = context.getNodeParameter(name, 0, NOT_SET, { rawExpressions: true });
		const { fallback } = PARAMETERS[name];
		const readOnce = () =>
			raw === NOT_SET ? fallback : checkParameter(name, getParameter(name, 0));
		const opened = holdsExpression(raw) ? { expression: raw } : { value: readOnce() };
		parameters.set(name, opened);
		return opened;
	};
	const evaluateMapping = (raw: IDataObject, json: IDataObject, index: number) => {
		const entries = Object.entries(raw).map(([key, entry]) => {
			if (!isExpression(entry)) return [key, entry];
			return [key, readColumn(entry, json) ?? getParameter(`${MAPPING}.${key}`, index)];
		});
		return Object.fromEntries(entries) as unknown;
	};
	const rowAt = (index: number): Row => {
		const json = items[index]?.json ?? {};
		// No expression is evaluated again when the row turns out wrong.
		const known = new Map<ParameterName, unknown>();
		const read = (name: ParameterName) => {
			const opened = open(name);
			if ('value' in opened) return opened.value;
			if (known.has(name)) return known.get(name);
			const value =
				name === MAPPING && isFlat(opened.expression)
					? evaluateMapping(opened.expression, json, index)
					: checkParameter(name, getParameter(name, index));
			known.set(name, value);
			return value;
		};
		return {
			index,
			number: numberRow(json, index),
			json,
			credentials,
			read: (name) => read(name) as never,
			readTemplate: (name) =>
				context.getNodeParameter(name, index, PARAMETERS[name].fallback, { rawExpressions: true }),
			evaluate: (name, expression) =>
				readColumnPart(expression, json) ?? evaluatePart(context, name, expression, index),
		};
	};
	return { rowAt, canDiffer: (name) => 'expression' in open(name) };
}

/** The row that n8n's own declarative engine works on. */
export function toRow(context: IExecuteSingleFunctions, credentials: JsonObject): Row {
	const index = context.getItemIndex();
	const { json } = context.getInputData();
	return {
		index,
		number: numberRow(json, index),
		json,
		credentials,
		read: (name) => {
			const value: unknown = context.getNodeParameter(name, NOT_SET, UNCHANGED);
			return value === NOT_SET ? PARAMETERS[name].fallback : checkParameter(name, value);
		},
		readTemplate: (name) =>
			context.getNodeParameter(name, PARAMETERS[name].fallback, { rawExpressions: true }),
		evaluate: (name, expression) => evaluatePart(context, name, expression, index),
	};
}

/** n8n names the parameter only where it evaluates all of it. */
function evaluatePart(
	context: IExecuteFunctions | IExecuteSingleFunctions,
	name: ParameterName,
	expression: string,
	index: number,
): unknown {
	try {
		return context.evaluateExpression(expression, index);
	} catch (failure) {
		throw toValidationError(failure, name);
	}
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
