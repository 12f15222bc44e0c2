const THING =
	'(?:call|key|operation|order|payment|payout|reference|request|transaction|transfer|session)';
const DONE =
	'(?:accept|book|complet|creat|execut|exist|handl|known|made|paid|post|process|receiv|record|regist|seen|sent|settl|start|submit|taken|used)';

/** Words that speak of an earlier request with the same key, in a code as in a description. */
const EARLIER_REQUEST = join([
	'idem(?:pot| ?key)|duplic|\\bdup(?:es?)?\\b|replay|re ?transm|\\bre ?submi|\\bre ?sen[dt]\\b|re ?deliver',
	`(?:double|earlier|existing|identical|previous|repeated|same|second) ?${THING}|double ?spen`,
	'in ?progress|in ?flight|\\bin ?work\\b|still processing',
	'being ?(?:check|complet|creat|execut|handl|made|paid|prepar|process|review|sen[dt]|submit|transfer|verif)',
	`(?:already|previously) ?(?:been ?)?(?:in|${DONE})`,
	`(?:been|is|was|were) ${DONE}\\w* (?:before|earlier|previously)|${THING} exists`,
]);

/**
 * The same in a code only, and words for an order that is on its way. `not_accepted` and
 * `does_not_exist` say the opposite. In prose, "account does not exist" is no doubt.
 */
const EARLIER_REQUEST_IN_CODE = join([
	'already|conflict|on ?going|processed|processing|in ?process|(?<!s)pending|queue|concurren|repeat|twice',
	're ?used|in ?use\\b|uniq|used ?(?:key|reference)|(?:key|nonce|reference) ?(?:is )?used|\\bnonce|too ?early',
	'(?<!\\bnot |\\bnon ?|doesnt ?|not)exist',
	'(?<!\\bnot )\\b(?:accepted|booked|completed|created|done|executed|handled|initiated|logged|paid|posted|received|recorded|registered|running|scheduled|seen|sent|settled|started|submitted|succeeded|taken|treated|wip|working)\\b',
	'investigat|\\bchecks?$|\\bh(?:old|eld)\\b|review|verifying|(?:not|un) ?finish|roll ?back',
	// A start that got lost, or was sent twice on its way, can have changed the state.
	'(?:bad|illegal|incorrect|invalid|session|unexpected|wrong) ?stat(?:e|us)\\b(?! code)',
	'session ?(?:is ?)?(?:active|closed|ended|finished|open|over|used)',
]);

/** Words of a code that speak of a fault on the way and not of the order. */
const FAULT_IN_CODE = join([
	'internal|server|back ?end|up ?stream|down ?stream|gate ?way|proxy|net ?work|connect|socket|data ?base|\\b(?:db|dns|io|sql|ssl|tls)\\b|storage',
	'tim(?:ed?|ing) ?out|time ?limit|dead ?line|dead ?lock|(?<!\\b(?:account|beneficiary|card|partner|project|recipient) (?:is )?)\\block(?:ed)?\\b|(?:request|operation|session|transaction|transfer|payout|payment|time) ?expired',
	'un ?avail|not ?(?:avail|ready)|un ?reach|unrespons|respon[ds]|answer|\\bno ?reply|off ?line|\\bdown\\b|down ?time|outage|mainten|over ?load|busy|stuck|restart|unhealthy|degraded',
	'system(?! ?type)|technical|tempor|transient|intermittent|malfunc|fault|(?<!(?:validation|verification|authentication|authorization|authorisation|signature|check) ?)fail',
	'exception|crash|panic|killed|unexpect|unhandled|undefined|unspecified|unknown(?! ?(?:account|bank|beneficiary|card|corridor|country|currency|customer|destination|field|key|method|param|partner|project|recipient|sender|type|version))',
	'^(?:err(?:or)?|other|nok|oops|bug)$|\\b(?:general|generic|common|service|process|runtime|application|app|api|core|platform|execution|transaction|transfer|payment|payout|operation|order|provider|bank|issuer|acquirer|fatal|critical|other|some) ?err(?:or)?$',
	'retry|try ?again|again ?later|\\blater\\b|\\ba?wait|delay|defer|unconfirmed|unclear|uncertain|undetermin|indetermin|ambigu|partial',
	'abort|interrupt|cancel|broken|\\breset\\b|\\beof\\b|\\be(?:addr|conn|host|net|pipe)|h[au]ng ?up|(?<!\\d)[45](?:\\d\\d|xx)\\b|http',
	'went ?wrong|null ?pointer|memory|\\brace\\b|\\bstale\\b',
]);

/** The same in a description. */
const FAULT_IN_TEXT =
	/internal (?:server )?err|internal fault|server err|time(?:d)?[ -]?out|deadline|unavailab|un ?reachable|no (?:answer|response|reply)|(?:did|does) not (?:answer|respond|reply)|try again|temporar|unknown err|unexpected err|maintenance|overload|went wrong|connection (?:closed|lost|reset)/;

/** Words of a code that is about the signature, the project, its rights, its balance or its limits. */
const ABOUT_ACCOUNT =
	/signature|\bsign(?:ed|ing)?\b|authenti|authori[sz]|identification|project|partner|permission|forbidden|access ?denied|credential|certificate|api ?key|\bip\b|white ?list|balance|funds|wallet|prefund|agreement|contract|(?:dai|week|month)ly|turnover|volume|(?:account|client|rate) ?limit|quota|too ?many|throttl|session ?service/;

/** How much of a text is read; a body can be of any length. */
const MAX_READ = 2_000;

/** Whether an error code says that the request, or one before it, may have been accepted. */
export function isDoubtfulCode(code: string): boolean {
	const words = toWords(code);
	return [EARLIER_REQUEST, EARLIER_REQUEST_IN_CODE, FAULT_IN_CODE].some((it) => it.test(words));
}

/** Whether a code that is not listed is about the whole account: every row would get it. */
export function speaksOfAccount(code: string): boolean {
	return ABOUT_ACCOUNT.test(toWords(code));
}

/** Whether a response speaks of an earlier request with the same key, or of one that is on its way. */
export function speaksOfEarlierRequest(text: string): boolean {
	return EARLIER_REQUEST.test(toWords(text));
}

/** Whether the texts of a response leave open what happened. */
export function isDoubtfulText(text: string): boolean {
	const words = toWords(text);
	return EARLIER_REQUEST.test(words) || FAULT_IN_TEXT.test(words);
}

function join(families: string[]): RegExp {
	return new RegExp(families.join('|'));
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
