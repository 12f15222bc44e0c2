import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { IDataObject, INodeType } from 'n8n-workflow';
import { NODE_TYPE } from '../../n8n/packageNames.mts';
import { automatic, credentialsFor, turkishRows } from '../support/account.mts';
import { executeContext, runNode } from '../support/engine.mts';
import type { RunResult } from '../support/engine.mts';
import { acceptance, usePlainServer } from '../support/plainServer.mts';

const server = usePlainServer();

/** For requests that are never answered to the end. */
const SHORT_MS = 300;
/** Long enough for a request that is answered at once, on a busy machine, too. */
const LONG_MS = 4_000;

const withTimeout = (timeout: number, parameters: IDataObject) => ({
	...parameters,
	requestOptions: { timeout },
});

const order = (timeout: number, options: IDataObject = {}) =>
	withTimeout(timeout, automatic('TUR-TRY', options));
const ONE_AT_A_TIME = { parallelRequests: 1 };
const CONTINUE = { onError: 'continueErrorOutput' } as const;

/** Sends a little now and then, and never ends by itself. */
async function drip(response: ServerResponse, text: string): Promise<void> {
	response.socket?.on('error', () => {});
	while (!response.destroyed) {
		if (response.headersSent) response.write(text);
		else response.socket?.write(text);
		await setTimeout(50);
	}
}

/** Ways to never come to an end. */
const ENDLESS: Readonly<Record<string, (response: ServerResponse) => void>> = {
	'no response': () => {},
	'headers, and then nothing': (response) => response.flushHeaders(),
	'a head that drips': (response) => {
		response.socket?.write('HTTP/1.1 200 OK\r\n');
		void drip(response, 'X-More: 1\r\n');
	},
	'a body that drips': (response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		void drip(response, ' ');
	},
	'a whole answer, and then a body that drips': (response) => {
		response.write(acceptance('ps_1'));
		void drip(response, ' ');
	},
	'a refusal that drips': (response) => {
		response.writeHead(400).write('{"status":"error","error":{"code":"account_not_found"}}');
		void drip(response, ' ');
	},
	'a request to wait that drips': (response) => {
		response.writeHead(429, { 'retry-after': '0' });
		void drip(response, ' ');
	},
	'a compressed body that drips': (response) => {
		response.writeHead(200, { 'content-encoding': 'gzip' });
		const gzip = createGzip();
		gzip.on('data', (chunk: Buffer) => response.write(chunk));
		void (async () => {
			while (!response.destroyed) {
				gzip.write(' ');
				gzip.flush();
				await setTimeout(50);
			}
		})();
	},
};

const errorOf = ({ error }: RunResult) => ({
	message: error?.message,
	details: error?.context?.details as IDataObject | undefined,
});

test.each(Object.keys(ENDLESS))('an order answered by %s is unknown in the end', async (name) => {
	server.respond = (response) => ENDLESS[name]?.(response);
	const { message, details } = errorOf(await server.pay(turkishRows('INV-1'), order(SHORT_MS)));
	expect(message).toContain(
		"It is not known whether payout 'INV-1' was accepted: no answer came in time",
	);
	expect(details).toMatchObject({ outcome: 'unknown', code: 'ECONNABORTED' });
	await server.allClosed();
	expect(server.calls.length).toBeLessThanOrEqual(1);
});

test('a connection that is never made ends as well, and is not taken for one that was refused', async () => {
	// It takes the connection, but answers nothing, so that TLS never begins.
	const silent = createServer((socket) => void socket.on('error', () => {}).resume());
	silent.listen(0, '127.0.0.1');
	await once(silent, 'listening');
	const { port } = silent.address() as AddressInfo;
	const credentials = credentialsFor(`https://127.0.0.1:${port}`);
	const { details } = errorOf(
		await runNode({ items: turkishRows('INV-1'), parameters: order(SHORT_MS), credentials }),
	);
	expect(details).toMatchObject({ outcome: 'unknown', code: 'ECONNABORTED' });
	// It would wait for a connection that is still open.
	await new Promise((resolve) => silent.close(resolve));
});

