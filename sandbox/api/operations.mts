import { Rejection } from '../errors.mts';
import type { Ledger } from '../ledger/ledger.mts';
import { cancelSession, confirmSession, processPayout } from '../ledger/lifecycle.mts';
import type { PayoutOrder, Session } from '../ledger/session.mts';
import { sessionResponse } from '../ledger/sessionResponse.mts';
import type { Method } from '../openapi/methods.mts';
import { VERSION_NAMES } from '../versions.mts';
import type { Version } from '../versions.mts';
import { corridorErrors } from './corridorRules.mts';

/** An authenticated request whose body fits the OpenAPI document. */
export interface ApiCall {
	method: Method;
	version: Version;
	project: string;
	idempotencyKey: string | null;
	body: Readonly<Record<string, unknown>>;
}

type OrderPart = Partial<PayoutOrder>;

function readOrder({ body, version }: ApiCall): OrderPart {
	const { amount_details, participant_details, customer, metadata } = body as OrderPart;
	const destination = body[VERSION_NAMES[version].destination];
	return {
		...(destination !== undefined && { destination: destination as PayoutOrder['destination'] }),
		...(amount_details && {
			amount_details: {
				amount: amount_details.amount,
				currency: amount_details.currency.toLowerCase(),
			},
		}),
		...(participant_details && { participant_details }),
		...(customer && { customer }),
		...(metadata !== undefined && { metadata }),
	};
}

function completeOrder(draft: OrderPart, version: Version): PayoutOrder {
	const { destination, amount_details } = draft;
	if (!destination || !amount_details) {
		const missing = [
			...(destination ? [] : [VERSION_NAMES[version].destination]),
			...(amount_details ? [] : ['amount_details']),
		];
		const sentences = missing.map((name) => `${name} is required.`);
		throw new Rejection('invalid_request', sentences.join(' '));
	}
	const order = { ...draft, destination, amount_details };
	const errors = corridorErrors(order, version);
	if (errors.length > 0) throw new Rejection('invalid_request', errors.join(' '));
	return order;
}

function ok(session: Session, { version }: ApiCall) {
	return { status: 'ok', session: sessionResponse(session, version) };
}

function createSession(ledger: Ledger, call: ApiCall) {
	return ok(ledger.openSession(call.project, call.version, readOrder(call)), call);
}

function initPayout(ledger: Ledger, call: ApiCall) {
	const order = completeOrder(readOrder(call), call.version);
	// A rejected order must not leave an empty session behind.
	ledger.wallets.mustCover(order.amount_details.amount, order.amount_details.currency);
	const session = ledger.openSession(call.project, call.version, order);
	processPayout(ledger, session, ledger.accept(session, order, call.idempotencyKey));
	return ok(session, call);
}

function startPayout(ledger: Ledger, call: ApiCall) {
	const session = findSession(ledger, call);
	if (session.status !== 'created' && session.status !== 'in_progress') {
		throw new Rejection(
			'session_wrong_state',
			`The session ${session.id} is ${session.status}; no payout can be started in it.`,
		);
	}
	const order = completeOrder({ ...session.draft, ...readOrder(call) }, call.version);
	const payout = ledger.accept(session, order, call.idempotencyKey);
	session.draft = order;
	processPayout(ledger, session, payout);
	return ok(session, call);
}

function findSession(ledger: Ledger, call: ApiCall): Session {
	return ledger.session(call.project, String(call.body.session_id));
}

function confirm(ledger: Ledger, call: ApiCall) {
	const session = findSession(ledger, call);
	confirmSession(ledger, session);
	return ok(session, call);
}

function cancel(ledger: Ledger, call: ApiCall) {
	const session = findSession(ledger, call);
	cancelSession(ledger, session);
	return ok(session, call);
}

const OPERATIONS: Readonly<Record<Method, (ledger: Ledger, call: ApiCall) => object>> = {
	'session/create': createSession,
	'session/init/payout': initPayout,
	'session/start/payout': startPayout,
	'session/confirm': confirm,
	'session/cancel': cancel,
	'session/status': (ledger, call) => ok(findSession(ledger, call), call),
	'wallet/balance': (ledger) => ({ status: 'ok', wallets: ledger.wallets.list() }),
};

/**
 * Carries out a request.
 *
 * @returns the body of the response
 * @throws Rejection when the API rejects the request; the ledger is unchanged then
 */
export function runOperation(ledger: Ledger, call: ApiCall): object {
	return OPERATIONS[call.method](ledger, call);
}
