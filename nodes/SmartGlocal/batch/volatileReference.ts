import type { IExecuteFunctions } from 'n8n-workflow';
import { VOLATILE_REFERENCE } from '../messages/hints';

/** What gives another value in each run, or for a row in another place. */
const VOLATILE_NAMES = [
	'\\$(?:now|today|execution|itemIndex|runIndex|position|prevNode|resumeWebhookUrl|getWorkflowStaticData)\\b',
	// As `Math.random` and as `Math["random"]`.
	'\\b(?:Math|Date|DateTime)\\s*[.[\'"`\\s]+(?:random|now|local|utc)\\b',
	'\\b(?:diffToNow|toRelative)\\b',
	// A date that is made from a column is the same each time.
	'\\bDate\\s*\\(\\s*\\)',
	'\\bnew\\s+Date\\b(?!\\s*\\()',
	'\\b(?:random[A-Z]\\w*|currentRunIndex)\\b',
].join('|');

/** The parameters that can hold the reference, by their paths. */
const REFERENCE_PARAMETERS = ['payout.value.reference', 'reference'];

/** For n8n's panel: whether the reference that the user has written is volatile, as an expression. */
export const HAS_VOLATILE_REFERENCE = `={{ /${VOLATILE_NAMES}/.test([$rawParameter.payout?.value?.reference, $rawParameter.reference].filter((text) => String(text).startsWith("=")).join(" ")) }}`;

/** Whether an expression can give another value in another run, for the same row. */
export function isVolatile(expression: string): boolean {
	return new RegExp(VOLATILE_NAMES).test(expression);
}

/** Warns in the output panel when the reference of the rows that were run is volatile. */
export function warnOfVolatileReference(context: IExecuteFunctions): void {
	const written = REFERENCE_PARAMETERS.map(
		(path) => context.getNodeParameter(path, 0, '', { rawExpressions: true }) as unknown,
	);
	const isWarned = written.some(
		(text) => typeof text === 'string' && text.startsWith('=') && isVolatile(text),
	);
	if (isWarned) {
		context.addExecutionHints({
			message: VOLATILE_REFERENCE,
			type: 'warning',
			location: 'outputPane',
		});
	}
}
