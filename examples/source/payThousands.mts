import { createLedger, createTable, findInLedger, insertLedger } from './ledger.mts';
import { LEDGER, readTable, updateLedger, writeLedger } from './ledger.mts';
import { code, ifTrue, node, payRows, stickyNote } from './nodes.mts';
import type { Example } from './workflowFile.mts';

const CHUNK = 200;

/** Its name must not be part of the ledger's, nor the other way round. */
const ORDERS = 'Payouts to send';

/** The columns that the four destinations need. */
const ORDER_COLUMNS = [
	'reference',
	'destination',
	'amount',
	'currency',
	'description',
	'iban',
	'swift_bic_code',
	'account_type',
	'sort_code',
	'account_number',
	'bank_account_number',
	'routing_code',
	'recipient_first_name',
	'recipient_last_name',
	'recipient_bank_name',
	'recipient_address_line',
	'recipient_city',
	'recipient_postal_code',
	'recipient_state',
];

const ORIGIN = `{ source: '${ORDERS}', requestedBy: '', now: new Date().toISOString() }`;

const CHECKING = [
	node('Start by Hand', 'n8n-nodes-base.manualTrigger', 1, [0, 0]),
	createLedger('Make the Ledger', [11, 0]),
	createTable('Make the Table of Payouts', [22, 0], ORDERS, ORDER_COLUMNS),
	readTable('Get the Payouts', [33, 0], ORDERS),
	code('Take the Rows', [44, 0], ['tableRows'], 'return takeTableRows($input.all());'),
	payRows('Check All Rows', [55, 0], { dryRun: true }),
	code('Which References?', [66, 0], ['references'], 'return toConditions($input.all());'),
	findInLedger('Look in the Ledger', [77, 0]),
	code(
		'Sort the Rows',
		[88, 0],
		['sortRows'],
		`const rows = $('Take the Rows').all();
const { page, ...sorted } = sortRows(rows, $('Check All Rows').all(), $input.all());
return [{ json: sorted }];`,
	),
	code(
		'Rows That Are Wrong',
		[99, -9],
		['chunks'],
		`const sorted = $('Sort the Rows').first().json;
const ledger = $('Look in the Ledger').all();
return toWrongRows(sorted, $('Check All Rows').all(), ledger, ${ORIGIN});`,
	),
	writeLedger('Write Why', [110, -9]),
	ifTrue('Anything to Pay?', [99, 0], '$json.payable > 0'),
];

const CHUNKS = [
	code(
		'Rows to Pay',
		[110, 0],
		[],
		`const { rows } = $('Sort the Rows').first().json;
const checked = $('Check All Rows').all();
return $('Take the Rows').all().flatMap(({ json: row }, index) =>
	rows[index].decision.startsWith('pay') ? [{ json: { row, checked: checked[index].json } }] : [],
);`,
	),
	node('Take 200 at a Time', 'n8n-nodes-base.splitInBatches', 3, [121, 0], {
		batchSize: CHUNK,
		options: {},
	}),
	node('Pay This Chunk', 'n8n-nodes-base.executeWorkflow', 1.3, [132, 5], {
		workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
		mode: 'once',
		options: {},
	}),
	ifTrue('Did It Stop?', [143, 5], `$json.stopped !== ''`),
	code(
		'Say What Happened',
		[154, -9],
		['chunks'],
		`const chunks = [];
for (let run = 0; run < 10_000; run++) {
	try {
		chunks.push($('Pay This Chunk').first(0, run).json);
	} catch {
		break;
	}
}
return [{ json: describeRun($('Sort the Rows').first().json, chunks) }];`,
	),
	ifTrue('Did the Run Stop?', [165, -9], '$json.stopped'),
	node('End as Failed', 'n8n-nodes-base.stopAndError', 1, [176, -9], {
		errorMessage: '={{ $json.message }}',
	}),
];

const ONE_CHUNK = [
	node('A Chunk of Rows', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 30], {
		inputSource: 'passthrough',
	}),
	code(
		'References of the Chunk',
		[11, 30],
		['references'],
		'return toConditions($input.all().map(({ json }) => ({ json: json.checked })));',
	),
	// Another run may have written them since the whole was checked.
	findInLedger('Look Again', [22, 30]),
	code(
		'Before Paying',
		[33, 30],
		['chunks'],
		`const chunk = $('A Chunk of Rows').all();
return toSendingRows(chunk, $input.all(), ${ORIGIN});`,
	),
	ifTrue('New in the Ledger?', [44, 30], '$json.id === undefined'),
	insertLedger('Write New Rows', [55, 26]),
	updateLedger(
		'Write Known Rows',
		[55, 35],
		[
			['id', 'eq', '={{ $json.id }}'],
			['status_rank', 'lt', '10'],
		],
	),
	node('All Are Written', 'n8n-nodes-base.merge', 3.2, [66, 30], { mode: 'append' }),
	code(
		'Rows of This Chunk',
		[77, 30],
		[],
		`return $('A Chunk of Rows').all().map(({ json }) => ({ json: json.row }));`,
	),
	payRows('Pay the Rows', [88, 30]),
	code(
		'After Paying',
		[99, 30],
		['chunks'],
		`const ledger = [...$('Look Again').all(), ...$('All Are Written').all()];
return toOutcomeRows($input.all(), ledger, new Date().toISOString());`,
	),
	updateLedger(
		'Write After Paying',
		[110, 30],
		[
			['id', 'eq', '={{ $json.id }}'],
			// A webhook that came meanwhile knows better.
			['status_rank', 'lt', '10'],
		],
	),
	code(
		'Count the Outcomes',
		[121, 30],
		['chunks'],
		`return [{ json: countOutcomes($('Pay the Rows').all()) }];`,
	),
];

