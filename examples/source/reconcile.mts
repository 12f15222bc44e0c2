import { formEnding, formTrigger, ledger, stickyNote } from './nodes.mts';
import type { Place } from './nodes.mts';
import { FILE_FIELD, htmlList, readPayoutFile, writeResultsFile } from './readFile.mts';
import { addRows, EVENTS, findRows, LEDGER, makeTables, readRows } from './tables.mts';
import type { Example } from './workflowFile.mts';

const FORM = `$('Upload the Report').first().json`;
const REPORT = `$('Read Report').first(1).json`;
const PAGE = `$('Reconcile Report').first(2).json`;
const FOUND = ['', ' by Status', ' by Order'].map((by) => `...$('Look in the Ledger${by}').all()`);
const NUMBERS = { reference: 'references', payout_id: 'payout_ids', session_id: 'session_ids' };
// Nothing is paid, so hidden rows do no harm.
const READING = { headerRow: '0', hiddenRows: 'include' };

const TABLES = makeTables([11, -12], [LEDGER, EVENTS]);

function dayField(fieldName: string, fieldLabel: string): object {
	return { fieldName, fieldLabel, fieldType: 'date', requiredField: false };
}

/** Reads the rows whose date is in the report's days. */
function readDays(name: string, place: Place, date: string) {
	const from = [date, 'gte', `={{ ${REPORT}.first_day }}T00:00:00.000Z`] as const;
	const to = [date, 'lte', `={{ ${REPORT}.last_day }}T23:59:59.999Z`] as const;
	return readRows(name, place, LEDGER, [from, to], 'all');
}

const NODES = [
	formTrigger(
		'Upload the Report',
		[0, 0],
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
	),
	...TABLES.nodes,
	{ ...readPayoutFile('Read the File', [11, 0], 'file', READING), onError: 'continueErrorOutput' },
	ledger('Read Report', 'readReport', [22, 0], {
		fileName: `={{ ${FORM}.file.filename }}`,
		firstDay: `={{ ${FORM}.first_day ?? '' }}`,
		lastDay: `={{ ${FORM}.last_day ?? '' }}`,
	}),
	formEnding(
		'The File Cannot Be Read',
		[33, 12],
		'Nothing was compared',
		`={{ $json.message ?? ${htmlList('$json.error.problems')} }}`,
	),
	readRows('Look in the Events', [33, -12], EVENTS, [['folded', 'isFalse']], 'all'),
	findRows('Look in the Ledger', [33, 0], LEDGER, NUMBERS),
	readDays('Look in the Ledger by Status', [44, 0], 'status_at'),
	readDays('Look in the Ledger by Order', [55, 0], 'ordered_at'),
	ledger('Reconcile Report', 'reconcile', [66, 0], { payouts: `={{ [${FOUND.join(', ')}] }}` }),
	addRows('Write the Events', [77, -8], EVENTS),
	writeResultsFile(
		'Make the Results File',
		[77, 4],
		'results',
		`=reconciled-{{ ${REPORT}.last_day }}.xlsx`,
	),
	formEnding(
		'Download the Results',
		[88, 4],
		`={{ ${PAGE}.title }}`,
		`={{ ${PAGE}.message }}`,
		'results',
	),
];

const NOTES = [
	stickyNote('Note 1', [-4, -40], [35, 24])`## 1. Upload the daily report
**Publish** this workflow and open the **Production URL** of **Upload the Report**. Whoever opens it signs in to n8n first. There is nothing else to set up.

The report is the Excel or CSV file that Smart Glocal sends by e-mail. Its days are in its name; if you have renamed it, fill them in on the form.`,
	stickyNote('Note 2', [32, -40], [72, 24])`## 2. See what differs from the ledger
Each line is looked up by your reference, and by Smart Glocal’s numbers where it has none. Amounts are never used to find a payout: two people may be paid the same. The days are read in UTC, and the events before the ledger, so that nothing is missed on its way from one to the other.

The page and the results file show what only one of the two has, what differs, and what was paid twice. What the report knows more becomes an event, and **Keep the ledger** brings it into the ledger. A payout that failed or was never sent, as the ledger says, is for you to look at.`,
];

/** A web form that takes the daily report and compares it with the ledger. */
export const RECONCILE: Example = {
	name: 'Smart Glocal: reconcile with the daily report',
	nodes: [...NOTES, ...NODES],
	links: [
		['Upload the Report', 'Make the Ledger'],
		...TABLES.links,
		['Upload the Report', 'Read the File', 'Read Report'],
		['Read the File', 'The File Cannot Be Read', 1],
		['Read Report', 'Look in the Events'],
		['Read Report', 'Look in the Ledger'],
		['Read Report', 'The File Cannot Be Read', 2],
		['Look in the Ledger', 'Look in the Ledger by Status', 'Look in the Ledger by Order'],
		['Look in the Ledger by Order', 'Reconcile Report'],
		['Reconcile Report', 'Write the Events', 0],
		['Reconcile Report', 'Make the Results File', 1],
		['Make the Results File', 'Download the Results'],
	],
};
