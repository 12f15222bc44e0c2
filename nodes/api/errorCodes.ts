import type { RequestKind } from './request';

/** What an error code says about a request, and what to tell a person about it. */
interface ErrorCode {
	/** Follows "Payout 'X' was refused: ". */
	readonly meaning: string;
	readonly advice: string;
	/** Whether the code leaves open that the request, or one before it, is carried out. */
	readonly isUncertain?: true;
}

/** For an idempotency key that was used before: the first request reached Smart Glocal. */
export const DUPLICATE_KEY_CODE = 'idempotency_key_already_exists';

const NEW_PAYOUT =
	'Nothing was paid. To pay it after all, start a new payout with a new reference.';
const LOOK_FIRST = 'Look at the session or the webhook before you do anything else.';
const LATER = 'Run the row again with the same reference later, or ask support.';
const NEW_CARD = 'Ask the recipient for another card.';

function uncertain(meaning: string, advice: string): ErrorCode {
	return { meaning, advice, isUncertain: true };
}

/** Error codes (Bank 131's lists and SDK), and what they mean for other kinds where that differs. */
const ERROR_CODES: Readonly<Record<string, ErrorCode & Partial<Record<RequestKind, ErrorCode>>>> = {
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
		meaning: 'the 240 minutes for its confirmation are over',
		advice: `The session is cancelled. ${NEW_PAYOUT}`,
	},
	identification_error: {
		meaning: 'the project is unknown',
		advice: "Check 'Partner Project' and 'Environment' in the credential.",
	},
	[DUPLICATE_KEY_CODE]: {
		...uncertain('Smart Glocal took the request for one that it has seen before', LOOK_FIRST),
		// No money moves before a start, so that it is enough to know that this request made no session.
		creation: {
			meaning: 'Smart Glocal took the request for one that it has seen before',
			advice: 'Run the row again, and ask support if the answer stays the same.',
		},
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
	session_cancelled: { meaning: 'the session was cancelled before', advice: NEW_PAYOUT },
	session_cancelled_by_partner: {
		meaning: 'the session was cancelled before, from your side',
		advice: NEW_PAYOUT,
	},
	session_wrong_state: {
		// A start that got lost or was sent twice on the way can have put the session into that state.
		...uncertain('the session does not wait for a payout to start', LOOK_FIRST),
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

/** Those that are about the whole account, so that every other row would get them, too. */
const ACCOUNT_CODES = new Set([
	'authentication_error',
	'authorization_error',
	'identification_error',
	'insufficient_wallet_balance',
	'internal_error',
	'wallet_internal_error',
]);

const UNLISTED_CODE: ErrorCode = {
	meaning: 'for the reason given below',
	advice:
		'Correct the row as the description says, or ask your account manager what the code means.',
};

/** What an error code means for a kind of request. One not listed is uncertain unless it is clear. */
export function explainErrorCode(code: string, kind: RequestKind = 'order') {
	const listed = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code] : undefined;
	const words = toWords(code);
	const { meaning, advice, isUncertain } = listed?.[kind] ?? listed ?? UNLISTED_CODE;
	return {
		meaning,
		advice,
		isListed: listed !== undefined,
		isUncertain: listed ? isUncertain === true : !isClearRefusal(words),
		isAboutAccount: listed ? ACCOUNT_CODES.has(code) : words.search(ACCOUNT_PART) >= 0,
	};
}

/** What a refusal without a code means, which comes from whoever answers at that address. */
export function explainRefusalByStatus(httpStatus: number | undefined): ErrorCode {
	return {
		meaning: `the answer was HTTP ${httpStatus}`,
		advice: "Check 'Environment' and the address in the credential, and any proxy in between.",
	};
}

/** What a code that is not listed can find fault with: a part of the order, or of the account. */
const ORDER_PART =
	/\b(?:by |of |the )?(?:account|address|amount|bank|beneficiary|bic|card|city|code|corridor|country|currency|customer|date|description|destination|document|email|field|holder|iban|identifier|international transfer|issuer|(?:payment |payout |spending |transaction |transfer )?limit|(?:payment )?method|name|number|param(?:eter)?|phone|purpose|recipient|route|sender|session id|sort code|state code|swift|system type|tax|type|value)\b/g;
const ACCOUNT_PART =
	/\b(?:access|agreement|api key|balance|certificate|contract|daily|funds|ip|monthly|partner|permission|project|quota|signature|wallet|weekly)\b/g;

/** What can be wrong with it. A blocked amount is none: it can be held for a payout that was accepted. */
const RULE =
	/^unknown\b(?! (?:amount|balance|funds|limit|value))|\b(?:(?:does|is) )?(?:not (?:active|allowed|exist|found|permitted|supported|valid)|(?<!(?:amount|balance|funds) (?:is )?)blocked|closed|declined|denied|empty|exceed(?:ed|s)|(?<!transfer )expired|forbidden|inactive|incorrect|insufficient|invalid|mismatch|missing|nonexistent|prohibited|required|suspended|too (?:big|few|high|large|long|low|many|short|small)|unsupported|verification failed|wrong)\b/g;

/** Other codes that can only mean a refusal; the first four are from Bank 131's lists. */
const CLEAR_CODES = new Set([
	'3 ds error',
	'activity count exceeded',
	'binding is deactivated',
	'refund amount too large',
	'no route found',
	'payout not accepted',
	'session not found',
	'validation error',
	'validation failed',
]);

/** Whether words can only mean a refusal: they name a part, what is wrong with it, and nothing else. */
function isClearRefusal(words: string): boolean {
	const parts = words.replace(RULE, '');
	const rest = parts.replace(ORDER_PART, '').replace(ACCOUNT_PART, '');
	const isComplete = parts !== words && rest !== parts && rest.trim() === '';
	return isComplete || CLEAR_CODES.has(words);
}

const ORDER_NOUN =
	'(?:call|key|operation|order|payment|payout|reference|request|transaction|transfer|session)';

const EARLIER_REQUEST = new RegExp(
	[
		'\\balready\\b|\\bbeing\\b|duplic|\\bdup(?:es?)?\\b|double ?spen|idem(?:pot| ?key)|in ?(?:flight|progress|work)\\b',
		'previously|\\bre ?(?:deliver|play|sen[dt]|submi|transm)|twice',
		`(?:double|earlier|existing|identical|previous|repeated|same|second) ?${ORDER_NOUN}|${ORDER_NOUN} exists`,
		'(?:been|is|was|were) \\w+ (?:before|earlier|previously)\\b|still processing',
	].join('|'),
);

const FAULT =
	/internal (?:fault|server|err)|server err|time[ds]? ?out|deadline|unavailab|un ?reachable|no(?:t|) (?:answer|repl|respon)|try again|temporar|(?:unexpected|unknown) err|maintenance|overload|went wrong|connection (?:closed|lost|reset)/;

/** Why a response leaves open what happened: it speaks of a request before it or on its way, or a fault. */
export function findDoubt(text: string): 'earlier_request' | 'fault' | undefined {
	const words = toWords(text);
	if (EARLIER_REQUEST.test(words)) return 'earlier_request';
	return FAULT.test(words) ? 'fault' : undefined;
}

/** How much of a text is read; a body can be of any length. */
const MAX_READ = 2_000;

/** Lower case, with one space between words: `INVALID-IBAN` and `invalidIban` are `invalid iban`. */
function toWords(text: string): string {
	return text
		.slice(0, MAX_READ)
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.replace(/[^\p{L}\d]+/gu, ' ')
		.trim();
}
