import { explainErrorCode } from '../../nodes/api/errorCodes';
import { classifyNetworkFailure } from '../../nodes/api/networkFailures';
import { classifyResponse } from '../../nodes/api/outcomes';
import type { Failure } from '../../nodes/api/outcomes';
import type { RequestKind } from '../../nodes/api/request';
import { describeFailure } from '../../nodes/SmartGlocal/messages/failureTexts';
import { UNWANTED_WORDS } from '../support/nodeMessages.mts';

const describeOrder = (failure: Failure) => describeFailure(failure, 'order', 'INV-1');

const CODES =
	'identification_error authentication_error authorization_error invalid_request internal_error session_wrong_state session_cancelled session_cancelled_by_partner confirm_timeout capture_timeout operation_rejected insufficient_wallet_balance wallet_internal_error routing_internal_error provider_internal_error provider_timeout provider_issuer_unavailable provider_exceeds_amount_limit amount_less_allowed_provider provider_foreign_transfer_prohibited account_not_found card_number_does_not_exist bank_card_expired declined_by_issuer_bank not_permitted_by_issuer_bank insufficient_funds activity_count_exceeded binding_is_deactivated 3DS_error refund_amount_too_large code_of_tomorrow'.split(
		' ',
	);

function respond(code: string, statusCode: number, kind: RequestKind = 'order', description = '') {
	const body = { status: 'error', error: { code, ...(description !== '' && { description }) } };
	return classifyResponse({ statusCode, body, headers: {} }, kind) as Failure;
}

const httpFailures = [200, 302, 400, 401, 403, 404, 408, 429, 500, 502, 503].map(
	(statusCode): [string, Failure] => {
		const verdict = classifyResponse({ statusCode, body: '<html>', headers: {} });
		return [`HTTP ${statusCode} with HTML`, verdict as Failure];
	},
);

const networkFailures = [
	...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'CERT_HAS_EXPIRED'].map((it) => [
		it,
		'connect',
	]),
	...['ENOTFOUND', 'EAI_AGAIN'].map((it) => [it, 'getaddrinfo']),
	...['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED'].map((it) => [it, 'read']),
].map(([code, syscall]): [string, Failure] => [
	`${code} on ${syscall}`,
	classifyNetworkFailure({ code, syscall }),
]);

const failures: ReadonlyArray<[string, Failure]> = [
	...CODES.map((code): [string, Failure] => [code, respond(code, 400, 'order', 'said so')]),
	...CODES.map((code): [string, Failure] => [`${code} in HTTP 500`, respond(code, 500)]),
	...httpFailures,
	...networkFailures,
	['no answer', classifyNetworkFailure(undefined)],
];

test.each(failures)('the text for %s says what is true, and names the payout', (_name, it) => {
	const { message, description } = describeOrder(it);
	expect(message).toContain("ayout 'INV-1'");
	expect(message).toMatch(/^[A-Z].*[^.]$/);
	expect(description).toMatch(/^[A-Z].*\.$/s);
	expect(`${message} ${description}`.replaceAll(it.code, '')).not.toMatch(UNWANTED_WORDS);
	expect(`${message} ${description}`).not.toMatch(/undefined|null|\[object/);
	if (it.outcome !== 'unknown') {
		expect(description).toMatch(/^Nothing was paid( by this request)?\. /);
		expect(description.includes(' by this request')).toBe(it.outcome === 'rejected');
		return;
	}
	expect(message).toMatch(/^It is not known whether payout 'INV-1' was accepted: /);
	expect(description).toMatch(/^Do not change the reference.* cannot pay twice.* the webhook/s);
	expect(description).not.toMatch(/nothing was paid/i);
	// An uncertain code is named even when Smart Glocal says nothing about it.
	if (it.source === 'api') expect(description).toContain(it.code);
});

test.each(CODES.filter((code) => respond(code, 400).outcome === 'rejected'))(
	'a refusal with %s quotes code and description, and says what it means and what to do',
	(code) => {
		const { meaning, advice } = explainErrorCode(code);
		const failure = respond(code, 400, 'order', 'Field iban is wrong');
		const { message, description } = describeOrder(failure);
		expect(message).toBe(`Payout 'INV-1' was refused: ${meaning}`);
		expect(description).toContain(advice);
		expect(description).toContain(`Smart Glocal's code is ${code}: "Field iban is wrong".`);
	},
);

test('a request that the credential could not sign says why, and that nothing was paid', () => {
	const description = "The field 'Partner Project' is empty. Enter it.";
	const failure: Failure = {
		outcome: 'not_sent',
		source: 'client',
		code: 'not_signed',
		description,
	};
	for (const kind of ['order', 'creation', 'confirmation', 'cancellation', 'lookup'] as const) {
		const told = describeFailure(failure, kind, 'X');
		expect(told.message).toMatch(/: the credential could not sign the request$/);
		expect(told.description).toMatch(/(was paid|was not carried out)\. Correct the credential/);
		expect(told.description.endsWith(description)).toBe(true);
	}
});

test('a session that could not be created first says so, with the code', () => {
	const failure: Failure = {
		...respond('internal_error', 400),
		outcome: 'not_sent',
		beforeStart: true,
	};
	expect(describeOrder(failure)).toEqual({
		message: "Payout 'INV-1' was not sent: its session could not be created first (internal_error)",
		description: expect.stringMatching(/^Nothing was paid\./) as string,
	});
});

test('a repeated key is told for each kind of request as it is', () => {
	const texts = (kind: RequestKind) =>
		describeFailure(respond('idempotency_key_already_exists', 400, kind), kind, 'X');
	expect(texts('creation')).toEqual({
		message:
			'The session was not created: Smart Glocal took the request for one that it has seen before',
		description:
			"Nothing was paid. Run the row again, and ask support if the answer stays the same. Smart Glocal's code is idempotency_key_already_exists.",
	});
	expect(texts('confirmation').message).toBe(
		"It is not known whether session 'X' was confirmed: Smart Glocal took the request for one that it has seen before",
	);
	// True for an earlier run and for a try of this one.
	expect(texts('order')).toEqual({
		message: "Payout 'X' was already submitted by an earlier request",
		description: expect.stringMatching(/^Nothing was paid twice\./) as string,
	});
});

test('an unlisted code that leaves the outcome open is told as such, and quoted', () => {
	expect(describeOrder(respond('operation_in_progress', 400, 'order', 'Wait'))).toEqual({
		message:
			"It is not known whether payout 'INV-1' was accepted: Smart Glocal's answer leaves that open",
		description: expect.stringContaining(
			'Smart Glocal\'s code is operation_in_progress: "Wait". This node does not know that code.',
		) as string,
	});
	// A clear code under a doubtful status: the status is what leaves it open.
	const { message, description } = describeOrder(respond('account_not_found', 409));
	expect(message).toMatch(/: the answer was HTTP 409$/);
	expect(description).not.toContain('does not know');
});

test('HTTP 429 is told as a request to wait, with a code of the API, too', () => {
	const asked = httpFailures.map(([, it]) => it).filter(({ outcome }) => outcome === 'not_sent');
	expect(asked).toHaveLength(1);
	for (const failure of [...asked, respond('rate_limit', 429)]) {
		expect(describeOrder(failure)).toEqual({
			message: "Payout 'INV-1' was not sent: Smart Glocal asked to wait (HTTP 429)",
			description:
				'Nothing was paid. Wait a few minutes and run the row again with the same reference.',
		});
		expect(describeFailure(failure, 'confirmation', 'ps_1').description).toBe(
			'The request was not carried out. Wait a few minutes and confirm again before the 240 minutes are over.',
		);
	}
});
