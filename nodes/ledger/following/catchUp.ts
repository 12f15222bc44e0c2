import { asText } from '../../payout/json/jsonObject';
import { decideClaim, isOrder, isStale, readClaimRow } from '../claims';
import type { Claim, Order, Verdict } from '../claims';
import { isSamePayout, pickPayout } from '../entry';
import type { Entry, Ordered, Payout } from '../entry';
import type { LedgerEvent } from '../events';
import { readPayout } from '../paying/compare';
import type { Tables } from '../paying/decide';
import { askToDecide, describePayout, joinSentences } from '../sentences';
import { canHaveArrived, OUTCOMES } from '../states';
import type { TableRow, Timestamp } from '../tables';
import { gatherEntries, listPayouts } from './fold';
import type { Known, KnownPayout, Task } from './fold';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a payout may wait for its confirmation: Smart Glocal cancels it after 240 minutes. */
const MAX_WAIT_MS = 180 * MINUTE_MS;

/** How many payouts are sent again at most; the others have their turn later. */
const MAX_ORDERS = 200;

/**
 * Finds out what is to be done about payouts whose end is open: sessions to look up, orders to send
 * again with the same reference, requests that nobody decided in time, and what a person must know. What
 * a run works on is left to it. Reads all claims, and the ledger's rows that are not final or are claimed.
 */
export function catchUp({ claims, events, payouts }: Tables, now: Timestamp) {
	const known = gatherEntries(payouts, events);
	const all = claims.flatMap((row) => readClaimRow(row) ?? []);
	const working = all.filter((claim) => !isStale(claim, now));
	const busy = new Set(working.map(({ reference }) => reference));
	const open = listPayouts(known).filter(({ isFinal }) => !isFinal);
	const idle = open.filter(({ reference }) => !busy.has(reference));
	const left = all.filter((claim) => isStale(claim, now) && !busy.has(claim.reference));
	const { orders, tasks } = sendAgain(left, idle, known, now);
	const sessions = open.map(({ session_id }) => session_id).filter((id) => id !== '');
	return {
		sessions: [...new Set(sessions)],
		orders,
		events: idle.flatMap((entry) => declineLate(entry, now)),
		tasks: [...tasks, ...idle.flatMap((entry) => findDelay(entry, now))],
	};
}

function age(time: Timestamp, now: Timestamp): number {
	return Date.parse(now) - Date.parse(time);
}

/** Whether an order may have been lost on its way, and no session says more. */
function isLost({ ordered, reported, session_id }: KnownPayout, now: Timestamp): boolean {
	const { outcome, outcome_at, ordered_at } = ordered;
	const isOpen = outcome === 'unknown' || outcome === 'approved';
	const isKnown = reported !== undefined || session_id !== '';
	return isOpen && !isKnown && isStale({ claimed_at: outcome_at || ordered_at }, now);
}

/** Why what a stopped run was about to send is not sent again. */
const REASONS: Partial<Record<Verdict, string>> = {
	refused: 'In the ledger it was refused',
	declined: 'In the ledger it was declined',
	waiting_for_approval: 'In the ledger it waits for the approval of a second person',
	other_payout: 'In the ledger its reference belongs to another payout',
	other_run: 'Another run was about to send another payout with its reference',
};
const LOST = 'may have been paid: its answer was lost';
const NO_COPY =
	'It cannot be sent again, because no copy of its row is kept. Send the same row again, with the same reference: it is never paid twice.';
const LOOK_FIRST =
	'Look for its reference in Smart Glocal’s dashboard, and do not pay it again before.';
const REMOVE_CLAIM = 'Then remove its row from the table of claims.';

