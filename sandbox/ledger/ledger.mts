import { EventEmitter } from 'node:events';
import { Refusal } from '../errors.mts';
import type { Settings } from '../settings.mts';
import { timestamp } from '../timestamps.mts';
import type { Version } from '../versions.mts';
import { Books } from './books.mts';
import { describeDestination, reduceDestination } from './destination.mts';
import {
	type Payout,
	type PayoutOrder,
	referenceIn,
	type Session,
	type SessionStatus,
} from './session.mts';
import { Timers } from './timers.mts';
import { Wallets } from './wallets.mts';

/** The changes of a payout that Smart Glocal tells merchants about (/docs/reference/webhooks). */
export type LedgerEvents = {
	ready_to_confirm: [Session, Payout];
	payment_finished: [Session, Payout];
	payment_refunded: [Session, Payout];
};

/** The sessions, payouts and money of the sandbox. Its steps through time are in lifecycle.mts. */
export class Ledger {
	readonly books = new Books();
	readonly wallets: Wallets;
	readonly timers = new Timers();
	readonly events = new EventEmitter<LedgerEvents>();
	private readonly sessions = new Map<string, Session>();
	private readonly owners = new Map<string, Session>();
	private numbers = { session: 0, payout: 0, refund: 0 };

	constructor(
		readonly settings: Settings,
		balances: Readonly<Record<string, number>>,
	) {
		this.wallets = new Wallets(balances);
	}

	/** Forgets all sessions and payouts and puts back the balances of the start. */
	reset(): void {
		this.timers.clear();
		this.books.clear();
		this.sessions.clear();
		this.owners.clear();
		this.wallets.reset();
		this.numbers = { session: 0, payout: 0, refund: 0 };
	}

	/**
	 * Opens a session.
	 *
	 * @param project the project it belongs to
	 * @param version the version of the request
	 * @param draft what is already known about the payout
	 * @returns the session, with status `created`
	 */
	openSession(project: string, version: Version, draft: Partial<PayoutOrder>): Session {
		this.numbers.session += 1;
		const now = timestamp();
		const session: Session = {
			id: `ps_${this.numbers.session}`,
			project,
			version,
			createdAt: now,
			updatedAt: now,
			status: 'created',
			draft,
			payouts: [],
		};
		this.sessions.set(session.id, session);
		return session;
	}

	/**
	 * Finds a session of a project.
	 *
	 * @param project the project that asks
	 * @param id the session's id
	 * @throws Refusal `invalid_request` when this project has no such session
	 */
	sessionOf(project: string, id: string): Session {
		const session = this.sessions.get(id);
		if (session === undefined || session.project !== project) {
			throw new Refusal('invalid_request', `session_id: there is no session ${id}.`);
		}
		return session;
	}

	/**
	 * Finds a session for the person who runs the sandbox.
	 *
	 * @param id the session's id
	 * @throws Refusal `invalid_request` when there is no such session
	 */
	session(id: string): Session {
		const session = this.sessions.get(id);
		if (session !== undefined) return session;
		throw new Refusal('invalid_request', `There is no session ${id}.`);
	}

	/**
	 * Finds a payout for the person who runs the sandbox.
	 *
	 * @param id the payout's id
	 * @returns the payout and its session, or undefined
	 */
	payout(id: string): { session: Session; payout: Payout } | undefined {
		const session = this.owners.get(id);
		const payout = session?.payouts.find((candidate) => candidate.id === id);
		return session && payout && { session, payout };
	}

	/**
	 * Accepts a payout order: takes the money and writes the books, both at once.
	 *
	 * @param session the session it belongs to
	 * @param order the complete, checked order
	 * @param idempotencyKey the key of the request, if it had one
	 * @returns the payout, with status `in_progress`
	 * @throws Refusal `insufficient_wallet_balance`; nothing is booked then
	 */
	accept(session: Session, order: PayoutOrder, idempotencyKey: string | null): Payout {
		const { amount, currency } = order.amount_details;
		this.wallets.take(amount, currency);
		this.numbers.payout += 1;
		const payout: Payout = {
			id: `po_${this.numbers.payout}`,
			order,
			createdAt: timestamp(),
			status: 'in_progress',
			decided: false,
			returns: [],
		};
		session.payouts.push(payout);
		this.owners.set(payout.id, session);
		this.touch(session, 'in_progress');
		this.books.record({
			payoutId: payout.id,
			sessionId: session.id,
			project: session.project,
			idempotencyKey,
			reference: referenceIn(order.metadata),
			amount,
			currency,
			status: payout.status,
			returned: 0,
			destination: describeDestination(
				reduceDestination(order.destination),
				order.participant_details?.recipient?.country_iso3,
			),
		});
		return payout;
	}

	/** Numbers a payout that came back, for example `rf_1`. */
	nextRefundId(): string {
		this.numbers.refund += 1;
		return `rf_${this.numbers.refund}`;
	}

	/**
	 * Sets a session's status and the moment of its last change.
	 *
	 * @param session the session
	 * @param status its new status
	 */
	touch(session: Session, status: SessionStatus): void {
		session.status = status;
		session.updatedAt = timestamp();
		if (status === 'accepted' || status === 'cancelled') session.finishedAt = session.updatedAt;
	}
}
