/**
 * Words of a code that speak of an earlier request with the same key, or of a payout that is on its
 * way. `not_accepted` and `does_not_exist` say the opposite.
 */
const EARLIER_REQUEST_IN_CODE =
	/idempot|duplic|\bdup(?:es?)?\b|already|conflict|in ?progress|in ?flight|on ?going|processed|processing|in ?process|(?<!s)pending|queue|concurren|repeat|re ?used|in ?use\b|uniq|used ?(?:key|reference)|(?:key|reference) ?(?:is )?used|(?<!\bnot |\bnon ?|doesnt ?|not)exist|(?<!\bnot )\b(?:accepted|submitted|sent|paid|succeeded|completed|executed|received|registered|scheduled|initiated|started|created)\b/;

/** The same in a description, which is prose: "account does not exist" is no doubt there. */
const EARLIER_REQUEST_IN_TEXT =
	/idempot|duplic|in ?progress|in ?flight|being processed|still processing|already ?(?:been ?)?(?:in|exist|process|accept|submit|sent|paid|execut|complet|regist|creat|start|known|seen|used)/;

/** Words of a code that speak of a fault on the way and not of the order. */
const FAULT_IN_CODE = new RegExp(
	[
		'internal|server|back ?end|up ?stream|down ?stream|gate ?way|proxy|net ?work|connect|socket|data ?base|\\bdb\\b|\\bsql\\b|storage',
		'tim(?:ed?|ing) ?out|time ?limit|dead ?line|dead ?lock|(?<!\\b(?:account|beneficiary|card|partner|project|recipient) (?:is )?)\\block(?:ed)?\\b|(?:request|operation|session|transaction|transfer|payout|payment|time) ?expired',
		'un ?avail|not ?avail|un ?reach|unrespons|respon[ds]|answer|off ?line|\\bdown\\b|down ?time|outage|mainten|over ?load|busy|stuck',
		'system(?! ?type)|technical|tempor|transient|intermittent|malfunc|fault|(?<!(?:validation|verification|authentication|authorization|authorisation|signature|check) ?)fail',
		'exception|crash|panic|unexpect|unhandled|undefined|unknown(?! ?(?:account|bank|beneficiary|card|corridor|country|currency|customer|destination|field|key|method|param|partner|project|recipient|sender|type|version))',
		'^err(?:or)?$|\\b(?:general|generic|common|service|process|runtime|application|app|api|core|platform|execution|transaction|transfer|payment|payout|operation|order|provider|bank|issuer|acquirer|fatal|critical|other|some) ?err(?:or)?$',
		'retry|try ?again|again ?later|\\blater\\b|\\ba?wait|on ?hold|review|delay|defer|verifying|unconfirmed|unclear|uncertain|undetermin|indetermin|ambigu|partial',
		'abort|interrupt|cancel|broken|\\breset\\b|\\beof\\b|\\b[45](?:\\d\\d|xx)\\b|http',
	].join('|'),
);

/** The same in a description. */
const FAULT_IN_TEXT =
	/internal (?:server )?err|internal fault|server err|time(?:d)?[ -]?out|deadline|unavailab|un ?reachable|no (?:answer|response)|(?:did|does) not (?:answer|respond)|try again|temporar|unknown err|unexpected err|maintenance|overload/;

/** Words of a code that is about the signature, the project, its rights, its balance or its limits. */
const ABOUT_ACCOUNT =
	/signature|\bsign(?:ed|ing)?\b|authenti|authori[sz]|identification|project|partner|permission|forbidden|access ?denied|credential|certificate|api ?key|\bip\b|white ?list|balance|funds|wallet|prefund|agreement|contract|(?:dai|week|month)ly|turnover|volume|(?:account|client|rate) ?limit|quota|too ?many|throttl|session ?service/;

/** How much of a text is read; a body can be of any length. */
const MAX_READ = 2_000;

/** Whether an error code says that the request, or one before it, may have been accepted. */
export function isDoubtfulCode(code: string): boolean {
	const words = toWords(code);
	return EARLIER_REQUEST_IN_CODE.test(words) || FAULT_IN_CODE.test(words);
}

/** Whether a code that is not listed is about the whole account: every row would get it. */
export function speaksOfAccount(code: string): boolean {
	return ABOUT_ACCOUNT.test(toWords(code));
}

/** Whether a code or a description speaks of an earlier request with the same key. */
export function speaksOfEarlierRequest(text: unknown): boolean {
	return typeof text === 'string' && EARLIER_REQUEST_IN_TEXT.test(toWords(text));
}

/** Whether a description, or a body that holds no code, leaves open what happened. */
export function isDoubtfulText(text: unknown): boolean {
	if (typeof text !== 'string') return false;
	const words = toWords(text);
	return EARLIER_REQUEST_IN_TEXT.test(words) || FAULT_IN_TEXT.test(words);
}

/** Lower case, with one space between words: `INTERNAL-ERROR` and `internalError` are `internal error`. */
function toWords(text: string): string {
	return text
		.slice(0, MAX_READ)
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.replace(/[^\p{L}\d]+/gu, ' ')
		.trim();
}
