/** Delivered: answered with HTTP 200. Given up: not sent again. Waiting: everything before that. */
export type DeliveryState = 'waiting' | 'delivered' | 'given_up';

/** One try to deliver a webhook. */
export interface WebhookAttempt {
	/** When it was made, ISO 8601. */
	at: string;
	/** Milliseconds since the first try, by the clock of the redeliveries (see `clockSpeed`). */
	afterMs: number;
	url: string;
	/** The HTTP status of the answer; null when there was none. */
	status: number | null;
	/** Why there was no answer, for example `ECONNREFUSED`; null when there was one. */
	error: string | null;
	/** The beginning of the answer's body. */
	answer: string;
}

/** What is told in a webhook. */
export interface Parcel {
	type: string;
	/** Null when the body does not say. */
	sessionId: string | null;
	/** The ids of all payouts, or incoming payments, in the session. */
	payoutIds: string[];
	/** The bytes that a genuine signature belongs to. */
	body: Buffer;
}

/** A webhook and what became of it. */
export interface WebhookDelivery extends Omit<Parcel, 'body'> {
	/** Counts from 1 since the start or the last reset. */
	number: number;
	/** When it was due, ISO 8601. */
	at: string;
	/** The name of the forgery it was sent with, if any. */
	forgery: string | null;
	/** The number of the webhook that it is a duplicate of, if any. */
	copyOf: number | null;
	/** The body as UTF-8, before any forgery. */
	body: string;
	state: DeliveryState;
	attempts: WebhookAttempt[];
	/** When it is sent again, in milliseconds since the first try; null when it is not. */
	nextAfterMs: number | null;
}

/** What goes over the wire. */
export interface Sealed {
	bytes: Buffer;
	/** Null leaves a header out, several values send it several times. */
	headers: Readonly<Record<string, string | string[] | null>>;
}

/** How a webhook is to be delivered. */
export interface Handling {
	forgery: string | null;
	copyOf: number | null;
	/** Where to, instead of to the URL in the settings. */
	url: string | null;
	/** Whether it is sent again until it is answered with HTTP 200. */
	redeliver: boolean;
	/** Signs the body, or does something worse to it. */
	seal: (body: Buffer) => Promise<Sealed>;
}

/** A webhook as it is kept; the text of the body is made when somebody asks for it. */
export interface DeliveryEntry extends Omit<WebhookDelivery, 'body'> {
	readonly body: Buffer;
	readonly handling: Handling;
	/** Milliseconds since the first try: the gaps by the redeliveries' clock, the rest as it was. */
	elapsedMs: number;
	/** Made once, so that every try sends the same bytes. */
	sealed: Promise<Sealed> | null;
}

/** Exact counts over all webhooks, also those that are not kept any more. */
export interface WebhookCounters {
	/** Events that nobody was told about, because there was no URL. */
	withoutUrl: number;
	deliveries: number;
	waiting: number;
	delivered: number;
	givenUp: number;
	attempts: number;
	/** How many tries met each HTTP status, or `no_answer`. */
	statuses: Record<string, number>;
	/** How many webhooks there were of each type. */
	types: Record<string, number>;
}

/**
 * Copies an entry for reading.
 *
 * @param entry the entry
 * @returns what people and tests may see of it
 */
export function deliveryView(entry: DeliveryEntry): WebhookDelivery {
	const { number, at, type, sessionId, forgery, copyOf, state, nextAfterMs } = entry;
	return {
		...{ number, at, type, sessionId },
		payoutIds: [...entry.payoutIds],
		...{ forgery, copyOf },
		body: entry.body.toString('utf8'),
		state,
		attempts: entry.attempts.map((attempt) => ({ ...attempt })),
		nextAfterMs,
	};
}
