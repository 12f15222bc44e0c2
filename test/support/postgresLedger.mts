import { randomUUID } from 'node:crypto';

import type { StoredCredential } from '../../n8n/credential.mts';
import { readExample } from '../../n8n/exampleWorkflow.mts';
import type { QueueServices } from '../../n8n/queueServices.mts';
import type { N8nClient } from '../../n8n/restClient.mts';
import type { StoredWorkflow, WorkflowFile } from '../../n8n/workflow.mts';
import { turkishRows } from './account.mts';

/** A ledger in a database of its own, and n8n's credential for it. */
export interface PostgresLedger {
	database: string;
	credential: StoredCredential;
	/** Runs a query in it. Returns the texts of the columns of each row. */
	query: (sql: string) => Promise<string[][]>;
	/** Imports an example of `examples/postgres/`, with its credentials chosen. */
	import: (
		name: string,
		smartGlocal: StoredCredential,
		change?: (file: WorkflowFile) => WorkflowFile,
	) => Promise<StoredWorkflow>;
}

/** Makes a database for a ledger beside n8n's, without tables, and a credential for it. */
export async function makePostgresLedger(
	client: N8nClient,
	query: QueueServices['query'],
): Promise<PostgresLedger> {
	const database = `ledger_${randomUUID().replaceAll('-', '')}`;
	await query(`CREATE DATABASE ${database}`);
	const [[port = '', user = ''] = []] = await query('SELECT inet_server_port(), current_user');
	const name = `Ledger ${database}`;
	const { id } = await client.createCredential(name, 'postgres', {
		host: '127.0.0.1',
		port: Number(port),
		database,
		user,
		password: 'The server asks for none',
		ssl: 'disable',
	});
	const credential = { id, name };
	let payOrders = '';
	return {
		database,
		credential,
		query: async (sql) => await query(sql, database),
		import: async (file, smartGlocal, change = (workflow) => workflow) => {
			const others = { postgres: credential };
			const example = await readExample(`postgres/${file}`, smartGlocal, others, payOrders);
			const workflow = await client.createWorkflow(change(example));
			// The others call it to pay.
			if (file === 'pay-orders.json') {
				payOrders = workflow.id;
				await client.activate(workflow);
			}
			return workflow;
		},
	};
}

/** Writes so many rows to Turkey as the orders to send, in place of all others: `name-0`, `name-1` … */
export async function writeOrders(
	{ query }: PostgresLedger,
	name: string,
	count: number,
): Promise<void> {
	const [row] = turkishRows('');
	const all = Object.entries({ ...row, destination: 'TUR-TRY' });
	const columns = all.filter(([column]) => column !== 'reference');
	const names = columns.map(([column]) => column).join(', ');
	const values = columns.map(([, value]) => `'${String(value)}'`).join(', ');
	await query('TRUNCATE payouts_to_send');
	await query(
		`INSERT INTO payouts_to_send (reference, ${names}) SELECT '${name}-' || number, ${values} FROM generate_series(0, ${count - 1}) AS number`,
	);
}
