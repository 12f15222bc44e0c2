import { ifTrue, ledger, node, payRows, stickyNote } from './nodes.mts';
import type { Part, Place } from './nodes.mts';
import { addRows, CLAIMS, EVENTS, findRows, IN_BULK, lookUp, makeTables } from './tables.mts';
import { readNews, readRows, removeByIds, removeRows } from './tables.mts';
import type { Example } from './workflowFile.mts';

/** How many orders are sent at a time: 500 took two thirds of the time of 200 (npm run bench -- --desk). */
export const CHUNK = 500;

const LOOKING = lookUp([66, 4], '', {
	items: `={{ $('A Chunk of Orders').all() }}`,
	claims: `={{ $('Read Other Claims').all() }}`,
});

const SINCE = `={{ $('Claim Payouts').first(1).json.since }}`;
const RUN = `={{ $('Claim Payouts').first().json.run }}`;

/** The items of a node that may not have been reached. */
const ifRun = (name: string) => `($('${name}').isExecuted ? $('${name}').all() : [])`;

/** Pays orders that any other example has found right: the only one that sends. */
export const PAY_ORDERS: Example = {
	name: 'Smart Glocal: pay orders',
	nodes: [
		stickyNote('About This Workflow', [-2, -27], [43, 22])`## Pay orders

The other workflows call this one to pay. It claims each payout, looks at what the ledger knows, decides, sends, and writes what came out. So nothing is paid twice, whoever orders it, and in the same moment.

**To do:** choose your Smart Glocal credential in **Pay the Rows**, and **Publish**. The credential names the company that pays (*Sender*). Then choose this workflow in the node **Pay These Orders** of each workflow that pays.`,
		stickyNote('The Order of Steps', [42, -27], [55, 16])`### Why in this order

Claims are written before they are read, then the events, then the ledger: what another run moves from one table to the next is seen in one of them. What was looked up minutes ago needs only the events since. Of two claims on one reference, the lower id goes on. Do not put other nodes in between.`,
		node('A Chunk of Orders', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 4], {
			inputSource: 'passthrough',
		}),
		...makeTables([11, -4], [CLAIMS]).nodes,
		ledger('Claim Payouts', 'claim', [11, 4]),
		addRows('Write the Claims', [22, 4], CLAIMS, IN_BULK),
		readRows('Read Other Claims', [33, 4], CLAIMS, [['run', 'neq', RUN]]),
		readRows('Read Own Claims', [44, 4], CLAIMS, [['run', 'eq', RUN]]),
		// What was looked up by whoever ordered, minutes ago at most, is completed by the news. Behind own
		// claims, which are no events: by them, Prepare Look-Ups sees that n8n could not read the news.
		readNews('Read the News', [55, 4], SINCE),
		// Above the others, so that it is read first: claims, events, ledger.
		findRows('Look in the Claims', [77, -10], CLAIMS),
		...LOOKING.nodes,
		ledger('Decide on Claims', 'decide', [88, 6], {
			claims: `={{ [...$('Read Own Claims').all(), ...$('Read Other Claims').all(), ...${ifRun('Look in the Claims')}] }}`,
			events: `={{ [...${ifRun('Look in the Events')}, ...$('Prepare Look-Ups').all(1)] }}`,
			payouts: `={{ ${ifRun('Look in the Ledger')} }}`,
		}),
		payRows('Pay the Rows', [99, -4]),
		ledger('Record Outcomes', 'record', [110, -4], {
			claims: `={{ $('Read Own Claims').all() }}`,
		}),
		addRows('Write the Outcomes', [121, -4], EVENTS, IN_BULK),
		removeByIds('Remove Settled Claims', [99, 6], CLAIMS),
		// n8n gives back what the last node puts out, wherever a person moves the others.
		node('All Is Written', 'n8n-nodes-base.merge', 3.2, [132, 8], {
			mode: 'append',
			numberInputs: 3,
		}),
		removeRows('Remove the Claims', [143, 8], CLAIMS, [['run', 'eq', RUN]]),
		ledger('What Happened', 'results', [154, 8], {
			for: 'workflow',
			left: `={{ $('Decide on Claims').all(2) }}`,
			outcomes: `={{ $('Record Outcomes').isExecuted ? $('Record Outcomes').all(1) : [] }}`,
		}),
	],
	links: [
		['A Chunk of Orders', 'Make the Claims'],
		['A Chunk of Orders', 'Claim Payouts', 'Write the Claims', 'Read Other Claims'],
		['Read Other Claims', 'Read Own Claims', 'Read the News', 'Prepare Look-Ups'],
		['Prepare Look-Ups', 'Look in the Claims'],
		...LOOKING.links,
		['Look in the Ledger', 'Decide on Claims'],
		['Prepare Look-Ups', 'Decide on Claims', 1],
		['Decide on Claims', 'Pay the Rows', 0],
		['Decide on Claims', 'Remove Settled Claims', 1],
		['Remove Settled Claims', 'All Is Written', 0, 1],
		['Decide on Claims', 'All Is Written', 2, 2],
		['Pay the Rows', 'Record Outcomes'],
		['Record Outcomes', 'Write the Outcomes', 0],
		['Write the Outcomes', 'All Is Written', 0, 0],
		['All Is Written', 'Remove the Claims', 'What Happened'],
	],
	// The events are the record; an execution would keep whole accounts.
	settings: { saveDataSuccessExecution: 'none' },
};

/** The node that pays orders by the workflow above, which a person chooses after the import. */
export function payOrders(place: Place) {
	return node('Pay These Orders', 'n8n-nodes-base.executeWorkflow', 1.3, place, {
		workflowId: { __rl: true, mode: 'list', value: '', cachedResultName: PAY_ORDERS.name },
		mode: 'once',
		options: {},
	});
}

const LOOP = `$('Take a Chunk').context`;

/** The outcomes of all chunks, as an expression; none where nothing was ordered. */
export const OUTCOMES = `={{ $('Take a Chunk').isExecuted ? Array.from({ length: ${LOOP}.currentRunIndex + (${LOOP}.done ? 0 : 1) }, (_, run) => $('Pay These Orders').all(0, run)).flat() : [] }}`;

/**
 * Pays orders a chunk at a time, and stops where Smart Glocal refuses everything or does not answer. Begins
 * with `Take a Chunk`, and ends at the node `to`, with `OUTCOMES`.
 */
export function payInChunks([right, down]: Place, to: string): Part {
	const options = { batchSize: CHUNK, options: {} };
	return {
		nodes: [
			node('Take a Chunk', 'n8n-nodes-base.splitInBatches', 3, [right, down], options),
			payOrders([right + 11, down + 6]),
			{
				...ifTrue(
					'Did It Stop?',
					[right + 22, down + 6],
					`$input.all().some(({ json }) => json.reason === 'stopped')`,
				),
				executeOnce: true,
			},
		],
		links: [
			['Take a Chunk', to, 0],
			['Take a Chunk', 'Pay These Orders', 1],
			['Pay These Orders', 'Did It Stop?'],
			['Did It Stop?', to, 0],
			['Did It Stop?', 'Take a Chunk', 1],
		],
	};
}
