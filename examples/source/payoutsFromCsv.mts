import { node, payRows, stickyNote, tellSomebody } from './nodes.mts';
import { readPayoutFile } from './readFile.mts';
import type { Example } from './workflowFile.mts';

/** The smallest workflow that pays a file, to build one's own from. */
export const PAYOUTS_FROM_CSV: Example = {
	name: 'Smart Glocal: pay the rows of a CSV file',
	nodes: [
		stickyNote('Note: your file', [7, -30], [24, 25])`## 1. Your file

Put your CSV or Excel file in a folder that your n8n may read (in n8n's Docker image: \`/home/node/.n8n-files\`) and write its path into **File(s) Selector**.

The columns are called as in \`payouts.csv\`. Further columns do no harm.`,
		stickyNote('Note: your company', [32, -30], [17, 25])`## 2. Your company

Choose your credential: it names the company that pays (_Sender_).

Every row needs a **reference** of its own, such as an invoice number. It keeps a row from being paid twice, however often you run this workflow: so never change the reference of a row that may have been sent.`,
		stickyNote('Note: what happened', [50, -30], [17, 25])`## 3. What happened

**Sent** has one item per payout that Smart Glocal has accepted.

**Needs a Look** has every other row, with the reason. Correct the row, keep its reference, and run the workflow again.`,
		node('When You Click Execute', 'n8n-nodes-base.manualTrigger', 1, [0, 0]),
		node('Read the File', 'n8n-nodes-base.readWriteFile', 1.1, [10, 0], {
			operation: 'read',
			fileSelector: '/home/node/.n8n-files/payouts.csv',
			options: {},
		}),
		readPayoutFile('Get the Rows', [22, 0], 'data'),
		{ ...payRows('Pay Each Row', [38, 0]), onError: 'continueErrorOutput' },
		tellSomebody('Sent', [56, -4]),
		tellSomebody('Needs a Look', [56, 4]),
	],
	links: [
		['When You Click Execute', 'Read the File', 'Get the Rows', 'Pay Each Row', 'Sent'],
		['Pay Each Row', 'Needs a Look', 1],
	],
};
