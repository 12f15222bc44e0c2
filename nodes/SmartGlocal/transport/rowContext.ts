import type { IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';

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
	const varying = new Set<string>();

	const read: (index: number) => RowContext['getNodeParameter'] =
		(index) => (name, fallback, options) => {
			if (constants.has(name)) return constants.get(name) as never;
			const value = context.getNodeParameter(name, index, fallback, options) as unknown;
			if (!varying.has(name)) {
				const raw = context.getNodeParameter(name, index, fallback, { rawExpressions: true });
				if (holdsExpression(raw)) varying.add(name);
				else constants.set(name, value);
			}
			return value as never;
		};

	return (index) => ({
		getInputData: () => items[index] ?? { json: {} },
		getItemIndex: () => index,
		getNode: () => node,
		getNodeParameter: read(index),
	});
}

function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}
