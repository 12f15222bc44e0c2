import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Metadata } from '../ledger/session.mts';
import type { Version } from '../versions.mts';
import type { Handling, Sealed } from './delivery.mts';
import type { ExampleName } from './examples.mts';
import { forge, type ForgeryName } from './forgeries.mts';
import type { Signer } from './signing.mts';

/** A webhook to be sent now. What it tells comes from the first of these that is given. */
export interface WebhookRequest {
	/** The number of a kept webhook: a duplicate of it is sent. */
	again?: number;
	/** The whole body, any text. */
	body?: string;
	/** A session object, sent as it is. */
	session?: Readonly<Record<string, unknown>>;
	/** A session of the sandbox, as it is at this moment. */
	sessionId?: string;
	/** A ready-made webhook by name; without any of these, the one that fits the type. */
	example?: ExampleName;
	/** Any text. The example's own when left out, else `payment_finished`. */
	type?: string;
	/** The metadata of an example's payouts; `INV-<number>` when left out. */
	reference?: Metadata;
	/** Whose names are used in a session of the sandbox or an example. */
	names?: Version;
	/** Adds fields that no documentation knows to everything but a text or a duplicate. */
	extraFields?: boolean;
	/** What is wrong about it; nothing when left out. */
	forge?: ForgeryName;
	/** Compresses the bytes after signing, as a proxy can. */
	gzip?: boolean;
	/** Headers on top of the usual ones; null leaves one out. */
	headers?: Readonly<Record<string, string | null>>;
	/** Where to, instead of to the URL in the settings. */
	url?: string;
	/** Whether it is sent again until answered with HTTP 200; not for a forgery unless asked. */
	redeliver?: boolean;
}

/** In which order several webhooks are sent. Shuffling is seeded, so a run can be repeated. */
export const webhookOrders = ['as_happened', 'reversed', 'shuffled'] as const;

export type WebhookOrder = (typeof webhookOrders)[number];

/** Which kept webhooks are to be sent again, as duplicates. */
export interface ResendRequest {
	/** Only those of this session. */
	sessionId?: string;
	/** Only those of this type. */
	type?: string;
	/** How many duplicates of each, one round after the other; 1 when left out. */
	times?: number;
	order?: WebhookOrder;
}

function withHeaders(sealed: Sealed, headers: WebhookRequest['headers'] = {}): Sealed {
	const replaced = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
	const kept = Object.entries(sealed.headers).filter(([name]) => !replaced.has(name.toLowerCase()));
	return { ...sealed, headers: { ...Object.fromEntries(kept), ...headers } };
}

async function compressed({ bytes, headers }: Sealed): Promise<Sealed> {
	return {
		bytes: await promisify(gzip)(bytes),
		headers: { ...headers, 'Content-Encoding': 'gzip' },
	};
}

/**
 * Says how a webhook that was asked for is to be delivered.
 *
 * @param request what was asked for
 * @param signer makes the signatures
 * @returns how to sign it, where to send it, and whether to send it again
 */
export function handlingOf(request: WebhookRequest, signer: Signer): Handling {
	const { forge: forgery } = request;
	return {
		forgery: forgery ?? null,
		copyOf: request.again ?? null,
		url: request.url ?? null,
		redeliver: request.redeliver ?? forgery === undefined,
		seal: async (body) => {
			const sealed = await (forgery ? forge(forgery, body, signer) : signer.seal(body));
			return withHeaders(request.gzip ? await compressed(sealed) : sealed, request.headers);
		},
	};
}

/**
 * Puts things into an order.
 *
 * @param list the things, as they happened
 * @param order the order
 * @param random gives numbers from 0 up to, but not including, 1
 * @returns a new list
 */
export function inOrder<T>(list: readonly T[], order: WebhookOrder, random: () => number): T[] {
	const ordered = [...list];
	if (order === 'reversed') ordered.reverse();
	if (order !== 'shuffled') return ordered;
	for (let end = ordered.length - 1; end > 0; end -= 1) {
		const other = Math.floor(random() * (end + 1));
		[ordered[end], ordered[other]] = [ordered[other] as T, ordered[end] as T];
	}
	return ordered;
}
