import { confirmPayouts, tellSomebody } from './followNodes.mts';
import { createLedger, readLedger, updateLedger } from './ledger.mts';
import { code, node, payRows, smartGlocal, stickyNote } from './nodes.mts';
import type { Example } from './workflowFile.mts';

const CHUNK = 200;
const NOW = `const now = new Date().toISOString();`;
const READ = `$('Read What Is Open').all().filter(({ json }) => json.reference)`;

const NOTES = [
	stickyNote(
		'Note: catch up',
		[-3, -62],
		[34, 22],
		`## Catch up

Finds out what webhooks have not said: every 15 minutes, or when you click **Execute workflow**.

**To change:** choose your credential in **Look Up**, **Confirm** and **Send Again**, then **Publish**.

Payouts that have succeeded are not looked at again: webhooks and the daily report show what comes back later.

Two runs at once do no harm: the ledger only goes forward, and a reference cannot pay twice.`,
	),
	stickyNote(
		'Note: look up',
		[42, -54],
		[74, 14],
		`## What has a session is looked up

200 at a time. What waits for its confirmation although its webhook came more than 5 minutes ago, or never came, is confirmed under the rules of **Follow up by webhook**: same reference, same session, same amount in the order's own currency.`,
	),
	stickyNote(
		'Note: send again',
		[42, -2],
		[74, 12],
		`## What got no clear answer is sent again

After 10 minutes, from the ledger's copy of the row, with the same reference: Smart Glocal takes it now, or says that it has it already. A copy that does not fit the ledger's reference, amount and currency is not sent.

**To change:** in **Check the Rows** and **Send Again**, replace the *Sender* with your company, exactly as where the rows are paid.`,
		3,
	),
	stickyNote(
		'Note: tell somebody',
		[42, 26],
		[74, 12],
		`## What a person must know

What has waited for its confirmation for more than 180 minutes, what cannot be sent again, and what has not ended after a day. Each is said once: the ledger's column *next_step* keeps it.

Put Slack, an e-mail or another message after **Tell Somebody**. The sentence to send is \`{{ $json.notice }}\`.`,
	),
];

const START = [
	node('Every 15 Minutes', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, 0], {
		rule: { interval: [{ field: 'minutes', minutesInterval: 15 }] },
	}),
	createLedger('Make the Ledger', [11, -36]),
	code(
		'Nobody Decided in Time',
		[11, -26],
		[],
		`const json = {
	outcome: 'declined',
	outcome_at: new Date().toISOString(),
	message: 'Nobody decided in time.',
	next_step: 'Nothing was paid. Ask for it again under a new reference.',
	approval_code: '',
	final: true,
	row: '',
};
return [{ json }];`,
	),
	updateLedger(
		'Decline What Nobody Decided',
		[22, -26],
		[
			['outcome', 'eq', 'waiting_for_approval'],
			['decide_until', 'lt', '={{ $now.toISO() }}'],
		],
	),
	{
		...readLedger('Read What Is Open', [22, 0], [['final', 'isFalse']]),
		// n8n reads 1,000 rows at a time and fails when their number changes meanwhile.
		retryOnFail: true,
		maxTries: 5,
	},
];

const LOOKING = [
	code('With a Session', [33, -36], ['catchUp'], `return listToLookUp(${READ});`),
	node('200 to Look Up', 'n8n-nodes-base.splitInBatches', 3, [44, -36], {
		batchSize: CHUNK,
		options: {},
	}),
	smartGlocal(
		'Look Up',
		[55, -31],
		{ resource: 'session', operation: 'get', sessionId: '={{ $json.session_id }}', options: {} },
		{ onError: 'continueRegularOutput' },
	),
	code(
		'What Has Changed',
		[66, -31],
		['catchUp'],
		`${NOW}
const rows = $('200 to Look Up').all(1, $runIndex);
return toLookedUpRows(rows, $input.all(), now);`,
	),
	updateLedger(
		'Write What Has Changed',
		[77, -31],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			['session_id', 'eq', '={{ $json.session_id }}'],
			['status_rank', 'lt', '={{ $json.status_rank }}'],
		],
	),
	code(
		'What to Do',
		[88, -37],
		['catchUp'],
		`${NOW}
const rows = $('200 to Look Up').all(1, $runIndex);
return listTasks(rows, $('Look Up').all(0, $runIndex), $input.all(), now);`,
	),
];

