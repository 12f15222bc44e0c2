import type { RequestKind } from './request';

/** For an idempotency key that was used before: the first request reached Smart Glocal. */
export const DUPLICATE_KEY_CODE = 'idempotency_key_already_exists';

const NEW_PAYOUT =
	'Nothing was paid. To pay it after all, start a new payout with a new reference.';
const LOOK_FIRST = 'Look at the session or the webhook before you do anything else.';
const LATER = 'Run the row again with the same reference later, or ask support.';
const SEEN_BEFORE = 'Smart Glocal took the request for one that it has seen before';
const NEW_CARD = 'Ask the recipient for another card.';

/** A line for each error code and perhaps kind of request: what it means, to the first full stop, and advice. */
function readCodes(lines: string): ReadonlyMap<string, string> {
	const entries = lines
		.trim()
		.split(/\n\s*/)
		.map((line) => line.split(/: (.*)/));
	return new Map(entries.map(([code = '', text = '']) => [code, text]));
}

/**
 * Refusals (Bank 131's lists and SDK). No money moves before a start, so that for a creation it is enough
 * to know that this request made no session.
 */
const REFUSALS = readCodes(`
	account_not_found: the recipient's account does not exist. Check the account number and run the row again with the same reference.
	amount_less_allowed_provider: the amount is below the smallest one possible. Raise the amount, or ask your account manager for the limits of this destination.
	authentication_error: the signature was not accepted. Check that Smart Glocal has the public key of the credential's 'Private Key' for this project.
	authorization_error: this project may not do that. Check 'Partner Project' in the credential, or ask your account manager.
	bank_card_expired: the card has expired. ${NEW_CARD}
	card_number_does_not_exist: the card number does not exist. Check the card number with the recipient.
	confirm_timeout: the 240 minutes for its confirmation are over. The session is cancelled. ${NEW_PAYOUT}
	identification_error: the project is unknown. Check 'Partner Project' and 'Environment' in the credential.
	${DUPLICATE_KEY_CODE} creation: ${SEEN_BEFORE}. Run the row again, and ask support if the answer stays the same.
	insufficient_wallet_balance: the prefunded balance is too low. Top up the balance and run the row again with the same reference.
	invalid_request: a field is missing or wrong. Correct the row as the description says and run it again with the same reference.
	operation_rejected: the payout was rejected for security reasons. Ask your account manager before you try again.
	provider_exceeds_amount_limit: the amount is above the largest one possible. Lower the amount, or ask your account manager for the limits of this destination.
	provider_foreign_transfer_prohibited: a foreign card cannot be paid. ${NEW_CARD}
	routing_internal_error: there is no route to this destination. Check country, currency and bank name, or ask your account manager whether the destination is open to you.
	session_cancelled: the session was cancelled before. ${NEW_PAYOUT}
	session_cancelled_by_partner: the session was cancelled before, from your side. ${NEW_PAYOUT}
	session_wrong_state confirmation: it does not wait for a confirmation. It was confirmed before, has ended, or is not checked yet. Look at it with the operation 'Get Status'. A session that was confirmed before is not paid twice.
	session_wrong_state cancellation: it can no longer be cancelled. It was confirmed before or has ended, so the money may be on its way. Look at it with the operation 'Get Status'.
`);

/**
 * Codes that leave open that the request, or one before it, is carried out. A start that got lost or was
 * sent twice on the way can have put the session into a wrong state.
 */
const UNCERTAIN = readCodes(`
	${DUPLICATE_KEY_CODE}: ${SEEN_BEFORE}. ${LOOK_FIRST}
	internal_error: an internal fault at Smart Glocal. ${LATER}
	provider_internal_error: an internal fault at Smart Glocal's provider. ${LOOK_FIRST}
	provider_issuer_unavailable: the recipient's bank cannot be reached. ${LOOK_FIRST}
	provider_timeout: Smart Glocal's provider did not respond in time. ${LOOK_FIRST}
	session_wrong_state: the session does not wait for a payout to start. ${LOOK_FIRST}
	wallet_internal_error: an internal fault of the balance at Smart Glocal. ${LATER}
`);

const UNLISTED =
	'for the reason given below. Correct the row as the description says, or ask your account manager what the code means.';

/** Those that are about the whole account, so that every other row would get them, too. */
const ACCOUNT_CODES =
	/^(?:(?:authentication|authorization|identification)_error|insufficient_wallet_balance|(?:wallet_)?internal_error)$/;

/** What an error code means for a kind of request. One not listed is uncertain unless it is clear. */
export function explainErrorCode(code: string, kind: RequestKind = 'order') {
	const names = [`${code} ${kind}`, code];
	const listed = names.find((name) => REFUSALS.has(name) || UNCERTAIN.has(name));
	const text = REFUSALS.get(listed ?? '') ?? UNCERTAIN.get(listed ?? '') ?? UNLISTED;
	const words = toWords(code);
	return {
		/** Follows "Payout 'X' was refused: ". */
		meaning: text.slice(0, text.indexOf('. ')),
		advice: text.slice(text.indexOf('. ') + 2),
		isListed: listed !== undefined,
		isUncertain: listed ? UNCERTAIN.has(listed) : !isClearRefusal(words),
		isAboutAccount: listed ? ACCOUNT_CODES.test(code) : words.search(ACCOUNT_PART) >= 0,
	};
}

/** What a refusal without a code means, which comes from whoever answers at that address. */
export function explainRefusalByStatus(httpStatus: number | undefined) {
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
const CLEAR_CODES =
	/^(?:3 ds error|activity count exceeded|binding is deactivated|refund amount too large|no route found|payout not accepted|session not found|validation (?:error|failed))$/;

function isClearRefusal(words: string): boolean {
	const parts = words.replace(RULE, '');
	const rest = parts.replace(ORDER_PART, '').replace(ACCOUNT_PART, '');
	const isComplete = parts !== words && rest !== parts && rest.trim() === '';
	return isComplete || CLEAR_CODES.test(words);
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
