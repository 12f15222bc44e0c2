import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { createSend } from '../../nodes/api/send';
import type { RequestQueue } from '../../nodes/api/send';

const LOOKUP = { path: 'session/status', version: 'v1', body: {} } as const;
const OPEN: RequestQueue = { enter: async () => await Promise.resolve(async () => {}) };
const TIMED_OUT = { failure: { outcome: 'unknown', source: 'network', code: 'ECONNABORTED' } };

/** Opens a way on which n8n's helper does this. It is given the signal that n8n would pass on. */
function sendThrough(help: (signal: AbortSignal) => Promise<unknown>, timeout?: number) {
	const helpers = {
		httpRequestWithAuthentication: async function (this: IExecuteFunctions) {
			return await help(this.getExecutionCancelSignal() as AbortSignal);
		},
	};
	return createSend({ helpers } as unknown as IExecuteFunctions, {}, { timeout });
}

test('gives its place back after a response that has no headers, and keeps its outcome', async () => {
	const response = { statusCode: 429, body: '{"status":"error"}' };
	let places = 0;
	const queue: RequestQueue = {
		enter: async () => {
			places++;
			return async () => {
				places--;
			};
		},
	};
	const send = sendThrough(async () => await Promise.resolve(response))(queue);

	expect(await send(LOOKUP)).toMatchObject({ response: { statusCode: 429 } });
	expect(places).toBe(0);
});

describe('a deadline', () => {
	beforeEach(() => jest.useFakeTimers({ doNotFake: ['performance'] }));
	afterEach(() => jest.useRealTimers());

	const respondAfter = (ms: number) => async () =>
		await new Promise((resolve) =>
			setTimeout(() => resolve({ statusCode: 200, headers: {}, body: {} }), ms),
		);
	const never = async () => await new Promise(() => {});

	test('ends a request of an n8n that does not look at its signal', async () => {
		let seen: AbortSignal | undefined;
		const send = sendThrough(async (signal) => {
			seen = signal;
			return await never();
		}, 60_000)(OPEN);
		const exchange = send(LOOKUP);
		await jest.advanceTimersByTimeAsync(59_900);
		expect(seen?.aborted).toBe(false);
		await jest.advanceTimersByTimeAsync(200);
		expect(seen?.aborted).toBe(true);
		expect(await exchange).toEqual(TIMED_OUT);
	});

	test('closes a response that comes after it', async () => {
		const body = Readable.from(['{}', '{}']);
		const response = { statusCode: 200, headers: {}, body };
		const send = sendThrough(async () => {
			await respondAfter(5_000)();
			return response;
		}, 1_000)(OPEN);
		const exchange = send(LOOKUP);
		await jest.advanceTimersByTimeAsync(6_000);
		expect(await exchange).toEqual(TIMED_OUT);
		expect(body.destroyed).toBe(true);
	});

	test('is each request’s own, however they overlap', async () => {
		const latencies = [900, 3_000, 100, 999, 1_500, 20];
		const ended: string[] = [];
		const sends = latencies.map(async (latency, index) => {
			await new Promise((resolve) => setTimeout(resolve, 400 * index));
			const exchange = await way(latency)(LOOKUP);
			ended.push(`${latency} ${'failure' in exchange ? exchange.failure.code : 'answered'}`);
		});
		let latency = 0;
		const open = sendThrough(async () => await respondAfter(latency)(), 1_000);
		function way(ms: number) {
			latency = ms;
			return open(OPEN);
		}
		await jest.advanceTimersByTimeAsync(10_000);
		await Promise.all(sends);
		expect(ended.sort()).toEqual(
			latencies.map((ms) => `${ms} ${ms > 1_000 ? 'ECONNABORTED' : 'answered'}`).sort(),
		);
	});

	test('leaves one timer for 5,000 requests, and none soon after', async () => {
		const send = sendThrough(async () => await Promise.resolve({ statusCode: 200 }), 60_000)(OPEN);
		for (let index = 0; index < 2_500; index++) await send(LOOKUP);
		await Promise.all(Array.from({ length: 2_500 }, async () => await send(LOOKUP)));
		expect(jest.getTimerCount()).toBe(1);
		await jest.advanceTimersByTimeAsync(100);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('does not touch a request that was answered in time', async () => {
		let seen: AbortSignal | undefined;
		const send = sendThrough(async (signal) => {
			seen = signal;
			return await Promise.resolve({ statusCode: 200, headers: {}, body: {} });
		}, 1_000)(OPEN);
		await send(LOOKUP);
		await jest.advanceTimersByTimeAsync(5_000);
		expect(seen?.aborted).toBe(false);
	});
});

describe('a failure that would say that nothing was sent', () => {
	const refused = Object.assign(new Error('connect ECONNREFUSED'), {
		code: 'ECONNREFUSED',
		syscall: 'connect',
	});

	test('is believed before a response begins, and not after', async () => {
		const before = sendThrough(async () => await Promise.reject(refused))(OPEN);
		expect(await before(LOOKUP)).toMatchObject({ failure: { outcome: 'not_sent' } });

		const body = new Readable({ read: () => {} });
		const after = sendThrough(async () => await Promise.resolve({ statusCode: 200, body }))(OPEN);
		const exchange = after(LOOKUP);
		body.push('{');
		body.destroy(refused);
		expect(await exchange).toMatchObject({
			failure: { outcome: 'unknown', code: 'ECONNREFUSED' },
		});
	});
});
