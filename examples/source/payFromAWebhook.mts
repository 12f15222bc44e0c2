import { ifTrue, ledger, node, payRows, stickyNote } from './nodes.mts';
import { payOrders } from './payOrders.mts';
import { EVENTS, LEDGER, lookUp, makeTables } from './tables.mts';
import type { Example } from './workflowFile.mts';

const RESPOND = 'n8n-nodes-base.respondToWebhook';
const PATH = 'smart-glocal-payouts';

const TABLES = makeTables([11, -10], [LEDGER, EVENTS]);
const LOOKING = lookUp([33, 0]);

const NOTES = [
	stickyNote('About This Workflow', [-2, -38], [43, 22])`## Pay from a webhook

Another system posts one payout, or a list of at most 200, as JSON, and gets the outcome as the answer.

**Before you publish**
1. In **Another System Asks**, create a credential of the kind _Header Auth_: the name and the value of a header that only that system knows.
2. In **Check the Rows**, choose your Smart Glocal credential. In **Pay These Orders**, choose the workflow **Smart Glocal: pay orders**.
3. Give the other system the _Production URL_ of **Another System Asks**.`,
	stickyNote('The Answer', [42, -38], [60, 22])`### The answer

**200** sent now or earlier · **202** the answer of Smart Glocal was lost · **409** the reference belongs to another payout · **422** the payout was refused: correct it · **503** not sent for a reason outside the payout · **207** a list with different ends: see the \`status_code\` of each · **400** the request cannot be read

**No answer, or 500**, does not mean that nothing was paid. Send the same payout with the same reference again: it is never paid twice, and the answer then says what happened.`,
];

/** Pays what another system posts, and answers with the outcome. */
export const PAY_FROM_A_WEBHOOK: Example = {
	name: 'Smart Glocal: pay from a webhook',
	nodes: [
		...NOTES,
		node(
			'Another System Asks',
			'n8n-nodes-base.webhook',
			2.1,
			[0, 0],
			{
				httpMethod: 'POST',
				path: PATH,
				authentication: 'headerAuth',
				responseMode: 'responseNode',
				options: {},
			},
			{
				webhookId: PATH,
				credentials: { httpHeaderAuth: { id: '', name: 'Header Auth account' } },
			},
		),
		...TABLES.nodes,
		{
			...ledger('Read the Request', 'request', [11, 0]),
			onError: 'continueErrorOutput',
		},
		node('Say Why Not', RESPOND, 1.5, [22, 12], {
			respondWith: 'json',
			responseBody: '={{ { message: $json.error.message } }}',
			options: { responseCode: 400 },
		}),
		payRows('Check the Rows', [22, 0], { dryRun: true, includeFingerprints: true }),
		...LOOKING.nodes,
		ledger('Compare with Ledger', 'compare', [55, 0], {
			rows: `={{ $('Read the Request').all() }}`,
			source: 'Webhook',
		}),
		ifTrue('Nothing to Pay?', [66, -6], '$json.payable === 0'),
		payOrders([66, 6]),
		ledger('Answer', 'results', [77, 0], {
			for: 'request',
			rows: `={{ $('Read the Request').all() }}`,
			isOrdered: `={{ $('Pay These Orders').isExecuted }}`,
			isList: `={{ Array.isArray($('Another System Asks').first().json.body) }}`,
		}),
		node('Respond', RESPOND, 1.5, [88, 0], {
			respondWith: 'json',
			responseBody: '={{ $json.body }}',
			options: { responseCode: '={{ $json.status_code }}' },
		}),
	],
	links: [
		['Another System Asks', 'Make the Ledger'],
		...TABLES.links,
		['Another System Asks', 'Read the Request', 'Check the Rows'],
		['Read the Request', 'Say Why Not', 1],
		['Check the Rows', 'Prepare Look-Ups'],
		...LOOKING.links,
		['Look in the Ledger', 'Compare with Ledger'],
		['Compare with Ledger', 'Nothing to Pay?', 0],
		['Compare with Ledger', 'Pay These Orders', 2],
		['Nothing to Pay?', 'Answer'],
		['Pay These Orders', 'Answer', 'Respond'],
	],
};
