import { tellSomebody } from './followNodes.mts';
import { readLedger } from './ledger.mts';
import { code, node, stickyNote } from './nodes.mts';
import type { Example } from './workflowFile.mts';

// The ledger can be missing, or be what has failed: somebody is told in any case.
const IN_ANY_CASE = { onError: 'continueRegularOutput', executeOnce: true };

/** Says which workflow has stopped, why, and which payouts have no clear answer now. */
export const WHEN_SOMETHING_BREAKS: Example = {
	name: 'Smart Glocal: when something breaks',
	nodes: [
		stickyNote(
			'Note: when something breaks',
			[-3, -16],
			[36, 14],
			`## When something breaks

Says which workflow has stopped, why, and which payouts have no clear answer at that moment.

**To change:** **Publish** it. Then open each of the other workflows, choose **⋯ → Settings**, and choose this one as *Error Workflow*.`,
		),
		stickyNote(
			'Note: tell somebody',
			[41, -16],
			[18, 24],
			`## Tell somebody

Put Slack, an e-mail or another message after **Tell Somebody**. The sentences to send are \`{{ $json.notice }}\`.`,
		),
		node('A Workflow Has Stopped', 'n8n-nodes-base.errorTrigger', 1, [0, 0]),
		{
			...readLedger('What Is Being Sent', [11, 0], [['outcome', 'eq', 'sending']]),
			...IN_ANY_CASE,
		},
		{
			...readLedger('What Is Unclear', [22, 0], [['outcome', 'eq', 'unknown']]),
			...IN_ANY_CASE,
		},
		code(
			'Say What Stopped',
			[33, 0],
			['errorNotice'],
			`const failed = $('A Workflow Has Stopped').first().json;
const ledger = [...$('What Is Being Sent').all(), ...$input.all()];
return [describeError(failed, ledger)];`,
		),
		tellSomebody('Tell Somebody', [47, 0]),
	],
	links: [
		['A Workflow Has Stopped', 'What Is Being Sent'],
		['What Is Being Sent', 'What Is Unclear'],
		['What Is Unclear', 'Say What Stopped'],
		['Say What Stopped', 'Tell Somebody'],
	],
};
