import { ifTrue, ledger, node, payRows, stickyNote } from './nodes.mts';
import { OUTCOMES, payInChunks } from './payOrders.mts';
import { EVENTS, LEDGER, lookUp, makeTable, makeTables, readRows } from './tables.mts';
import type { Example } from './workflowFile.mts';

/** The table with the rows. Its name must not be part of the ledger's, nor the other way round. */
export const ORDERS = 'Payouts to send';

/** The columns that the four destinations need. */
const ORDER_COLUMNS =
	'reference destination amount currency description iban swift_bic_code account_type sort_code ' +
	'account_number bank_account_number routing_code recipient_first_name recipient_last_name ' +
	'recipient_bank_name recipient_address_line recipient_city recipient_postal_code recipient_state';

const TEXTS = Object.fromEntries(ORDER_COLUMNS.split(' ').map((column) => [column, 'string']));
const TABLES = makeTables([11, -10], [LEDGER, EVENTS]);
const LOOKING = lookUp([44, 0]);
const PAYING = payInChunks([77, 0], 'List Results');

const NOTES = [
	stickyNote('About This Workflow', [-2, -40], [34, 24])`## Pay thousands of rows

Pays all rows of the table **${ORDERS}**, in chunks. All are checked before the first is sent.

**Before the first run**
1. In **Check the Rows**, choose your Smart Glocal credential. In **Pay These Orders**, choose the workflow **Smart Glocal: pay orders**.
2. Run it once: it makes the tables. Then fill **${ORDERS}**, for example from a CSV file. All columns are texts.

**If n8n ends in the middle**, run it again: what was sent is not paid twice. Never change a reference.`,
	stickyNote('Other Sources', [33, -40], [20, 24])`### From another place

Replace **Make the Table of Payouts** and **Get the Payouts** by one Google Sheets (_Get row(s) in sheet_) or Postgres (_Select_) node. Its columns are called like those of the table.

### Totals

_Max Total_, _Expected Rows_ and _Expected Total_ belong into **Check the Rows**, which sees the whole run. If they are not met, nothing is paid.`,
	stickyNote('On a Schedule', [54, -40], [25, 24])`### On a schedule

Add a **Schedule Trigger** that leads to **Get the Payouts**, and publish the workflow. When Smart Glocal does not answer or refuses everything, the run stops and ends as failed, so that your error workflow reports it.

### Several workers

In queue mode, start the workflow several times: each run pays what no other run has claimed.`,
	stickyNote('The Result', [80, -40], [54, 24])`### The result

**List Results** has one item for each row, with its outcome and what to do. Add a node after it that keeps them, such as **Write Results File**.`,
];

/** Pays thousands of rows in chunks, each in an execution of its own. */
export const PAY_THOUSANDS: Example = {
	name: 'Smart Glocal: pay thousands of rows',
	nodes: [
		...NOTES,
		node('Start by Hand', 'n8n-nodes-base.manualTrigger', 1, [0, 0]),
		...TABLES.nodes,
		makeTable('Make the Table of Payouts', [11, 0], ORDERS, TEXTS),
		readRows('Get the Payouts', [22, 0], ORDERS, [], 'all'),
		payRows('Check the Rows', [33, 0], { dryRun: true, includeFingerprints: true }),
		...LOOKING.nodes,
		ledger('Compare with Ledger', 'compare', [66, 0], {
			rows: `={{ $('Get the Payouts').all() }}`,
			source: ORDERS,
		}),
		...PAYING.nodes,
		ledger('List Results', 'results', [110, -4], {
			for: 'file',
			rows: `={{ $('Get the Payouts').all() }}`,
			outcomes: OUTCOMES,
		}),
		ifTrue('Did the Run Stop?', [121, 4], '$json.stopped'),
		node('End as Failed', 'n8n-nodes-base.stopAndError', 1, [132, 2], {
			errorMessage: '={{ $json.summary }}',
		}),
	],
	links: [
		['Start by Hand', 'Make the Ledger'],
		...TABLES.links,
		['Start by Hand', 'Make the Table of Payouts', 'Get the Payouts', 'Check the Rows'],
		['Check the Rows', 'Prepare Look-Ups'],
		...LOOKING.links,
		['Look in the Ledger', 'Compare with Ledger'],
		['Compare with Ledger', 'Take a Chunk', 2],
		...PAYING.links,
		['List Results', 'Did the Run Stop?', 1],
		['Did the Run Stop?', 'End as Failed'],
	],
};
