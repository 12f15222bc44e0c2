import { createLedger, findInLedger, insertLedger, updateLedger } from './ledger.mts';
import { code, formEnding, formPage, formTrigger } from './nodes.mts';
import { ifTrue, node, payRows, stickyNote } from './nodes.mts';
import { FILE_FIELD, htmlList, readFile, writeResultsFile } from './readFile.mts';
import type { Example } from './workflowFile.mts';

const CHUNK = 200;
const MINUTES_TO_DECIDE = 60;

/** By the row's number, which n8n finds at once; and a webhook that came meanwhile knows better. */
const BY_ID = [
	['id', 'eq', '={{ $json.id }}'],
	['status_rank', 'lt', '10'],
] as const;

/** What the node has put out for all chunks. */
const PAID = `const paid = [];
for (let run = 0; run < 10_000; run++) {
	try {
		paid.push(...$('Pay the Rows').all(0, run));
	} catch {
		break;
	}
}
`;

const UPLOAD = formTrigger(
	'Upload the File',
	[0, 4],
	'pay-a-spreadsheet',
	{
		title: 'Pay a spreadsheet',
		description:
			'Upload an Excel or CSV file with one payout in each row. Nothing is paid before you have seen what would be.',
		button: 'Check the file',
	},
	[FILE_FIELD],
);

const LEDGER = createLedger('Make the Ledger', [11, -9]);

const READING = readFile({
	from: 'Upload the File',
	to: 'Take the Rows',
	refusal: 'Nothing was paid',
	options: { summaryItem: true },
});

const CHECKING = [
	code('Take the Rows', [22, 4], ['fileRows'], 'return takeRows($input.all());'),
	payRows('Check the Rows', [33, 0], { dryRun: true }),
	code('Which References?', [44, 0], ['references'], 'return toReferences($input.all());'),
	findInLedger('Look in the Ledger', [55, 0]),
	code(
		'Sort the Rows',
		[66, 0],
		['fileRows', 'sortRows'],
		`const rows = $('Take the Rows').all();
const file = findSummary($('Read the File').all());
const sorted = sortRows(rows, $('Check the Rows').all(), $input.all(), file?.summary);
return [{ json: { ...sorted, file } }];`,
	),
	ifTrue('Anything to Pay?', [77, 0], '$json.payable > 0'),
	formPage(
		'Look and Decide',
		[88, -3],
		{ title: 'Pay a spreadsheet', button: 'Continue', minutes: MINUTES_TO_DECIDE },
		[
			{ fieldType: 'html', fieldName: 'file', html: `={{ $('Sort the Rows').first().json.page }}` },
			{
				fieldLabel: 'What do you want to do?',
				fieldName: 'decision',
				fieldType: 'radio',
				fieldOptions: {
					values: [
						{
							option: `=Pay {{ $('Sort the Rows').first().json.sums }}`,
						},
						{ option: 'Stop, and pay nothing' },
					],
				},
				requiredField: true,
			},
		],
	),
	ifTrue('Pay?', [99, -3], `String($json.decision ?? '').startsWith('Pay ')`),
	ifTrue(
		'Are the Columns There?',
		[88, 16],
		`!['reference', 'amount', 'destination'].some((name) => $json.file?.columns_missing.includes(name) || $json.file?.columns_proposed[name])`,
	),
	formEnding(
		'Rename the Columns',
		[99, 18],
		'Nothing was paid',
		`={{ '<p>Some columns are missing, or have other names. Correct the headers in the file, and upload it again. What was read:</p>' + ${htmlList(`$json.file.summary.split(' · ')`)} }}`,
	),
];

const PAYING = [
	code(
		'Rows to Pay',
		[2, 57],
		['ledgerRow'],
		`const { rows } = $('Sort the Rows').first().json;
const checked = $('Check the Rows').all();
const form = $('Upload the File').first().json;
const origin = { source: form.file?.filename ?? 'a sheet', requestedBy: form.user?.email ?? '' };
const now = new Date().toISOString();
return $('Take the Rows').all().flatMap(({ json: row }, index) => {
	const { decision, reference } = rows[index];
	if (!decision.startsWith('pay')) return [];
	const isNew = decision === 'pay';
	return [{ json: { reference, row, entry: toSendingRow(checked[index].json, row, { ...origin, isNew, now }) } }];
});`,
	),
	node('Take 200 at a Time', 'n8n-nodes-base.splitInBatches', 3, [13, 57], {
		batchSize: CHUNK,
		options: {},
	}),
	// Somebody else may have paid the same file since the page was shown.
	code('Which of These?', [24, 67], ['references'], 'return toReferences($input.all());'),
	findInLedger('Look Again', [35, 67]),
	code(
		'Before Paying',
		[46, 67],
		[],
		`const known = new Map($input.all().map(({ json }) => [json.reference, json.id]));
return $('Take 200 at a Time').all(1, $runIndex).map(({ json: { reference, entry } }) => ({
	json: known.has(reference) ? { id: known.get(reference), ...entry } : entry,
}));`,
	),
	ifTrue('New in the Ledger?', [57, 67], '$json.id === undefined'),
	insertLedger('Write New Rows', [68, 63]),
	updateLedger('Write Known Rows', [68, 71], BY_ID),
	node('All Are Written', 'n8n-nodes-base.merge', 3.2, [79, 67], { mode: 'append' }),
	code(
		'Rows of This Chunk',
		[90, 67],
		[],
		`return $('Take 200 at a Time').all(1, $runIndex).map(({ json }) => ({ json: json.row }));`,
	),
	payRows('Pay the Rows', [101, 67]),
	code(
		'After Paying',
		[112, 67],
		['ledgerRow'],
		`const [before, written] = ['Look Again', 'All Are Written'].map((name) => $(name).all(0, $runIndex));
return toOutcomeRows($input.all(), before, written, new Date().toISOString());`,
	),
	updateLedger('Write After Paying', [123, 67], BY_ID),
	ifTrue(
		'Did It Stop?',
		[134, 67],
		`$('Pay the Rows').all(0, $runIndex).some(({ json }) => json.error?.code === 'stopped')`,
	),
];

