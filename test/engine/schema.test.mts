import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { loadPackage } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

/** The preview that the editor shows before the first run, from where the build put it. */
function preview(resource: string, operation: string) {
	const folder = path.resolve(__dirname, '../../dist/nodes/SmartGlocal/__schema__/v1.0.0');
	const schema = JSON.parse(
		readFileSync(path.join(folder, resource, `${operation}.json`), 'utf8'),
	) as { properties: IDataObject; version?: number };
	delete schema.version;
	return schema;
}

async function output(resource: string, operation: string, parameters: IDataObject) {
	const { success, error } = await account.pay(turkishRows(`${resource}-${operation}`), {
		...automatic('TUR-TRY'),
		resource,
		operation,
		...parameters,
	});
	expect(error).toBeUndefined();
	return success[0]?.json ?? {};
}

test('every operation has a preview', async () => {
	const loader = await loadPackage();
	const { customOperations = {} } = loader.getNode('smartGlocal').type as {
		customOperations?: Record<string, Record<string, unknown>>;
	};
	const operations = Object.entries(customOperations).flatMap(([resource, byName]) =>
		Object.keys(byName).map((operation) => [resource, operation] as const),
	);
	expect(operations).toHaveLength(7);
	for (const [resource, operation] of operations) {
		expect(Object.keys(preview(resource, operation).properties)).not.toEqual([]);
	}
});

test('what comes out is what the preview shows', async () => {
	const created = await output('session', 'create', {});
	const sessionId = created.session_id ?? '';
	const outputs: Array<[string, string, IDataObject]> = [
		['payout', 'init', await output('payout', 'init', {})],
		['session', 'create', created],
		['payout', 'start', await output('payout', 'start', { sessionId })],
		['session', 'get', await output('session', 'get', { sessionId })],
	];
	await new Promise((resolve) => setTimeout(resolve, 500));
	outputs.push(['session', 'confirm', await output('session', 'confirm', { sessionId })]);
	const other = await output('session', 'create', {});
	outputs.push([
		'session',
		'cancel',
		await output('session', 'cancel', { sessionId: other.session_id }),
	]);
	outputs.push(['wallet', 'getBalance', await output('wallet', 'getBalance', {})]);

	for (const [resource, operation, json] of outputs) {
		const schema = preview(resource, operation);
		expect(Object.keys(json)).toEqual(Object.keys(schema.properties));
		const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
		expect([validate(json), validate.errors]).toEqual([true, null]);
	}
});
