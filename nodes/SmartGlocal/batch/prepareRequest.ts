import type { PreparedRequest } from '../../api/request';
import { buildPayout } from '../payout/buildPayout';
import type { Payout } from '../payout/buildPayout';
import { readJsonPayout } from '../payout/jsonBody';
import { checkReferenceAgainst } from '../payout/reference';
import { cleanText } from '../payout/text';
import { ValidationError } from '../payout/validationError';
import { readPayoutRow } from './payoutRow';
import type { Row } from './readParameters';

/**
 * Prepares an order: the row holds the account and the amount.
 *
 * @throws {ValidationError} that names everything that is wrong with the row
 */
export function prepareInit(row: Row): PreparedRequest {
	return toOrder(row, readPayout(row, true));
}

/** Prepares an order in a session that exists, which may hold the data already. Throws likewise. */
export function prepareStart(row: Row): PreparedRequest {
	const sessionId = readSessionId(row);
	const prepared = toOrder(row, readPayout(row, false));
	const session = { session_id: sessionId };
	// A session in a body that the user wrote must not win over the one that the row names.
	return { ...prepared, sessionId, body: { ...session, ...prepared.body, ...session } };
}

/**
 * Prepares a new session, empty or with a payout's data. It carries no idempotency key: a session in
 * which nothing was started costs nothing, and the key is kept for the start. Throws likewise.
 */
export function prepareCreation(row: Row): PreparedRequest {
	const version = row.read('options.apiVersion');
	if (row.read('specify') === 'none') return { version, reference: '', body: {} };
	const { reference, body } = readPayout(row, false);
	return { version, reference, body };
}

/** Prepares a request that holds a session's id and nothing else. Throws likewise. */
export function prepareForSession(row: Row): PreparedRequest {
	const sessionId = readSessionId(row);
	const version = row.read('options.apiVersion');
	return { version, reference: '', sessionId, body: { session_id: sessionId } };
}

/** Prepares the request for the balance of this moment, in ISO 8601 with an offset. */
export function prepareBalance(): PreparedRequest {
	const now = new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
	// The wallet has no v2 (API reference, section 1).
	return { version: 'v1', reference: '', body: { request_datetime: now } };
}

function toOrder(row: Row, { body, reference, ...order }: Payout): PreparedRequest {
	return { version: row.read('options.apiVersion'), reference, body, order };
}

/**
 * Reads the row's payout in the way that 'Specify Payout' says: field by field, as a whole request
 * body, or not at all because the session holds it.
 *
 * @param isComplete whether the row must hold the account and the amount
 */
function readPayout(row: Row, isComplete: boolean): Payout {
	const specify = row.read('specify');
	const payout =
		specify === 'fields'
			? buildPayout(readPayoutRow(row))
			: readJsonPayout(
					{
						reference: row.read('reference'),
						body: specify === 'json' ? row.read('body') : undefined,
					},
					isComplete,
				);
	if ('problems' in payout) throw new ValidationError(payout.problems, payout.reference);
	const problem = checkReferenceAgainst(payout.reference, payout.body);
	if (problem) throw new ValidationError([problem]);
	return payout;
}

function readSessionId(row: Row): string {
	const value = row.read('sessionId');
	const id = typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : '';
	if (id !== '') return id;
	const message =
		"The 'Session ID' is empty. Map the column that holds it, as in {{ $json.session_id }}.";
	throw new ValidationError([{ field: 'sessionId', message }]);
}
