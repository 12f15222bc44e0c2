import { ifTrue, ledger, schedule, smartGlocal, stickyNote, tellSomebody } from './nodes.mts';
import { addRows, CLAIMS, EVENTS, findRows, IN_BULK, LEDGER, makeTables } from './tables.mts';
import { markFolded, readRows, removeByIds, removeRows } from './tables.mts';
import type { Example } from './workflowFile.mts';

const RUN = `={{ 'fold/' + $execution.id }}`;

const TABLES = makeTables([11, -12], [LEDGER, CLAIMS, EVENTS]);

const NOTES = [
	stickyNote('Note 1', [-3, -42], [44, 26])`## 1. Nothing to do but choose
**Before you publish:** choose your Smart Glocal credential in **Confirm**.

Outcomes, webhooks, look-ups and decisions are rows of the table **Smart Glocal events**. Every minute, this workflow brings them into **Smart Glocal payouts**, which is the ledger that people read.

n8n works from top to bottom: keep the nodes behind **Fold Events** in their order.`,
	stickyNote('Note 2', [42, -42], [66, 26])`## 2. Every minute: fold the events into the ledger
**Fold Events** puts outcomes, webhooks, look-ups and decisions into the ledger, one row for each reference. A payout only moves forward: late and repeated news change nothing, in any order.

One fold works at a time: it writes a row into the claims, and goes on if no earlier one is there. What the ledger does not know is not written and not confirmed; somebody is told. So it is with a reference that was declined, refused or waits for its approval, and with one that has another session.`,
	stickyNote('Note 3', [109, -42], [66, 22])`## 3. Confirm, or tell somebody
Confirmed is only what the ledger knows, with the same amount in the order's own currency. The rest waits for a person, at most 240 minutes. To decide more cases yourself, put your check in front of **Confirm**. Where **Confirm** gets no clear answer, **Catch up** looks again.

Put Send Email, Slack or Teams after **Tell Somebody**. The sentence to send is \`{{ $json.notice }}\`; \`{{ $json.kind }}\` is *decide*, *failed*, *returned* or *unknown_payout*.`,
];

const FOLDING = [
	schedule('Every Minute', [0, 0], { field: 'minutes', minutesInterval: 1 }),
	...TABLES.nodes,
	ledger('Take a Turn', 'claim', [11, 0], { run: RUN }),
	addRows('Write the Turn', [22, 0], CLAIMS),
	// n8n reads 1,000 rows at a time and fails when their number changes meanwhile (n8n 2.41).
	readRows('Read the Claims', [33, 0], CLAIMS, [], 'all'),
	readRows('Read New Events', [44, 0], EVENTS, [['folded', 'isFalse']]),
	ledger('Prepare Look-Ups', 'lookUp', [55, 0]),
	findRows('Look in the Ledger', [66, 0], LEDGER),
	ledger('Fold Events', 'fold', [77, 0], {
		events: `={{ $('Read New Events').all() }}`,
		run: RUN,
	}),
	addRows('Add New Rows', [88, -12], LEDGER, IN_BULK),
	removeByIds('Remove Old Rows', [99, -6], LEDGER),
	markFolded('Mark the Events', [110, 0]),
	removeRows('Give the Turn Back', [88, 18], CLAIMS, [['run', 'eq', RUN]]),
	ifTrue('Is There More?', [99, 18], `$('Fold Events').first(4).json.more`),
];

const ACTING = [
	ifTrue('Confirm It?', [121, 6], `$json.kind === 'confirm'`),
	smartGlocal(
		'Confirm',
		[132, 0],
		{ resource: 'session', operation: 'confirm', options: {} },
		{ onError: 'continueRegularOutput' },
	),
	ledger('What Was Confirmed', 'follow', [143, 0], { event: 'confirm' }),
	addRows('Write What Was Confirmed', [154, 0], EVENTS),
	tellSomebody('Tell Somebody', [132, 12]),
];

/** Folds what happened into the ledger, and confirms what the ledger knows. */
export const KEEP_THE_LEDGER: Example = {
	name: 'Smart Glocal: keep the ledger',
	nodes: [...NOTES, ...FOLDING, ...ACTING],
	links: [
		['Every Minute', 'Make the Ledger'],
		...TABLES.links,
		['Every Minute', 'Take a Turn', 'Write the Turn', 'Read the Claims', 'Read New Events'],
		['Read New Events', 'Prepare Look-Ups', 'Look in the Ledger', 'Fold Events'],
		['Fold Events', 'Add New Rows', 0],
		['Fold Events', 'Remove Old Rows', 1],
		['Fold Events', 'Mark the Events', 2],
		['Fold Events', 'Confirm It?', 3],
		['Fold Events', 'Give the Turn Back', 4],
		['Give the Turn Back', 'Is There More?'],
		['Is There More?', 'Take a Turn', 0],
		['Confirm It?', 'Confirm', 0],
		['Confirm It?', 'Tell Somebody', 1],
		['Confirm', 'What Was Confirmed', 'Write What Was Confirmed'],
	],
	// It runs every minute, and what happened is in the table of events.
	settings: { saveDataSuccessExecution: 'none' },
};
