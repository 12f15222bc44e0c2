import type { WorkflowNode } from '../../n8n/workflow.mts';
import { CLAIMS, COLUMNS, DATA_TABLE, EVENTS, LEDGER } from './tables.mts';
import type { Example } from './workflowFile.mts';

/** The name of a table in PostgreSQL. */
const toTableName = (table: string) => table.toLowerCase().replaceAll(' ', '_');

const [PAYOUTS, OF_CLAIMS, OF_EVENTS] = [LEDGER, CLAIMS, EVENTS].map(toTableName);

const TYPES = { string: 'text', number: 'integer', boolean: 'boolean', date: 'timestamptz' };

const OPERATORS = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** What a table has besides its columns. A reference can be too long for any index but one by hash. */
const MORE: Readonly<Record<string, string>> = {
	[LEDGER]: `
-- One row for each reference, also for one that is too long for a unique index.
ALTER TABLE ${PAYOUTS} ADD CONSTRAINT unique_reference EXCLUDE USING hash (reference WITH =);
CREATE INDEX ON ${PAYOUTS} (id) WHERE NOT final;`,
	[CLAIMS]: `
CREATE INDEX ON ${OF_CLAIMS} USING hash (reference);
-- Claims are written one statement after the other, so that their ids become visible in order:
-- whoever has written a claim sees every claim with a lower id.
CREATE FUNCTION ${OF_CLAIMS}_in_order() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
	PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
	RETURN NULL;
END $body$;
CREATE TRIGGER in_order BEFORE INSERT ON ${OF_CLAIMS}
	FOR EACH STATEMENT EXECUTE FUNCTION ${OF_CLAIMS}_in_order();`,
	[EVENTS]: `
CREATE INDEX ON ${OF_EVENTS} USING hash (reference);
CREATE INDEX ON ${OF_EVENTS} (id) WHERE NOT folded;
CREATE INDEX ON ${OF_EVENTS} ("createdAt");`,
};

interface Condition {
	keyName: string;
	condition: keyof typeof OPERATORS | 'isTrue' | 'isFalse';
	keyValue?: string;
}

/** The parameters of a node for Data Tables, as `tables.mts` makes them. */
interface TableParameters {
	operation: 'create' | 'insert' | 'get' | 'update' | 'deleteRows';
	tableName?: string;
	dataTableId: { value: string };
	columns: { column: ReadonlyArray<{ name: string; type: keyof typeof TYPES }>; value: object };
	matchType: string;
	filters: { conditions: readonly Condition[] };
	limit?: number;
}

/** The statements that make a table. */
function createTable({ tableName = '', columns }: TableParameters): string {
	const lines = [
		'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
		...columns.column.map(({ name, type }) => `"${name}" ${TYPES[type]}`),
		'"createdAt" timestamptz NOT NULL DEFAULT now()',
	];
	return `CREATE TABLE ${toTableName(tableName)} (\n\t${lines.join(',\n\t')}\n);${MORE[tableName] ?? ''}`;
}

/** What a template of n8n says, such as `={{ $json.day }}T00:00`, as a JavaScript expression. */
function toExpression(template: string): string {
	const [, expression = JSON.stringify(template), rest = ''] =
		/^=\{\{ (.*) \}\}(.*)$/.exec(template) ?? [];
	return rest === '' ? expression : `${expression} + ${JSON.stringify(rest)}`;
}

/** One value of a list, such as `={{ $json.references[49] }}`: PostgreSQL takes all lists in one statement. */
const LISTED = /^=\{\{ \$json\.(\w+)\[\d+\] \}\}$/;

/** All items, without what no text of PostgreSQL can hold: U+0000, and half a character. */
const ROWS = String.raw`JSON.stringify($input.all().map(({ json }) => json)).replace(/\\u(0000|d[89a-f]..)/g, '\\ufffd')`;

/** The rows that a fold replaces. If there is another one by now, it fails, and marks no event. */
const REPLACED = `$('Fold Events').all(1).flatMap(({ json }) => json.ids)`;

/** What these nodes read of other runs, is read of the claimed references only. */
const ABOUT_OWN = new Set(['Read Other Claims', 'Read the News']);
const OWN = `$('Claim Payouts').all().map(({ json }) => json.reference)`;

