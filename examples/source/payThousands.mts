import { createLedger, createTable, findInLedger, insertLedger } from './ledger.mts';
import { readTable, updateLedger } from './ledger.mts';
import { code, ifTrue, node, payRows } from './nodes.mts';
import { CHUNK, ORDERS, PAY_THOUSANDS_NOTES } from './payThousandsNotes.mts';
import type { Example } from './workflowFile.mts';

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

const LEDGER_ID = `={{ $('A Chunk of Rows').first().json.ledger }}`;

const CHECKING = [
	node('Start by Hand', 'n8n-nodes-base.manualTrigger', 1, [0, 0]),
	node('Which Part?', 'n8n-nodes-base.set', 3.4, [11, 0], {
		assignments: {
			assignments: ['part', 'parts'].map((name) => ({
				id: name,
				name,
				type: 'number',
				value: `={{ $json.${name} ?? 1 }}`,
			})),
		},
		options: {},
	}),
	createLedger('Make the Ledger', [22, 0]),
	createTable('Make the Table of Payouts', [33, 0], ORDERS, ORDER_COLUMNS),
	readTable('Get the Payouts', [44, 0], ORDERS),
	code('Take the Rows', [55, 0], ['tableRows'], 'return takeTableRows($input.all());'),
	payRows('Check All Rows', [66, 0], { dryRun: true }),
];

const CHUNKS = [
	code(
		'Rows and Checks',
		[77, 0],
		['parts'],
		`const checked = $('Check All Rows').all();
const { part, parts } = $('Which Part?').first().json;
const ledger = $('Make the Ledger').first().json.id;
const rows = $('Take the Rows').all().map(({ json: row }, index) => ({
	json: { row, checked: checked[index].json, ledger },
}));
return takePart(rows, part, parts);`,
	),
	node('Take 200 at a Time', 'n8n-nodes-base.splitInBatches', 3, [88, 0], {
		batchSize: CHUNK,
		options: {},
	}),
	node('Pay This Chunk', 'n8n-nodes-base.executeWorkflow', 1.3, [99, 5], {
		workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
		mode: 'once',
		options: {},
	}),
	ifTrue('Did It Stop?', [110, 5], `$json.stopped !== ''`),
	code(
		'Say What Happened',
		[121, -5],
		['chunks'],
		`const chunks = [];
for (let run = 0; run < 10_000; run++) {
	try {
		chunks.push($('Pay This Chunk').first(0, run).json);
	} catch {
		break;
	}
}
return [{ json: describeRun($('Rows and Checks').all().length, chunks) }];`,
	),
	ifTrue('Did the Run Stop?', [132, -5], '$json.stopped'),
	node('End as Failed', 'n8n-nodes-base.stopAndError', 1, [143, -5], {
		errorMessage: '={{ $json.message }}',
	}),
];

