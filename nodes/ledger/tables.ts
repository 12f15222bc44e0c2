/*
 * The tables that the workflows keep, with the columns in the order in which a person reads them. n8n
 * adds `id`, `createdAt` and `updatedAt` (n8n 2.41).
 */

/** What people read: one row for each reference. */
export const PAYOUT_COLUMNS = {
	reference: 'string',
	recipient: 'string',
	amount: 'string',
	currency: 'string',
	outcome: 'string',
	status: 'string',
	message: 'string',
	next_step: 'string',
	destination: 'string',
	account: 'string',
	session_id: 'string',
	payout_id: 'string',
	requested_by: 'string',
	decided_by: 'string',
	source: 'string',
	ordered_at: 'date',
	outcome_at: 'date',
	status_at: 'date',
	final: 'boolean',
	// For the workflows: how far it is, and as JSON its fingerprints and what it takes to send it again.
	status_rank: 'number',
	row: 'string',
	// Of a request that waits for a second person.
	approval_code: 'string',
	decide_until: 'date',
} as const;

/** What a run is about to send, only while it does. */
export const CLAIM_COLUMNS = {
	reference: 'string',
	run: 'string',
	claimed_at: 'date',
	recipient: 'string',
	amount: 'string',
	currency: 'string',
	details: 'string',
} as const;

/** What happened, only ever added to. */
export const EVENT_COLUMNS = {
	reference: 'string',
	event: 'string',
	at: 'date',
	by: 'string',
	outcome: 'string',
	status: 'string',
	message: 'string',
	session_id: 'string',
	run: 'string',
	folded: 'boolean',
	details: 'string',
} as const;

/** A row of a table as n8n's nodes put it out; an empty item where the table has none. */
export type TableRow = Readonly<Record<string, unknown>>;

/** As ISO 8601 in UTC, such as `2026-12-01T12:00:00.000Z`. */
export type Timestamp = string;

/** How many references one look-up names: Data Tables take no list (n8n 2.41). */
export const REFERENCES_PER_LOOK_UP = 50;

/** Puts values into groups for conditions that are written out, the last one filled up by its first. */
export function groupForConditions<Value>(values: readonly Value[]): Value[][] {
	const count = Math.ceil(values.length / REFERENCES_PER_LOOK_UP);
	return Array.from({ length: count }, (_, group) => {
		const start = group * REFERENCES_PER_LOOK_UP;
		const own = values.slice(start, start + REFERENCES_PER_LOOK_UP);
		return Array.from(
			{ length: REFERENCES_PER_LOOK_UP },
			(__, index) => own[index] ?? own[0],
		) as Value[];
	});
}

/** Rows with 50 ids each, for a node that changes or removes the rows with these ids. */
export function toIdGroups(ids: readonly number[]): TableRow[] {
	return groupForConditions(ids).map((group) => ({ ids: group }));
}
