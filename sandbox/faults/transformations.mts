import type { Answer } from '../api/handling.mts';
import { errorBody } from '../errors.mts';
import { type FaultDetails, faultTypes } from './rules.mts';

/** What is sent in the end. */
export interface Delivery {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: string;
	/** How the connection ends: normally, without an answer, or in the middle of the body. */
	end: 'normal' | 'reset' | 'cut_body';
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const htmlPage =
	'<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';
const plausibleAnswer = '{"status":"ok","session":{"id":"ps_1","status":"in_progress"}}';

/**
 * Whether a request that meets a fault is handled (and a payout booked) nevertheless.
 *
 * @param fault the fault
 * @returns false for faults that stand in front of the API
 */
export function isHandled(fault: FaultDetails): boolean {
	if ('accepted' in fault && fault.accepted !== undefined) return fault.accepted;
	return faultTypes[fault.type];
}

function delivery(status: number, body: string, headers: Delivery['headers'] = json): Delivery {
	return { status, headers, body, end: 'normal' };
}

function refusal(status: number, code: string, description: string): Delivery {
	return delivery(status, JSON.stringify(errorBody(code, description)));
}

function tooManyRequests(retryAfter: number | string | undefined): Delivery {
	const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
	if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
	return delivery(429, 'Too Many Requests', headers);
}

function renamed(text: string): string {
	return text
		.replaceAll('"payments":', '"payout_list":')
		.replaceAll('"payment_method":', '"payout_details":');
}

function withExtraFields(answer: object): string {
	const { session, ...rest } = answer as { session?: object };
	const extra = { added_later: { anything: [1, 'two', null] } };
	return JSON.stringify({
		...rest,
		...(session && { session: { ...session, ...extra } }),
		...extra,
	});
}

/**
 * Turns the API's answer into what the client gets.
 *
 * @param fault the fault that the request meets, or null
 * @param answer the API's answer, or null when the request was not handled
 * @returns what to send
 */
export function deliveryOf(fault: FaultDetails | null, answer: Answer | null): Delivery {
	const text = answer === null ? plausibleAnswer : JSON.stringify(answer.body);
	const status = answer?.status ?? 200;
	switch (fault?.type) {
		case 'reset_after_accepting':
		case 'reset_before_reading':
			return { status, headers: json, body: '', end: 'reset' };
		case 'status_401':
			return refusal(401, 'authentication_error', 'The request is not authenticated.');
		case 'status_403':
			return refusal(403, 'authorization_error', 'The request is not allowed.');
		case 'status_429':
			return tooManyRequests(fault.retryAfter);
		case 'status_500_after_accepting':
			return refusal(500, 'internal_error', 'Something went wrong.');
		case 'status_502_html':
			return delivery(502, htmlPage, { 'content-type': 'text/html; charset=utf-8' });
		case 'ok_with_error_status':
			return refusal(
				200,
				fault.code ?? 'internal_error',
				fault.description ?? 'Something went wrong.',
			);
		case 'error':
			return refusal(fault.status ?? 400, fault.code, fault.description ?? fault.code);
		case 'empty_body':
			return delivery(200, '');
		case 'cut_json':
			return fault.midBody
				? { status: 200, headers: json, body: text, end: 'cut_body' }
				: delivery(200, text.slice(0, text.length / 2));
		case 'v2_names':
			return delivery(status, renamed(text));
		case 'canceled_spelling':
			return delivery(status, text.replaceAll('"status":"cancelled"', '"status":"canceled"'));
		case 'extra_fields':
			return delivery(status, answer === null ? text : withExtraFields(answer.body));
		default:
			return delivery(status, text);
	}
}
