import type { RequestKind } from './request';

/** What to tell a person about a rejection. */
interface ErrorCodeTexts {
	/** Follows "Payout 'X' was refused: ". */
	readonly meaning: string;
	/** Complete sentences. */
	readonly advice: string;
}

/** One error code of the API. */
interface ErrorCode extends ErrorCodeTexts {
	/** Whether the code leaves open that the payout is carried out. */
	readonly isUncertain?: true;
	/** What the code means when a session is confirmed or cancelled, where that differs. */
	readonly confirmation?: ErrorCodeTexts;
	readonly cancellation?: ErrorCodeTexts;
}

/** The response to an idempotency key that was used before: the first request reached Smart Glocal. */
export const DUPLICATE_KEY_CODE = 'idempotency_key_already_exists';

const NEW_PAYOUT = 'Nothing was paid. Start a new payout with a new reference.';
const NOTHING_TO_DO = 'Nothing was paid, and there is nothing left to do.';
const LOOK_FIRST = 'Look at the session or the webhook before you do anything else.';
const LATER = 'Run the row again with the same reference later, or ask support.';
const NEW_CARD = 'Ask the recipient for another card.';

function uncertain(meaning: string, advice: string): ErrorCode {
	return { meaning, advice, isUncertain: true };
}

function sessionIsOver(how: string): ErrorCode {
	return {
		meaning: `the session ${how}`,
		advice: NEW_PAYOUT,
		confirmation: { meaning: `it ${how} before`, advice: NEW_PAYOUT },
		cancellation: { meaning: `it ${how} before`, advice: NOTHING_TO_DO },
	};
}

/** Error codes (Bank 131's lists and SDK; Smart Glocal's own list is not public). */
const ERROR_CODES: Readonly<Record<string, ErrorCode>> = {
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
			"Check that Smart Glocal has the public key of the credential's 'Private Key' for this project.",
	},
	authorization_error: {
		meaning: 'this project may not do that',
		advice: "Check 'Partner Project' in the credential, or ask your account manager.",
	},
	bank_card_expired: { meaning: 'the card has expired', advice: NEW_CARD },
	card_number_does_not_exist: {
		meaning: 'the card number does not exist',
		advice: 'Check the card number with the recipient.',
	},
	confirm_timeout: {
		meaning: 'the payout was not confirmed within 240 minutes',
		advice: NEW_PAYOUT,
		confirmation: {
			meaning: 'the 240 minutes for its confirmation are over',
			advice: `The session is cancelled. ${NEW_PAYOUT}`,
		},
	},
	identification_error: {
		meaning: 'the project is unknown',
		advice: "Check 'Partner Project' and 'Environment' in the credential.",
	},
	insufficient_wallet_balance: {
		meaning: 'the prefunded balance is too low',
		advice: 'Top up the balance and run the row again with the same reference.',
	},
	internal_error: uncertain('an internal fault at Smart Glocal', LATER),
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
		advice: NEW_CARD,
	},
	provider_internal_error: uncertain("an internal fault at Smart Glocal's provider", LOOK_FIRST),
	provider_issuer_unavailable: uncertain("the recipient's bank cannot be reached", LOOK_FIRST),
	provider_timeout: uncertain("Smart Glocal's provider did not respond in time", LOOK_FIRST),
	routing_internal_error: {
		meaning: 'there is no route to this destination',
		advice:
			'Check country, currency and bank name, or ask your account manager whether the destination is open to you.',
	},
	session_cancelled: sessionIsOver('was cancelled'),
	session_cancelled_by_partner: sessionIsOver('was cancelled from your side'),
	session_wrong_state: {
		meaning: 'the session is in a state where this is not possible',
		advice: "Look at it with the operation 'Get Status'.",
		confirmation: {
			meaning: 'it does not wait for a confirmation',
			advice:
				"It was confirmed before, has ended, or is not checked yet. Look at it with the operation 'Get Status'. A session that was confirmed before is not paid twice.",
		},
		cancellation: {
			meaning: 'it can no longer be cancelled',
			advice:
				"It was confirmed before or has ended, so the money may be on its way. Look at it with the operation 'Get Status'.",
		},
	},
	wallet_internal_error: uncertain('an internal fault of the balance at Smart Glocal', LATER),
};

/** Endings of codes, listed above or not, that tell of a fault on the way and not of the order. */
const UNCERTAIN_CODES = /(?:_|^)(?:internal_error|timeout|unavailable)$/;

/** Any code can appear at any time: Smart Glocal's list is not public. */
const UNLISTED_CODE: ErrorCodeTexts = {
	meaning: 'for the reason given below',
	advice:
		'Correct the row as the description says, or ask your account manager what the code means.',
};

/**
 * What an error code means.
 *
 * @param kind what the rejected request asked for
 * @returns the texts, whether the code leaves the outcome open, and whether the code is listed
 */
export function explainErrorCode(
	code: string,
	kind: RequestKind = 'order',
): ErrorCodeTexts & { isUncertain: boolean; isListed: boolean } {
	const listed = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code] : undefined;
	if (!listed) {
		return { ...UNLISTED_CODE, isUncertain: UNCERTAIN_CODES.test(code), isListed: false };
	}
	const { meaning, advice } =
		(kind === 'confirmation' || kind === 'cancellation' ? listed[kind] : undefined) ?? listed;
	return { meaning, advice, isUncertain: listed.isUncertain === true, isListed: true };
}
