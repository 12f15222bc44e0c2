import { createLedger, findInLedger, LEDGER, updateLedger, writeLedger } from './ledger.mts';
import { code, ifTrue, node, payRows, stickyNote } from './nodes.mts';
import type { Example } from './workflowFile.mts';

const RESPOND = 'n8n-nodes-base.respondToWebhook';
const PATH = 'smart-glocal-payouts';

const READING = [
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
	code(
		'Read the Request',
		[11, 0],
		['payoutRequest'],
		'return [{ json: readRequest($input.first().json.body) }];',
	),
	ifTrue('Can It Be Read?', [22, 0], `$json.problem === ''`),
	node('Say Why Not', RESPOND, 1.5, [33, 10], {
		respondWith: 'json',
		responseBody: '={{ { message: $json.problem } }}',
		options: { responseCode: 400 },
	}),
];

const CHECKING = [
	createLedger('Make the Ledger', [33, 0]),
	code(
		'Take the Payouts',
		[44, 0],
		[],
		`return $('Read the Request').first().json.rows.map((json) => ({ json }));`,
	),
	payRows('Check the Payouts', [55, 0], { dryRun: true }),
	code('Which References?', [66, 0], ['references'], 'return toReferences($input.all());'),
	findInLedger('Look in the Ledger', [77, 0]),
	code(
		'Compare',
		[88, 0],
		['sortRows'],
		`const rows = $('Take the Payouts').all();
return [{ json: sortRows(rows, $('Check the Payouts').all(), $input.all()) }];`,
	),
	ifTrue('Anything to Send?', [99, 0], '$json.payable > 0'),
];

const PAYING = [
	code(
		'Before Paying',
		[110, -5],
		['ledgerRow'],
		`const { rows } = $('Compare').first().json;
const checked = $('Check the Payouts').all();
const origin = { source: 'Webhook', requestedBy: '', now: new Date().toISOString() };
return $('Take the Payouts').all().flatMap(({ json: row }, index) => {
	const { decision } = rows[index];
	if (!decision.startsWith('pay')) return [];
	const isNew = decision === 'pay';
	return [{ json: toSendingRow(checked[index].json, row, { ...origin, isNew }) }];
});`,
	),
	writeLedger('Write Before Paying', [121, -5]),
	code(
		'Payouts to Send',
		[132, -5],
		[],
		`const { rows } = $('Compare').first().json;
return $('Take the Payouts').all().filter((_, index) => rows[index].decision.startsWith('pay'));`,
	),
	payRows('Pay', [143, -5]),
	code(
		'After Paying',
		[154, -5],
		['ledgerRow'],
		`const before = $('Look in the Ledger').all();
return toOutcomeRows($input.all(), before, [], new Date().toISOString());`,
	),
	updateLedger(
		'Write After Paying',
		[165, -5],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			// A webhook that came meanwhile knows better.
			['status_rank', 'lt', '10'],
		],
	),
	code(
		'Answer',
		[176, 0],
		['payoutAnswers'],
		`const { isList } = $('Read the Request').first().json;
const sorted = $('Compare').first().json;
const checked = $('Check the Payouts').all();
const paid = $('Pay').isExecuted ? $('Pay').all() : [];
return [{ json: toAnswer(isList, sorted, checked, $('Look in the Ledger').all(), paid) }];`,
	),
	node('Respond', RESPOND, 1.5, [187, 0], {
		respondWith: 'json',
		responseBody: '={{ $json.body }}',
		options: { responseCode: '={{ $json.status_code }}' },
	}),
];

const NOTES = [
	stickyNote(
		'About This Workflow',
		[-2, -27],
		[29, 24],
		`## Pay from a webhook

Another system posts one payout, or a list of at most 200, as JSON, and gets the outcome as the answer. The ledger (the Data Table **${LEDGER}**) has each payout before and after it is sent.

**Before you publish**
1. In **Another System Asks**, create a credential of the kind _Header Auth_: the name and the value of a header that only that system knows.
2. In **Check the Payouts** and **Pay**, replace the example company under _Sender_, and choose your Smart Glocal credential.
3. Give the other system the _Production URL_ of **Another System Asks**.`,
	),
	stickyNote(
		'The Answer',
		[29, -27],
		[46, 20],
		`### The answer

**200** sent now or earlier · **202** the answer of Smart Glocal was lost · **409** the reference belongs to another payout · **422** the payout was refused: correct it · **503** not sent for a reason outside the payout · **207** a list with different ends: see the \`status_code\` of each · **400** the request cannot be read

**No answer, or 500**, does not mean that nothing was paid. Send the same payout with the same reference again: it is never paid twice, and the answer then says what happened.`,
	),
	stickyNote(
		'Before and After',
		[108, -27],
		[64, 13],
		`### Before and after

Only new payouts, corrected ones and those whose answer was lost are sent. What the ledger knows as sent is answered from it. To check more before you pay, add it before **Before Paying**.`,
	),
];

/** Pays what another system posts, and answers with the outcome. */
export const PAY_FROM_A_WEBHOOK: Example = {
	name: 'Smart Glocal: pay from a webhook',
	nodes: [...READING, ...CHECKING, ...PAYING, ...NOTES],
	links: [
		['Another System Asks', 'Read the Request'],
		['Read the Request', 'Can It Be Read?'],
		['Can It Be Read?', 'Make the Ledger'],
		['Can It Be Read?', 'Say Why Not', 1],
		['Make the Ledger', 'Take the Payouts'],
		['Take the Payouts', 'Check the Payouts'],
		['Check the Payouts', 'Which References?'],
		['Which References?', 'Look in the Ledger'],
		['Look in the Ledger', 'Compare'],
		['Compare', 'Anything to Send?'],
		['Anything to Send?', 'Before Paying'],
		['Anything to Send?', 'Answer', 1],
		['Before Paying', 'Write Before Paying'],
		['Write Before Paying', 'Payouts to Send'],
		['Payouts to Send', 'Pay'],
		['Pay', 'After Paying'],
		['After Paying', 'Write After Paying'],
		['Write After Paying', 'Answer'],
		['Answer', 'Respond'],
	],
};
