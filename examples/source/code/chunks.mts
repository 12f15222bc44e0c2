import type { Item, Origin } from './ledgerRow.mts';
import { toOutcomeRow, toSendingRow } from './ledgerRow.mts';
import type { SortedFile } from './sortRows.mts';
import { count, showSums } from './text.mts';
import type { Money } from './text.mts';

/** How many rows of a chunk came to which end, and why the node stopped, if it did. */
export interface ChunkCounts {
	submitted: number;
	already_submitted: number;
	rejected: number;
	not_sent: number;
	unknown: number;
	/** Not sent now: the ledger has them as sent. */
	sent: number;
	wrong: number;
	held: number;
	/** What was submitted, added up by currency. */
	sums: Money[];
	stopped: string;
}

/** What happened in a whole run, in words. */
export interface RunReport {
	message: string;
	stopped: boolean;
}

/**
 * What is written into the ledger before a chunk is paid: its rows that are about to be sent, and the
 * wrong ones with the reason, unless the ledger has them as sent. A row that it has already comes with
 * its `id`.
 *
 * @param chunk items with the `row` and what the node `checked` of it
 * @param ledger the ledger's rows with these references
 * @param origin `now` is an ISO 8601 timestamp
 */
export function toFirstEntries(
	{ rows }: SortedFile,
	chunk: readonly Item[],
	ledger: readonly Item[],
	origin: Origin & { now: string },
): Item[] {
	const known = new Map(ledger.map(({ json }) => [json.reference, json]));
	const entries = new Map<unknown, Item>();
	for (const [index, { decision, reference }] of rows.entries()) {
		const checked = (chunk[index]?.json.checked ?? {}) as Record<string, unknown>;
		const row = (chunk[index]?.json.row ?? {}) as Record<string, unknown>;
		const old = known.get(reference);
		const id = old === undefined ? {} : { id: old.id };
		if (decision.startsWith('pay')) {
			const entry = toSendingRow(checked, row, { ...origin, isNew: decision === 'pay' });
			entries.set(reference, { json: { ...id, ...entry } });
		} else if (decision === 'wrong' && isOpen(old)) {
			const entry = toWrongRow(checked, origin);
			if (entry.reference) entries.set(entry.reference, { json: { ...id, ...entry } });
		}
	}
	return [...entries.values()];
}

function isOpen(entry: Record<string, unknown> | undefined): boolean {
	return entry === undefined || ['not_sent', 'rejected'].includes(String(entry.outcome));
}

function toWrongRow(
	checked: Record<string, unknown>,
	{ now, source, requestedBy }: Origin & { now: string },
): Record<string, unknown> {
	const outcome = toOutcomeRow({ json: checked }, now);
	return { ...outcome, source, requested_by: requestedBy, status: '', status_rank: 0 };
}

/**
 * Counts the rows of a chunk.
 *
 * @param paid the node's items of those that were sent
 */
export function countChunk({ rows }: SortedFile, paid: readonly Item[]): ChunkCounts {
	const decided = (decision: string) => rows.filter((row) => row.decision === decision).length;
	const outcomes = paid.map(({ json }) => String(json.outcome ?? 'unknown'));
	const number = (outcome: string) => outcomes.filter((other) => other === outcome).length;
	const sums = new Map<unknown, Money>();
	for (const { json } of paid) {
		if (json.outcome !== 'submitted') continue;
		const { amount, amount_minor: minor, currency } = json;
		const sum = sums.get(currency)?.amount_minor ?? 0;
		sums.set(currency, { amount, amount_minor: Number(sum) + Number(minor), currency });
	}
	const errors = paid.map(({ json }) => json.error as Record<string, unknown> | undefined);
	const stop = errors.find((error) => error?.code === 'stopped');
	return {
		submitted: number('submitted'),
		already_submitted: number('already_submitted'),
		rejected: number('rejected'),
		not_sent: number('not_sent'),
		unknown: number('unknown'),
		sent: decided('sent'),
		wrong: decided('wrong'),
		held: decided('held'),
		sums: [...sums.values()],
		stopped: stop === undefined ? '' : String(stop.message),
	};
}

/**
 * Says what happened in a run.
 *
 * @param total the number of its rows
 * @param chunks what each sub-execution has put out
 */
export function describeRun(total: number, chunks: readonly ChunkCounts[]): RunReport {
	const stopped = chunks.map((chunk) => chunk.stopped).find((reason) => reason !== '');
	const sums = showSums(chunks.flatMap((chunk) => chunk.sums));
	const all: RowEnd[] = ['submitted', 'already_submitted', 'rejected', 'not_sent', 'unknown'];
	all.push('sent', 'wrong', 'held');
	const sum = (...ends: RowEnd[]) =>
		chunks.reduce((sofar, chunk) => ends.reduce((part, end) => part + chunk[end], sofar), 0);
	const known: Array<readonly [number: number, one: string, several: string]> = [
		[sum('submitted'), `payout was sent: ${sums}.`, `payouts were sent: ${sums}.`],
		[
			sum('already_submitted', 'sent'),
			'had been sent before and was not paid again.',
			'had been sent before and were not paid again.',
		],
		[
			sum('wrong', 'rejected'),
			'cannot be paid as it is: the ledger says why.',
			'cannot be paid as they are: the ledger says why.',
		],
		[
			sum('held'),
			'was held back: the ledger has its reference with other data, or waiting for an approval.',
			'were held back: the ledger has their references with other data, or waiting for an approval.',
		],
		[
			sum('not_sent') + total - sum(...all),
			'was not sent. Run the workflow again.',
			'were not sent. Run the workflow again.',
		],
		[
			sum('unknown'),
			'got no clear answer. Leave it as it is, and run the workflow again.',
			'got no clear answer. Leave them as they are, and run the workflow again.',
		],
	];
	const said = known.flatMap(([number, one, several]) =>
		number > 0 ? [count(number, one, several)] : [],
	);
	const reason = stopped === undefined ? [] : [`The run stopped. ${stopped.replace(/\.?$/, '.')}`];
	const message = [...reason, ...said].join(' ') || 'There is nothing to pay.';
	return { message, stopped: stopped !== undefined };
}

type RowEnd = Exclude<keyof ChunkCounts, 'sums' | 'stopped'>;
