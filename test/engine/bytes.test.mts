import type { IDataObject } from 'n8n-workflow';
import type { ReceivedRequest } from '../../sandbox/server.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { executeContext, runDeclared, runNode } from '../support/engine.mts';
import type { RunOptions } from '../support/engine.mts';
import { verifyByOpenssl } from '../support/openssl.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();
const opensslVerifies = ({ rawBytes, headers }: ReceivedRequest) =>
	verifyByOpenssl(account.publicKey, rawBytes, headers['x-partner-sign']);

const BODIES: Array<[string, IDataObject]> = [
	['minimal', {}],
	['Unicode', { recipient_first_name: 'Åsa 李 😀', recipient_last_name: 'Ğ“quoted” \\ /slash/' }],
	['nested metadata', { reference: 'INV 7 / ü' }],
];

test.each(BODIES)('OpenSSL verifies the bytes received: %s', async (name, row) => {
	const items = [{ ...turkishRows('INV-1')[0], ...row }];
	const parameters = {
		...automatic('TUR-TRY'),
		additionalFields:
			name === 'nested metadata'
				? { metadata: '{"a":{"b":["ü",1,null]},"c":"😀"}', customerReference: 'c-1' }
				: {},
	};
	await account.pay(items, parameters);

	const [request] = account.sandbox.requests();
	expect(request?.status).toBe(200);
	expect(opensslVerifies(request as ReceivedRequest)).toBe(true);
	const altered = Buffer.from(request?.rawBody.replace('100', '101') ?? '').subarray(0, -1);
	expect(opensslVerifies({ ...(request as ReceivedRequest), rawBytes: altered })).toBe(false);
});

test.each<[string, (parameters: IDataObject, credentials: IDataObject) => IDataObject[]]>([
	['the sender of the node', (parameters, credentials) => [parameters, credentials]],
	[
		'the sender of the credential',
		({ sender, ...parameters }, credentials) => [
			{ ...parameters, sender: {} },
			{ ...credentials, sender: { company: { ...(sender as IDataObject), city: 'Boston' } } },
		],
	],
])('n8n’s own declarative engine and the runner send the same bytes: %s', async (_name, change) => {
	const [parameters = {}, credentials = {}] = change(
		automatic('TUR-TRY'),
		account.credentials as IDataObject,
	);
	const options: RunOptions = {
		items: turkishRows('INV-1'),
		parameters,
		credentials: credentials as RunOptions['credentials'],
	};
	await runNode(options);
	const [byRunner] = account.sandbox.requests();
	account.sandbox.reset();

	await runDeclared(options);
	const [byEngine] = account.sandbox.requests();

	const comparable = (request: ReceivedRequest | undefined) => {
		const headers = { ...request?.headers, host: undefined };
		return { headers, path: request?.path, body: request?.rawBytes.toString('hex') };
	};
	expect(comparable(byEngine)).toEqual(comparable(byRunner));
	expect(byRunner?.rawBody.includes('Boston')).toBe('sender' in credentials);
});

test('the credential signs requests of n8n’s request helper, whether text or object', async () => {
	const { credentials, sandbox } = account;
	const { context } = await executeContext({
		items: [{}],
		parameters: automatic('ROW'),
		credentials,
	});
	const body = { request_datetime: '2024-04-10T19:53:00+03:00', note: 'ü "x" /' };
	for (const sent of [body, JSON.stringify(body, null, 2)]) {
		await context.helpers.httpRequestWithAuthentication.call(context as never, 'smartGlocalApi', {
			method: 'POST',
			url: `${sandbox.url}/api/v1/wallet/balance`,
			body: sent,
		});
	}
	const requests = sandbox.requests();
	expect(requests.map(({ status }) => status)).toEqual([200, 200]);
	expect(requests.map(opensslVerifies)).toEqual([true, true]);
	expect(requests[1]?.rawBody).toBe(JSON.stringify(body, null, 2));
});
