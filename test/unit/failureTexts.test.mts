import { explainErrorCode } from '../../nodes/api/errorCodes';
import { classifyNetworkFailure } from '../../nodes/api/networkFailures';
import { classifyResponse } from '../../nodes/api/outcomes';
import type { Failure } from '../../nodes/api/outcomes';
import type { RequestKind } from '../../nodes/api/request';
import { describeFailure as describe } from '../../nodes/SmartGlocal/messages/failureTexts';
import { UNWANTED_WORDS } from '../support/nodeMessages.mts';

function describeFailure(failure: Failure, name: string) {
	return describe(failure, 'order', name);
}

const CODES =
	'identification_error authentication_error authorization_error invalid_request internal_error session_wrong_state session_cancelled session_cancelled_by_partner confirm_timeout capture_timeout operation_rejected insufficient_wallet_balance wallet_internal_error routing_internal_error provider_internal_error provider_timeout provider_issuer_unavailable provider_exceeds_amount_limit amount_less_allowed_provider provider_foreign_transfer_prohibited account_not_found card_number_does_not_exist bank_card_expired declined_by_issuer_bank not_permitted_by_issuer_bank insufficient_funds activity_count_exceeded binding_is_deactivated 3DS_error refund_amount_too_large code_of_tomorrow'.split(
		' ',
	);

function refusedWith(code: string, statusCode: number, description?: string): Failure {
	const body = { status: 'error', error: { code, description } };
	const verdict = classifyResponse({ statusCode, body, headers: {} });
	if ('code' in verdict) return verdict;
	throw new Error(`${code} is ${verdict.outcome}.`);
}

const httpFailures = [200, 302, 400, 401, 403, 404, 408, 429, 500, 502, 503].map(
	(statusCode): [string, Failure] => {
		const verdict = classifyResponse({ statusCode, body: '<html>', headers: {} });
		return [`HTTP ${statusCode} with HTML`, verdict as Failure];
	},
);

const networkFailures = [
	['ECONNREFUSED', 'connect'],
	['ENOTFOUND', 'getaddrinfo'],
	['EAI_AGAIN', 'getaddrinfo'],
	['EHOSTUNREACH', 'connect'],
	['ENETUNREACH', 'connect'],
	['ETIMEDOUT', 'connect'],
	['CERT_HAS_EXPIRED', 'connect'],
	['ECONNRESET', 'read'],
	['ETIMEDOUT', 'read'],
	['ECONNABORTED', 'read'],
].map(([code, syscall]): [string, Failure] => [
	`${code} on ${syscall}`,
	classifyNetworkFailure({ code, syscall }),
]);

const failures: ReadonlyArray<[string, Failure]> = [
	...CODES.map((code): [string, Failure] => [code, refusedWith(code, 400, 'said so')]),
	...CODES.map((code): [string, Failure] => [`${code} in HTTP 500`, refusedWith(code, 500)]),
	...httpFailures,
	...networkFailures,
	['no answer', classifyNetworkFailure(undefined)],
];

const unknown = failures.filter(([, { outcome }]) => outcome === 'unknown');
const certain = failures.filter(([, { outcome }]) => outcome !== 'unknown');

