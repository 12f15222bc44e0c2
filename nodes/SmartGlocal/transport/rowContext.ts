import type { IDataObject, IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';
import { readColumnReference } from './columnReference';

/**
 * What a declared preSend or postReceive function asks of n8n about its row. n8n's declarative
 * engine offers it as well, so that the same function runs in both.
 */
export type RowContext = Pick<
	IExecuteSingleFunctions,
	'getInputData' | 'getItemIndex' | 'getNode' | 'getNodeParameter'
>;

/**
 * Prepares the contexts of a batch's rows. A parameter without an expression is read once for the
 * whole batch and shared by all rows; one with an expression is evaluated once a row.
 *
 * @returns a function from a row's index to its context
 */
export function createRowContexts(context: IExecuteFunctions): (index: number) => RowContext {
	const items = context.getInputData();
	const node = context.getNode();
	const constants = new Map<string, unknown>();
	const varying = new Map<string, unknown>();

	const read: (index: number) => RowContext['getNodeParameter'] =
		(index) => (name, fallback, options) => {
			if (constants.has(name)) return constants.get(name) as never;
			const evaluate = (path: string) =>
				context.getNodeParameter(path, index, fallback, options) as unknown;
			if (!varying.has(name)) {
				const raw = context.getNodeParameter(name, index, fallback, { rawExpressions: true });
				if (!holdsExpression(raw)) {
					constants.set(name, evaluate(name));
					return constants.get(name) as never;
				}
				varying.set(name, raw);
			}
			const raw = varying.get(name);
			// Validation by n8n is of the parameter as a whole.
			if (options?.skipValidation !== true || !isFlat(raw)) return evaluate(name) as never;
			return readEntries(raw, items[index]?.json ?? {}, (key) =>
				evaluate(`${name}.${key}`),
			) as never;
		};

	return (index) => ({
		getInputData: () => items[index] ?? { json: {} },
		getItemIndex: () => index,
		getNode: () => node,
		getNodeParameter: read(index),
	});
}

/** Evaluates the entries of a parameter that need it, each by itself. */
function readEntries(
	raw: IDataObject,
	row: IDataObject,
	evaluate: (key: string) => unknown,
): IDataObject {
	return Object.fromEntries(
		Object.entries(raw).map(([key, value]) => {
			if (!isExpression(value)) return [key, value];
			return [key, readColumnReference(value, row) ?? evaluate(key)];
		}),
	) as IDataObject;
}

/** Whether a parameter is an object whose entries can be asked for one by one. */
function isFlat(raw: unknown): raw is IDataObject {
	return (
		typeof raw === 'object' &&
		raw !== null &&
		!Array.isArray(raw) &&
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
