import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { buildPayout } from '../../payout/buildPayout';
import type { Payout } from '../../payout/buildPayout';
import type { RowProblem } from '../../payout/columns';
import { readJsonPayout } from '../../payout/jsonBody';
import { createRefusal } from '../../transport/errors';
import type { RowContext } from '../../transport/rowContext';
import { rememberFacts } from '../../transport/rowFacts';
import { withVersion } from '../apiVersion';
import { readSessionId } from '../session/sessionId';
import { readPayoutRow } from './row';

/** Declared as preSend of Init Payout: checks the row and makes its request. */
export async function buildInitRequest(
	this: RowContext,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	return orderRequest(this, request, readPayout(this, true), {});
}

/** Declared as preSend of Start in Session: the same, in a session that exists. */
export async function buildStartRequest(
	this: RowContext,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const sessionId = readSessionId(this);
	return orderRequest(this, request, readPayout(this, false), { session_id: sessionId }, sessionId);
}

/**
 * Declared as preSend of Create Session. It carries no idempotency key: a session in which nothing
 * was started costs nothing, and the key is kept for the start.
 */
export async function buildCreateRequest(
	this: RowContext,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (this.getNodeParameter('specify', 'none') === 'none') {
		rememberFacts(this, { subject: { kind: 'creation', name: '' }, reference: '' });
		return withVersion(this, request, {});
	}
	const payout = readPayout(this, false);
	if ('problems' in payout) throw createRefusal(this, payout.problems, payout.reference);
	const { reference, body } = payout;
	rememberFacts(this, { subject: { kind: 'creation', name: reference }, reference });
	return withVersion(this, request, body);
}

function orderRequest(
	row: RowContext,
	request: IHttpRequestOptions,
	payout: ReturnType<typeof readPayout>,
	session: IDataObject,
	sessionId?: string,
): IHttpRequestOptions {
	if ('problems' in payout) throw createRefusal(row, payout.problems, payout.reference);
	const { body, reference, ...order } = payout;
	rememberFacts(row, {
		subject: { kind: 'payout', name: reference },
		reference,
		order,
		...(sessionId !== undefined && { sessionId }),
	});
	const headers = { ...request.headers, 'X-PARTNER-IDEMPOTENCY-KEY': order.idempotencyKey };
	// A session in a body that the user wrote must not win over the one that the row names.
	return withVersion(row, { ...request, headers }, { ...session, ...body, ...session });
}

/**
 * Reads the row's payout in the way that 'Specify' says: field by field, as a whole request body, or
 * not at all because the session holds it.
 *
 * @param isOrder whether the request must hold the account and the amount
 */
function readPayout(
	row: RowContext,
	isOrder: boolean,
): Payout | { reference: string; problems: RowProblem[] } {
	const specify = row.getNodeParameter('specify', 'fields');
	if (specify === 'fields') return buildPayout(readPayoutRow(row));
	return readJsonPayout(
		{
			reference: row.getNodeParameter('reference', ''),
			body: specify === 'json' ? row.getNodeParameter('body', '') : undefined,
		},
		isOrder,
	);
}