const SENDING = [
	code('Without an Answer', [33, 12], ['catchUp'], `${NOW}\nreturn listToSend(${READ}, now);`),
	code('Their Rows', [44, 12], [], 'return $input.all().map(({ json }) => ({ json: json.row }));'),
	payRows('Check the Rows', [55, 12], { dryRun: true }),
	code(
		'Those That Fit',
		[66, 12],
		['catchUp'],
		`return selectSame($('Without an Answer').all(), $input.all(), true);`,
	),
	node('200 to Send', 'n8n-nodes-base.splitInBatches', 3, [77, 12], {
		batchSize: CHUNK,
		options: {},
	}),
	code(
		'Rows of This Chunk',
		[88, 17],
		[],
		'return $input.all().map(({ json }) => ({ json: json.row }));',
	),
	payRows('Send Again', [99, 17]),
	code(
		'After Sending',
		[110, 17],
		['ledgerRow'],
		`${NOW}
return $input.all().map((item) => ({ json: toResentRow(item, now) }));`,
	),
	updateLedger(
		'Write What Came Out',
		[121, 17],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			// A webhook that came meanwhile knows better.
			['status_rank', 'lt', '10'],
		],
	),
];

const TELLING = [
	code(
		'Those That Do Not Fit',
		[66, 40],
		['catchUp'],
		`const step = 'It got no clear answer, and the ledger’s copy of its row does not fit the ledger. Look for its reference in Smart Glocal’s dashboard, and do not pay it again before.';
const others = selectSame($('Without an Answer').all(), $input.all(), false);
return others.map(({ json }) => ({ json: toReport(json.entry, step) }));`,
	),
	code('What Is Stuck', [66, 50], ['catchUp'], `${NOW}\nreturn toReports(${READ}, now);`),
	updateLedger(
		'Write It Once',
		[77, 45],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			['next_step', 'neq', '={{ $json.next_step }}'],
			// What has gone on since it was read is not stuck.
			['status_rank', 'eq', '={{ $json.status_rank }}'],
			['final', 'isFalse'],
		],
	),
	code('What Is New', [88, 45], ['catchUp'], 'return toReportNotices($input.all());'),
	tellSomebody('Tell Somebody', [132, 0]),
];

const CONFIRMING = confirmPayouts([99, -37], 'Tell Somebody');

/** Looks up what is not final, sends again what got no clear answer, and says what a person must know. */
export const CATCH_UP: Example = {
	name: 'Smart Glocal: catch up',
	nodes: [...NOTES, ...START, ...LOOKING, ...CONFIRMING.nodes, ...SENDING, ...TELLING],
	links: [
		['Every 15 Minutes', 'Make the Ledger'],
		['Every 15 Minutes', 'Nobody Decided in Time'],
		['Nobody Decided in Time', 'Decline What Nobody Decided'],
		['Every 15 Minutes', 'Read What Is Open'],
		['Read What Is Open', 'With a Session'],
		['Read What Is Open', 'Without an Answer'],
		['Read What Is Open', 'What Is Stuck'],
		['With a Session', '200 to Look Up'],
		['200 to Look Up', 'Look Up', 1],
		['Look Up', 'What Has Changed'],
		['What Has Changed', 'Write What Has Changed'],
		['Write What Has Changed', 'What to Do'],
		['Write What Has Changed', '200 to Look Up'],
		['What to Do', 'Confirm It?'],
		...CONFIRMING.links,
		['Confirm It?', 'Tell Somebody', 1],
		['Without an Answer', 'Their Rows'],
		['Their Rows', 'Check the Rows'],
		['Check the Rows', 'Those That Fit'],
		['Check the Rows', 'Those That Do Not Fit'],
		['Those That Fit', '200 to Send'],
		['200 to Send', 'Rows of This Chunk', 1],
		['Rows of This Chunk', 'Send Again'],
		['Send Again', 'After Sending'],
		['After Sending', 'Write What Came Out'],
		['Write What Came Out', '200 to Send'],
		['Those That Do Not Fit', 'Write It Once'],
		['What Is Stuck', 'Write It Once'],
		['Write It Once', 'What Is New'],
		['What Is New', 'Tell Somebody'],
	],
};
