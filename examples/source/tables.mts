import type { WorkflowNode } from '../../n8n/workflow.mts';
import { CLAIM_COLUMNS, EVENT_COLUMNS, PAYOUT_COLUMNS } from '../../nodes/ledger/tables';
import { REFERENCES_PER_LOOK_UP } from '../../nodes/ledger/tables';
import { ledger, node } from './nodes.mts';
import type { Part, Place } from './nodes.mts';

/**
 * The Data Tables that all examples share. n8n takes the first table whose name contains the one that it
 * looks for, so no other table of the project may contain one of these.
 */
export const LEDGER = 'Smart Glocal payouts';
export const CLAIMS = 'Smart Glocal claims';
export const EVENTS = 'Smart Glocal events';

export const DATA_TABLE = 'n8n-nodes-base.dataTable';

export const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	[LEDGER]: PAYOUT_COLUMNS,
	[CLAIMS]: CLAIM_COLUMNS,
	[EVENTS]: EVENT_COLUMNS,
};

const NAMES: Readonly<Record<string, string>> = {
	[LEDGER]: 'Make the Ledger',
	[CLAIMS]: 'Make the Claims',
	[EVENTS]: 'Make the Events',
};

/** A condition on a column; the value may be an expression. */
export type Condition = readonly [column: string, condition: string, value?: string];

/** Of rows that nobody needs: n8n does not read them back. */
export const IN_BULK = { optimizeBulk: true };

/** Runs once, and goes on with an empty item where nothing is found. */
const ONCE = { executeOnce: true, alwaysOutputData: true };

/** A database that did not answer must not end a run: all but a claim can be written twice. */
const AGAIN = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1_000 };

function tableNode(
	name: string,
	place: Place,
	table: string,
	parameters: { operation: string; [more: string]: unknown },
	settings: object = {},
): WorkflowNode {
	const dataTableId = { __rl: true, mode: 'name', value: table };
	const all = { dataTableId, ...parameters };
	const isClaim = table === CLAIMS && parameters.operation === 'insert';
	return node(name, DATA_TABLE, 1.1, place, all, { ...(!isClaim && AGAIN), ...settings });
}

function where(conditions: readonly Condition[], matchType = 'allConditions') {
	return {
		matchType,
		filters: {
			conditions: conditions.map(([keyName, condition, keyValue]) => ({
				keyName,
				condition,
				...(keyValue !== undefined && { keyValue }),
			})),
		},
	};
}

/** Makes a table where it is missing. */
export function makeTable(
	name: string,
	place: Place,
	tableName: string,
	columns: Readonly<Record<string, string>>,
): WorkflowNode {
	const column = Object.entries(columns).map(([of, type]) => ({ name: of, type }));
	const creating = { resource: 'table', operation: 'create', tableName, columns: { column } };
	const parameters = { ...creating, options: { createIfNotExists: true } };
	// Of two runs that make it at the same time, one fails.
	const settings = { executeOnce: true, onError: 'continueRegularOutput' };
	return node(name, DATA_TABLE, 1.1, place, parameters, settings);
}

/** Makes these tables where they are missing, one after the other. */
export function makeTables([right, down]: Place, tables: readonly string[]): Part {
	const nodes = tables.map((table, step) =>
		makeTable(NAMES[table] ?? table, [right + 11 * step, down], table, COLUMNS[table] ?? {}),
	);
	return { nodes, links: [nodes.map(({ name }) => name)] };
}

/**
 * Adds each item as a new row, all in one statement; its keys are the columns.
 *
 * @param options `IN_BULK`, where nobody needs the rows
 */
export function addRows(
	name: string,
	place: Place,
	table: string,
	options: object = {},
): WorkflowNode {
	// Without an expression for each column, which would take n8n half a millisecond of every row.
	const columns = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
	return tableNode(name, place, table, { operation: 'insert', columns, options });
}

/** How many rows are read in one statement: between two of them, rows can come and go unseen (n8n 2.41). */
const MAX_READ = 1_000;

