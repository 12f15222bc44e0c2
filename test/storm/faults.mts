import type { FaultDetails, FaultRule } from '../../sandbox/server.mts';

/** The node's timeout in the storm: short enough to give up a slow response. */
export const NODE_TIMEOUT_MS = 400;

const SLOW_MS = 900;
const MEGABYTE = 1_000_000;

const refusal = (code: string, description = code) => ({
	status: 'error',
	error: { code, description },
});

/** The session that a lying server names again and again. */
export const REPEATED_SESSION = 'ps_elsewhere';

const ELSEWHERE = { status: 'ok', session: { id: REPEATED_SESSION, status: 'in_progress' } };

type Condition = NonNullable<FaultRule['when']>;

/** The faults of the sandbox, how many requests in a thousand meet each, and which ones only. */
const MIX: ReadonlyArray<readonly [perThousand: number, fault: FaultDetails, when?: Condition]> = [
	[40, { type: 'reset_after_accepting' }],
	[30, { type: 'reset_before_reading' }],
	[2, { type: 'refuse_connection', ms: 30 }],
	[20, { type: 'status_401' }],
	[20, { type: 'status_403' }],
	// Each slows the batch down: more would be a storm that waits most of its time.
	[2, { type: 'status_429', retryAfter: 0 }],
	[0.5, { type: 'status_429', retryAfter: 1 }],
	[0.5, { type: 'status_429', retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }],
	[0.5, { type: 'status_429' }],
	// Ends the batch, so that few are enough.
	[0.2, { type: 'status_429', retryAfter: 3_600 }],
	[30, { type: 'status_500_after_accepting' }],
	[20, { type: 'status_502_html', accepted: true }],
	[20, { type: 'status_502_html', accepted: false }],
	[20, { type: 'ok_with_error_status' }],
	[10, { type: 'ok_with_error_status', code: 'account_not_found' }],
	[20, { type: 'empty_body', accepted: true }],
	[10, { type: 'empty_body', accepted: false }],
	[15, { type: 'cut_json', accepted: true }],
	[10, { type: 'cut_json', accepted: false }],
	[15, { type: 'cut_json', accepted: true, midBody: true }],
	[10, { type: 'cut_json', accepted: false, midBody: true }],
	[5, { type: 'slow', ms: SLOW_MS }],
	[5, { type: 'slow', ms: SLOW_MS, inDrops: true }],
	[20, { type: 'v2_names' }],
	[20, { type: 'canceled_spelling' }],
	[20, { type: 'extra_fields' }],
	[10, { type: 'error', code: 'insufficient_wallet_balance' }],
	[10, { type: 'error', code: 'provider_timeout' }],
	[5, { type: 'error', code: 'a_code_of_tomorrow', status: 422 }],

	// A server that lies. Only who named a session can see that the response is about another one.
	[30, { type: 'contradict', about: 'session' }, { path: 'start/payout$|status$' }],
	[10, { type: 'contradict', about: 'reference' }],
	[10, { type: 'contradict', about: 'amount' }],
	[10, { type: 'contradict', about: 'status' }],
	[20, { type: 'echo' }],
	[5, { type: 'response', body: ['a list'] }],
	[5, { type: 'response', body: ['a list'], accepted: false }],
	[5, { type: 'response', status: 400, body: refusal('INTERNAL_ERROR') }],
	[5, { type: 'response', status: 400, body: refusal('duplicate_request') }],
	[5, { type: 'response', status: 409, body: refusal('a_code_of_tomorrow') }],
	[5, { type: 'response', status: 425, body: 'Too Early' }],
	[2, { type: 'response', body: '<"'.repeat(MEGABYTE / 2) }],
	[2, { type: 'response', body: '<"'.repeat(MEGABYTE) }],
	[2, { type: 'response', body: { status: 'ok', padding: 'x'.repeat(3 * MEGABYTE) } }],
	// One session for every row: only the first can be believed.
	[5, { type: 'response', body: ELSEWHERE }, { path: 'init/payout$' }],
	[
		2,
		{
			type: 'response',
			status: 400,
			body: refusal('account_not_found', '4 '.repeat(MEGABYTE / 2)),
			accepted: false,
		},
	],
];

/** All requests but those by which the storm itself creates sessions. */
const ALL_PATHS = '^/api/(?!v2/session/create)';

/** The faults of the storm as rules, each applied to its share of all requests. */
export function stormFaults(): FaultRule[] {
	let left = 1_000;
	return MIX.map(([perThousand, fault, when]) => {
		// The first rule that matches applies, so a later one sees only the remaining requests.
		const probability = perThousand / left;
		left -= perThousand;
		return { when: { path: ALL_PATHS, probability, ...when }, fault };
	});
}
