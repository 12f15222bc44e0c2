import { sessionAnswer } from '../ledger/answer.mts';
import type { Session } from '../ledger/session.mts';
import { type Version, versionNames } from '../versions.mts';
import type { Parcel } from './delivery.mts';

/** What a version calls the incoming payments of a session (/docs/reference/webhooks). */
export const incomingNames = {
	v1: 'acquiring_payments',
	v2: 'payment_list',
} as const satisfies Record<Version, string>;

const listNames = [
	...Object.values(versionNames).map((names) => names.payouts),
	...Object.values(incomingNames),
];

/** Fields that no documentation knows. Receivers must put up with them. */
export const extraFields = { added_later: { anything: [1, 'two', null] } };

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listsOf(session: Json): [string, unknown[]][] {
	return listNames.flatMap((name) => {
		const list = session[name];
		return Array.isArray(list) ? [[name, list] as [string, unknown[]]] : [];
	});
}

function payoutIdsIn(session: Json): string[] {
	return listsOf(session)
		.flatMap(([, list]) => list)
		.flatMap((part) => (isObject(part) && typeof part.id === 'string' ? [part.id] : []));
}

function enlarged(session: Json): Json {
	const lists = listsOf(session).map(([name, list]) => [
		name,
		list.map((part) => (isObject(part) ? { ...part, ...extraFields } : part)),
	]);
	return { ...session, ...Object.fromEntries(lists), ...extraFields };
}

/**
 * Writes a webhook.
 *
 * @param type its type, any text
 * @param session the session object, sent as it is
 * @param withExtraFields whether fields that no documentation knows are added everywhere
 * @returns the webhook, ready to be signed
 */
export function writeParcel(type: string, session: Json, withExtraFields = false): Parcel {
	const told = withExtraFields
		? { type, session: enlarged(session), ...extraFields }
		: { type, session };
	return {
		type,
		sessionId: typeof session.id === 'string' ? session.id : null,
		payoutIds: payoutIdsIn(session),
		body: Buffer.from(JSON.stringify(told)),
	};
}

/**
 * Writes a session of the sandbox as it is at this moment.
 *
 * @param session the session
 * @param names whose names are used: a version's, or those of the session's own version
 * @returns the session object of a webhook
 */
export function sessionNow(session: Session, names: Version | 'session'): Json {
	return sessionAnswer(session, names === 'session' ? session.version : names);
}

/**
 * Takes any text for a webhook's body.
 *
 * @param text the body; it need not be JSON
 * @returns the webhook; its type is `-` when the text does not say
 */
export function parcelOfText(text: string): Parcel {
	const body = Buffer.from(text);
	let told: unknown;
	try {
		told = JSON.parse(text);
	} catch {
		told = {};
	}
	const { type, session } = isObject(told) ? told : {};
	const known = isObject(session) ? session : {};
	return {
		type: typeof type === 'string' ? type : '-',
		sessionId: typeof known.id === 'string' ? known.id : null,
		payoutIds: payoutIdsIn(known),
		body,
	};
}