/** What got no clear answer, and what stopped runs have left: each payout once, the oldest first. */
function sendAgain(
	left: readonly Claim[],
	idle: readonly KnownPayout[],
	known: ReadonlyMap<string, Known>,
	now: Timestamp,
) {
	const unclear = idle.filter((open) => isLost(open, now));
	const lost = [
		...left.map((of) => ({ reference: of.reference, since: of.claimed_at, of })),
		...unclear.map(({ reference, ordered: of }) => ({ reference, since: of.outcome_at, of })),
	];
	// Of one payout, the copy of its row can be in either.
	const rank = ({ of, since }: (typeof lost)[number]) => `${of.columns ? 0 : 1} ${since}`;
	lost.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
	const seen = new Map<string, Payout[]>();
	const orders: Array<Omit<Order, 'position'>> = [];
	const recorded: typeof orders = [];
	const tasks: Task[] = [];
	for (const { reference, of } of lost) {
		const same = seen.get(reference) ?? [];
		if (same.some((payout) => isSamePayout(payout, of))) continue;
		seen.set(reference, [...same, of]);
		const own = { ...of, id: Infinity, word: 'catch_up', looked_at: '' } as const;
		const rivals = left.filter((claim) => claim.reference === reference);
		const { entry }: { entry: Entry } = known.get(reference) ?? { entry: {} };
		const verdict = decideClaim(own, rivals, () => true, entry);
		const isDeclined = entry.ordered?.outcome === 'declined';
		const reason = REASONS[isDeclined ? 'declined' : verdict];
		const columns = of.columns;
		if (reason) {
			const why = `A run that was about to send it was stopped. ${reason}, so it is not sent again`;
			tasks.push(toTask(reference, of, LOST, why, LOOK_FIRST, REMOVE_CLAIM));
		} else if (columns) {
			// What was recorded before its run was stopped is ordered, too, so that its claim is removed.
			const list = verdict === 'arrived' ? recorded : orders;
			list.push({ ...pickPayout(of), columns, reference, word: 'catch_up', looked_at: '' });
		} else if (verdict !== 'arrived') {
			tasks.push(toTask(reference, of, LOST, NO_COPY));
		}
	}
	const all = [...orders, ...recorded].slice(0, MAX_ORDERS);
	return { orders: all.map((order, position) => ({ ...order, position })), tasks };
}

function toTask(reference: string, payout: Payout, state: string, ...more: string[]): Task {
	const notice = joinSentences(`${describePayout(reference, payout)} ${state}`, ...more);
	return { kind: 'decide', reference, session_id: '', notice };
}

function declineLate({ reference, ordered }: KnownPayout, now: Timestamp): LedgerEvent[] {
	const { outcome, decide_until: until = '' } = ordered;
	if (outcome !== 'waiting_for_approval' || !(age(until, now) > 0)) return [];
	const declined: Ordered = {
		...ordered,
		outcome: 'declined',
		outcome_at: now,
		message: 'Nobody decided in time.',
		next_step: OUTCOMES.declined.nextStep,
		approval_code: '',
		columns: undefined,
	};
	return [{ reference, event: 'decision', by: '', run: '', entry: { ordered: declined } }];
}

/** What a person must know of a payout that takes too long. */
function findDelay(open: KnownPayout, now: Timestamp): Task[] {
	const { reference, ordered, reported, text, session_id } = open;
	if (!reported && !canHaveArrived(ordered.outcome)) return [];
	if (reported?.status === 'unclear') return [];
	const waited = age(reported?.status_at || ordered.ordered_at, now);
	const say = (sentence: string) => [{ ...toTask(reference, ordered, text, sentence), session_id }];
	if (reported?.status === 'ready_to_confirm' && waited > MAX_WAIT_MS) {
		return say(`It has waited for more than 180 minutes. ${askToDecide(session_id)}`);
	}
	if (!(waited > DAY_MS)) return [];
	return say(
		session_id === ''
			? 'Its session is not known, so it cannot be looked up. Look for its reference in Smart Glocal’s dashboard or daily report, and do not pay it again before.'
			: 'It has not ended for more than a day. Ask Smart Glocal’s support, and do not pay it again before.',
	);
}

/**
 * Checks the orders of Catch Up by a dry run of their rows with fingerprints, in the same order: the copy
 * of a row must still be the payout that the ledger has.
 */
export function checkOrders(items: readonly TableRow[], checked: readonly TableRow[]) {
	const orders: Order[] = [];
	const tasks: Task[] = [];
	for (const [index, order] of items.filter(isOrder).entries()) {
		const item = checked[index] ?? { error: {} };
		const payout = readPayout(item);
		const isSame = asText(item.reference) === order.reference && isSamePayout(order, payout);
		if (!item.error && isSame) {
			// From now on, it is compared by its fingerprint.
			orders.push({ ...order, ...payout });
		} else {
			const why = 'The copy of its row does not fit the ledger, so it is not sent again';
			tasks.push(toTask(order.reference, order, LOST, why, LOOK_FIRST));
		}
	}
	return { orders, tasks };
}
