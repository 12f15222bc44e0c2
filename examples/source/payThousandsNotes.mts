import { LEDGER } from './ledger.mts';
import { stickyNote } from './nodes.mts';

/** How many rows are paid in an execution. */
export const CHUNK = 200;

/** The Data Table with the rows. Its name must not be part of the ledger's, nor the other way round. */
export const ORDERS = 'Payouts to send';

/** The notes on the canvas of the example that pays thousands of rows. */
export const PAY_THOUSANDS_NOTES = [
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

Add a **Schedule Trigger** that leads to **Which Part?**, and publish the workflow. When Smart Glocal does not answer or refuses everything, the run stops and ends as failed, so that your error workflow reports it.`,
	),
	stickyNote(
		'Several Workers',
		[107, -27],
		[25, 13],
		`### Several workers

In queue mode, a run and its chunks stay on one worker. To let several share the rows, start a run for each: its own **Schedule Trigger** and, after it, **Edit Fields** with the numbers _part_ (1, 2, …) and _parts_ (how many), leading to **Which Part?**. Each checks all rows and pays its part. Every part needs its run, or its rows are not paid.`,
	),
	stickyNote(
		'One Chunk',
		[-2, 17],
		[162, 24],
		`### One chunk

The workflow calls itself here, so that each chunk is an execution of its own. It looks up which rows the ledger has as sent, writes the others into it as \`sending\`, pays them, writes the outcomes, and gives back only how many there were of each. If n8n is killed, at most the outcomes of one chunk are missing: those rows are \`sending\` in the ledger, and the next run sends them again with the same references.`,
	),
];
