import type { WorkflowNode } from '../../n8n/workflow.mts';
import { CLAIM_COLUMNS, EVENT_COLUMNS } from '../../nodes/ledger/tables';
import { createLedger, findInLedger, LEDGER } from '../../examples/source/ledger.mts';
import { node, payRows, smartGlocal } from '../../examples/source/nodes.mts';
import type { Place } from '../../examples/source/nodes.mts';
import type { Example } from '../../examples/source/workflowFile.mts';

/** The tables beside the ledger: what runs are about to send, and what happened. */
export const CLAIMS = 'Smart Glocal claims';
export const EVENTS = 'Smart Glocal events';

const DATA_TABLE = 'n8n-nodes-base.dataTable';

const table = (value: string) => ({ __rl: true, mode: 'name', value });

function makeTable(
	name: string,
	place: Place,
	tableName: string,
	columns: Readonly<Record<string, string>>,
): WorkflowNode {
	const column = Object.entries(columns).map(([of, type]) => ({ name: of, type }));
	return node(name, DATA_TABLE, 1.1, place, {
		resource: 'table',
		operation: 'create',
		tableName,
		columns: { column },
		options: { createIfNotExists: true },
	});
}

const BY_NAME = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };

/** Adds each item as a new row, all in one statement. */
function addRows(name: string, place: Place, to: string): WorkflowNode {
	const parameters = { operation: 'insert', dataTableId: table(to), columns: BY_NAME, options: {} };
	return node(name, DATA_TABLE, 1.1, place, parameters);
}

/**
 * Reads the first thousand rows once, however many items come in; puts out an empty item where there are
 * none. More are read in pages, between which rows can come and go unseen (n8n 2.41).
 */
function readRows(
	name: string,
	place: Place,
	from: string,
	conditions: object[] = [],
): WorkflowNode {
	const filters = { matchType: 'allConditions', filters: { conditions } };
	const parameters = { operation: 'get', dataTableId: table(from), ...filters, limit: 1_000 };
	return node(name, DATA_TABLE, 1.1, place, parameters, ONCE);
}

const ONCE = { executeOnce: true, alwaysOutputData: true };

/** Reads the rows with the references of `Prepare Look-Ups`, as `findInLedger`, from another table. */
function findRows(name: string, place: Place, from: string): WorkflowNode {
	const { parameters, ...found } = findInLedger(name, place);
	return { ...found, parameters: { ...parameters, dataTableId: table(from) } };
}

/** What the node Data Table is asked to do to the rows with the ids of an item. */
function byIds(operation: string, from: string, more: object) {
	const conditions = Array.from({ length: 50 }, (_, index) => ({
		keyName: 'id',
		condition: 'eq',
		keyValue: `={{ $json.ids[${index}] }}`,
	}));
	const any = { matchType: 'anyCondition', filters: { conditions } };
	return { operation, dataTableId: table(from), ...any, ...more, options: {} };
}

const IS_NEW = { keyName: 'folded', condition: 'isFalse' };
const OF_RUN = {
	keyName: 'run',
	condition: 'eq',
	keyValue: `={{ $('Claim Payouts').first().json.run }}`,
};

const ledger = (name: string, operation: string, place: Place, parameters: object = {}) => {
	const all = { resource: 'ledger', operation, ...parameters };
	return smartGlocal(name, place, all, { credentials: {} });
};

function lookUp(name: string, place: Place, of: string): WorkflowNode {
	const prepared = ledger(name, 'lookUp', place, { items: `={{ $('${of}').all() }}` });
	return { ...prepared, executeOnce: true };
}

/**
 * Makes the tables, then pays the rows of the node `Rows of This Chunk`: claims them, decides on what the
 * tables say of them, sends, and writes what came out. It ends with `Remove the Claims`, when everything
 * else has been done: `Record Outcomes` has what was sent, the second output of `Decide on Claims` the
 * rest.
 *
 * @param origin who wants the payouts, and from where, as expressions or texts
 */
