import axios, { AxiosError } from 'axios';
import { NodeApiError } from 'n8n-workflow';
import type { JsonObject } from 'n8n-workflow';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { authenticateRequest } from '../../credentials/authenticateRequest';
import { classifyNetworkFailure } from '../../nodes/api/networkFailures';
import { NODE } from '../support/nodeMessages.mts';
import { rsaKeys } from '../support/rsaKeys.mts';

function systemError(code: string, syscall?: string): Error {
	return Object.assign(new Error(`${syscall ?? ''} ${code}`), {
		code,
		...(syscall && { syscall }),
	});
}

function severalAddresses(...errors: Error[]): Error {
	const code = (errors[0] as { code?: string } | undefined)?.code;
	return Object.assign(new AggregateError(errors), { code });
}

/** A host with two addresses: one refused the connection, and nothing can be read of the other. */
function withOddCause(cause: unknown): Error {
	const refused = systemError('ECONNREFUSED', 'connect');
	return Object.assign(severalAddresses(refused), { errors: [refused, cause] });
}

/** As n8n-core 2.41 throws it: its own error around the HTTP client's around the system's. */
function wrapped(cause: Error): NodeApiError {
	return new NodeApiError(NODE, AxiosError.from(cause) as unknown as JsonObject);
}

/** How a failure can reach us. */
const LAYERS: ReadonlyArray<[name: string, wrap: (cause: Error) => unknown]> = [
	['bare', (cause) => cause],
	['from the HTTP client', (cause) => AxiosError.from(cause)],
	['from n8n', wrapped],
	['from n8n twice', (cause) => new Error('again', { cause: wrapped(cause) })],
];

describe.each(LAYERS)('a failure %s', (_name, wrap) => {
	test.each([
		['connect', 'ECONNREFUSED EHOSTUNREACH ENETUNREACH ETIMEDOUT'],
		['getaddrinfo', 'ENOTFOUND EAI_AGAIN'],
		[
			undefined,
			'CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_TLS_CERT_ALTNAME_INVALID',
		],
	])('on %s was not sent: %s', (syscall, codes) => {
		for (const code of codes.split(' ')) {
			expect(classifyNetworkFailure(wrap(systemError(code, syscall)))).toEqual({
				outcome: 'not_sent',
				source: 'network',
				code,
			});
		}
	});

	test.each([
		['read', 'ECONNRESET ETIMEDOUT EHOSTUNREACH'],
		['write', 'ECONNRESET EPIPE ENETUNREACH EPROTO'],
		[
			undefined,
			'ECONNRESET ETIMEDOUT EHOSTUNREACH ENETUNREACH ECONNABORTED ESOCKETTIMEDOUT ERR_CANCELED ERR_STREAM_PREMATURE_CLOSE HPE_INVALID_CONSTANT',
		],
	])('on %s is unknown: %s', (syscall, codes) => {
		for (const code of codes.split(' ')) {
			expect(classifyNetworkFailure(wrap(systemError(code, syscall)))).toEqual({
				outcome: 'unknown',
				source: 'network',
				code,
			});
		}
	});

	test('for a host with two addresses was not sent when neither answered', () => {
		const both = severalAddresses(
			systemError('ECONNREFUSED', 'connect'),
			systemError('ETIMEDOUT', 'connect'),
		);
		expect(classifyNetworkFailure(wrap(both))).toMatchObject({ outcome: 'not_sent' });
	});

	test.each([
		['ECONNREFUSED without a system call', systemError('ECONNREFUSED')],
		['ENOTFOUND without a system call', systemError('ENOTFOUND')],
		['ECONNREFUSED on read', systemError('ECONNREFUSED', 'read')],
		['ENOTFOUND on write', systemError('ENOTFOUND', 'write')],
		['econnrefused in lower case', systemError('econnrefused', 'connect')],
		['ECONNRESET on connect', systemError('ECONNRESET', 'connect')],
		['EPIPE on connect', systemError('EPIPE', 'connect')],
		['a certificate on read', systemError('CERT_HAS_EXPIRED', 'read')],
		['too many redirects', systemError('ERR_FR_TOO_MANY_REDIRECTS')],
		['a proxy’s answer', Object.assign(systemError('ECONNREFUSED', 'connect'), { response: {} })],
		['a status', Object.assign(systemError('ENOTFOUND', 'getaddrinfo'), { statusCode: 502 })],
		['no errors', severalAddresses()],
		['refused and a cause that is no error', withOddCause('ECONNRESET')],
		['refused and a cause that is missing', withOddCause(undefined)],
		['refused and no code', severalAddresses(systemError('ECONNREFUSED', 'connect'), Error('x'))],
		[
			'refused and reset, both on connect',
			severalAddresses(
				systemError('ECONNREFUSED', 'connect'),
				systemError('ECONNRESET', 'connect'),
			),
		],
		[
			'refused, around a reset',
			Object.assign(systemError('ECONNREFUSED', 'connect'), { cause: systemError('ECONNRESET') }),
		],
		[
			'reset, around refused',
			Object.assign(systemError('ECONNRESET'), { cause: systemError('ECONNREFUSED', 'connect') }),
		],
	])('that only looks as if nothing was sent is unknown: %s', (_case, failure) => {
		const verdict = classifyNetworkFailure(wrap(failure));
		expect(verdict).toMatchObject({ outcome: 'unknown', source: 'network' });
	});

	test('is unknown when one of two connections broke later, and names that code', () => {
		const mixed = severalAddresses(
			systemError('ECONNREFUSED', 'connect'),
			systemError('ECONNRESET', 'read'),
		);
		expect(classifyNetworkFailure(wrap(mixed))).toMatchObject({
			outcome: 'unknown',
			code: 'ECONNRESET',
		});
	});
});

