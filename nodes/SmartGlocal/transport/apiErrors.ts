import type { SubjectKind } from './subject';

/** What a refusal by Smart Glocal means and what to do about it. */
export interface ApiErrorText {
	/** Goes on after "Payout 'X' was refused: ". */
	readonly meaning: string;
	/** A complete sentence. */
	readonly advice: string;
	/** True where the code does not say that nothing will be paid. */
	readonly uncertain?: true;
}

/** The answer to a repeated idempotency key: the first attempt reached Smart Glocal. */
export const REPEATED_KEY = 'idempotency_key_already_exists';

/** Error codes of the API (Bank 131's lists and SDK; Smart Glocal's own list is not public). */
const API_ERRORS: Readonly<Record<string, ApiErrorText>> = {
	account_not_found: {
		meaning: "the recipient's account does not exist",
		advice: 'Check the account number and run the row again with the same reference.',
	},
	amount_less_allowed_provider: {
		meaning: 'the amount is below the smallest one possible',
		advice: 'Raise the amount, or ask your account manager for the limits of this destination.',
	},
	authentication_error: {
		meaning: 'the signature was not accepted',
		advice:
			"Check that the public key of the credential's 'Private Key' is the one that Smart Glocal has for this project.",
	},
	authorization_error: {
		meaning: 'this project may not do that',
		advice: "Check 'Partner Project' in the credential, or ask your account manager.",
	},
	bank_card_expired: {
		meaning: 'the card has expired',
		advice: 'Ask the recipient for another card.',
	},
	card_number_does_not_exist: {
		meaning: 'the card number does not exist',
		advice: 'Check the card number with the recipient.',
	},
	confirm_timeout: {
		meaning: 'the payout was not confirmed within 240 minutes',
		advice: 'Nothing was paid. Start a new payout with a new reference.',
	},
	identification_error: {
		meaning: 'the project is unknown',
		advice: "Check 'Partner Project' and 'Environment' in the credential.",
	},
	insufficient_wallet_balance: {
		meaning: 'the prefunded balance is too low',
		advice: 'Top up the balance and run the row again with the same reference.',
	},
	internal_error: {
		meaning: 'an internal fault at Smart Glocal',
		advice: 'Run the row again with the same reference later, or ask support.',
		uncertain: true,
	},
	invalid_request: {
		meaning: 'a field is missing or wrong',
		advice: 'Correct the row as the description says and run it again with the same reference.',
	},
	operation_rejected: {
		meaning: 'the payout was rejected for security reasons',
		advice: 'Ask your account manager before you try again.',
	},
	provider_exceeds_amount_limit: {
		meaning: 'the amount is above the largest one possible',
		advice: 'Lower the amount, or ask your account manager for the limits of this destination.',
	},
	provider_foreign_transfer_prohibited: {
		meaning: 'a foreign card cannot be paid',
		advice: 'Ask the recipient for another card.',
	},
	provider_internal_error: {
		meaning: "an internal fault at Smart Glocal's provider",
		advice: 'Look at the session or the webhook before you do anything else.',
		uncertain: true,
	},
	provider_issuer_unavailable: {
		meaning: "the recipient's bank cannot be reached",
		advice: 'Look at the session or the webhook before you do anything else.',
		uncertain: true,
	},
	provider_timeout: {
		meaning: "Smart Glocal's provider did not answer in time",
		advice: 'Look at the session or the webhook before you do anything else.',
		uncertain: true,
	},
	routing_internal_error: {
		meaning: 'there is no route to this destination',
		advice:
			'Check country, currency and bank name, or ask your account manager whether the destination is open for you.',
	},
	session_cancelled: {
		meaning: 'the session was cancelled',
		advice: 'Nothing was paid. Start a new payout with a new reference.',
	},
	session_cancelled_by_partner: {
		meaning: 'the session was cancelled from your side',
		advice: 'Nothing was paid. Start a new payout with a new reference.',
	},
	session_wrong_state: {
		meaning: 'the session is in a state where this is not possible',
		advice: "Look at it with the operation 'Get Status'.",
	},
	wallet_internal_error: {
		meaning: 'an internal fault of the balance at Smart Glocal',
		advice: 'Run the row again with the same reference later, or ask support.',
		uncertain: true,
	},
};

/** New codes of this shape are about a fault on the way, not about the order. */
const UNCERTAIN_CODES = /(?:_|^)(?:internal_error|timeout|unavailable)$/;

const UNKNOWN_CODE: ApiErrorText = {
	meaning: 'for the reason given below',
	advice:
		'Correct the row as the description says, or ask your account manager what the code means.',
};

/** Codes that mean something of their own when a session is confirmed or cancelled. */
const SESSION_ERRORS: Readonly<Partial<Record<SubjectKind, Record<string, ApiErrorText>>>> = {
	confirmation: {
		confirm_timeout: {
			meaning: 'the 240 minutes for its confirmation are over',
			advice:
				'The session is cancelled and nothing was paid. Start a new payout with a new reference.',
		},
		session_cancelled: {
			meaning: 'it was cancelled before',
			advice: 'Nothing was paid. Start a new payout with a new reference.',
		},
		session_cancelled_by_partner: {
			meaning: 'it was cancelled from your side before',
			advice: 'Nothing was paid. Start a new payout with a new reference.',
		},
		session_wrong_state: {
			meaning: 'it does not wait for a confirmation',
			advice:
				"It was confirmed before, has ended, or is not checked yet. Look at it with the operation 'Get Status'; a session that was confirmed before is not paid twice.",
		},
	},
	cancellation: {
		session_cancelled: {
			meaning: 'it was cancelled before',
			advice: 'Nothing was paid, and there is nothing left to do.',
		},
		session_cancelled_by_partner: {
			meaning: 'it was cancelled from your side before',
			advice: 'Nothing was paid, and there is nothing left to do.',
		},
		session_wrong_state: {
			meaning: 'it cannot be cancelled any more',
			advice:
				"It was confirmed before or has ended, so that the money may be on its way. Look at it with the operation 'Get Status'.",
		},
	},
};

/**
 * What a code means; codes that are not in the table are possible at any time.
 *
 * @param kind what the refused request wanted
 */
export function explainApiError(
	code: string,
	kind: SubjectKind = 'payout',
): ApiErrorText & { isKnown: boolean } {
	const tables = [SESSION_ERRORS[kind] ?? {}, API_ERRORS];
	const known = tables.find((table) => Object.hasOwn(table, code))?.[code];
	if (known) return { ...known, isKnown: true };
	const isUncertain = UNCERTAIN_CODES.test(code);
	return { ...UNKNOWN_CODE, ...(isUncertain && { uncertain: true }), isKnown: false };
}
