import { ledger, node, onlyOnce, payRows, schedule } from './nodes.mts';
import { settings, smartGlocal, stickyNote, tellSomebody } from './nodes.mts';
import { payOrders } from './payOrders.mts';
import { addRows, CLAIMS, EVENTS, findRows, LEDGER, makeTables } from './tables.mts';
import { emptyDetails, readRows, removeRows } from './tables.mts';
import type { Example } from './workflowFile.mts';

const TABLES = makeTables([11, -12], [LEDGER, CLAIMS, EVENTS]);

const NOTES = [
	stickyNote('Note 1', [-3, -50], [47, 28])`## Catch up
Finds out what webhooks have not said: every 15 minutes, or when you click **Execute workflow**. What it finds goes into the table of events; **Keep the ledger** folds it into the ledger and confirms.

**Before you publish:** choose your Smart Glocal credential in **Look Up** and **Check the Rows**, and in **Pay These Orders** the workflow **Smart Glocal: pay orders**.

**Settings** says after how many days the events that are in the ledger are removed.

Payouts that have succeeded are not looked up again: webhooks and the daily report show what comes back later.`,
	stickyNote('Note 2', [45, -50], [66, 28])`## What got no clear answer is sent again
After 10 minutes, with the same reference: Smart Glocal takes it now, or says that it has it already. So is what a run has left that was stopped. At most 200 payouts in one go, the oldest first.

The rows are the copies that the ledger keeps. **Check the Rows** reads them again, and a copy that is no longer the payout that the ledger has is not sent. **Pay orders** then looks once more at what is known, and decides.`,
	stickyNote('Note 3', [112, -50], [44, 28])`## What a person must know
What has waited for its confirmation for more than 180 minutes, what cannot be sent again, and what has not ended after a day. Each is said once.

Put Send Email, Slack or Teams after **Tell Somebody**. The sentence to send is \`{{ $json.notice }}\`.`,
];

const READING = [
	schedule('Every 15 Minutes', [0, 0], { field: 'minutes', minutesInterval: 15 }),
	...TABLES.nodes,
	settings('Settings', [11, 0], { keep_events_days: 400 }),
	readRows('Read the Claims', [22, 0], CLAIMS),
	readRows('Read New Events', [33, 0], EVENTS, [['folded', 'isFalse']]),
	ledger('Prepare Look-Ups', 'lookUp', [44, 0], {
		items: `={{ $('Read the Claims').all() }}`,
	}),
	findRows('Look in the Ledger', [55, 0], LEDGER),
	{
		...readRows('Read What Is Open', [66, 0], LEDGER, [['final', 'isFalse']], 'all'),
		// n8n reads 1,000 rows at a time and fails when their number changes meanwhile (n8n 2.41).
		retryOnFail: true,
		maxTries: 5,
	},
	ledger('Catch Up', 'catchUp', [77, 0], {
		events: `={{ $('Read New Events').all() }}`,
		payouts: `={{ [...$('Look in the Ledger').all(), ...$input.all()] }}`,
	}),
];

const ACTING = [
	smartGlocal(
		'Look Up',
		[88, -17],
		{ resource: 'session', operation: 'get', options: {} },
		{ onError: 'continueRegularOutput' },
	),
	ledger('Follow Payouts', 'follow', [99, -17], {
		event: 'look_up',
		payouts: `={{ $('Read What Is Open').all() }}`,
	}),
	addRows('Write What Was Found', [110, -17], EVENTS),
	node('Their Rows', 'n8n-nodes-base.set', 3.4, [88, -6], {
		mode: 'raw',
		jsonOutput: '={{ $json.columns }}',
		options: {},
	}),
	payRows('Check the Rows', [99, -6], { dryRun: true, includeFingerprints: true }),
	ledger('Those That Fit', 'catchUp', [110, -6], {
		step: 'checked',
		checked: '={{ $input.all() }}',
	}),
	payOrders([121, -10]),
	addRows('Write What Was Declined', [88, 3], EVENTS),
	onlyOnce('Only Once', [132, 18], '={{ $json.notice }}'),
	tellSomebody('Tell Somebody', [143, 18]),
];

/** Removes what nobody needs any more, after everything else. */
const TIDYING = [
	removeRows('Remove Old Events', [22, 30], EVENTS, [
		['folded', 'isTrue'],
		[
			'at',
			'lt',
			`={{ $now.minus({ days: $('Settings').first().json.keep_events_days }).toISO() }}`,
		],
	]),
	// What is in the ledger needs no copy here; who looked minutes ago still reads it.
	emptyDetails(
		'Empty Folded Events',
		[33, 30],
		[
			['folded', 'isTrue'],
			['createdAt', 'lt', '={{ $now.minus({ hours: 1 }).toISO() }}'],
			['details', 'neq', ''],
		],
	),
	// Of runs that claimed nothing, and of folds, which were stopped.
	removeRows('Remove Old Turns', [44, 30], CLAIMS, [
		['reference', 'eq', ''],
		['claimed_at', 'lt', '={{ $now.minus({ hours: 1 }).toISO() }}'],
	]),
];

/** Looks up what is not final, sends again what got no clear answer, and says what a person must know. */
export const CATCH_UP: Example = {
	name: 'Smart Glocal: catch up',
	nodes: [...NOTES, ...READING, ...ACTING, ...TIDYING],
	links: [
		['Every 15 Minutes', 'Make the Ledger'],
		...TABLES.links,
		['Every 15 Minutes', 'Settings', 'Read the Claims'],
		['Settings', 'Remove Old Events', 'Empty Folded Events', 'Remove Old Turns'],
		['Read the Claims', 'Read New Events', 'Prepare Look-Ups', 'Look in the Ledger'],
		['Look in the Ledger', 'Read What Is Open', 'Catch Up'],
		['Catch Up', 'Look Up', 0],
		['Catch Up', 'Their Rows', 1],
		['Catch Up', 'Write What Was Declined', 2],
		['Catch Up', 'Only Once', 3],
		['Look Up', 'Follow Payouts', 'Write What Was Found'],
		['Their Rows', 'Check the Rows', 'Those That Fit'],
		['Those That Fit', 'Pay These Orders', 1],
		['Those That Fit', 'Only Once', 3],
		['Only Once', 'Tell Somebody'],
	],
};
