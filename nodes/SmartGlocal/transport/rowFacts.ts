import type { RowContext } from './rowContext';
import type { Subject } from './subject';

/** What the batch rules and the messages need to know about a row's request. */
export interface RowFacts {
	subject: Subject;
	/** The user's own reference; empty for requests that are about a session. */
	reference: string;
	sessionId?: string;
	/** For requests that order a payout. */
	order?: Order;
}

/** What a request orders. */
export interface Order {
	/** What the server recognises a repetition by. */
	idempotencyKey: string;
	/** In minor units; 0 when the amount was given with the session. */
	amount: number;
	/** ISO 4217 code in upper case; empty when it was given with the session. */
	currency: string;
}

const NO_FACTS: RowFacts = { subject: { kind: 'payout', name: '' }, reference: '' };

const factsByRow = new WeakMap<RowContext, RowFacts>();

/** Remembers what a row wants, beside its context: a declared preSend can return a request only. */
export function rememberFacts(row: RowContext, facts: RowFacts) {
	factsByRow.set(row, facts);
}

/**
 * What a row wants.
 *
 * @returns empty facts for a row whose request was never built
 */
export function recallFacts(row: RowContext): RowFacts {
	return factsByRow.get(row) ?? NO_FACTS;
}
