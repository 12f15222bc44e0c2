import type { Item, Origin } from './ledgerRow.mts';
import { toOutcomeRow, toSendingRow } from './ledgerRow.mts';
import type { SortedFile } from './sortRows.mts';
import { count, showSums } from './text.mts';
import type { Money } from './text.mts';

/** What happened to the rows of a chunk. */
export interface ChunkCounts {
	submitted: number;
	already_submitted: number;
	rejected: number;
	not_sent: number;
	unknown: number;
	/** What was submitted, added up by currency. */
	sums: Money[];
	/** Why the node sent nothing more, if it stopped; else empty. */
	stopped: string;
}

/** What happened in a whole run, in words. */
export interface RunReport {
	message: string;
	stopped: boolean;
}

/**
 * The ledger's rows of a chunk that is about to be sent; those that the ledger has already have its `id`.
 *
 * @param chunk items with the `row` and what the node `checked` of it
 * @param ledger the ledger's rows with these references
 * @param now as an ISO 8601 timestamp
 */
export function toSendingRows(
	chunk: readonly Item[],
	ledger: readonly Item[],
	origin: Origin & { now: string },
): Item[] {
	const ids = new Map(ledger.map(({ json }) => [json.reference, json.id]));
	return chunk.map(({ json }) => {
		const checked = json.checked as Record<string, unknown>;
		const row = json.row as Record<string, unknown>;
		const id = ids.get(checked.reference);
		const isNew = id === undefined;
		const entry = toSendingRow(checked, row, { ...origin, isNew });
		return { json: isNew ? entry : { id, ...entry } };
	});
}

/**
 * What the node says of the rows of a chunk, in columns of the ledger, each with the `id` of its row.
 *
 * @param paid the node's items
 * @param ledger the ledger's rows with these references
 * @param now as an ISO 8601 timestamp
 */
export function toOutcomeRows(paid: readonly Item[], ledger: readonly Item[], now: string): Item[] {
	const ids = new Map(ledger.map(({ json }) => [json.reference, json.id]));
	return paid.map((item) => {
		const outcome = toOutcomeRow(item, now);
		return { json: { id: ids.get(outcome.reference), ...outcome } };
	});
}

/**
 * The ledger's rows of what cannot be paid as it is, to write beside what is paid. Those that the ledger
 * knows as sent stay as they are.
 *
 * @param checked the node's items of a dry run, for `sorted`
 * @param ledger the ledger's rows with these references
 * @param now as an ISO 8601 timestamp
 */
export function toWrongRows(
	{ rows: sorted }: SortedFile,
	checked: readonly Item[],
	ledger: readonly Item[],
	{ now, source, requestedBy }: Origin & { now: string },
): Item[] {
	const known = new Map(ledger.map(({ json }) => [json.reference, String(json.outcome ?? '')]));
	const wrong = new Map<unknown, Item>();
	for (const [index, { decision }] of sorted.entries()) {
		const item = checked[index];
		if (decision !== 'wrong' || item === undefined) continue;
		const outcome = toOutcomeRow(item, now);
		const isOpen = ['not_sent', 'rejected', ''].includes(known.get(outcome.reference) ?? '');
		if (!outcome.reference || !isOpen) continue;
		const entry = { ...outcome, source, requested_by: requestedBy, status: '', status_rank: 0 };
		wrong.set(outcome.reference, { json: entry });
	}
	return [...wrong.values()];
}

/** Counts the node's items of a chunk. */
export function countOutcomes(paid: readonly Item[]): ChunkCounts {
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
		sums: [...sums.values()],
		stopped: stop === undefined ? '' : String(stop.message),
	};
}

/**
 * Says what happened in a run.
 *
 * @param chunks what each sub-execution has put out
 */
export function describeRun(
	{ rows, payable }: SortedFile,
	chunks: readonly ChunkCounts[],
): RunReport {
	type Outcome = Exclude<keyof ChunkCounts, 'sums' | 'stopped'>;
	const sum = (outcome: Outcome) => chunks.reduce((total, chunk) => total + chunk[outcome], 0);
	const decided = (decision: string) => rows.filter((row) => row.decision === decision).length;
	const stopped = chunks.map((chunk) => chunk.stopped).find((reason) => reason !== '');
	const outcomes: Outcome[] = ['submitted', 'already_submitted', 'rejected', 'not_sent', 'unknown'];
	const left = payable - outcomes.reduce((total, outcome) => total + sum(outcome), 0);
	const sums = showSums(chunks.flatMap((chunk) => chunk.sums));
	const known: Array<readonly [number: number, one: string, several: string]> = [
		[sum('submitted'), `payout was sent: ${sums}.`, `payouts were sent: ${sums}.`],
		[
			sum('already_submitted') + decided('sent'),
			'had been sent before and was not paid again.',
			'had been sent before and were not paid again.',
		],
		[
			decided('wrong') + sum('rejected'),
			'cannot be paid as it is: the ledger says why.',
			'cannot be paid as they are: the ledger says why.',
		],
		[
			decided('held'),
			'was held back: the ledger has its reference with other data, or waiting for an approval.',
			'were held back: the ledger has their references with other data, or waiting for an approval.',
		],
		[
			sum('not_sent') + left,
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
	const reason = stopped === undefined ? [] : [`The run stopped. ${stopped}`];
	const message = [...reason, ...said].join(' ') || 'There is nothing to pay.';
	return { message, stopped: stopped !== undefined };
}
