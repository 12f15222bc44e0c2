import { asText } from '../../payout/json/jsonObject';
import { joinEntries, readLedgerRow, toLedgerRow, viewEntry } from '../entry';
import type { Entry, Ordered, OrderedEntry, Reported } from '../entry';
import { readEventRow } from '../events';
import type { LedgerEvent, Told } from '../events';
import { askToDecide, describePayout, joinSentences } from '../sentences';
import { canHaveArrived, OUTCOMES, STATUSES } from '../states';
import type { Status } from '../states';
import type { TableRow } from '../tables';

/** What is known of one reference, and what Smart Glocal said of it that does not fit. */
export interface Known {
	entry: Entry;
	doubts: Array<{ event: LedgerEvent; reason: string }>;
	/** Events that wait until a run has written its outcome. */
	early: LedgerEvent[];
	/** Whether a look-up has found it waiting, though it should have been confirmed. */
	isStuck: boolean;
}

/** Puts together what the ledger's rows and its events know of each reference; some are about to be sent. */
export function gatherEntries(
	rows: readonly TableRow[],
	events: readonly TableRow[],
	claimed: ReadonlySet<string> = new Set(),
): Map<string, Known> {
	const all = new Map<string, Known>();
	const open = (reference: string) => {
		const known = all.get(reference) ?? { entry: {}, doubts: [], early: [], isStuck: false };
		all.set(reference, known);
		return known;
	};
	for (const row of rows) {
		const entry = readLedgerRow(row);
		if (!entry.ordered) continue;
		const known = open(String(row.reference));
		known.entry = joinEntries(known.entry, entry);
	}
	const read = events.flatMap((row) => readEventRow(row) ?? []);
	for (const { reference, entry } of read) {
		const known = open(reference);
		if (entry.ordered) known.entry = joinEntries(known.entry, { ordered: entry.ordered });
	}
	for (const event of read) {
		const { reported } = event.entry;
		const known = open(event.reference);
		if (!reported) continue;
		const reason = findDoubt(reported, known.entry, event.event);
		if (reason === '') {
			const held = holdBack(reported, known.entry.ordered, event.told);
			const { reported: before } = known.entry;
			const isLookUp = event.event === 'look_up' && held.next_step === '';
			if (isLookUp && isStillWaiting(held, before)) known.isStuck = true;
			// What is said again has been so since it was said first.
			if (held.rank === before?.rank && held.message === before.message) continue;
			known.entry = joinEntries(known.entry, { reported: held });
		} else if (
			claimed.has(event.reference) &&
			!canHaveArrived(known.entry.ordered?.outcome ?? 'sending')
		) {
			known.early.push(event);
		} else {
			known.doubts.push({ event, reason });
		}
	}
	return all;
}

/** A payout that was ordered here, and how far it is. */
export interface KnownPayout extends OrderedEntry, ReturnType<typeof viewEntry> {
	reference: string;
}

/** Those of the references that were ordered here. */
export function listPayouts(all: ReadonlyMap<string, Known>): KnownPayout[] {
	return [...all].flatMap(([reference, { entry }]) => {
		const { ordered, reported } = entry;
		return ordered ? [{ reference, ordered, reported, ...viewEntry(entry) }] : [];
	});
}

/** Why the ledger does not know what Smart Glocal reports, by an event of this name; empty where it does. */
export function findDoubt(
	reported: Reported,
	{ ordered, reported: known }: Entry,
	source: string,
): string {
	if (!ordered) return 'The ledger has no payout with this reference.';
	const { outcome, session_id: session } = ordered;
	// An outcome that is still being written may be one of these for a moment, too.
	if (!canHaveArrived(outcome) && outcome !== 'sending') {
		return `In the ledger it ${OUTCOMES[outcome].text}.`;
	}
	if (reported.session_id === '') return 'Smart Glocal names no session.';
	const owner = session || (known?.session_id ?? '');
	if (owner !== '' && owner !== reported.session_id) {
		return `The ledger has this reference with another session, ${owner}.`;
	}
	// A daily report is old, and moves nothing that has failed.
	if (source === 'report' && (known?.status === 'failed' || known?.status === 'unclear')) {
		return `In the ledger it ${STATUSES[known.status].text}.`;
	}
	const ends = [reported.status, known?.status];
	const isContradiction = ends.includes('failed') && ends.includes('succeeded');
	return isContradiction && reported.status === 'failed' ? 'In the ledger it was paid.' : '';
}

/** How long a confirmation may take before it is tried again. */
const CONFIRMING_MS = 5 * 60_000;

/** Whether a look-up finds a payout waiting that should have been confirmed long before. */
export function isStillWaiting({ status, status_at: at }: Reported, known?: Reported): boolean {
	if (status !== 'ready_to_confirm' || known === undefined) return false;
	const { ready_to_confirm: ready, confirmed } = STATUSES;
	const isDue = known.rank >= ready.rank && known.rank <= confirmed.rank;
	return isDue && Date.parse(at) - Date.parse(known.status_at) > CONFIRMING_MS;
}

/**
 * What waits for its confirmation and does not fit the order waits for a person. The currency can be
 * another one after a conversion (API reference, section 12.8): the amount is compared in that of the
 * order only.
 */
