import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../n8n/packageNames.mts';
import { automatic, openAccount, turkishRows } from '../support/account.mts';
import type { Account } from '../support/account.mts';
import { executeContext } from '../support/engine.mts';

/** A server that writes down what arrives. */
interface Listener {
	server: Server;
	url: string;
	received: Array<Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string }>;
}

let account: Account;
/** The host of the credential. Redirects to the other one. */
let own: Listener;
let other: Listener;
/** What the host of the credential answers with. */
let answer: { status: number; headers?: IDataObject };

async function listen(respond: () => { status: number; headers?: IDataObject }): Promise<Listener> {
	const received: Listener['received'] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method, url, headers } = request;
			received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
			const { status, headers: more } = respond();
			response.writeHead(status, more as never).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

beforeAll(async () => {
	account = await openAccount();
	own = await listen(() => answer);
	other = await listen(() => ({ status: 200 }));
});
afterAll(async () => {
	await account.sandbox.stop();
	for (const { server } of [own, other]) {
		server.closeAllConnections();
		server.close();
	}
});
beforeEach(() => {
	answer = { status: 200 };
	own.received.length = 0;
	other.received.length = 0;
});

type Ways = Record<string, (request: IDataObject) => Promise<unknown>>;

/** The ways in which n8n-core sends a request with a credential. */
async function waysToSend(): Promise<Ways> {
	const { context } = await executeContext({
		items: turkishRows('INV-1'),
		parameters: automatic('TUR-TRY'),
		credentials: { ...account.credentials, baseUrl: own.url },
	});
	const { helpers } = context;
	const send = (way: unknown) => async (request: IDataObject) =>
		await (way as typeof helpers.httpRequestWithAuthentication).call(
			context as never,
			CREDENTIAL_TYPE,
			request as unknown as IHttpRequestOptions,
		);
	return {
		httpRequestWithAuthentication: send(helpers.httpRequestWithAuthentication),
		requestWithAuthentication: send(helpers.requestWithAuthentication),
	};
}

const WAYS = ['httpRequestWithAuthentication', 'requestWithAuthentication'];

/** Every setting that makes n8n follow a redirect, all at once and one by one. */
const FOLLOWING: IDataObject[] = [
	{},
	{ followRedirect: true },
	{ followAllRedirects: true },
	{ maxRedirects: 21 },
	{ disableFollowRedirect: false },
	{
		followRedirect: true,
		followAllRedirects: true,
		maxRedirects: 21,
		disableFollowRedirect: false,
		sendCredentialsOnCrossOriginRedirect: true,
		auth: { username: 'a', password: 'b', user: 'a', pass: 'b' },
	},
];

describe.each(WAYS)('a request by %s', (way) => {
	const send = async (request: IDataObject) => await (await waysToSend())[way]?.(request);
	const order = { method: 'POST', body: { amount_details: { amount: 1000, currency: 'usd' } } };

	test.each([301, 302, 303, 307, 308])(
		'does not follow a redirect with HTTP %d',
		async (status) => {
			answer = { status, headers: { location: `${other.url}/api/v1/session/init/payout` } };
			for (const following of FOLLOWING) {
				for (const address of [{ url: `${own.url}/x` }, { uri: `${own.url}/x` }]) {
					for (const more of [{}, { ignoreHttpStatusErrors: true, simple: false }]) {
						const request = { ...order, ...following, ...address, ...more };
						await send(request).catch(() => {});
					}
				}
			}
			expect(own.received).toHaveLength(FOLLOWING.length * 4);
			expect(other.received).toEqual([]);
		},
	);

	test('goes to no server that its settings name', async () => {
		const { port } = new URL(other.url);
		const host = '127.0.0.1';
		const elsewhere: IDataObject[] = [
			{ agentOptions: { host, port } },
			{ agentOptions: { host, port: Number(port), rejectUnauthorized: false } },
			{ host, port, hostname: host, path: other.url, socketPath: '/nowhere' },
			{ headers: { Host: `${host}:${port}` } },
			{ headers: { ' host ': `${host}:${port}` } },
			{ qs: { '@': `${host}:${port}`, '#': '//', '../': other.url } },
		];
		for (const settings of elsewhere) await send({ ...order, url: `${own.url}/x`, ...settings });
		expect(other.received).toEqual([]);
		expect(own.received).toHaveLength(elsewhere.length);
		const hosts = own.received.map(({ headers }) => headers.host);
		expect(new Set(hosts)).toEqual(new Set([new URL(own.url).host]));
	});

	test.each<[string, IDataObject]>([
		['another address', { url: 'OTHER/x' }],
		['another base URL', { baseURL: 'OTHER', url: '/x' }],
		['a method that has no body', { method: 'GET' }],
		['no JSON', { body: 'amount=1' }],
	])('is not sent with %s', async (_name, given) => {
		const request = { ...order, ...(given.baseURL || given.uri ? {} : { url: '/x' }), ...given };
		const placed = JSON.parse(
			JSON.stringify(request).replaceAll('OTHER', other.url),
		) as IDataObject;
		await expect(send(placed)).rejects.toThrow(/[.]$/);
		expect([...own.received, ...other.received]).toEqual([]);
	});

	test('does not log in, whatever the server asks for', async () => {
		answer = {
			status: 401,
			headers: { 'www-authenticate': 'Digest realm="a", nonce="b", qop="auth"' },
		};
		for (const sendImmediately of [false, true]) {
			const auth = { username: 'a', user: 'a', password: 'b', pass: 'b', sendImmediately };
			await send({ ...order, url: '/x', auth }).catch(() => {});
		}
		expect(own.received.length).toBeGreaterThan(0);
		const loggedIn = own.received.filter(({ headers }) => headers.authorization !== undefined);
		expect(loggedIn).toEqual([]);
	});

	test('sends the bytes that were signed, whatever length its headers claim', async () => {
		const body = ' { "a" :\t"ž" }\n';
		const headers = { 'content-length': '3', 'Transfer-Encoding': 'chunked', 'x-kept': 'yes' };
		await send({ ...order, body, url: '/x', headers, json: true });
		expect(own.received.map((request) => request.body)).toEqual([body.trim()]);
		expect(own.received[0]?.headers).toMatchObject({ 'content-length': '14', 'x-kept': 'yes' });
	});
});
