import type { RowContext } from './rowContext';

/** What the batch rules and the messages need to know about the payout that a row orders. */
export interface RowFacts {
	/** The user's own reference. */
	reference: string;
	/** What the server recognises a repetition by. */
	idempotencyKey: string;
	/** In minor units. */
	amount: number;
	/** ISO 4217 code in upper case. */
	currency: string;
}

const factsByRow = new WeakMap<RowContext, RowFacts>();

/** Remembers what a row orders, beside its context: a declared preSend can return a request only. */
export function rememberFacts(row: RowContext, facts: RowFacts) {
	factsByRow.set(row, facts);
}

/**
 * What a row orders.
 *
 * @returns empty facts for a row whose request was never built
 */
export function recallFacts(row: RowContext): RowFacts {
	return factsByRow.get(row) ?? { reference: '', idempotencyKey: '', amount: 0, currency: '' };
}
