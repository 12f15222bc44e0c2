import type { WorkflowNode } from '../../n8n/workflow.mts';
import { createLedger, readLedger, updateLedger } from './ledger.mts';
import { code, formEnding, formTrigger, ifTrue, stickyNote } from './nodes.mts';
import { FILE_FIELD, readFile, writeResultsFile } from './readFile.mts';
import type { Example } from './workflowFile.mts';

const UPLOAD = formTrigger(
	'Upload the Report',
	[0, 4],
	'reconcile',
	{
		title: 'Compare the daily report',
		description:
			'Upload the daily payouts report that Smart Glocal sends by e-mail. It is compared with the ledger, payout by payout.',
		button: 'Compare',
	},
	[
		{ ...FILE_FIELD, fieldLabel: 'Daily payouts report (.xlsx or .csv)' },
		dayField('first_day', 'First day, if the name of the file does not have it'),
		dayField('last_day', 'Last day, if it is another one'),
	],
);

function dayField(fieldName: string, fieldLabel: string): object {
	return { fieldName, fieldLabel, fieldType: 'date', requiredField: false };
}

const READING = readFile({
	from: 'Upload the Report',
	to: 'Understand the Report',
	refusal: 'Nothing was compared',
	// Nothing is paid, so hidden rows do no harm.
	options: { headerRow: '0', hiddenRows: 'include' },
});

const REPORT = `$('Understand the Report').first().json`;
const FIRST_MOMENT = `={{ ${REPORT}.firstDay }}T00:00:00.000Z`;
const LAST_MOMENT = `={{ ${REPORT}.lastDay }}T23:59:59.999Z`;

/** Reads the rows whose date is in the report's days, once. */
function readDays(
	name: string,
	place: readonly [number, number],
	date: 'status_at' | 'ordered_at',
): WorkflowNode {
	const rows = readLedger(name, place, [
		[date, 'gte', FIRST_MOMENT],
		[date, 'lte', LAST_MOMENT],
	]);
	return { ...rows, executeOnce: true };
}

const COMPARING = [
	code(
		'Understand the Report',
		[22, 4],
		['reportLines'],
		`const form = $('Upload the Report').first().json;
const upload = { fileName: form.file.filename, firstDay: form.first_day, lastDay: form.last_day };
return [{ json: readReport($input.all(), upload) }];`,
	),
	ifTrue('Is It a Report?', [33, 4], `$json.problem === ''`),
	code(
		'Lines to Look Up',
		[44, 0],
		[],
		`const lines = ${REPORT}.lines;
// A report without payouts is compared, too.
return lines.length > 0 ? lines.map((json) => ({ json })) : [{ json: {} }];`,
	),
	readLedger(
		'Look in the Ledger',
		[55, 0],
		[
			// No row has a dash as its id, but many have none.
			['reference', 'eq', `={{ $json.reference || '-' }}`],
			['payout_id', 'eq', `={{ $json.payoutId || '-' }}`],
			['session_id', 'eq', `={{ $json.sessionId || '-' }}`],
		],
		'anyCondition',
	),
	readDays('Look in the Ledger by Status', [66, 0], 'status_at'),
	readDays('Look in the Ledger by Order', [77, 0], 'ordered_at'),
	code(
		'Compare',
		[88, 0],
		['reconcile'],
		`const reported = $('Look in the Ledger').all();
const changed = $('Look in the Ledger by Status').all();
const entries = takeEntries([...reported, ...changed, ...$input.all()]);
const findings = reconcile(${REPORT}, entries);
const changes = findings.filter(({ change }) => change).length;
return [{ json: { findings, changes } }];`,
	),
	ifTrue('Anything to Write?', [99, 0], '$json.changes > 0'),
	code(
		'Rows to Write',
		[110, -4],
		[],
		`const { findings } = $('Compare').first().json;
return findings.flatMap(({ change }) => (change ? [{ json: change }] : []));`,
	),
	updateLedger(
		'Write What Has Changed',
		[121, -4],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			// Only forward, and a failed payout is for a person to look at.
			['status_rank', 'lt', '={{ $json.status_rank }}'],
			['status', 'neq', 'failed'],
		],
	),
];

const RESULTS = [
	code(
		'What Was Found',
		[132, 0],
		['reconcileResults'],
		`const writing = $('Write What Has Changed');
const findings = sortFindings($('Compare').first().json.findings, writing.isExecuted ? writing.all() : []);
return [{ json: { ...describeFindings(findings, ${REPORT}), rows: toReconciledRows(findings) } }];`,
	),
	code('Results', [143, 0], [], 'return $input.first().json.rows;'),
	writeResultsFile(
		'Make the Results File',
		[154, 0],
		'results',
		`=reconciled-{{ ${REPORT}.lastDay }}.xlsx`,
	),
	formEnding(
		'Download the Results',
		[165, 0],
		`={{ $('What Was Found').first().json.title }}`,
		`={{ $('What Was Found').first().json.message }}`,
		'results',
	),
];

const NOTES = [
	stickyNote(
		'Note 1',
		[-4, -24],
		[45, 47],
		`## 1. Upload the daily report
**Publish** this workflow and open the **Production URL** of **Upload the Report**. Whoever opens it signs in to n8n first. There is nothing else to set up.

The report is the Excel or CSV file that Smart Glocal sends by e-mail. Its days are in its name; if you have renamed it, fill them in on the form.`,
	),
	stickyNote(
		'Note 2',
		[42, -24],
		[63, 47],
		`## 2. Compare it with the ledger
Each line is looked up by your reference, and by Smart Glocal’s ids where it has none. Amounts are never used to find a payout: two people may be paid the same.

The days are read in UTC. For a ledger that is not a Data Table, replace the three nodes **Look in the Ledger** and the node **Write What Has Changed**.`,
	),
	stickyNote(
		'Note 3',
		[106, -24],
		[66, 47],
		`## 3. See what differs
The page and the results file show what only one of the two has, what differs, and what was paid twice.

The ledger is only moved forward, because the report is Smart Glocal’s own word: what was in progress has succeeded, what had succeeded was returned. A payout that the ledger has as failed is never changed.`,
	),
];

/** A web form that takes the daily report and compares it with the ledger. */
export const RECONCILE: Example = {
	name: 'Smart Glocal: reconcile with the daily report',
	nodes: [
		...NOTES,
		UPLOAD,
		createLedger('Make the Ledger', [11, -6]),
		...READING.nodes,
		...COMPARING,
		...RESULTS,
	],
	links: [
		['Upload the Report', 'Make the Ledger'],
		...READING.links,
		['Understand the Report', 'Is It a Report?'],
		['Is It a Report?', 'Lines to Look Up'],
		['Is It a Report?', 'The File Cannot Be Read', 1],
		['Lines to Look Up', 'Look in the Ledger'],
		['Look in the Ledger', 'Look in the Ledger by Status'],
		['Look in the Ledger by Status', 'Look in the Ledger by Order'],
		['Look in the Ledger by Order', 'Compare'],
		['Compare', 'Anything to Write?'],
		['Anything to Write?', 'Rows to Write'],
		['Anything to Write?', 'What Was Found', 1],
		['Rows to Write', 'Write What Has Changed'],
		['Write What Has Changed', 'What Was Found'],
		['What Was Found', 'Results'],
		['Results', 'Make the Results File'],
		['Make the Results File', 'Download the Results'],
	],
};