/** The statement of a node, and its values as JavaScript expressions: `$1` is the first of them. */
function toStatement(name: string, parameters: TableParameters) {
	const { operation, matchType, filters, columns, limit } = parameters;
	const table = toTableName(parameters.tableName ?? parameters.dataTableId.value);
	const values: string[] = [];
	const valueOf = (expression: string) => {
		if (!values.includes(expression)) values.push(expression);
		return `$${values.indexOf(expression) + 1}`;
	};
	const isAmong = (column: string, list: string) =>
		`"${column}" IN (SELECT unnest(${valueOf(list)}::${column === 'id' ? 'bigint' : 'text'}[]))`;
	const toCondition = ({ keyName, condition, keyValue = '' }: Condition) => {
		const [, list] = LISTED.exec(keyValue) ?? [];
		if (list) return isAmong(keyName, `$input.all().flatMap(({ json }) => json.${list})`);
		if (condition === 'isTrue') return `"${keyName}"`;
		if (condition === 'isFalse') return `NOT "${keyName}"`;
		return `"${keyName}" ${OPERATORS[condition]} ${valueOf(toExpression(keyValue))}`;
	};
	const makeQuery = () => {
		if (operation === 'create') {
			// Of two runs that make it at the same time, the second one waits.
			const lock = `PERFORM pg_advisory_xact_lock(hashtext('${PAYOUTS}'));`;
			const make = `IF to_regclass('${table}') IS NULL THEN\n${createTable(parameters)}\nEND IF;`;
			return `DO $make$ BEGIN\n${lock}\n${make}\nEND $make$`;
		}
		if (operation === 'insert') {
			const names = Object.keys(COLUMNS[parameters.dataTableId.value] ?? {});
			const list = names.map((name) => `"${name}"`).join(', ');
			const rows = `json_populate_recordset(NULL::${table}, ${valueOf(ROWS)})`;
			const insert = `INSERT INTO ${table} (${list})\nSELECT ${list}\nFROM ${rows}`;
			if (table !== PAYOUTS) return insert;
			return `DELETE FROM ${table} WHERE ${isAmong('id', REPLACED)};\n${insert}`;
		}
		const conditions = [...new Set(filters.conditions.map(toCondition))];
		if (ABOUT_OWN.has(name)) conditions.push(isAmong('reference', OWN));
		const either = matchType === 'anyCondition' ? ' OR ' : ' AND ';
		const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join(either)}`;
		if (operation === 'deleteRows') return `DELETE FROM ${table}${where}`;
		// Claims are read in one statement, however many there are.
		const first = limit === undefined || table === OF_CLAIMS ? '' : `\nLIMIT ${limit}`;
		if (operation === 'get') return `SELECT * FROM ${table}${where}\nORDER BY id${first}`;
		const changes = Object.entries(columns.value);
		const set = changes.map(([name, value]) => `"${name}" = ${valueOf(JSON.stringify(value))}`);
		return `UPDATE ${table} SET ${set.join(', ')}${where}`;
	};
	return { query: makeQuery(), values };
}

/** Of webhooks, of which each has an execution: n8n would prepare its engine for an expression in each. */
const INSERT_NEWS = {
	operation: 'insert',
	schema: { __rl: true, mode: 'name', value: 'public' },
	table: { __rl: true, mode: 'name', value: OF_EVENTS },
	columns: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
	options: {},
};

/** How many orders are sent at a time: each time costs n8n an execution. */
export const POSTGRES_CHUNK = 2_500;

/** A node for a Data Table as one for PostgreSQL, which runs once for all items; any other as it is. */
function toPostgresNode(node: WorkflowNode): WorkflowNode {
	const { batchSize } = node.parameters;
	if (batchSize) return { ...node, parameters: { ...node.parameters, batchSize: POSTGRES_CHUNK } };
	if (node.type !== DATA_TABLE) return node;
	// The first version that changes how times are read for itself alone.
	const type = { type: 'n8n-nodes-base.postgres', typeVersion: 2.7, credentials: CREDENTIALS };
	if (node.name === 'Write the News') return { ...node, ...type, parameters: INSERT_NEWS };
	const { query, values } = toStatement(node.name, node.parameters as unknown as TableParameters);
	const options = values.length === 0 ? {} : { queryReplacement: `={{ [${values.join(', ')}] }}` };
	const parameters = { operation: 'executeQuery', query, options };
	return { ...node, ...type, parameters, executeOnce: true };
}

/** Whether an example has tables. */
export function hasTables({ nodes }: Example): boolean {
	return nodes.some(({ type }) => type === DATA_TABLE);
}

/** Where all statements that make tables are, below `examples/`, for people who make them themselves. */
export const SCHEMA_FILE = 'postgres/schema.sql';

/** The statements that make all tables of examples. */
export function writeSchema(examples: readonly Example[]): string {
	const all = examples.flatMap(({ nodes }) => nodes.map(({ parameters }) => parameters));
	const makers = all.filter(({ resource }) => resource === 'table');
	const tables = makers.map((parameters) => createTable(parameters as unknown as TableParameters));
	return `-- The workflows in this folder make the tables that are missing. To make them yourself, run this first.\n\n${[...new Set(tables)].join('\n\n')}\n`;
}

/** The credential that a person chooses after the import. */
const CREDENTIALS = { postgres: { id: '', name: 'Postgres account' } };

/** The same example with its tables in PostgreSQL. */
export function toPostgres(example: Example): Example {
	const name = `${example.name} (PostgreSQL)`;
	return { ...example, name, nodes: example.nodes.map(toPostgresNode) };
}
