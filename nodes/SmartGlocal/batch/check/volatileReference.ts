/** A name of a column or a node in quotes, which can be any words. */
const QUOTED_NAME = '([[(])\\s*(?:"[^"{]*"|\'[^\'{]*\')\\s*([\\])])';
const NO_NAME = '$1""$2';

/** Not a field of something, as in `$json.Date`. */
const START = '(?:^|[^.\\w$])';
const DOT = '\\s*\\??\\s*\\.\\s*';

/** What gives another value in each run, or for a row in another place. Names in quotes are `""`. */
const VOLATILE_NAMES = [
	'\\$(?:now|today|mode|position|prevNode|execution(?:Id)?|(?:thisI|i)temIndex|(?:thisR|r)unIndex)\\b',
	'\\$(?:resumeWebhookUrl|getWorkflowStaticData|evaluateExpression|from(?:AI|Ai|ai)|items\\s*\\()',
	`\\$(?:input|node\\s*(?:\\[""\\]|${DOT}\\w+)|\\(""\\))${DOT}(?:runIndex|context)\\b`,
	`\\ball\\s*\\([^()]*\\)${DOT}(?:indexOf|lastIndexOf|findIndex|findLastIndex|length)\\b`,
	`${START}(?:Math|Date)${DOT}(?:random|now)\\b`,
	`${START}(?:Math|Date)(?:\\?\\.)?\\[`,
	// A time without a date is one of today.
	`${START}(?:DateTime|Intl|crypto|performance)(?:${DOT}|\\s*\\[)`,
	'\\b(?:toDateTime|diffToNow|toRelative|isInLast|random(?:Item|UUID|Int|Bytes))\\s*\\(',
	// A date that is made from a column is the same each time.
	`${START}Date\\s*\\(\\s*\\)`,
	'\\bnew\\s+Date\\b(?!\\s*\\()',
	'[([,=:?&|]\\s*(?:Date|DateTime|Math|Intl)\\s*[)\\],;]',
].join('|');

/** Whether the reference that the user has written is volatile, as an expression. */
const IS_VOLATILE = `={{ /${VOLATILE_NAMES}/.test([$rawParameter.payout?.value?.reference, $rawParameter.reference].filter((text) => String(text).startsWith("=")).join(" ").replace(/${QUOTED_NAME}/g, '${NO_NAME}')) }}`;

/** What the panel says about such a reference, before and after a run. */
export const VOLATILE_HINT = {
	message:
		"The expression in 'Reference' can give another value in each run (current time, random number, number of the run or the row). Running a row again would then pay it again. Use a value that belongs to the row, such as its invoice number.",
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'always',
	displayCondition: IS_VOLATILE,
} as const;
