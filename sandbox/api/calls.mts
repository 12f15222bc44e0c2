import { Refusal } from '../errors.mts';
import { sessionAnswer } from '../ledger/answer.mts';
import type { Ledger } from '../ledger/ledger.mts';
import { cancelSession, confirmSession, processPayout } from '../ledger/lifecycle.mts';
import type { PayoutOrder, Session } from '../ledger/session.mts';
import type { Method } from '../openapi/methods.mts';
import { type Version, versionNames } from '../versions.mts';
import { orderMistakes } from './order-rules.mts';

/** A request that was authenticated and whose body fits the OpenAPI document. */
export interface ApiCall {
	method: Method;
	version: Version;
	project: string;
	idempotencyKey: string | null;
	body: Readonly<Record<string, unknown>>;
}

type OrderPart = Partial<PayoutOrder>;

function orderPart(call: ApiCall): OrderPart {
	const { amount_details, participant_details, customer, metadata } = call.body as OrderPart;
	const destination = call.body[versionNames[call.version].destination];
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
	const mistakes: string[] = [];
	if (!destination) mistakes.push(`${versionNames[version].destination} is required.`);
	if (!amount_details) mistakes.push('amount_details is required.');
	if (!destination || !amount_details) throw new Refusal('invalid_request', mistakes.join(' '));
	const order = { ...draft, destination, amount_details };
	mistakes.push(...orderMistakes(order, version));
	if (mistakes.length > 0) throw new Refusal('invalid_request', mistakes.join(' '));
	return order;
}

function ok(session: Session, version: Version) {
	return { status: 'ok', session: sessionAnswer(session, version) };
}

function create(ledger: Ledger, call: ApiCall) {
	return ok(ledger.openSession(call.project, call.version, orderPart(call)), call.version);
}

function initPayout(ledger: Ledger, call: ApiCall) {
	const order = completeOrder(orderPart(call), call.version);
	ledger.wallets.mustCover(order.amount_details.amount, order.amount_details.currency);
	const session = ledger.openSession(call.project, call.version, order);
	processPayout(ledger, session, ledger.accept(session, order, call.idempotencyKey));
	return ok(session, call.version);
}

function startPayout(ledger: Ledger, call: ApiCall) {
	const session = namedSession(ledger, call);
	if (session.status !== 'created' && session.status !== 'in_progress') {
		throw new Refusal(
			'session_wrong_state',
			`The session ${session.id} is ${session.status}; no payout can be started in it.`,
		);
	}
	const order = completeOrder({ ...session.draft, ...orderPart(call) }, call.version);
	const payout = ledger.accept(session, order, call.idempotencyKey);
	session.draft = order;
	processPayout(ledger, session, payout);
	return ok(session, call.version);
}

function namedSession(ledger: Ledger, call: ApiCall): Session {
	return ledger.sessionOf(call.project, String(call.body.session_id));
}

function confirm(ledger: Ledger, call: ApiCall) {
	const session = namedSession(ledger, call);
	confirmSession(ledger, session);
	return ok(session, call.version);
}

function cancel(ledger: Ledger, call: ApiCall) {
	const session = namedSession(ledger, call);
	cancelSession(ledger, session);
	return ok(session, call.version);
}

const answers: Readonly<Record<Method, (ledger: Ledger, call: ApiCall) => object>> = {
	'session/create': create,
	'session/init/payout': initPayout,
	'session/start/payout': startPayout,
	'session/confirm': confirm,
	'session/cancel': cancel,
	'session/status': (ledger, call) => ok(namedSession(ledger, call), call.version),
	'wallet/balance': (ledger) => ({ status: 'ok', wallets: ledger.wallets.list() }),
};

/**
 * Does what a request asks for.
 *
 * @param ledger the sessions, payouts and money
 * @param call the request
 * @returns the body of the answer
 * @throws Refusal when the API refuses; the ledger is unchanged then
 */
export function answerCall(ledger: Ledger, call: ApiCall): object {
	return answers[call.method](ledger, call);
}