/**
 * Reads rows once, however many items come in: the first thousand, or all of them. Puts out an empty item
 * where there are none.
 */
export function readRows(
	name: string,
	place: Place,
	table: string,
	conditions: readonly Condition[] = [],
	limit: 'first' | 'all' = 'first',
): WorkflowNode {
	const most = limit === 'all' ? { returnAll: true } : { limit: MAX_READ };
	const parameters = { operation: 'get', ...where(conditions), ...most };
	return tableNode(name, place, table, parameters, ONCE);
}

/** Conditions that are met by any of the values that an item has in lists, each for one column. */
function anyOf(lists: Readonly<Record<string, string>>) {
	const conditions = Object.entries(lists).flatMap(([column, list]) =>
		Array.from(
			{ length: REFERENCES_PER_LOOK_UP },
			(_, index): Condition => [column, 'eq', `={{ $json.${list}[${index}] }}`],
		),
	);
	// n8n takes no expression for the conditions as a whole: it would find everything.
	return where(conditions, 'anyCondition');
}

/** Reads the rows with the references of Prepare Look-Ups, or with others: one statement for 50 of them. */
export function findRows(
	name: string,
	place: Place,
	table: string,
	lists: Readonly<Record<string, string>> = { reference: 'references' },
): WorkflowNode {
	const parameters = { operation: 'get', ...anyOf(lists), returnAll: true };
	return tableNode(name, place, table, parameters, { alwaysOutputData: true });
}

/** Reads all events since a time. Events are only added, so pages miss none, or n8n says that it failed. */
export function readNews(name: string, place: Place, since: string): WorkflowNode {
	const rows = readRows(name, place, EVENTS, [['createdAt', 'gt', since]], 'all');
	return { ...rows, onError: 'continueRegularOutput' };
}

/** Removes the rows with the ids of an item, 50 at most. */
export function removeByIds(name: string, place: Place, table: string): WorkflowNode {
	return tableNode(name, place, table, {
		operation: 'deleteRows',
		...anyOf({ id: 'ids' }),
		options: {},
	});
}

/** Changes events that meet conditions: those columns get these values. */
function changeEvents(
	name: string,
	place: Place,
	conditions: object,
	value: object,
	settings = {},
) {
	const columns = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
	const parameters = { operation: 'update', ...conditions, columns, options: {} };
	return tableNode(name, place, EVENTS, parameters, settings);
}

/** Marks the events with the ids of an item, 50 at most, as folded. */
export function markFolded(name: string, place: Place): WorkflowNode {
	return changeEvents(name, place, anyOf({ id: 'ids' }), { folded: true });
}

/** Empties the details of all events that meet the conditions, once. */
export function emptyDetails(
	name: string,
	place: Place,
	conditions: readonly Condition[],
): WorkflowNode {
	return changeEvents(name, place, where(conditions), { details: '' }, ONCE);
}

/** Removes all rows that meet the conditions, once. */
export function removeRows(
	name: string,
	place: Place,
	table: string,
	conditions: readonly Condition[],
): WorkflowNode {
	const parameters = { operation: 'deleteRows', ...where(conditions), options: {} };
	return tableNode(name, place, table, parameters, ONCE);
}

/**
 * Looks references up in the events and then in the ledger: in this order, a fold that is at work hides
 * nothing. Begins with `Prepare Look-Ups`, and goes on from `Look in the Ledger`.
 *
 * @param again behind the names, where a workflow looks twice
 * @param parameters of the first node
 */
export function lookUp([right, down]: Place, again = '', parameters: object = {}): Part {
	const prepare = `Prepare Look-Ups${again}`;
	const events = `Look in the Events${again}`;
	const payouts = `Look in the Ledger${again}`;
	return {
		nodes: [
			ledger(prepare, 'lookUp', [right, down], parameters),
			findRows(events, [right + 11, down - 8], EVENTS),
			findRows(payouts, [right + 11, down], LEDGER),
		],
		links: [
			// n8n ends the upper branch before it begins the lower one (execution order v1).
			[prepare, events],
			[prepare, payouts],
		],
	};
}