const NOTES = [
	stickyNote(
		'About This Workflow',
		[-2, -27],
		[29, 24],
		`## Pay thousands of rows

Pays all rows of the Data Table **${ORDERS}** in chunks of ${CHUNK}. All are checked before the first is sent, and the ledger (the Data Table **${LEDGER}**) has each payout before and after it is sent.

**Before the first run**
1. In **Check All Rows** and **Pay the Rows**, replace the example company under _Sender_, and choose your Smart Glocal credential.
2. Run it once: it makes both tables. Then fill **${ORDERS}**, for example from a CSV file. All columns are texts.

**If n8n ends in the middle**, run it again: what was sent is not paid twice. Never change a reference.`,
	),
	stickyNote(
		'Other Sources',
		[29, -27],
		[25, 13],
		`### From another place

Replace **Make the Table of Payouts** and **Get the Payouts** by one Google Sheets (_Get row(s) in sheet_) or Postgres (_Select_) node. Its columns are called like those of the table. The rows must be there again when you run the workflow a second time.`,
	),
	stickyNote(
		'Totals',
		[55, -27],
		[25, 13],
		`### Totals

Limits of a payout node count for each chunk alone. Write those of the whole run into **Check All Rows** (_Options_: Max Total, Expected Rows, Expected Total). If they are not met, nothing is paid.`,
	),
	stickyNote(
		'On a Schedule',
		[81, -27],
		[25, 13],
		`### On a schedule

Add a **Schedule Trigger** that leads to **Make the Ledger**, and publish the workflow. When Smart Glocal does not answer or refuses everything, the run stops and ends as failed, so that your error workflow reports it.`,
	),
	stickyNote(
		'One Chunk',
		[-2, 17],
		[128, 24],
		`### One chunk

The workflow calls itself here, so that each chunk is an execution of its own. It writes the rows into the ledger as \`sending\`, pays them, writes the outcomes, and gives back only how many there were of each. If n8n is killed, at most the outcomes of one chunk are missing: those rows are \`sending\` in the ledger, and the next run sends them again with the same references.`,
	),
];

/** Pays thousands of rows in chunks, each in an execution of its own. */
export const PAY_THOUSANDS: Example = {
	name: 'Smart Glocal: pay thousands of rows',
	nodes: [...CHECKING, ...CHUNKS, ...ONE_CHUNK, ...NOTES],
	links: [
		['Start by Hand', 'Make the Ledger'],
		['Make the Ledger', 'Make the Table of Payouts'],
		['Make the Table of Payouts', 'Get the Payouts'],
		['Get the Payouts', 'Take the Rows'],
		['Take the Rows', 'Check All Rows'],
		['Check All Rows', 'Which References?'],
		['Which References?', 'Look in the Ledger'],
		['Look in the Ledger', 'Sort the Rows'],
		['Sort the Rows', 'Rows That Are Wrong'],
		['Rows That Are Wrong', 'Write Why'],
		['Sort the Rows', 'Anything to Pay?'],
		['Anything to Pay?', 'Rows to Pay'],
		['Anything to Pay?', 'Say What Happened', 1],
		['Rows to Pay', 'Take 200 at a Time'],
		['Take 200 at a Time', 'Say What Happened', 0],
		['Take 200 at a Time', 'Pay This Chunk', 1],
		['Pay This Chunk', 'Did It Stop?'],
		['Did It Stop?', 'Say What Happened', 0],
		['Did It Stop?', 'Take 200 at a Time', 1],
		['Say What Happened', 'Did the Run Stop?'],
		['Did the Run Stop?', 'End as Failed'],
		['A Chunk of Rows', 'References of the Chunk'],
		['References of the Chunk', 'Look Again'],
		['Look Again', 'Before Paying'],
		['Before Paying', 'New in the Ledger?'],
		['New in the Ledger?', 'Write New Rows'],
		['New in the Ledger?', 'Write Known Rows', 1],
		['Write New Rows', 'All Are Written'],
		['Write Known Rows', 'All Are Written', 0, 1],
		['All Are Written', 'Rows of This Chunk'],
		['Rows of This Chunk', 'Pay the Rows'],
		['Pay the Rows', 'After Paying'],
		['After Paying', 'Write After Paying'],
		['Write After Paying', 'Count the Outcomes'],
	],
};