test.each(failures)(
	'the message for %s names the payout, without words that n8n rules out',
	(_, it) => {
		const { message, description } = describeFailure(it, 'INV-1');
		expect(message).toContain("ayout 'INV-1'");
		expect(message).toMatch(/^[A-Z].*[^.]$/);
		expect(message).not.toMatch(UNWANTED_WORDS);
		expect(description).toMatch(/^[A-Z].*\.$/s);
		expect(description.replaceAll(it.code, '')).not.toMatch(UNWANTED_WORDS);
		expect(`${message} ${description}`).not.toMatch(/undefined|null|\[object/);
	},
);

test.each(unknown)('%s: the reference must stay, and where to look is said', (_name, failure) => {
	const { message, description } = describeFailure(failure, 'INV-1');
	expect(message).toMatch(/^It is not known whether payout 'INV-1' was accepted: /);
	expect(description).toMatch(/^Do not change the reference/);
	expect(description).toMatch(/cannot pay twice/);
	expect(description).not.toMatch(/nothing was paid/i);
});

test.each(certain)('%s: nothing was paid', (_name, failure) => {
	const begin =
		failure.outcome === 'rejected' ? 'Nothing was paid by this request. ' : 'Nothing was paid. ';
	expect(describeFailure(failure, 'INV-1').description.startsWith(begin)).toBe(true);
});

test('an unknown outcome sends the reader to the session or the webhook', () => {
	for (const [, failure] of unknown) {
		expect(describeFailure(failure, 'INV-1').description).toMatch(/session|webhook/);
	}
});

test.each(CODES.filter((code) => refusedWith(code, 400).outcome === 'rejected'))(
	'a refusal with %s quotes code and description, and says what it means and what to do',
	(code) => {
		const { meaning, advice } = explainErrorCode(code);
		const failure = refusedWith(code, 400, 'Field iban is wrong');
		const { message, description } = describeFailure(failure, 'INV-1');
		expect(message).toBe(`Payout 'INV-1' was refused: ${meaning}`);
		expect(description).toContain(advice);
		expect(description).toContain(`${code}: "Field iban is wrong"`);
	},
);

test('an uncertain code is named even when Smart Glocal says nothing about it', () => {
	for (const code of ['internal_error', 'code_of_tomorrow']) {
		const { message, description } = describeFailure(refusedWith(code, 500), 'INV-1');
		expect(`${message} ${description}`).toContain(code);
	}
});

test('a request that the credential could not sign says why, and that nothing was paid', () => {
	const sentence = "The field 'Partner Project' is empty. Enter it.";
	const failure = {
		outcome: 'not_sent',
		source: 'client',
		code: 'not_signed',
		description: sentence,
	} as const;
	for (const kind of ['order', 'creation', 'confirmation', 'cancellation', 'lookup'] as const) {
		const { message, description } = describe(failure, kind, 'X');
		expect(message).toMatch(/: the credential could not sign the request$/);
		expect(description).toMatch(/(Nothing was paid|was not carried out)\. Correct the credential/);
		expect(description.endsWith(sentence)).toBe(true);
	}
});

test('a session that could not be created first says so, with the code', () => {
	const failure = { ...refusedWith('internal_error', 400), outcome: 'not_sent', beforeStart: true };
	const { message, description } = describeFailure(failure as Failure, 'INV-1');
	expect(message).toBe(
		"Payout 'INV-1' was not sent: its session could not be created first (internal_error)",
	);
	expect(description).toMatch(/^Nothing was paid\./);
});

test('a repeated key is told for each kind of request as it is', () => {
	const body = { status: 'error', error: { code: 'idempotency_key_already_exists' } };
	const texts = (kind: RequestKind) => {
		const failure = classifyResponse({ statusCode: 400, body, headers: {} }, kind) as Failure;
		return describe(failure, kind, 'ps_1');
	};
	expect(texts('creation')).toEqual({
		message:
			'The session was not created: Smart Glocal took the request for one that it has seen before',
		description:
			"Nothing was paid. Run the row again, and ask support if the answer stays the same. Smart Glocal's code is idempotency_key_already_exists.",
	});
	expect(texts('confirmation').message).toBe(
		"It is not known whether session 'ps_1' was confirmed: Smart Glocal took the request for one that it has seen before",
	);
});

test('an unlisted code that leaves the outcome open is told as such, and quoted', () => {
	const failure = refusedWith('operation_in_progress', 400, 'Wait');
	const { message, description } = describeFailure(failure, 'INV-1');
	expect(message).toBe(
		"It is not known whether payout 'INV-1' was accepted: Smart Glocal's answer leaves that open",
	);
	expect(description).toContain('Smart Glocal\'s code is operation_in_progress: "Wait".');
	// A clear code under a doubtful status: the status is what leaves it open.
	expect(describeFailure(refusedWith('account_not_found', 409), 'INV-1').message).toMatch(
		/: the answer was HTTP 409$/,
	);
});

test('HTTP 429 is told as a request to wait, with a code of the API, too', () => {
	for (const failure of [...httpFailures.map(([, it]) => it), refusedWith('rate_limit', 429)]) {
		if (failure.outcome !== 'not_sent') continue;
		expect(describeFailure(failure, 'INV-1')).toEqual({
			message: "Payout 'INV-1' was not sent: Smart Glocal asked to wait (HTTP 429)",
			description:
				'Nothing was paid. Wait a few minutes and run the row again with the same reference.',
		});
		expect(describe(failure, 'confirmation', 'ps_1').description).toBe(
			'The request was not carried out. Wait a few minutes and confirm again before the 240 minutes are over.',
		);
	}
});

test('a duplicate is told so that it is true for an earlier run and for a try of this one', () => {
	const failure = {
		outcome: 'already_submitted',
		source: 'api',
		code: 'idempotency_key_already_exists',
	} as const;
	const { message, description } = describeFailure(failure, 'INV-1');
	expect(message).toBe("Payout 'INV-1' was already submitted by an earlier request");
	expect(description).toMatch(/^Nothing was paid twice\./);
});
