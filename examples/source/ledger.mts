import type { WorkflowNode } from '../../n8n/workflow.mts';
import { node } from './nodes.mts';
import type { Place } from './nodes.mts';

/**
 * The name of the Data Table that all examples share. n8n takes the first table whose name contains
 * this one, so no other table of the project may.
 */
export const LEDGER = 'Smart Glocal payouts';

/**
 * The columns of the ledger, one row for each reference, in the order in which a person reads them.
 * Only the reference is never changed.
 */
export const LEDGER_COLUMNS = [
	{ name: 'reference', type: 'string' },
	{ name: 'recipient', type: 'string' },
	// As a person writes it, with a point before the cents.
	{ name: 'amount', type: 'string' },
	{ name: 'currency', type: 'string' },
	// The node's outcome, or `waiting_for_approval`, `declined`, `sending`.
	{ name: 'outcome', type: 'string' },
	// `in_progress`, `ready_to_confirm`, `confirmed`, `succeeded`, `failed`, `returned`; empty before.
	{ name: 'status', type: 'string' },
	{ name: 'message', type: 'string' },
	{ name: 'next_step', type: 'string' },
	{ name: 'destination', type: 'string' },
	// Only its last four characters.
	{ name: 'account', type: 'string' },
	{ name: 'session_id', type: 'string' },
	{ name: 'payout_id', type: 'string' },
	// Who asked for it, and who approved or declined it.
	{ name: 'requested_by', type: 'string' },
	{ name: 'decided_by', type: 'string' },
	// The file or the workflow that it came from.
	{ name: 'source', type: 'string' },
	{ name: 'ordered_at', type: 'date' },
	{ name: 'outcome_at', type: 'date' },
	{ name: 'status_at', type: 'date' },
	// Whether nothing more is expected; a payout that succeeded may still be returned.
	{ name: 'final', type: 'boolean' },
	// How far the payout is; it only grows, which keeps late webhooks from changing anything.
	{ name: 'status_rank', type: 'number' },
	// The whole row as JSON, to send it again with the same reference; emptied when it is final.
	{ name: 'row', type: 'string' },
	// Of a request that waits for a second person: the code in the link, and until when it counts.
	{ name: 'approval_code', type: 'string' },
	{ name: 'decide_until', type: 'date' },
] as const;

/** A column of the ledger. */
export type LedgerColumn =
	| (typeof LEDGER_COLUMNS)[number]['name']
	| 'id'
	| 'createdAt'
	| 'updatedAt';

/** A condition on a column; the value may be an expression. */
export type Condition =
	| readonly [LedgerColumn, 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte', string]
	| readonly [LedgerColumn, 'isEmpty' | 'isNotEmpty' | 'isTrue' | 'isFalse'];

const DATA_TABLE = 'n8n-nodes-base.dataTable';
const TABLE = { __rl: true, mode: 'name', value: LEDGER };

function filters(conditions: readonly Condition[], matchType = 'allConditions') {
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

/**
 * Reads the rows that meet all conditions, or any of them, for each item. Puts out one empty item if there
 * are none.
 */
export function readLedger(
	name: string,
	place: Place,
	conditions: readonly Condition[],
	matchType?: 'anyCondition',
): WorkflowNode {
	const parameters = { operation: 'get', dataTableId: TABLE, ...filters(conditions, matchType) };
	const more = { alwaysOutputData: true };
	return node(name, DATA_TABLE, 1.1, place, { ...parameters, returnAll: true }, more);
}

/**
 * Changes the rows that meet all conditions, in one step of the database, to what the item has. Puts out
 * the changed rows, and one empty item if no row of any item met them.
 *
 * @param tableId an expression for the ledger's id; without it, n8n looks twice for its name in each row
 */
export function updateLedger(
	name: string,
	place: Place,
	conditions: readonly Condition[],
	tableId?: string,
): WorkflowNode {
	const dataTableId = tableId === undefined ? TABLE : { __rl: true, mode: 'id', value: tableId };
	const parameters = { operation: 'update', dataTableId, ...filters(conditions) };
	const more = { alwaysOutputData: true };
	return node(name, DATA_TABLE, 1.1, place, { ...parameters, columns: BY_NAME, options: {} }, more);
}

/**
 * Reads the rows with the references of `toReferences` (`code/references.mts`): one query for 50 of them,
 * where `readLedger` makes one for each. Puts out one empty item if there are none.
 */
export function findInLedger(name: string, place: Place): WorkflowNode {
	const conditions = Array.from({ length: 50 }, (_, index) => ({
		keyName: 'reference',
		condition: 'eq',
		// n8n takes no expression for the conditions as a whole: it would find nothing.
		keyValue: `={{ $json.references[${index}] }}`,
	}));
	const any = { matchType: 'anyCondition', filters: { conditions } };
	const parameters = { operation: 'get', dataTableId: TABLE, ...any, returnAll: true };
	return node(name, DATA_TABLE, 1.1, place, parameters, { alwaysOutputData: true });
}

/**
 * Adds each item as a new row, all in one step: many times as fast as `writeLedger`. Only for references
 * that the ledger does not have. Puts out the rows with their ids.
 */
export function insertLedger(name: string, place: Place): WorkflowNode {
	const parameters = { operation: 'insert', dataTableId: TABLE, columns: BY_NAME, options: {} };
	return node(name, DATA_TABLE, 1.1, place, parameters);
}

/** Writes each item into the row with its reference, or into a new one. Its keys are the columns. */
export function writeLedger(name: string, place: Place): WorkflowNode {
	const conditions = [['reference', 'eq', '={{ $json.reference }}']] as const;
	const parameters = { operation: 'upsert', dataTableId: TABLE, ...filters(conditions) };
	return node(name, DATA_TABLE, 1.1, place, { ...parameters, columns: BY_NAME, options: {} });
}

// Without an expression for each column, which would take n8n half a millisecond of every row.
const BY_NAME = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };

/** Makes the ledger where it is missing. */
export function createLedger(name: string, place: Place): WorkflowNode {
	return makeTable(name, place, LEDGER, LEDGER_COLUMNS);
}

/** Makes another Data Table where it is missing, with columns for texts. */
export function createTable(
	name: string,
	place: Place,
	table: string,
	columns: readonly string[],
): WorkflowNode {
	const texts = columns.map((column) => ({ name: column, type: 'string' }));
	return makeTable(name, place, table, texts);
}

/** Reads all rows of another Data Table. Puts out one empty item if there are none. */
export function readTable(name: string, place: Place, table: string): WorkflowNode {
	const dataTableId = { __rl: true, mode: 'name', value: table };
	const parameters = { operation: 'get', dataTableId, returnAll: true };
	return node(name, DATA_TABLE, 1.1, place, parameters, { alwaysOutputData: true });
}

function makeTable(name: string, place: Place, tableName: string, columns: readonly object[]) {
	return node(name, DATA_TABLE, 1.1, place, {
		resource: 'table',
		operation: 'create',
		tableName,
		columns: { column: columns.map((column) => ({ ...column })) },
		options: { createIfNotExists: true },
	});
}
