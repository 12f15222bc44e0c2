import fc from 'fast-check';
import { explainErrorCode } from '../../nodes/api/errorCodes';
import { classifyResponse } from '../../nodes/api/outcomes';
import type { Verdict } from '../../nodes/api/outcomes';

function classify(statusCode: number, body: unknown): Verdict {
	return classifyResponse({ statusCode, body: body as never, headers: {} });
}

const refusal = (code: unknown) => ({ status: 'error', error: { code, description: 'so' } });

/** Codes that no list of Smart Glocal's sister has, but that payment APIs use. */
const DOUBTFUL = `
	INTERNAL_ERROR timeout_error duplicate_request operation_in_progress IdempotencyConflict
	already_exists already-processed pending conflict serverError service_unavailable gateway_timeout
	try_again_later temporarily_unavailable temporary_error unknown_error system_malfunction
	deadline_exceeded busy overloaded maintenance server_error SERVERERROR InternalServerError
	internal-error internal.error upstream_error bad_gateway request_timed_out REQUESTTIMEOUT
	time_out TimeoutException DEADLINE_EXCEEDED UNAVAILABLE ABORTED UNKNOWN INTERNAL CANCELLED
	DATA_LOSS_internal duplicate_transaction DuplicateKey dup_key reference_already_used
	key_exists idempotent_request_replayed payment_processing processing_error still_processing
	payout_pending PaymentPending PAYMENTPENDING order_accepted request_received payout_already_sent
	transaction_in_flight queued concurrent_request concurrency_error resource_locked lock_timeout
	deadlock database_error db_error network_error connection_reset socket_hang_up provider_error
	bank_offline issuer_down provider_not_available bank_not_responding no_response invalid_response
	empty_answer technical_error technicalFailure system_error system_busy platform_error api_error
	error general_error unexpected_error unhandled_exception payout_failed transaction_failed
	operation_failed retry retry_later please_wait under_review on_hold delayed unclear_state
	request_expired operation_expired partial_success error_500 http_503 e_5xx unknown_state
	payment_cancelled unique_violation reference_not_unique provider_timeout_v2 not_confirmed_unknown
	PROVIDER_TIMEOUT Provider_Internal_Error wallet_unavailable capture_timeout 3ds_timeout
	same_request SAME_ORDER identical_order second_request previous_payment existing_order
	request_replay replayed retransmission resubmission resend redelivered double_payment
	double_spend sent_twice reference_taken key_taken nonce_used idem_key request_seen too_early
	in_work payout_in_work running working booked posted settled recorded handled half_done
	compliance_hold funds_held manual_check under_investigation not_finished rollback
	io_error dns_error ECONNRESET EPIPE hang_up socketHangup E500 error500 no_reply not_ready
	restarting something_went_wrong null_pointer NullPointer out_of_memory race_condition stale
	degraded unhealthy killed oops nok other unspecified
	wrong_session_state invalid_session_state invalid_state wrongSessionStatus session_closed
	SESSION_WRONG_STATE sessionWrongState session-wrong-state session.wrong.state
	IDEMPOTENCY_KEY_ALREADY_EXISTS idempotency-key-already-exists
	INVALID_REQUEST invalidRequest confirmTimeout Operation_Rejected
	a_code_of_tomorrow constructor toString code_17 iban invalid card_lost unknown_iban_error
	amount_blocked funds_blocked account_blocked_by_timeout invalid_bank_response bank_unknown
	account_exists card_already_expired recipient_expired_internal not_found account_not_used
	3ds_error activity_exceeded binding_deactivated refund_too_large
	unknown_balance unknown_limit unknown_amount unknown_value international_transfer_expired
	sanctions_hit session_expired payout_blocked transfer_closed document_check_required
`
	.trim()
	.split(/\s+/);

test.each(DOUBTFUL)('%s leaves the outcome unknown, under HTTP 400 and HTTP 200', (code) => {
	for (const status of [200, 400, 401, 403, 422]) {
		expect(classify(status, refusal(code))).toMatchObject({ outcome: 'unknown', code });
	}
});

/** Codes that say for certain that the order was not taken. */
const CLEAR = `
	account_does_not_exist card_not_exist nonexistent_account customer_not_found bank_not_found
	invalid_iban INVALID_CURRENCY amount_too_large recipient_blocked card_blocked card_expired
	unknown_currency unknown_account unsupported_country currency_not_supported validation_failed
	validation_error signature_verification_failed declined_by_issuer_bank account_is_closed
	not_permitted_by_issuer_bank insufficient_funds payout_not_accepted limit_exceeded
	international_transfer_prohibited name_mismatch spending_limit_exceeded invalid_system_type
	account_inactive project_suspended invalid_state_code session_not_found no_route_found
	card_holder_invalid payment_method_invalid ACCOUNT_NOT_FOUND accountNotFound invalid.iban
	insufficient-wallet-balance recipient:name_missing amount_exceeds_the_limit access_denied
	3DS_error activity_count_exceeded binding_is_deactivated refund_amount_too_large
`
	.trim()
	.split(/\s+/);

