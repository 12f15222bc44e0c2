/** Delivered: HTTP 200 was the response. Given up: no redelivery follows. Waiting: in between. */
type DeliveryState = 'waiting' | 'delivered' | 'given_up';

/** One attempt to deliver a webhook. */
export interface DeliveryAttempt {
	/** When it was made, ISO 8601. */
	at: string;
	/** Milliseconds since the first attempt, by the clock of the redeliveries. */
	afterMs: number;
	/** The HTTP status of the response; null when there was none. */
	status: number | null;
	/** Why there was no response, for example `ECONNREFUSED`; null when there was one. */
	error: string | null;
}

/** A webhook, its attempts and its state. */
export interface WebhookDelivery {
	/** Counts from 1 since the start or the last reset. */
	number: number;
	/** When the payout changed, ISO 8601. */
	at: string;
	type: string;
	sessionId: string;
	/** The ids of all payouts in the session. */
	payoutIds: string[];
	/** The signed body as UTF-8. */
	body: string;
	state: DeliveryState;
	attempts: DeliveryAttempt[];
	/** When the next attempt is made, in milliseconds since the first; null when there is none. */
	nextAfterMs: number | null;
}

/** A webhook while it is being delivered. */
export interface DeliveryEntry extends WebhookDelivery {
	/** Milliseconds since the first attempt: the gaps as the clock runs, the rest in real time. */
	elapsedMs: number;
	/** When it entered the queue, in milliseconds of `performance.now()`. */
	queuedAt: number;
}