export function payClaimed(
	[right, down]: Place,
	origin: { requestedBy: string; source: string },
): Pick<Example, 'nodes' | 'links'> {
	const at = (steps: number, below = 0): Place => [right + 11 * steps, down + below];
	const removal = { matchType: 'allConditions', filters: { conditions: [OF_RUN] } };
	const nodes = [
		createLedger('Make the Ledger', at(0, -12)),
		makeTable('Make the Claims', at(1, -12), CLAIMS, CLAIM_COLUMNS),
		makeTable('Make the Events', at(2, -12), EVENTS, EVENT_COLUMNS),
		payRows('Check the Rows', at(0), { dryRun: true, includeFingerprints: true }),
		ledger('Claim Payouts', 'claim', at(1), origin),
		addRows('Write the Claims', at(2), CLAIMS),
		readRows('Read the Claims', at(3), CLAIMS),
		lookUp('Prepare Look-Ups', at(4), 'Claim Payouts'),
		findRows('Look in the Events', at(5), EVENTS),
		lookUp('Prepare Again', at(6), 'Claim Payouts'),
		findInLedger('Look in the Ledger', at(7)),
		ledger('Decide on Claims', 'decide', at(8), { events: `={{ $('Look in the Events').all() }}` }),
		payRows('Pay the Rows', at(9, -5)),
		ledger('Record Outcomes', 'record', at(10, -5)),
		addRows('Write the Outcomes', at(11, -5), EVENTS),
		node(
			'Remove the Claims',
			DATA_TABLE,
			1.1,
			at(9, 5),
			{ operation: 'deleteRows', dataTableId: table(CLAIMS), ...removal, options: {} },
			ONCE,
		),
	];
	return {
		nodes,
		links: [
			['Make the Ledger', 'Make the Claims'],
			['Make the Claims', 'Make the Events'],
			['Check the Rows', 'Claim Payouts'],
			['Claim Payouts', 'Write the Claims'],
			['Write the Claims', 'Read the Claims'],
			['Read the Claims', 'Prepare Look-Ups'],
			['Prepare Look-Ups', 'Look in the Events'],
			['Look in the Events', 'Prepare Again'],
			['Prepare Again', 'Look in the Ledger'],
			['Look in the Ledger', 'Decide on Claims'],
			['Decide on Claims', 'Pay the Rows'],
			['Pay the Rows', 'Record Outcomes'],
			['Record Outcomes', 'Write the Outcomes'],
			['Decide on Claims', 'Remove the Claims', 1],
		],
	};
}

/**
 * Folds new events into the ledger, a thousand at most: reads them, adds the rows that have all of the
 * old ones, and then removes those and marks the events. `Fold Events` says in its fourth output what is
 * to be done.
 */
export function foldNewEvents([right, down]: Place): Pick<Example, 'nodes' | 'links'> {
	const at = (steps: number, below = 0): Place => [right + 11 * steps, down + below];
	const folded = {
		mappingMode: 'defineBelow',
		value: { folded: true },
		matchingColumns: [],
		schema: [],
	};
	const nodes = [
		readRows('Read the Claims', at(0), CLAIMS),
		readRows('Read New Events', at(1), EVENTS, [IS_NEW]),
		lookUp('Prepare Look-Ups', at(2), 'Read New Events'),
		findInLedger('Look in the Ledger', at(3)),
		ledger('Fold Events', 'fold', at(4)),
		addRows('Add New Rows', at(5, -12), LEDGER),
		node('Remove Old Rows', DATA_TABLE, 1.1, at(5, -4), byIds('deleteRows', LEDGER, {})),
		node(
			'Mark the Events',
			DATA_TABLE,
			1.1,
			at(5, 4),
			byIds('update', EVENTS, { columns: folded }),
		),
	];
	return {
		nodes,
		links: [
			['Read the Claims', 'Read New Events'],
			['Read New Events', 'Prepare Look-Ups'],
			['Prepare Look-Ups', 'Look in the Ledger'],
			['Look in the Ledger', 'Fold Events'],
			['Fold Events', 'Add New Rows', 0],
			['Fold Events', 'Remove Old Rows', 1],
			['Fold Events', 'Mark the Events', 2],
		],
	};
}