test.each([
	['nothing', undefined],
	['null', null],
	['a text', 'ECONNREFUSED'],
	['a number', 7],
	['a bare error', new Error('ECONNREFUSED')],
	['a code that is no text', { code: 500 }],
	['an empty list', []],
])('%s is unknown', (_name, failure) => {
	expect(classifyNetworkFailure(failure)).toEqual({
		outcome: 'unknown',
		source: 'network',
		code: 'no_answer',
	});
});

const CREDENTIALS = {
	environment: 'custom',
	baseUrl: 'http://127.0.0.1:4010',
	partnerProject: 'p',
	privateKey: rsaKeys().privateKey,
};

/** What the credential throws for a request. */
async function unsigned(credentials: object, request: object): Promise<Error> {
	try {
		await authenticateRequest({ ...CREDENTIALS, ...credentials }, { url: '/', ...request });
	} catch (failure) {
		return failure as Error;
	}
	throw new Error('The request was signed.');
}

test.each([
	['a host of somebody else', {}, { url: 'https://example.com/' }, /signs requests to/],
	['a key that is none', { privateKey: 'x' }, {}, /not a key in PEM format/],
	['no project', { partnerProject: '' }, {}, /'Partner Project' is empty/],
	['a form', {}, { body: new URLSearchParams() }, /takes JSON only/],
])('a request that could not be signed was not sent: %s', async (_name, own, request, sentence) => {
	const failure = await unsigned(own, request);
	for (const [, wrap] of LAYERS) {
		expect(classifyNetworkFailure(wrap(failure))).toEqual({
			outcome: 'not_sent',
			source: 'client',
			code: 'not_signed',
			description: expect.stringMatching(sentence) as string,
		});
	}
});

test('a failure that is its own cause is read, too', () => {
	for (const code of ['ECONNRESET', 'ECONNREFUSED']) {
		const circle = systemError(code) as Error & { errors?: unknown[] };
		circle.cause = circle;
		circle.errors = [circle, circle];
		expect(classifyNetworkFailure(circle)).toEqual({ outcome: 'unknown', source: 'network', code });
	}
});

describe('a real request', () => {
	let server: Server | undefined;

	async function listen(onConnection: (socket: Socket) => void): Promise<string> {
		const created = createServer(onConnection);
		server = created;
		await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(created.address() as { port: number }).port}/`;
	}

	async function verdictOn(url: string, timeout = 60_000) {
		try {
			await axios.post(url, '{}', { timeout, proxy: false });
		} catch (failure) {
			return classifyNetworkFailure(new NodeApiError(NODE, failure as JsonObject));
		}
		throw new Error('There was an answer.');
	}

	afterEach(() => server?.close());

	test('to a port where nobody listens, or a host that does not exist, was not sent', async () => {
		const url = await listen(() => {});
		await new Promise((resolve) => server?.close(resolve));
		expect(await verdictOn(url)).toMatchObject({ outcome: 'not_sent', code: 'ECONNREFUSED' });
		const verdict = await verdictOn('http://no-such-host.invalid/');
		expect(verdict.outcome).toBe('not_sent');
		expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(verdict.code);
	});

	test.each([
		['reset after it arrived', 'ECONNRESET', 60_000, (it: Socket) => void it.resetAndDestroy()],
		['never answered', 'ECONNABORTED', 300, (it: Socket) => void it.unref()],
	])('that was %s is unknown', async (_name, code, timeout, end) => {
		const url = await listen((socket) => socket.once('data', () => end(socket)));
		expect(await verdictOn(url, timeout)).toEqual({ outcome: 'unknown', source: 'network', code });
	});
});