test('the other rows of a batch are paid, each of them once', async () => {
	server.respond = (response, { body, index }) => {
		if (body.metadata === 'INV-2') ENDLESS['a body that drips']?.(response);
		else response.end(acceptance(`ps_${index}`));
	};
	const references = ['INV-1', 'INV-2', 'INV-3', 'INV-4'];
	const { success, errors } = await server.pay(
		turkishRows(...references),
		order(LONG_MS, ONE_AT_A_TIME),
		CONTINUE,
	);
	expect(success.map(({ json }) => [json.reference, json.outcome])).toEqual(
		['INV-1', 'INV-3', 'INV-4'].map((reference) => [reference, 'submitted']),
	);
	expect(errors.map(({ json }) => json.error)).toEqual([
		expect.objectContaining({ reference: 'INV-2', outcome: 'unknown' }),
	]);
	const came = server.events.filter((event) => event.endsWith('came'));
	expect(came).toEqual(references.map((reference) => `${reference} came`));
	await server.allClosed();
	expect(server.events).toContain('INV-2 cut');
});

test('many requests that drip end together, and none of their connections is left', async () => {
	server.respond = (response) => ENDLESS['a body that drips']?.(response);
	const references = Array.from({ length: 30 }, (_, index) => `INV-${index}`);
	const { errors } = await server.pay(
		turkishRows(...references),
		order(LONG_MS, { parallelRequests: 30 }),
		CONTINUE,
	);
	expect(errors.map(({ json }) => (json.error as IDataObject).outcome)).toEqual(
		Array(30).fill('unknown'),
	);
	await server.allClosed();
});

test('a run that is cancelled meanwhile keeps the outcomes of all rows', async () => {
	const controller = new AbortController();
	let answered = 0;
	server.respond = (response, { body }) => {
		if (body.metadata === 'INV-2') ENDLESS['a body that drips']?.(response);
		else response.end(acceptance(`ps_of_${body.metadata}`));
		response.once('close', () => {
			// INV-2 is under way, INV-1 and INV-3 are done, and INV-4 has not begun.
			if (++answered === 2) controller.abort();
		});
	};
	const { context, workflow } = await executeContext({
		items: turkishRows('INV-1', 'INV-2', 'INV-3', 'INV-4', 'INV-5', 'INV-6'),
		parameters: order(LONG_MS, { parallelRequests: 2 }),
		credentials: server.credentials,
		...CONTINUE,
	});
	const lines: string[] = [];
	const cancellable = Object.create(context, {
		getExecutionCancelSignal: { value: () => controller.signal },
		logger: { value: { warn: (line: string) => lines.push(line) } },
	}) as typeof context;
	const { customOperations } = workflow.nodeTypes.getByNameAndVersion(NODE_TYPE) as INodeType;
	await workflow.expression.acquireIsolate?.();
	await customOperations?.payout?.init?.call(cancellable as never);
	await workflow.expression.releaseIsolate?.();

	expect(controller.signal.aborted).toBe(true);
	expect(lines[0]).toContain('the run was cancelled');
	const [, rows = ''] = lines;
	expect(rows).toMatch(/row 1 \('INV-1'\) submitted ps_of_INV-1/);
	expect(rows).toMatch(/row 2 \('INV-2'\) unknown ECONNABORTED/);
	expect(rows).toMatch(/row 3 \('INV-3'\) submitted ps_of_INV-3/);
	expect(server.events).not.toContain('INV-6 came');
	await server.allClosed();
});

