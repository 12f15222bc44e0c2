import { EventEmitter } from 'node:events';
import { Clock } from '../clock.mts';
import { Rejection } from '../errors.mts';
import type { Balances, Settings } from '../settings.mts';
import type { Version } from '../versions.mts';
import { Books } from './books.mts';
import { describeDestination, reduceDestination } from './destination.mts';
import { referenceIn } from './session.mts';
import type { SessionPayout, PayoutOrder, Session, SessionStatus } from './session.mts';
import { Wallets } from './wallets.mts';

/** The changes of a payout that Smart Glocal sends webhooks for (/docs/reference/webhooks). */
export type LedgerEvents = {
	ready_to_confirm: [Session];
	payment_finished: [Session];
	payment_refunded: [Session];
};

const NO_NUMBERS = { session: 0, payout: 0, refund: 0 };

/** The sessions, payouts and money of the sandbox. lifecycle.mts moves them through time. */
export class Ledger {
	readonly books = new Books();
	readonly wallets: Wallets;
	readonly clock = new Clock();
	readonly events = new EventEmitter<LedgerEvents>();
	private readonly sessions = new Map<string, Session>();
	/** The session of each payout, by the payout's id. */
	private readonly sessionsByPayout = new Map<string, Session>();
	private lastNumbers = { ...NO_NUMBERS };

	constructor(
		readonly settings: Settings,
		balances: Balances,
	) {
		this.wallets = new Wallets(balances);
	}

	/** Forgets all sessions and payouts, and restores the initial balances. */
	reset(): void {
		this.clock.clear();
		this.books.clear();
		this.sessions.clear();
		this.sessionsByPayout.clear();
		this.wallets.reset();
		this.lastNumbers = { ...NO_NUMBERS };
	}

	/** Opens a session with status `created`; the draft holds what is known about the payout. */
	openSession(project: string, version: Version, draft: Partial<PayoutOrder>): Session {
		const now = this.timestamp();
		const session: Session = {
			id: this.nextId('session', 'ps'),
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

	/** Finds a session. Throws the rejection `invalid_request` when the project has no such session. */
	session(project: string, id: string): Session {
		const session = this.sessions.get(id);
		if (session?.project === project) return session;
		throw new Rejection('invalid_request', `session_id: there is no session ${id}.`);
	}

	/** Finds a payout of any project, with its session. */
	payout(id: string): { session: Session; payout: SessionPayout } | undefined {
		const session = this.sessionsByPayout.get(id);
		const payout = session?.payouts.find((candidate) => candidate.id === id);
		return session && payout && { session, payout };
	}

	/**
	 * Accepts a complete, checked order: takes the money and writes the books, both at once.
	 *
	 * @returns the payout, with status `in_progress`
	 * @throws Rejection `insufficient_wallet_balance`; nothing changes then
	 */
	accept(session: Session, order: PayoutOrder, idempotencyKey: string | null): SessionPayout {
		const { amount, currency } = order.amount_details;
		this.wallets.take(amount, currency);
		const payout: SessionPayout = {
			id: this.nextId('payout', 'po'),
			order,
			createdAt: this.timestamp(),
			status: 'in_progress',
			decided: false,
			refunds: [],
		};
		session.payouts.push(payout);
		this.sessionsByPayout.set(payout.id, session);
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

	/** Sets a session's status and the time of its last change. */
	touch(session: Session, status: SessionStatus): void {
		session.status = status;
		session.updatedAt = this.timestamp();
		if (status === 'accepted' || status === 'cancelled') session.finishedAt = session.updatedAt;
	}

	/** The time as the API writes it: ISO 8601 in UTC with microseconds and `Z`. */
	timestamp(): string {
		return new Date().toISOString().replace('Z', '000Z');
	}

	/** Makes the next id, for example `rf_1`. */
	nextId(kind: keyof typeof NO_NUMBERS, prefix: string): string {
		this.lastNumbers[kind] += 1;
		return `${prefix}_${this.lastNumbers[kind]}`;
	}
}
