import { node, stickyNote, tellSomebody } from './nodes.mts';
import type { Place } from './nodes.mts';
import { CLAIMS, LEDGER, readRows } from './tables.mts';
import type { Example } from './workflowFile.mts';

// A table can be missing, or be what has failed: somebody is told in any case. Where its database fails,
// n8n puts out what came in, without an error (n8n 2.41).
const IN_ANY_CASE = { onError: 'continueRegularOutput' };

const FAILED = `$('A Workflow Has Stopped').first().json`;
const READ = `[...$('What Is Being Sent').all(), ...$('What Is Unclear').all()]`;

/** What is known, each with its type. */
const FIELDS: ReadonlyArray<[name: string, type: string, expression: string]> = [
	['place', 'string', `${FAILED}.execution?.lastNodeExecuted ?? ''`],
	[
		'reason',
		'string',
		`(${FAILED}.execution?.error ?? ${FAILED}.trigger?.error)?.message ?? 'n8n gives no reason'`,
	],
	['isRead', 'boolean', `${READ}.every(({ json }) => !json.error && !json.workflow)`],
	['open', 'array', `[...new Set(${READ}.map(({ json }) => json.reference).filter(Boolean))]`],
];

const NOTICE = [
	`The workflow “{{ ${FAILED}.workflow.name }}” stopped{{ $json.place && ' at “' + $json.place + '”' }}:`,
	`{{ $json.reason.replace(/[.!?]*$/, '.') }}`,
	`{{ $json.isRead ? $json.open.length + ($json.open.length === 1 ? ' payout has' : ' payouts have') + ' no clear answer yet' : 'The ledger could not be read' }}{{ $json.open.length === 0 ? '.' : ': ' + $json.open.slice(0, 20).join(', ') + ($json.open.length > 20 ? ' and more' : '') + '. “Catch up” looks them up, or sends them again with the same reference, which cannot pay twice.' }}`,
	'Never change a reference, and do not pay these rows in another way.',
	`{{ ${FAILED}.execution?.url ? 'Its execution: ' + ${FAILED}.execution.url : '' }}`,
];

function edit(
	name: string,
	place: Place,
	fields: ReadonlyArray<[name: string, type: string, value: string]>,
) {
	const assignments = fields.map(([id, type, value]) => ({ id, name: id, type, value }));
	const parameters = { assignments: { assignments }, options: {} };
	return { ...node(name, 'n8n-nodes-base.set', 3.4, place, parameters), executeOnce: true };
}

/** Says which workflow has stopped, why, and which payouts have no clear answer now. */
export const WHEN_SOMETHING_BREAKS: Example = {
	name: 'Smart Glocal: when something breaks',
	nodes: [
		stickyNote('About This Workflow', [-3, -18], [36, 14])`## When something breaks

Says which workflow has stopped, why, and which payouts have no clear answer at that moment.

**To do:** **Publish** it. Then open each of the other workflows, choose **⋯ → Settings**, and choose this one as *Error Workflow*.`,
		stickyNote('Tell Somebody How', [34, -18], [30, 14])`## Tell somebody

Put Send Email, Slack or Teams after **Tell Somebody**. The sentences to send are \`{{ $json.notice }}\`.`,
		node('A Workflow Has Stopped', 'n8n-nodes-base.errorTrigger', 1, [0, 0]),
		{ ...readRows('What Is Being Sent', [22, -3], CLAIMS), ...IN_ANY_CASE },
		{
			...readRows('What Is Unclear', [22, 4], LEDGER, [['outcome', 'eq', 'unknown']]),
			...IN_ANY_CASE,
		},
		edit(
			'What Is Known',
			[33, 0],
			FIELDS.map(([name, type, expression]) => [name, type, `={{ ${expression} }}`]),
		),
		edit('Say What Stopped', [44, 0], [['notice', 'string', `=${NOTICE.join(' ')}`]]),
		tellSomebody('Tell Somebody', [55, 0]),
	],
	links: [
		['A Workflow Has Stopped', 'What Is Being Sent'],
		['A Workflow Has Stopped', 'What Is Unclear', 'What Is Known'],
		['What Is Known', 'Say What Stopped', 'Tell Somebody'],
	],
};