const ONE_CHUNK = [
	node('A Chunk of Rows', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 30], {
		inputSource: 'passthrough',
	}),
	code(
		'Which References?',
		[11, 30],
		['references'],
		'return toReferences($input.all().map(({ json }) => ({ json: json.checked })));',
	),
	findInLedger('Look in the Ledger', [22, 30]),
	code(
		'Sort the Rows',
		[33, 30],
		['sortRows', 'chunks'],
		`const chunk = $('A Chunk of Rows').all();
const [rows, checked] = ['row', 'checked'].map((key) => chunk.map(({ json }) => ({ json: json[key] })));
const { page, ...sorted } = sortRows(rows, checked, $input.all());
const entries = toFirstEntries(sorted, chunk, $input.all(), ${ORIGIN});
return [{ json: { ...sorted, entries } }];`,
	),
	ifTrue('Anything to Write?', [44, 30], '$json.entries.length > 0'),
	code('Before Paying', [55, 30], [], 'return $input.first().json.entries;'),
	ifTrue('New in the Ledger?', [66, 30], '$json.id === undefined'),
	insertLedger('Write New Rows', [77, 26]),
	updateLedger(
		'Write Known Rows',
		[77, 34],
		[
			['id', 'eq', '={{ $json.id }}'],
			['status_rank', 'lt', '10'],
		],
		LEDGER_ID,
	),
	node('All Are Written', 'n8n-nodes-base.merge', 3.2, [88, 30], { mode: 'append' }),
	ifTrue('Anything to Pay?', [99, 30], `$('Sort the Rows').first().json.payable > 0`, {
		executeOnce: true,
	}),
	code(
		'Rows of This Chunk',
		[110, 26],
		[],
		`const { rows } = $('Sort the Rows').first().json;
return $('A Chunk of Rows').all().flatMap(({ json }, index) =>
	rows[index].decision.startsWith('pay') ? [{ json: json.row }] : [],
);`,
	),
	payRows('Pay the Rows', [121, 26]),
	code(
		'After Paying',
		[132, 26],
		['chunks'],
		`const [before, written] = ['Look in the Ledger', 'All Are Written'].map((name) => $(name).all());
return toOutcomeRows($input.all(), before, written, new Date().toISOString());`,
	),
	updateLedger(
		'Write After Paying',
		[143, 26],
		[
			// By the row's number, which n8n finds at once in a ledger of any length.
			['id', 'eq', '={{ $json.id }}'],
			// A webhook that came meanwhile knows better.
			['status_rank', 'lt', '10'],
		],
		LEDGER_ID,
	),
	code(
		'Count the Outcomes',
		[154, 30],
		['chunks'],
		`const paid = $('Pay the Rows').isExecuted ? $('Pay the Rows').all() : [];
return [{ json: countChunk($('Sort the Rows').first().json, paid) }];`,
	),
];

/** Pays thousands of rows in chunks, each in an execution of its own. */
export const PAY_THOUSANDS: Example = {
	name: 'Smart Glocal: pay thousands of rows',
	nodes: [...CHECKING, ...CHUNKS, ...ONE_CHUNK, ...PAY_THOUSANDS_NOTES],
	links: [
		['Start by Hand', 'Which Part?'],
		['Which Part?', 'Make the Ledger'],
		['Make the Ledger', 'Make the Table of Payouts'],
		['Make the Table of Payouts', 'Get the Payouts'],
		['Get the Payouts', 'Take the Rows'],
		['Take the Rows', 'Check All Rows'],
		['Check All Rows', 'Rows and Checks'],
		['Rows and Checks', 'Take 200 at a Time'],
		['Take 200 at a Time', 'Say What Happened', 0],
		['Take 200 at a Time', 'Pay This Chunk', 1],
		['Pay This Chunk', 'Did It Stop?'],
		['Did It Stop?', 'Say What Happened', 0],
		['Did It Stop?', 'Take 200 at a Time', 1],
		['Say What Happened', 'Did the Run Stop?'],
		['Did the Run Stop?', 'End as Failed'],
		['A Chunk of Rows', 'Which References?'],
		['Which References?', 'Look in the Ledger'],
		['Look in the Ledger', 'Sort the Rows'],
		['Sort the Rows', 'Anything to Write?'],
		['Anything to Write?', 'Before Paying'],
		['Anything to Write?', 'Count the Outcomes', 1],
		['Before Paying', 'New in the Ledger?'],
		['New in the Ledger?', 'Write New Rows'],
		['New in the Ledger?', 'Write Known Rows', 1],
		['Write New Rows', 'All Are Written'],
		['Write Known Rows', 'All Are Written', 0, 1],
		['All Are Written', 'Anything to Pay?'],
		['Anything to Pay?', 'Rows of This Chunk'],
		['Anything to Pay?', 'Count the Outcomes', 1],
		['Rows of This Chunk', 'Pay the Rows'],
		['Pay the Rows', 'After Paying'],
		['After Paying', 'Write After Paying'],
		['Write After Paying', 'Count the Outcomes'],
	],
};