describe('so does a request that is no order:', () => {
	const dripsFor = (path: string) => {
		server.respond = (response, call) => {
			if (call.path === path) ENDLESS['a body that drips']?.(response);
			else response.end(acceptance(`ps_${call.index}`));
		};
	};

	test.each([
		['create', 'session/create', 'the session was created'],
		['get', 'session/status', "session 'ps_1' has changed"],
		['confirm', 'session/confirm', "session 'ps_1' was confirmed"],
		['cancel', 'session/cancel', "session 'ps_1' was cancelled"],
	])('%s', async (operation, path, said) => {
		dripsFor(path);
		const parameters = withTimeout(SHORT_MS, {
			resource: 'session',
			operation,
			specify: 'none',
			sessionId: 'ps_1',
			options: {},
		});
		const { message, details } = errorOf(await server.pay([{}], parameters));
		expect(message).toContain(`It is not known whether ${said}: no answer came in time`);
		expect(details).toMatchObject({ outcome: 'unknown' });
		await server.allClosed();
	});

	test('the balance, before anything is sent', async () => {
		dripsFor('wallet/balance');
		const { error } = await server.pay(
			turkishRows('INV-1'),
			order(SHORT_MS, { checkBalance: true }),
		);
		expect(error?.message).toContain('no answer came in time');
		expect(server.calls.map(({ path }) => path)).toEqual(['wallet/balance']);
		await server.allClosed();
	});

	test('the creation of Session First, so that no payout is started', async () => {
		dripsFor('session/create');
		const { details } = errorOf(
			await server.pay(turkishRows('INV-1'), order(SHORT_MS, { sessionFirst: true })),
		);
		expect(details).toMatchObject({ outcome: 'not_sent', code: 'ECONNABORTED' });
		expect(server.calls).toHaveLength(1);
	});

	test('the start of Session First, whose session is then looked up', async () => {
		dripsFor('session/start/payout');
		const { details } = errorOf(
			await server.pay(turkishRows('INV-1'), order(LONG_MS, { sessionFirst: true })),
		);
		expect(details).toMatchObject({ outcome: 'unknown', session_id: 'ps_0' });
		expect(server.calls.map(({ path }) => path)).toEqual([
			'session/create',
			'session/start/payout',
			'session/status',
		]);
	});

	test('a later look of Wait Until Final, after which the row keeps its status', async () => {
		server.respond = (response, { index, body }) => {
			if (index > 0) ENDLESS['a body that drips']?.(response);
			else response.end(acceptance(body.session_id));
		};
		const options = { waitUntilFinal: true, maxWaitSeconds: 1 };
		const parameters = { resource: 'session', operation: 'get', sessionId: 'ps_1', options };
		const { success } = await server.pay([{}], withTimeout(LONG_MS, parameters));
		expect(success[0]?.json).toMatchObject({ session_status: 'in_progress', final: false });
		expect(server.calls).toHaveLength(2);
		await server.allClosed();
	});
});

test('Retry On Fail sends what took too long once more, with the same reference', async () => {
	server.respond = (response, { index }) => {
		if (index === 0) ENDLESS['a body that drips']?.(response);
		else response.end(acceptance('ps_1'));
	};
	const { success } = await server.pay(turkishRows('INV-1'), order(LONG_MS), { retryOnFail: true });
	expect(success[0]?.json).toMatchObject({ reference: 'INV-1', outcome: 'submitted' });
	expect(server.calls.map(({ body }) => body.metadata)).toEqual(['INV-1', 'INV-1']);
});

test('an answer that comes slowly, but in time, is read to its end', async () => {
	const text = acceptance('ps_1', { status: 'accepted' });
	server.respond = (response) => {
		response.flushHeaders();
		void (async () => {
			for (const part of text.match(/.{1,20}/g) ?? []) {
				response.write(part);
				await setTimeout(20);
			}
			response.end();
		})();
	};
	const { success } = await server.pay(turkishRows('INV-1'), automatic('TUR-TRY'));
	expect(success[0]?.json).toMatchObject({ outcome: 'submitted', session_status: 'accepted' });
});
