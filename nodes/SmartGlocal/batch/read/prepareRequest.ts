import type { PreparedRequest } from '../../../api/request';
import { buildPayout } from '../../../payout/buildPayout';
import type { Payout, PayoutRow } from '../../../payout/buildPayout';
import { listWarnings } from '../../../payout/reviewPayout';
import { checkReferenceAgainst } from '../../../payout/formats/reference';
import { readSessionId } from '../../../payout/formats/sessionId';
import { readJsonPayout } from '../../../payout/json/jsonBody';
import type { JsonPurpose } from '../../../payout/json/jsonBody';
import { asObject } from '../../../payout/json/jsonObject';
import { readMinimums } from '../../../payout/money/minimums';
import { ValidationError } from '../../../payout/validationError';
import type { Row } from './readParameters';

/** Prepares an order. Throws, as the others here, a `ValidationError` that names all that is wrong. */
export function prepareInit(row: Row): PreparedRequest {
	return toOrder(row, readPayout(row, 'order'));
}

/** Prepares an order in a session that exists, which may hold the data already. */
export function prepareStart(row: Row): PreparedRequest {
	const sessionId = readSession(row);
	const prepared = toOrder(row, readPayout(row, 'start'));
	const session = { session_id: sessionId };
	// A session in a body that the user wrote must not win over the one that the row names.
	return { ...prepared, sessionId, body: { ...session, ...prepared.body, ...session } };
}

/** Prepares a new session, without an idempotency key: it costs nothing, and the start needs the key. */
export function prepareCreation(row: Row): PreparedRequest {
	const version = row.read('options.apiVersion');
	if (row.read('specify') === 'none') return { version, reference: '', body: {} };
	const { reference, body } = readPayout(row, 'session');
	return { version, reference, body };
}

/** Prepares a request that holds a session's id and nothing else. */
export function prepareForSession(row: Row): PreparedRequest {
	const sessionId = readSession(row);
	const version = row.read('options.apiVersion');
	return { version, reference: '', sessionId, body: { session_id: sessionId } };
}

/** Prepares the request for the balance of this moment, in ISO 8601 with an offset. */
export function prepareBalance(row?: Row): PreparedRequest {
	const minimums = row?.read('options.minimums');
	const now = new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
	// The wallet has no v2 (API reference, section 1).
	const request = { version: 'v1', reference: '', body: { request_datetime: now } } as const;
	return minimums === undefined
		? request
		: { ...request, minimums: readMinimums(String(minimums)) ?? [] };
}

function toOrder(row: Row, { body, reference, ...payout }: Payout): PreparedRequest {
	// A body written as in the API reference is always in minor units.
	const unit = row.read('specify') === 'json' ? 'minor' : row.read('amountUnit');
	const warnings = listWarnings(body, payout.currency);
	const order = { ...payout, unit, ...(warnings.length > 0 && { warnings }) };
	return { version: row.read('options.apiVersion'), reference, body, order };
}

/** Reads the row's payout as 'Specify Payout' says: by fields, as JSON, or not at all. */
function readPayout(row: Row, purpose: JsonPurpose): Payout {
	const specify = row.read('specify');
	if (purpose === 'order' && specify === 'none') {
		const message =
			"'Specify Payout' is 'none', but there is no session that holds the payout's data. Correct the setting or its expression.";
		throw new ValidationError([{ field: 'specify', message }]);
	}
	const payout =
		specify === 'fields'
			? buildPayout(readPayoutRow(row))
			: readJsonPayout(
					{
						reference: row.read('reference'),
						body: specify === 'json' ? readBody(row) : undefined,
						evaluate: (expression) => row.evaluate('body', expression),
					},
					purpose,
				);
	if ('problems' in payout) throw new ValidationError(payout.problems);
	const problem = checkReferenceAgainst(payout.reference, payout.body);
	if (problem) throw new ValidationError([problem]);
	return payout;
}

/** A text that is a template, or any other value. Undefined would mean that the session has the body. */
function readBody(row: Row): unknown {
	const written = row.readTemplate('body');
	return typeof written === 'string' ? written : (row.read('body') ?? null);
}

function readPayoutRow(row: Row): PayoutRow {
	const toColumns = (sender: object) =>
		Object.fromEntries(Object.entries(sender).map(([name, value]) => [`sender_${name}`, value]));
	// In automatic mode the item itself is the row, so that no expression is evaluated at all.
	const isAutomatic = row.read('payout.mappingMode') === 'autoMapInputData';
	const columns = isAutomatic ? row.json : asObject(row.read('payout.value'));
	// Undefined is what an expression gives that found no column; an empty cell is null or ''.
	const findsNothing = !isAutomatic && 'currency' in columns && columns.currency === undefined;
	return {
		columns,
		destination: row.read('destination') ?? '',
		currency: findsNothing ? undefined : row.read('currency'),
		amountUnit: row.read('amountUnit'),
		sender: toColumns(row.read('sender')),
		senderOfCredential: toColumns(asObject(asObject(row.credentials.sender).company)),
		additional: row.read('additionalFields'),
	};
}

function readSession(row: Row): string {
	const read = readSessionId(row.read('sessionId'));
	if ('value' in read) return read.value;
	throw new ValidationError([{ field: 'sessionId', message: read.problem }]);
}
