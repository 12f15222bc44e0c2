import { asObject, asText, parseJson } from '../payout/json/jsonObject';
import type { Entry, Ordered, Reported } from './entry';
import { OUTCOMES, STATUSES } from './states';
import type { TableRow } from './tables';

/** What Smart Glocal said of a payout, to compare it with the order. */
export interface Told {
	/** In major units; null where it cannot be read. */
	amount: number | null;
	currency: string;
	/** How many payouts its session has: they are confirmed together. */
	payouts: number;
}

/** Something that happened to one reference. */
export interface LedgerEvent {
	id?: number;
	/** Empty where Smart Glocal names none. */
	reference: string;
	/** Where it is from, such as `outcome`, `webhook`, `look_up`, `confirm` or `decision`. */
	event: string;
	/** Who did it; empty for the workflows and for Smart Glocal. */
	by: string;
	/** The run and its chunk; empty for what no run did. */
	run: string;
	entry: Entry;
	told?: Told;
}

/** Writes an event as a row of its table, which says in words what its details hold. */
export function toEventRow({ entry, told, ...event }: LedgerEvent): TableRow {
	const { ordered, reported } = entry;
	const { message = '', session_id = '' } = reported ?? ordered ?? {};
	const at = reported?.status_at ?? ordered?.outcome_at ?? '';
	return {
		...event,
		at,
		outcome: ordered?.outcome ?? '',
		status: reported?.status ?? '',
		message,
		session_id,
		folded: false,
		details: JSON.stringify({ ...entry, told }),
	};
}

/** Reads a row of the table of events; undefined for one that holds no event. */
export function readEventRow(row: TableRow): LedgerEvent | undefined {
	const { ordered, reported, told } = asObject(parseJson(asText(row.details)));
	const isOrdered = Object.hasOwn(OUTCOMES, asText(asObject(ordered).outcome));
	const isReported = Object.hasOwn(STATUSES, asText(asObject(reported).status));
	const reference = asText(row.reference);
	if (!(isOrdered || isReported)) return undefined;
	return {
		id: Number(row.id),
		reference,
		event: asText(row.event),
		by: asText(row.by),
		run: asText(row.run),
		entry: {
			...(isOrdered && { ordered: ordered as Ordered }),
			...(isReported && { reported: reported as Reported }),
		},
		...(told !== undefined && { told: told as Told }),
	};
}