test.each(CLEAR)('%s is a refusal, although it is not listed', (code) => {
	for (const status of [200, 400]) {
		expect(classify(status, refusal(code))).toMatchObject({ outcome: 'rejected', code });
	}
});

const word = fc.stringMatching(/^[a-z]{3,12}x$/);
const clear = fc.tuple(
	fc.constantFrom('invalid', 'missing', 'too_long', 'not_found'),
	fc.constantFrom('account', 'iban', 'recipient_name', 'wallet'),
);

test('one word that is not known makes any code doubtful, wherever it stands', () => {
	fc.assert(
		fc.property(
			clear,
			word,
			fc.nat(2),
			fc.constantFrom('_', '-', '.', ':'),
			fc.integer({ min: 100, max: 599 }),
			(parts, other, place, separator, status) => {
				fc.pre(status !== 429);
				expect(classify(400, refusal(parts.join(separator)))).toMatchObject({
					outcome: 'rejected',
				});
				const code = [...parts.slice(0, place), other, ...parts.slice(place)].join(separator);
				expect(classify(status, refusal(code))).toMatchObject({ outcome: 'unknown' });
			},
		),
		{ numRuns: 2_000 },
	);
});

const LISTED =
	'account_not_found amount_less_allowed_provider authentication_error authorization_error bank_card_expired card_number_does_not_exist confirm_timeout identification_error insufficient_wallet_balance invalid_request operation_rejected provider_exceeds_amount_limit provider_foreign_transfer_prohibited routing_internal_error session_cancelled session_cancelled_by_partner'.split(
		' ',
	);
const DOUBTFUL_STATUSES = [408, 409, 423, 424, 425, 429, 499];
const CAN_REFUSE: unknown[] = [...LISTED, ...CLEAR];

function isId(id: unknown): boolean {
	return (typeof id === 'string' && id !== '') || typeof id === 'number';
}

const code = fc.oneof(
	fc.constantFrom(...LISTED, ...DOUBTFUL, ...CLEAR),
	fc.string(),
	fc.anything(),
);
const session = fc.oneof(fc.anything(), fc.record({ id: fc.string(), status: fc.string() }));
const error = fc.oneof(fc.anything(), fc.record({ code, description: fc.anything() }));
const body = fc.oneof(
	fc.anything(),
	fc.record(
		{
			status: fc.oneof(fc.constantFrom('ok', 'error', 'ERROR'), fc.anything()),
			error,
			session,
		},
		{ requiredKeys: [] },
	),
	code.map(refusal),
);
const status = fc.oneof(
	fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 408, 409, 422, 425, 499, 500, 502, 504),
	fc.integer({ min: 100, max: 999 }),
);

test('whatever comes back, only a clear refusal is one', () => {
	fc.assert(
		fc.property(status, body, (statusCode, answered) => {
			const { outcome, ...verdict } = classify(statusCode, answered);
			const {
				status: said,
				error: given,
				session: named,
			} = Object(answered) as {
				status?: unknown;
				error?: { code?: unknown } | null;
				session?: unknown;
			};
			if (outcome === 'submitted') {
				expect(statusCode >= 200 && statusCode < 300 && said === 'ok').toBe(true);
				expect(given ?? null).toBeNull();
			}
			if (outcome === 'already_submitted') {
				expect(given?.code).toBe('idempotency_key_already_exists');
			}
			if (outcome !== 'rejected') return;
			expect(said).not.toBe('ok');
			expect(DOUBTFUL_STATUSES).not.toContain(statusCode);
			if ('source' in verdict && verdict.source === 'api') {
				expect(statusCode === 200 ? said : 'error').toBe('error');
				expect(statusCode === 200 || (statusCode >= 400 && statusCode < 500)).toBe(true);
				expect(CAN_REFUSE).toContain(given?.code);
			} else {
				expect([401, 403, 404, 405, 407, 411, 413, 414, 415, 421, 431]).toContain(statusCode);
				expect(given?.code ?? null).toBeNull();
			}
			expect(isId((named as { id?: unknown } | null | undefined)?.id)).toBe(false);
		}),
		{ numRuns: 5_000 },
	);
});

const ABOUT_ACCOUNT =
	'authentication_error identification_error authorization_error insufficient_wallet_balance wallet_internal_error internal_error invalid_signature project_suspended PartnerBlocked insufficient_funds daily_limit_exceeded access_denied'.split(
		' ',
	);
const ABOUT_ROW =
	'account_not_found invalid_request operation_rejected routing_internal_error provider_exceeds_amount_limit recipient_blocked constructor'.split(
		' ',
	);

test('codes about signature, project, rights or balance are about every row, others are not', () => {
	for (const code of ABOUT_ACCOUNT) {
		expect([code, explainErrorCode(code).isAboutAccount]).toEqual([code, true]);
	}
	for (const code of ABOUT_ROW) {
		expect([code, explainErrorCode(code).isAboutAccount]).toEqual([code, false]);
	}
});
