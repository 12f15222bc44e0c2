import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INode,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../n8n/packageNames.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { additionalData, executeContext, loadPackage } from '../support/engine.mts';
import { rsaKeys } from '../support/rsaKeys.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();
const smartGlocal = rsaKeys();

/**
 * Tests the credential as n8n does when it is saved: it makes a node of the test's request, runs it
 * and applies the rules (`runRequestTest` in n8n 2.41). Gives the sentence behind "More details".
 */
async function testCredential(changed: ICredentialDataDecryptedObject): Promise<string> {
	const credentials = { ...account.credentials, ...changed };
	const loader = await loadPackage();
	const { test } = loader.getCredential(CREDENTIAL_TYPE).type as ICredentialType;
	const temporary = {
		displayName: 'Temp',
		name: 'temp',
		type: 'string',
		routing: { request: test?.request },
		default: '',
	} as INodeProperties;
	const type = {
		description: {
			displayName: 'Temp-Node',
			name: 'noOp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'Temp-Node' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: CREDENTIAL_TYPE, required: true }],
			properties: [temporary],
		},
	} as unknown as INodeType;
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'Smart Glocal' } },
	};
	const byName = () => type;
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) },
	});
	const inputData = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		await additionalData(credentials),
		'internal',
		createRunExecutionData(),
		0,
		[],
		inputData,
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: '1', name: '', type: CREDENTIAL_TYPE, data: credentials };
	await workflow.expression.acquireIsolate?.();
	try {
		const response = await new RoutingNode(context, type, decrypted).runNode();
		const json = response?.[0]?.[0]?.json;
		const [broken] = (test?.rules ?? []).filter((rule) => {
			const { key, value } = rule.properties as { key: string; value?: string };
			return key === 'status' && json?.[key] === value;
		});
		return broken?.properties.message ?? 'OK';
	} catch (failure) {
		return (failure as Error).message;
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

const WRONG: ReadonlyArray<[name: string, webhookPublicKey: () => string, sentence: RegExp]> = [
	['one’s own public key', () => account.publicKey, /^Your own public key was pasted/],
	['one’s own among others', () => smartGlocal.publicKey + account.publicKey, /^Your own public/],
	['one’s own by a chat', () => account.publicKey.replaceAll('-----', '—–'), /^Your own public/],
	['text', () => 'see my mail of Monday', /is not a public key in PEM format/],
	['a private key', () => smartGlocal.privateKey, /^A private key was pasted/],
	[
		'a good key and half of one',
		() => smartGlocal.publicKey.repeat(2).slice(0, 700),
		/copied whole/,
	],
];

describe.each(WRONG)('a credential whose Webhook Public Key is %s', (_name, paste, sentence) => {
	test('fails its test with a sentence, and asks Smart Glocal nothing', async () => {
		const webhookPublicKey = paste();
		const said = await testCredential({ webhookPublicKey });
		expect(said).toMatch(sentence);
		expect(said).toMatch(/\. Ask your account manager at Smart Glocal .*\.$/);
		for (const line of webhookPublicKey.split('\n')) {
			if (line.length > 60) expect(said).not.toContain(line);
		}
		expect(account.sandbox.requests()).toEqual([]);
	});

	test('still pays, and still looks up the balance first', async () => {
		const credentials = { ...account.credentials, webhookPublicKey: paste() };
		const parameters = automatic('TUR-TRY', { checkBalance: true });
		const { success } = await account.pay(turkishRows('INV-1'), parameters, { credentials });
		expect(success.map(({ json }) => json.outcome)).toEqual(['submitted']);
		expect(account.sandbox.requests().map(({ path }) => path)).toEqual([
			'/api/v1/wallet/balance',
			'/api/v1/session/init/payout',
		]);
	});

	test('still signs what n8n’s HTTP Request node asks the balance with', async () => {
		const credentials = { ...account.credentials, webhookPublicKey: paste() };
		const run = { items: [{}], parameters: automatic('TUR-TRY'), credentials };
		const { context } = await executeContext(run);
		const body = { request_datetime: new Date().toISOString().replace(/\.\d+Z/, '+00:00') };
		const request = { method: 'POST', url: '/api/v1/wallet/balance', body } as const;
		await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_TYPE, request);
		expect(account.sandbox.requests().map(({ status }) => status)).toEqual([200]);
	});
});

test.each([
	['empty', ''],
	['blank', ' \n'],
	['Smart Glocal’s', smartGlocal.publicKey],
	['two keys, one by mail', smartGlocal.publicKey + rsaKeys().publicKey.replace(/^/gm, '> ')],
])(
	'a credential whose Webhook Public Key is %s passes its test',
	async (_name, webhookPublicKey) => {
		expect(await testCredential({ webhookPublicKey })).toBe('OK');
		const [request, ...others] = account.sandbox.requests();
		expect([request?.path, request?.status, others]).toEqual(['/api/v1/wallet/balance', 200, []]);
		expect(Object.keys(request?.headers ?? {})).not.toContain('x-credential-test');
	},
);

test('names what is wrong with the private key first', async () => {
	const changed = { privateKey: smartGlocal.publicKey, webhookPublicKey: 'text' };
	expect(await testCredential(changed)).toMatch(/^A public key was pasted into 'Private Key'/);
	const weak = rsaKeys(undefined, 1024);
	const said = await testCredential({ privateKey: weak.privateKey, webhookPublicKey: 'text' });
	expect(said).toMatch(/^The private key is too weak: it has only 1024 bits\./);
});

test.each([
	['too weak', () => rsaKeys(undefined, 1024).privateKey, 'it has only 1024 bits'],
	['two keys', () => smartGlocal.privateKey + rsaKeys().privateKey, 'more than one private key'],
	['a path', () => 'C:\\keys\\private.pem', 'The path of a file was pasted'],
])('pays nothing with a private key that is %s', async (_name, privateKey, sentence) => {
	const credentials = { ...account.credentials, privateKey: privateKey() };
	const { error } = await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'), { credentials });
	expect(error?.message).toContain(sentence);
	expect(account.sandbox.requests()).toEqual([]);
});

test('pays with a private key that came by a chat and a form', async () => {
	const privateKey = String(account.credentials.privateKey)
		.replaceAll('-----', '—–')
		.replaceAll('\n', '\\\\n');
	const credentials = { ...account.credentials, privateKey: encodeURIComponent(privateKey) };
	await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'), { credentials });
	expect(account.sandbox.books.acceptedTimes('INV-1')).toBe(1);
});
