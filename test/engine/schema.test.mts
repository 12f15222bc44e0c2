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
	expect(operations).toHaveLength(23);
	for (const [resource, operation] of operations) {
		expect(Object.keys(preview(resource, operation).properties)).not.toEqual([]);
	}
});

const fieldsIn = (resource: string, operation: string) =>
	Object.keys(preview(resource, operation).properties);

test.each(['v1', 'v2'])('what comes out with API %s is what the preview shows', async (version) => {
	const options = { apiVersion: version };
	const created = await output('session', 'create', { options });
	const sessionId = created.session_id ?? '';
	const outputs: Array<[string, string, IDataObject]> = [
		['payout', 'init', await output('payout', 'init', { options })],
		['session', 'create', created],
		['payout', 'start', await output('payout', 'start', { sessionId, options })],
		['session', 'get', await output('session', 'get', { sessionId, options })],
	];
	await new Promise((resolve) => setTimeout(resolve, 500));
	const other = await output('session', 'create', { options });
	outputs.push(
		['session', 'confirm', await output('session', 'confirm', { sessionId, options })],
		[
			'session',
			'cancel',
			await output('session', 'cancel', { sessionId: other.session_id, options }),
		],
		['wallet', 'getBalance', await output('wallet', 'getBalance', {})],
	);
	for (const [resource, operation, json] of outputs) {
		expect(Object.keys(json)).toEqual(fieldsIn(resource, operation));
		const validate = new Ajv({ allowUnionTypes: true }).compile(preview(resource, operation));
		expect([validate(json), validate.errors]).toEqual([true, null]);
	}

	const again = await output('payout', 'init', { options });
	expect(again.outcome).toBe('already_submitted');
	expect(Object.keys(again)).toEqual(fieldsIn('payout', 'init'));
	account.sandbox.reset();
	const first = await output('payout', 'init', { options: { ...options, sessionFirst: true } });
	expect(first.outcome).toBe('submitted');
	expect(Object.keys(first)).toEqual(fieldsIn('payout', 'init'));
});

test('with Simplify off comes what the API sent', async () => {
	const options = { simplify: false };
	const paid = await output('payout', 'init', { options });
	expect(Object.keys(paid)).toEqual([
		'outcome',
		'reference',
		'session',
		'payout_fingerprint',
		'account_fingerprint',
	]);
	const { id: sessionId } = paid.session as IDataObject;
	expect(Object.keys(await output('session', 'get', { sessionId, options }))).toEqual(['session']);
	expect(await output('wallet', 'getBalance', { options })).toEqual({
		wallet: expect.objectContaining({ amount_details: expect.anything() as unknown }) as unknown,
	});
});
