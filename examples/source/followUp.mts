import { CREDENTIALS, code, ifTrue, node, stickyNote, switchByKind } from './nodes.mts';
import { confirmPayouts, tellSomebody } from './followNodes.mts';
import { createLedger, readLedger, updateLedger } from './ledger.mts';
import { TRIGGER_TYPE } from '../../n8n/packageNames.mts';
import type { Example } from './workflowFile.mts';

const NOTES = [
	stickyNote(
		'Note: the webhook',
		[-3, -24],
		[20, 20],
		`## Follow up by webhook

Writes into the ledger how each payout goes on, and confirms those that it knows.

**To change:** choose your credential in **A Payout Has Changed** and **Confirm**. It needs Smart Glocal's public key, field *Webhook Public Key*.

Then **Publish**, and send the trigger's **Production URL** to your account manager at Smart Glocal. One URL serves the whole project.`,
	),
	stickyNote(
		'Note: the ledger',
		[18, -24],
		[53, 20],
		`## Only forward

The ledger knows a payout by its reference **and** its session. The two nodes **Write…** change a row only if the news are newer: late and repeated webhooks change nothing, in any order, and of two at once only one goes on.

What the ledger does not know is not written and not confirmed: somebody is told. So it is with a reference that was declined, refused or waits for its approval, and with one that has another session.`,
	),
	stickyNote(
		'Note: the confirmation',
		[72, -40],
		[48, 14],
		`## Your decision

Confirmed is only what the ledger knows, with the same amount in the order's own currency. The rest waits for a person, at most 240 minutes. To decide more cases yourself, put your check in front of **Confirm**.

Where **Confirm** gets no clear answer, **Catch up** looks again.`,
	),
	stickyNote(
		'Note: tell somebody',
		[94, -8],
		[26, 36],
		`## Tell somebody

Put Slack, an e-mail or another message after these four nodes. The sentence to send is \`{{ $json.notice }}\`.`,
	),
];

const KIND_NODES = [
	['decide', 'Tell Somebody to Decide'],
	['failed', 'Tell Somebody What Failed'],
	['returned', 'Tell Somebody What Came Back'],
] as const;

const RECORDING = [
	node(
		'A Payout Has Changed',
		TRIGGER_TYPE,
		1.1,
		[0, 0],
		{ events: ['ready_to_confirm', 'payment_finished', 'payment_refunded'], simplify: true },
		{ credentials: CREDENTIALS, webhookId: 'follow-up' },
	),
	// Two webhooks can make it at the same time, and one of them fails.
	{ ...createLedger('Make the Ledger', [11, -10]), onError: 'continueRegularOutput' },
	readLedger('Look in the Ledger', [22, 0], [['reference', 'eq', `={{ $json.reference ?? '' }}`]]),
	code(
		'Compare with the Ledger',
		[33, 0],
		['readWebhooks'],
		`const webhooks = $('A Payout Has Changed').all();
return readWebhooks(webhooks, $input.all(), new Date().toISOString());`,
	),
	ifTrue('Does the Ledger Know It?', [44, 0], '$json.notice === undefined'),
	updateLedger(
		'Write It with Its Session',
		[55, -10],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			['session_id', 'isEmpty'],
			['status_rank', 'lt', '={{ $json.status_rank }}'],
		],
	),
	updateLedger(
		'Write It',
		[55, 0],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			['session_id', 'eq', '={{ $json.session_id }}'],
			['status_rank', 'lt', '={{ $json.status_rank }}'],
		],
	),
	code(
		'What to Do',
		[66, -5],
		['followPayout'],
		'return toTasks($input.all().filter(({ json }) => json.reference));',
	),
];

const CONFIRMING = confirmPayouts([77, -5], 'Tell Somebody to Decide');

const TELLING = [
	switchByKind(
		'What to Tell?',
		[88, 8],
		KIND_NODES.map(([kind]) => kind),
	),
	...KIND_NODES.map(([, name], index) => tellSomebody(name, [110, 8 * index])),
	tellSomebody('Tell Somebody What Does Not Fit', [110, 22]),
];

/** Writes into the ledger how payouts go on, confirms those that it knows, and says what a person must know. */
export const FOLLOW_UP: Example = {
	name: 'Smart Glocal: follow up by webhook',
	nodes: [...NOTES, ...RECORDING, ...CONFIRMING.nodes, ...TELLING],
	links: [
		['A Payout Has Changed', 'Make the Ledger'],
		['A Payout Has Changed', 'Look in the Ledger'],
		['Look in the Ledger', 'Compare with the Ledger'],
		['Compare with the Ledger', 'Does the Ledger Know It?'],
		['Does the Ledger Know It?', 'Write It with Its Session'],
		['Does the Ledger Know It?', 'Write It'],
		['Does the Ledger Know It?', 'Tell Somebody What Does Not Fit', 1],
		['Write It with Its Session', 'What to Do'],
		['Write It', 'What to Do'],
		['What to Do', 'Confirm It?'],
		...CONFIRMING.links,
		['Confirm It?', 'What to Tell?', 1],
		...KIND_NODES.map(([, name], output) => ['What to Tell?', name, output] as const),
	],
};
