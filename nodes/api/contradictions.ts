import type { IDataObject } from 'n8n-workflow';
import { normalize } from '../payout/text/characters';
import { asObject, asText, parseJson } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { showValue } from '../payout/text/shownValue';
import type { PreparedRequest } from './request';
import { isMissing, listPayouts, readMetadataReference } from './sessions';

/** What a response says differently from its request; `status` where it says both yes and no. */
export interface Contradiction {
	about: 'session' | 'reference' | 'amount' | 'status';
	/** As the request has it, and as the response has it; for people. */
	expected: string;
	shown: string;
}

/** What a request says that its response must not contradict. */
export type SentRequest = Pick<PreparedRequest, 'body' | 'sessionId'>;

/** The longest that a value is shown to people. */
const MAX_SHOWN = 64;

/**
 * Finds out whether a response with a session says no as well, or is about something else than its
 * request: another session, another reference in the metadata, another amount in the currency of the
 * order. What is missing contradicts nothing, nor does another currency: a payout can be converted
 * (131, /en/payouts/payout-currency).
 */
export function findContradiction(
	answered: JsonObject,
	{ body, sessionId }: SentRequest,
): Contradiction | undefined {
	const { error, errors = [] } = answered;
	const hasErrors = Array.isArray(errors) ? errors.length > 0 : !isMissing(errors);
	if (!isMissing(error) || hasErrors) return contradict('status', 'ok', 'error');
	const session = asObject(answered.session) as IDataObject;
	const ids = [sessionId, answered.session_id].filter((id) => !isMissing(id)).map(String);
	const other = ids.find((id) => id !== String(session.id));
	if (other !== undefined) return contradict('session', other, String(session.id));

	const payouts = listPayouts(session);
	const reference = findReference(body.metadata);
	const matching = payouts.filter(
		({ metadata }) => reference !== undefined && findReference(metadata) === reference,
	);
	const candidates = matching.length > 0 ? matching : payouts;
	const found = candidates.map((payout) => compare(payout, body));
	if (found.length > 0 && found.every(Boolean)) return found.at(-1);

	// A session that existed before can have other data than the payout that was started in it.
	const isOlder = sessionId !== undefined && matching.length > 0;
	return isOlder ? undefined : compare(session, body);
}

/** Compares a payout, or the session itself, with what was ordered. */
function compare(shown: IDataObject, body: JsonObject): Contradiction | undefined {
	const [expected, found] = [findReference(body.metadata), findReference(shown.metadata)];
	if (expected !== undefined && found !== undefined && expected !== found) {
		return contradict('reference', expected, found);
	}
	const ordered = normalizeAmount(body.amount_details);
	const answered = normalizeAmount(shown.amount_details);
	const isSameCurrency = ordered.currency !== '' && ordered.currency === answered.currency;
	if (!isSameCurrency || ordered.amount === '' || answered.amount === '') return undefined;
	if (ordered.amount === answered.amount) return undefined;
	const { currency } = ordered;
	return contradict('amount', `${ordered.amount} ${currency}`, `${answered.amount} ${currency}`);
}

function contradict(about: Contradiction['about'], expected: string, shown: string): Contradiction {
	return { about, expected: showValue(expected, MAX_SHOWN), shown: showValue(shown, MAX_SHOWN) };
}

/** The reference in metadata, which can come back as JSON text. */
function findReference(metadata: unknown): string | undefined {
	const isJson = typeof metadata === 'string' && /^\s*\{/.test(metadata);
	const reference = readMetadataReference((isJson && parseJson(metadata)) || metadata)?.trim();
	return reference ? normalize(reference) : undefined;
}

/** Digits of minor units, as number or text; anything else stays as it is, so that it never matches. */
function normalizeAmount(details: unknown): { amount: string; currency: string } {
	const { amount, currency } = asObject(details);
	const text = typeof amount === 'string' ? amount.trim() : JSON.stringify(amount ?? '');
	return {
		amount: text.replace(/^""$|^0+(?=\d)|\.0+$/g, ''),
		currency: asText(currency).trim().toUpperCase(),
	};
}
