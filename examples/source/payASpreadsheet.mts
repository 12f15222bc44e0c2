import { formEnding, formPage, formTrigger, ifTrue, ledger, node, STOP } from './nodes.mts';
import { payRows, stickyNote } from './nodes.mts';
import { OUTCOMES, payInChunks } from './payOrders.mts';
import { FILE_FIELD, htmlList, readPayoutFile, writeResultsFile } from './readFile.mts';
import { EVENTS, LEDGER, lookUp, makeTables } from './tables.mts';
import type { Example } from './workflowFile.mts';

const MINUTES_TO_DECIDE = 60;

const PAGE = `$('Compare with Ledger').first().json`;

const TABLES = makeTables([11, -10], [LEDGER, EVENTS]);
const LOOKING = lookUp([44, 0]);
const PAYING = payInChunks([121, 2], 'List Results');

const NODES = [
	formTrigger(
		'Upload the File',
		[0, 0],
		'pay-a-spreadsheet',
		{
			title: 'Pay a spreadsheet',
			description:
				'Upload an Excel or CSV file with one payout in each row. Nothing is paid before you have seen what would be.',
			button: 'Check the file',
		},
		[FILE_FIELD],
	),
	...TABLES.nodes,
	{
		...readPayoutFile('Read the File', [11, 0], 'file', { summaryItem: true }),
		onError: 'continueErrorOutput',
	},
	node('Rows of the File', 'n8n-nodes-base.limit', 1, [22, 0], {
		// Without the summary, the last item of Read Payout File.
		maxItems: '={{ $input.all().length - ($input.last().json.columns_missing ? 1 : 0) }}',
	}),
	payRows('Check the Rows', [33, 0], { dryRun: true, includeFingerprints: true }),
	...LOOKING.nodes,
	ledger('Compare with Ledger', 'compare', [66, 0], {
		requestedBy: `={{ $('Upload the File').first().json.user?.email ?? '' }}`,
		source: `={{ $('Upload the File').first().json.file?.filename ?? 'a sheet' }}`,
		file: `={{ $('Read the File').last().json }}`,
	}),
	ifTrue('Nothing to Pay?', [77, -8], '$json.payable === 0'),
	formPage(
		'Look and Decide',
		[88, -4],
		{ title: 'Pay a spreadsheet', button: `={{ ${PAGE}.button }}`, minutes: MINUTES_TO_DECIDE },
		[
			{ fieldType: 'html', fieldName: 'file', html: `={{ ${PAGE}.page }}` },
			{
				fieldLabel: 'What do you want to do?',
				fieldName: 'decision',
				fieldType: 'radio',
				fieldOptions: {
					values: [{ option: `={{ ${PAGE}.button }}` }, { option: STOP }],
				},
				requiredField: true,
			},
		],
	),
	ifTrue('Stop?', [99, -4], `!String($json.decision ?? '').startsWith('Pay ')`),
	node('Orders to Pay', 'n8n-nodes-base.merge', 3.2, [110, 2], {
		mode: 'chooseBranch',
		output: 'specifiedInput',
		useDataOfInput: 2,
	}),
	...PAYING.nodes,
	ledger('List Results', 'results', [154, -14], {
		for: 'file',
		outcomes: OUTCOMES,
		isOrdered: `={{ $('Take a Chunk').isExecuted }}`,
	}),
	writeResultsFile(
		'Make the Results File',
		[165, -14],
		'results',
		`=results-{{ $now.format('yyyy-MM-dd-HHmm') }}.xlsx`,
	),
	formEnding(
		'Download the Results',
		[176, -14],
		`={{ $('List Results').first(1).json.title }}`,
		`={{ (${PAGE}.payable === 0 ? ${PAGE}.page : '') + $('List Results').first(1).json.message }}`,
		'results',
	),
	formEnding(
		'The File Cannot Be Read',
		[22, 12],
		'Nothing was paid',
		`={{ ${htmlList('$json.error.problems')} }}`,
	),
];

const NOTES = [
	stickyNote('Note 1', [-4, -40], [47, 24])`## 1. Upload the file
**Publish** this workflow and open the **Production URL** of **Upload the File**. Whoever opens it signs in to n8n first.

The file is an Excel or CSV file with one payout in each row and the columns that [the country needs](https://github.com/n8n-nodes-smart-glocal/n8n-nodes-smart-glocal/blob/main/docs/corridors.md). **Read the File** finds the row with the headers and refuses what a person cannot see, such as hidden rows; its options can say otherwise.`,
	stickyNote('Note 2', [44, -40], [65, 24])`## 2. See what would be paid
Choose your Smart Glocal credential in **Check the Rows**. It names the company that pays (_Sender_).

**Compare with Ledger** says what was sent before, and what a person must look at. For limits, add **Max Amount**, **Max Total** or **Expected Total** to **Check the Rows**.`,
	stickyNote('Note 3', [110, -40], [72, 24])`## 3. Pay the rows in chunks
In **Pay These Orders**, choose the workflow **Smart Glocal: pay orders**. It looks again before each chunk, and decides then: a file that two people pay, or a page that was open for an hour, is paid once.

If n8n stops in between, upload the same file again. **Keep the ledger** brings the outcomes into the ledger.`,
];

/** A web form that takes a spreadsheet, shows what would be paid, pays it, and gives the results back. */
export const PAY_A_SPREADSHEET: Example = {
	name: 'Smart Glocal: pay a spreadsheet',
	nodes: [...NOTES, ...NODES],
	links: [
		['Upload the File', 'Make the Ledger'],
		...TABLES.links,
		['Upload the File', 'Read the File', 'Rows of the File'],
		['Read the File', 'The File Cannot Be Read', 1],
		['Rows of the File', 'Check the Rows', 'Prepare Look-Ups'],
		...LOOKING.links,
		['Look in the Ledger', 'Compare with Ledger'],
		['Compare with Ledger', 'Nothing to Pay?', 0],
		['Compare with Ledger', 'Orders to Pay', 2, 1],
		['Nothing to Pay?', 'List Results', 0],
		['Nothing to Pay?', 'Look and Decide', 1],
		['Look and Decide', 'Stop?'],
		['Stop?', 'List Results', 0],
		['Stop?', 'Orders to Pay', 1, 0],
		['Orders to Pay', 'Take a Chunk'],
		...PAYING.links,
		['List Results', 'Make the Results File', 'Download the Results'],
	],
};
