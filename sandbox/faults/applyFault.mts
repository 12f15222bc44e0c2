import type { SandboxResponse } from '../api/handleRequest.mts';
import { errorBody } from '../errors.mts';
import { contradict, echo } from './contradict.mts';
import { FAULTS_REACHING_API } from './rules.mts';
import type { FaultDetails } from './rules.mts';

/** What the client gets. */
export interface HttpResponse {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: string;
	/** How the connection ends: normally, without a response, in the middle of the body, or slowly. */
	end: 'normal' | 'reset' | 'cut_body' | 'in_drops';
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const GATEWAY_PAGE =
	'<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';
const PLAUSIBLE_RESPONSE = '{"status":"ok","session":{"id":"ps_1","status":"in_progress"}}';
const EXTRA_FIELDS = { added_later: { anything: [1, 'two', null] } };

/** Whether a request that meets a fault still reaches the API, so that a payout is accepted. */
export function reachesApi(fault: FaultDetails): boolean {
	if ('accepted' in fault && fault.accepted !== undefined) return fault.accepted;
	return FAULTS_REACHING_API[fault.type];
}

function normal(
	status: number,
	body: string,
	headers: HttpResponse['headers'] = JSON_HEADERS,
): HttpResponse {
	return { status, headers, body, end: 'normal' };
}

function error(status: number, code: string, description: string): HttpResponse {
	return normal(status, JSON.stringify(errorBody(code, description)));
}

function tooManyRequests(retryAfter: number | string | undefined): HttpResponse {
	const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
	if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
	return normal(429, 'Too Many Requests', headers);
}

function anyResponse(status: number, body: unknown): HttpResponse {
	if (typeof body !== 'string') return normal(status, JSON.stringify(body));
	return normal(status, body, { 'content-type': 'text/plain; charset=utf-8' });
}

function withNamesOfV2(text: string): string {
	return text
		.replaceAll('"payments":', '"payout_list":')
		.replaceAll('"payment_method":', '"payout_details":');
}

function withExtraFields(body: object, fields: object = {}): string {
	const { session, ...rest } = body as { session?: object };
	const extended = session && { session: { ...session, ...EXTRA_FIELDS, ...fields } };
	return JSON.stringify({ ...rest, ...extended, ...EXTRA_FIELDS });
}

/**
 * Turns the API's response into what the client gets.
 *
 * @param fault the fault that the request meets, if any
 * @param response null when the request did not reach the API
 * @param request its body
 */
export function applyFault(
	fault: FaultDetails | null,
	response: SandboxResponse | null,
	request: string,
): HttpResponse {
	const text = response === null ? PLAUSIBLE_RESPONSE : JSON.stringify(response.body);
	const status = response?.status ?? 200;
	switch (fault?.type) {
		case 'reset_after_accepting':
		case 'reset_before_reading':
			return { status, headers: JSON_HEADERS, body: '', end: 'reset' };
		case 'status_401':
			return error(401, 'authentication_error', 'The request is not authenticated.');
		case 'status_403':
			return error(403, 'authorization_error', 'The request is not allowed.');
		case 'status_429':
			return tooManyRequests(fault.retryAfter);
		case 'status_500_after_accepting':
			return error(500, 'internal_error', 'Something went wrong.');
		case 'status_502_html':
			return normal(502, GATEWAY_PAGE, { 'content-type': 'text/html; charset=utf-8' });
		case 'ok_with_error_status': {
			const { code = 'internal_error', description = 'Something went wrong.' } = fault;
			return error(200, code, description);
		}
		case 'error':
			return error(fault.status ?? 400, fault.code, fault.description ?? fault.code);
		case 'empty_body':
			return normal(200, '');
		case 'cut_json':
			return fault.midBody
				? { status: 200, headers: JSON_HEADERS, body: text, end: 'cut_body' }
				: normal(200, text.slice(0, text.length / 2));
		case 'slow':
			return fault.inDrops ? { ...normal(status, text), end: 'in_drops' } : normal(status, text);
		case 'v2_names':
			return normal(status, withNamesOfV2(text));
		case 'canceled_spelling':
			return normal(status, text.replaceAll('"status":"cancelled"', '"status":"canceled"'));
		case 'extra_fields':
			return normal(
				status,
				response === null ? text : withExtraFields(response.body, fault.fields),
			);
		case 'contradict':
			return normal(status, JSON.stringify(contradict(response?.body ?? {}, fault.about)));
		case 'echo':
			return normal(status, JSON.stringify(echo(response?.body ?? {}, request)));
		case 'response':
			return anyResponse(fault.status ?? 200, fault.body);
		default:
			return normal(status, text);
	}
}
