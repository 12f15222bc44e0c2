import type {
	DeliveryEntry,
	DeliveryState,
	Handling,
	Parcel,
	WebhookAttempt,
	WebhookCounters,
} from './delivery.mts';

const counterOf = {
	waiting: 'waiting',
	delivered: 'delivered',
	given_up: 'givenUp',
} as const satisfies Record<DeliveryState, keyof WebhookCounters>;

/** Keeps the latest webhooks and counts all of them. */
export class DeliveryLog {
	private kept: DeliveryEntry[] = [];
	private counts = emptyCounters();

	constructor(private readonly keep: number) {}

	/**
	 * Numbers a webhook and keeps it, dropping the oldest one when there are too many.
	 *
	 * @param parcel what it tells
	 * @param handling how it is to be delivered
	 * @returns the entry, with state `waiting` and no try yet
	 */
	add({ type, sessionId, payoutIds, body }: Parcel, handling: Handling): DeliveryEntry {
		this.counts.deliveries += 1;
		this.counts.waiting += 1;
		increase(this.counts.types, type);
		const entry: DeliveryEntry = {
			number: this.counts.deliveries,
			at: new Date().toISOString(),
			...{ type, sessionId, payoutIds: [...payoutIds], body },
			forgery: handling.forgery,
			copyOf: handling.copyOf,
			state: 'waiting',
			attempts: [],
			nextAfterMs: 0,
			handling,
			elapsedMs: 0,
			sealed: null,
		};
		if (this.keep > 0) this.kept.push(entry);
		if (this.kept.length > this.keep) this.kept.shift();
		return entry;
	}

	/** Notes that somebody should have been told something, but there is no URL. */
	addWithoutUrl(): void {
		this.counts.withoutUrl += 1;
	}

	/**
	 * Notes a try.
	 *
	 * @param entry the webhook
	 * @param attempt what came of it
	 */
	addAttempt(entry: DeliveryEntry, attempt: WebhookAttempt): void {
		entry.attempts.push(attempt);
		this.counts.attempts += 1;
		increase(this.counts.statuses, String(attempt.status ?? 'no_answer'));
	}

	/**
	 * Notes that a webhook will not be sent again.
	 *
	 * @param entry a webhook that was waiting
	 * @param state what became of it
	 */
	finish(entry: DeliveryEntry, state: 'delivered' | 'given_up'): void {
		entry.state = state;
		entry.nextAfterMs = null;
		entry.sealed = null;
		this.counts.waiting -= 1;
		this.counts[counterOf[state]] += 1;
	}

	/** The kept webhooks themselves, oldest first. */
	entries(): readonly DeliveryEntry[] {
		return this.kept;
	}

	/** The counters, as copies. */
	counters(): WebhookCounters {
		const { statuses, types, ...numbers } = this.counts;
		return { ...numbers, statuses: { ...statuses }, types: { ...types } };
	}

	/** Forgets everything and counts from 1 again. */
	clear(): void {
		this.kept = [];
		this.counts = emptyCounters();
	}
}

function emptyCounters(): WebhookCounters {
	return {
		withoutUrl: 0,
		deliveries: 0,
		waiting: 0,
		delivered: 0,
		givenUp: 0,
		attempts: 0,
		statuses: {},
		types: {},
	};
}

function increase(counts: Record<string, number>, name: string): void {
	counts[name] = (counts[name] ?? 0) + 1;
}