function holdBack(reported: Reported, ordered: Ordered | undefined, told?: Told): Reported {
	if (reported.status !== 'ready_to_confirm' || !ordered || !told) return reported;
	const { amount, currency, payouts } = told;
	const hold = (message: string) => {
		return { ...reported, message, next_step: askToDecide(reported.session_id) };
	};
	if (payouts > 1) return hold('Its session has several payouts, which are confirmed together.');
	if (currency !== '' && currency !== ordered.currency) return reported;
	if (amount === null) {
		return hold('Smart Glocal names no amount that can be compared with the order.');
	}
	const found = amount.toFixed(2);
	if (found === ordered.amount) return reported;
	return hold(
		`Smart Glocal has ${currency} ${found}, and the ledger ${ordered.currency} ${ordered.amount}.`,
	);
}

/** What a person or the desk does about a payout. */
export interface Task {
	kind: 'confirm' | 'decide' | 'failed' | 'returned' | 'unknown_payout';
	reference: string;
	session_id: string;
	/** A sentence or more for a person. */
	notice: string;
}

/**
 * Folds events into the ledger's rows of their references; claims are of runs that have not written their
 * outcomes. Two folds at once write the same rows, of which readers see one. Gives new rows, and the ids
 * of those that they replace, which are removed once the new ones are there; the ids of the events that
 * are in the ledger now; and what is to be done.
 */
export function foldEvents(
	rows: readonly TableRow[],
	events: readonly TableRow[],
	claims: readonly TableRow[],
) {
	const claimed = new Set(claims.map(({ reference }) => asText(reference)));
	// The turn of a fold has no reference.
	claimed.delete('');
	const before = gatherEntries(rows, []);
	const touched = new Set(events.map(({ reference }) => asText(reference)));
	const added: TableRow[] = [];
	const tasks: Task[] = [];
	const waiting = new Set<number | undefined>();
	for (const [reference, known] of gatherEntries(rows, events, claimed)) {
		if (!touched.has(reference)) continue;
		for (const { id } of known.early) waiting.add(id);
		tasks.push(...known.doubts.map(describeDoubt));
		const old = before.get(reference)?.entry;
		const { ordered, reported } = known.entry;
		if (!ordered) continue;
		const entry = { ordered: keepFirstTime(ordered, old?.ordered), reported };
		added.push(toLedgerRow(reference, entry));
		tasks.push(...findTask(reference, entry, old?.reported, known.isStuck));
	}
	const written = new Set(added.map(({ reference }) => reference));
	return {
		added,
		replaced: listIds(rows.filter(({ reference }) => written.has(reference))),
		folded: listIds(events).filter((id) => !waiting.has(id)),
		tasks,
	};
}

/** What got no clear answer again has been unclear since it was sent first. */
function keepFirstTime(now: Ordered, before?: Ordered): Ordered {
	if (now.outcome !== 'unknown' || before?.outcome !== 'unknown') return now;
	return { ...now, ordered_at: before.ordered_at };
}

function listIds(rows: readonly TableRow[]): number[] {
	return rows.map(({ id }) => Number(id));
}

const WAS_FAILED =
	'The ledger had it as failed. Find out whether it was paid again under another reference.';

/** What is to be done about a payout whose status has moved on, or is stuck. */
function findTask(
	reference: string,
	{ ordered, reported }: OrderedEntry,
	before: Reported | undefined,
	isStuck: boolean,
): Task[] {
	if (!reported) return [];
	const { status, rank, message, next_step: nextStep, session_id } = reported;
	const isNews = rank > (before?.rank ?? 0);
	if (!isNews && !(isStuck && rank <= STATUSES.confirmed.rank)) return [];
	const kinds: Partial<Record<Status, Task['kind']>> = {
		ready_to_confirm: nextStep === '' ? 'confirm' : 'decide',
		unclear: 'failed',
		failed: 'failed',
		returned: 'returned',
		...(before?.status === 'failed' && { succeeded: 'decide' }),
	};
	const kindOfNews = rank > STATUSES.returned.rank ? 'returned' : kinds[status];
	const kind = isNews ? kindOfNews : 'confirm';
	if (!kind) return [];
	const state = `${describePayout(reference, ordered)} ${STATUSES[status].text}`;
	const said = message === '' ? state : `${state}: ${message}`;
	const isReversed = status === 'succeeded' && kind === 'decide';
	const notice = joinSentences(said, isReversed ? WAS_FAILED : nextStep);
	return [{ kind, reference, session_id, notice }];
}

function describeDoubt({ event, reason }: Known['doubts'][number]): Task {
	const { reference, entry, told } = event;
	const { status = 'in_progress', session_id = '' } = entry.reported ?? {};
	const money = told?.amount ? `${told.currency} ${told.amount.toFixed(2)}, ` : '';
	const name = reference === '' ? 'A payout without a reference' : `Payout ${reference}`;
	const payout = `${name} (${money}session ${session_id})`;
	const isOpen = status === 'ready_to_confirm';
	const advice = isOpen
		? `It was not confirmed. ${askToDecide(session_id)}`
		: 'Find out whose it is.';
	const notice = joinSentences(`${payout} ${STATUSES[status].text}`, reason, advice);
	return { kind: 'unknown_payout', reference, session_id, notice };
}