const RESULTS = [
	code(
		'Results',
		[24, 53],
		['results'],
		`${PAID}return toResults($('Take the Rows').all(), $('Sort the Rows').first().json, paid);`,
	),
	writeResultsFile(
		'Make the Results File',
		[35, 53],
		'results',
		`=results-{{ $now.format('yyyy-MM-dd-HHmm') }}.xlsx`,
	),
	code(
		'Say What Happened',
		[46, 53],
		['results'],
		`${PAID}const sorted = $('Sort the Rows').first().json;
const json = describeResults($('Results').all(), sorted, paid);
return [{ json, binary: $input.first().binary }];`,
	),
	formEnding(
		'Download the Results',
		[57, 53],
		'={{ $json.title }}',
		'={{ $json.message }}',
		'results',
	),
	formEnding(
		'Nothing Was Paid',
		[2, 76],
		'Nothing was paid',
		'You chose to stop, or did not decide in time. Upload the file again when you want to pay it.',
	),
];

const NOTES = [
	stickyNote(
		'Note 1',
		[-4, -30],
		[35, 56],
		`## 1. Upload the file
**Publish** this workflow and open the **Production URL** of **Upload the File**. Whoever opens it signs in to n8n first.

The file is an Excel or CSV file with one payout in each row and the columns that [the country needs](https://github.com/n8n-nodes-smart-glocal/n8n-nodes-smart-glocal/blob/main/docs/corridors.md). **Read the File** finds the row with the headers and refuses what a person cannot see, such as hidden rows; its options can say otherwise.`,
	),
	stickyNote(
		'Note 2',
		[32, -30],
		[75, 56],
		`## 2. See what would be paid
In **Check the Rows** and **Pay the Rows**, choose your Smart Glocal credential and enter your company as **Sender**, alike in both.

**Sort the Rows** compares the file with the ledger: what was sent before is not sent again. For limits, add **Max Amount**, **Max Total** or **Expected Total** to **Check the Rows**.`,
	),
	stickyNote(
		'Note 3',
		[-4, 28],
		[143, 56],
		`## 3. Pay 200 rows at a time
Before each 200 rows, the ledger says that they are being sent; after them, it has the outcome of each. If n8n stops in between, upload the same file again: nothing is paid twice.

The ledger is the Data Table **Smart Glocal payouts**, which is made here if it is missing. For another one, replace **Look in the Ledger**, **Write New Rows**, **Write Known Rows** and **Write After Paying** by nodes for Google Sheets or PostgreSQL.`,
	),
];

/** A web form that takes a spreadsheet, shows what would be paid, pays it, and gives the results back. */
export const PAY_A_SPREADSHEET: Example = {
	name: 'Smart Glocal: pay a spreadsheet',
	nodes: [...NOTES, UPLOAD, LEDGER, ...READING.nodes, ...CHECKING, ...PAYING, ...RESULTS],
	links: [
		['Upload the File', 'Make the Ledger'],
		...READING.links,
		['Take the Rows', 'Check the Rows'],
		['Check the Rows', 'Which References?'],
		['Which References?', 'Look in the Ledger'],
		['Look in the Ledger', 'Sort the Rows'],
		['Sort the Rows', 'Anything to Pay?'],
		['Anything to Pay?', 'Look and Decide'],
		['Anything to Pay?', 'Are the Columns There?', 1],
		['Are the Columns There?', 'Results'],
		['Are the Columns There?', 'Rename the Columns', 1],
		['Look and Decide', 'Pay?'],
		['Pay?', 'Rows to Pay'],
		['Pay?', 'Nothing Was Paid', 1],
		['Rows to Pay', 'Take 200 at a Time'],
		['Take 200 at a Time', 'Results', 0],
		['Take 200 at a Time', 'Which of These?', 1],
		['Which of These?', 'Look Again'],
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
		['Write After Paying', 'Did It Stop?'],
		['Did It Stop?', 'Results'],
		['Did It Stop?', 'Take 200 at a Time', 1],
		['Results', 'Make the Results File'],
		['Make the Results File', 'Say What Happened'],
		['Say What Happened', 'Download the Results'],
	],
};
