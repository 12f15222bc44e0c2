import { asObject, asText } from '../payout/json/jsonObject';
import { hasCard } from './claims';
import type { Order } from './claims';
import { pickPayout } from './entry';
import type { Entry, Ordered } from './entry';
import type { LedgerEvent } from './events';
import type { ComparedRow } from './paying/compare';
import type { TableRow, Timestamp } from './tables';

/** Why a request is not taken, or not decided. */
export const REFUSALS = {
	wrong: 'Fill in the form again.',
	used: 'This reference was used before. Give a new payout a new reference.',
	hours: 'In the node Settings, hours_to_decide must be a number above 0.',
	card: 'It needs a second person, and a payout to a card cannot wait for one. Nothing was paid.',
	stranger: 'n8n does not say who you are. Choose n8n User Auth in both forms of the workflow.',
	no_request: 'This link does not belong to a request. Ask for the whole link again.',
	decided: 'This request has been decided.',
	too_late: 'The time to decide is over, and nothing was paid. Ask again under a new reference.',
	own_request: 'You asked for this payout yourself, so another person has to decide.',
	no_approver: 'You may not approve payouts. The node Settings of the workflow lists who may.',
	undecided: 'You did not decide in time. Open the link again.',
} as const;

export type Refusal = keyof typeof REFUSALS;

/** Reads the `user` of a form's item; undefined where n8n does not say who it is. */
export function readPerson(user: unknown): { id: string; email: string } | undefined {
	const [id, email] = [asText(asObject(user).id), normalize(asObject(user).email)];
	return id === '' || email === '' ? undefined : { id, email };
}

function normalize(text: unknown): string {
	return asText(text).trim().toLowerCase();
}

/** Judges a request: it is paid at once, waits for a second person by a link of its own, or is refused. */
export function judgeRequest(
	{ order, checked }: ComparedRow,
	{ ordered, reported }: Entry,
	settings: TableRow,
	person: ReturnType<typeof readPerson>,
	random: string,
	now: Timestamp,
): { order: Order } | { request: Ordered } | { refusal: Refusal } {
	if (!person) return { refusal: 'stranger' };
	const isFree = !ordered || ordered.outcome === 'rejected' || ordered.outcome === 'not_sent';
	if (!checked.error && (reported || !isFree)) return { refusal: 'used' };
	if (!order) return { refusal: 'wrong' };
	if (!needsTwoPersons(checked, settings)) return { order };
	const hours = Number(settings.hours_to_decide);
	if (!(hours > 0)) return { refusal: 'hours' };
	// What waits is kept in the tables, and no table holds the number of a card.
	if (hasCard(order)) return { refusal: 'card' };
	const request: Ordered = {
		...pickPayout(order),
		outcome: 'waiting_for_approval',
		outcome_at: now,
		ordered_at: now,
		message: asText(checked.warnings),
		next_step: 'A second person approves or declines it by its link.',
		session_id: '',
		payout_id: '',
		// With the applicant's id, because people can change their e-mail address in n8n.
		approval_code: `${random}.${person.id}`,
		decide_until: new Date(Date.parse(now) + hours * 3_600_000).toISOString(),
	};
	return { request };
}

/** Also where it is not certain, and where the check has found something to look at. */
function needsTwoPersons({ amount, currency, warnings }: TableRow, settings: TableRow): boolean {
	const { two_persons_above: limit } = settings;
	const isSmall = typeof amount === 'number' && typeof limit === 'number' && amount <= limit;
	return !isSmall || normalize(currency) !== normalize(settings.currency) || Boolean(warnings);
}

/** Finds the request that a person may decide on by the reference and the code of a link, or why not. */
export function openRequest(
	{ ordered, reported }: Entry,
	code: string,
	person: ReturnType<typeof readPerson>,
	settings: TableRow,
	now: Timestamp,
): { request: Ordered; by: string } | { refusal: Refusal } {
	const isOwnCode = code !== '' && ordered?.approval_code === code;
	if (!isOwnCode) return { refusal: 'no_request' };
	if (reported || ordered.outcome !== 'waiting_for_approval') return { refusal: 'decided' };
	if (!((ordered.decide_until ?? '') > now)) return { refusal: 'too_late' };
	const applicant = normalize(ordered.requested_by);
	if (!person || applicant === '') return { refusal: 'stranger' };
	const { id, email: by } = person;
	if (by === applicant || code.endsWith(`.${id}`)) return { refusal: 'own_request' };
	const approvers = normalize(settings.approvers).match(/[^\s,;]+/g);
	if (approvers && !approvers.includes(by)) return { refusal: 'no_approver' };
	return ordered.columns ? { request: ordered, by } : { refusal: 'no_request' };
}

/**
 * Decides on a request. What was approved is sent as it was asked for; what was declined keeps nothing
 * that could be sent, and its order only tells whether another run is sending it.
 */
export function decideRequest(
	reference: string,
	request: Ordered,
	word: 'approval' | 'decline',
	by: string,
	message: string,
	at: Timestamp,
): { event: LedgerEvent; order: Order } {
	const [event, outcome, columns] =
		word === 'approval'
			? (['approve', 'approved', request.columns] as const)
			: (['decline', 'declined', undefined] as const);
	const decided = { outcome, outcome_at: at, decided_by: by, message, next_step: '', columns };
	const ordered: Ordered = { ...request, ...decided };
	const order = { ...pickPayout(ordered), reference, position: 0, word, looked_at: at };
	return {
		event: { reference, event, by, run: '', entry: { ordered } },
		order: { ...order, columns: columns ?? {} },
	};
}
