import { performance as nodePerformance } from 'node:perf_hooks';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { createSend } from '../../nodes/api/send';
import { lookUntilFinal } from '../../nodes/SmartGlocal/batch/send/sendRows';
import type { RowResult } from '../../nodes/SmartGlocal/messages/nodeErrors';
import { sessionGetOperation } from '../../nodes/SmartGlocal/resources/session/get';
import { BATCH_SETTINGS } from '../support/batchSettings.mts';
import { NODE } from '../support/nodeMessages.mts';

/** How the server responds to a look at a session, the first being 1; an Error breaks the connection. */
type Respond = (id: string, look: number) => IDataObject | number | Error;

const session = (status: string, payout: string, more: IDataObject = {}): IDataObject => ({
	status,
	payments: [{ id: 'po_1', status: payout }],
	...more,
});
const MOVING = session('in_progress', 'in_progress');
const PENDING = session('in_progress', 'pending', { next_action: 'confirm' });
const PAID = session('accepted', 'succeeded');

beforeEach(() => {
	jest.useFakeTimers({ now: 0, doNotFake: ['performance'] });
	const free = { utilization: 0.1, active: 1, idle: 9 };
	jest.spyOn(nodePerformance, 'eventLoopUtilization').mockReturnValue(free);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

interface Options {
	maxWaitSeconds?: number;
	parallelRequests?: number;
	simplify?: boolean;
	onError?: 'stop' | 'continue';
	cancelAt?: number;
	latencyMs?: number;
	retryAfter?: string;
}

/** Looks sessions up in simulated time, and tells how the rows ended and when each was looked at. */
async function look(ids: string[], respond: Respond, options: Options = {}) {
	const { maxWaitSeconds = 60, parallelRequests, simplify = true, onError = 'continue' } = options;
	const { cancelAt, latencyMs = 10, retryAfter = '0' } = options;
	const looks: Array<{ id: string; at: number }> = [];
	let inFlight = 0;
	let mostInFlight = 0;
	const request = async (_type: string, { body }: { body: string }) => {
		const id = String((JSON.parse(body) as IDataObject).session_id);
		looks.push({ id, at: Date.now() });
		mostInFlight = Math.max(mostInFlight, ++inFlight);
		await new Promise((resolve) => setTimeout(resolve, latencyMs));
		inFlight--;
		const response = respond(id, looks.filter((each) => each.id === id).length);
		if (response instanceof Error) throw response;
		if (typeof response === 'number') {
			return { statusCode: response, headers: { 'retry-after': retryAfter }, body: '' };
		}
		const answered = response.error ? response : { status: 'ok', session: { id, ...response } };
		const statusCode = response.error ? 400 : 200;
		return { statusCode, headers: {}, body: JSON.stringify(answered) };
	};
	const controller = new AbortController();
	if (cancelAt !== undefined) setTimeout(() => controller.abort(), cancelAt);
	const context = {
		getNode: () => NODE,
		continueOnFail: () => onError === 'continue',
		getExecutionCancelSignal: () => controller.signal,
		helpers: { httpRequestWithAuthentication: request },
	} as unknown as IExecuteFunctions;
	const rows = ids.map((sessionId, index) => ({
		label: {
			index,
			number: index + 1,
			kind: 'lookup',
			reference: '',
			sessionId,
			ownNumbers: [],
		} as const,
		request: { version: 'v1', reference: '', sessionId, body: { session_id: sessionId } } as const,
		output: { simplify, duplicates: 'report' } as const,
	}));
	const maxWaitMs = maxWaitSeconds * 1_000;
	const settings = { ...BATCH_SETTINGS, parallelRequests, maxWaitMs };
	const results: RowResult[] = [];
	let endedAt = NaN;
	let failure: unknown;
	const connect = createSend(context, {}, {});
	const run = lookUntilFinal(context, sessionGetOperation, rows, { settings, connect }, results)
		.catch((reason: unknown) => (failure = reason))
		.finally(() => (endedAt = Date.now()));
	await jest.advanceTimersByTimeAsync(1_000_000);
	await run;
	return {
		items: results.map((result) => result.items?.[0]),
		failures: results.map((result) => result.failure?.code),
		timesOf: (id: string) => looks.filter((each) => each.id === id).map(({ at }) => at),
		order: looks.map(({ id }) => id),
		endedAt,
		failure,
		mostInFlight,
	};
}

test('a payout that becomes final is looked at until then, whatever it waits for before', async () => {
	const statuses = [MOVING, PENDING, PENDING, MOVING];
	const { items, order } = await look(['ps_1'], (_id, nth) => statuses[nth - 1] ?? PAID);
	expect(items).toMatchObject([{ session_status: 'accepted', final: true }]);
	expect(items[0]).not.toHaveProperty('next_action');
	expect(order).toHaveLength(5);
});

describe('the looks after the first', () => {
	/** When they begin, counted from the end of the first, but for the ms in which n8n gets its turns. */
	const timesAfterFirst = async (options: Options) => {
		const { timesOf, endedAt } = await look(['ps_1'], () => MOVING, options);
		const withoutTurns = (ms: number) => Math.floor(ms / 50) * 50;
		const times = timesOf('ps_1').slice(1);
		const { latencyMs = 0 } = options;
		return {
			times: times.map((at) => withoutTurns(at - latencyMs)),
			endedAt: withoutTurns(endedAt),
		};
	};

	test('come at growing intervals of at most 30 s, the last when the time ends', async () => {
		const { times, endedAt } = await timesAfterFirst({ maxWaitSeconds: 100, latencyMs: 0 });
		expect(times.slice(0, 4)).toEqual([2_000, 5_000, 9_500, 16_250]);
		const gaps = times.map((time, nth) => time - (times[nth - 1] ?? 0));
		expect(gaps.slice(0, -1)).toEqual(gaps.slice(0, -1).sort((a, b) => a - b));
		expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000);
		expect(times.at(-1)).toBe(100_000);
		expect(endedAt).toBe(100_000);
	});

	test.each([1, 2, 3, 600])('end after %i s when nothing becomes final', async (maxWaitSeconds) => {
		const { times } = await timesAfterFirst({ maxWaitSeconds, latencyMs: 0 });
		expect(times.at(-1)).toBe(maxWaitSeconds * 1_000);
		expect(times.length).toBeLessThan(30);
	});

	test('begin a gap after the last one has ended, however long it took', async () => {
		const options = { maxWaitSeconds: 30, latencyMs: 10_000 };
		const { times, endedAt } = await timesAfterFirst(options);
		expect(times).toEqual([2_000, 15_000, 29_500]);
		expect(endedAt).toBe(49_500);
	});

	test('hold one timer between them', async () => {
		let timers: number | undefined;
		setTimeout(() => (timers = jest.getTimerCount()), 40_000);
		const ids = Array.from({ length: 50 }, (_, n) => `ps_${n + 1}`);
		await look(ids, () => MOVING, { parallelRequests: 50 });
		expect(timers).toBe(1);
		expect(jest.getTimerCount()).toBe(0);
	});
});

test('the last look comes when the time ends, and counts', async () => {
	const respond = () => (Date.now() >= 30_000 ? PAID : MOVING);
	const { items } = await look(['ps_1'], respond, { maxWaitSeconds: 30 });
	expect(items).toMatchObject([{ final: true }]);
});

test('rows of different speeds each end as they are, in their order', async () => {
	const readyAt = new Map([
		['ps_1', 6],
		['ps_2', 2],
		['ps_3', Infinity],
	]);
	const respond: Respond = (id, nth) => (nth >= (readyAt.get(id) ?? 1) ? PAID : MOVING);
	const { items, timesOf } = await look(['ps_1', 'ps_2', 'ps_3', 'ps_4'], respond);
	expect(items.map((item) => [item?.session_id, item?.final])).toEqual([
		['ps_1', true],
		['ps_2', true],
		['ps_3', false],
		['ps_4', true],
	]);
	const counts = ['ps_1', 'ps_2', 'ps_4'].map((id) => timesOf(id).length);
	expect(counts).toEqual([6, 2, 1]);
});

describe('a look that fails during the wait', () => {
	const BAD: ReadonlyArray<[string, ReturnType<Respond>]> = [
		['HTTP 429', 429],
		['HTTP 500', 500],
		['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
		['a refusal', { status: 'error', error: { code: 'session_not_found' } }],
		['another session', { ...PAID, id: 'ps_9' }],
	];

	test.each(BAD)('is not the end: %s', async (_what, bad) => {
		const respond: Respond = (_id, nth) => {
			if (nth === 1) return PENDING;
			return nth < 6 ? bad : PAID;
		};
		const { items } = await look(['ps_1'], respond, { onError: 'stop' });
		expect(items).toMatchObject([{ session_id: 'ps_1', final: true }]);
	});

	test.each(BAD)('leaves the last good status when the time ends: %s', async (_what, bad) => {
		const respond: Respond = (_id, nth) => (nth < 3 ? PENDING : bad);
		const { items, failures, endedAt } = await look(['ps_1'], respond, { onError: 'stop' });
		expect(items).toMatchObject([{ payout_status: 'pending', final: false }]);
		expect(failures).toEqual([undefined]);
		expect(endedAt).toBeLessThan(95_000);
	});

	test('does not keep a batch going against a server that asks to wait for longer', async () => {
		const ids = Array.from({ length: 40 }, (_, n) => `ps_${n + 1}`);
		const respond: Respond = (_id, nth) => (nth === 1 ? MOVING : 429);
		const { items, order, endedAt } = await look(ids, respond, { retryAfter: '55' });
		expect(items.every((item) => item?.final === false)).toBe(true);
		expect(endedAt).toBeLessThan(95_000);
		expect(order.length).toBeLessThan(40 + 40);
	});

	test('asks a server that wants more than a minute once for each look', async () => {
		const ids = Array.from({ length: 40 }, (_, n) => `ps_${n + 1}`);
		const respond: Respond = (_id, nth) => (nth === 1 ? MOVING : 429);
		const options = { retryAfter: '120', parallelRequests: 1 };
		const { items, order } = await look(ids, respond, options);
		expect(items.every((item) => item?.final === false)).toBe(true);
		expect(order.slice(40)).toHaveLength(7);
	});

	test('ends the look, and not the wait, when ten rows in a row get no clear answer', async () => {
		const ids = Array.from({ length: 100 }, (_, n) => `ps_${n + 1}`);
		const respond: Respond = (_id, nth) => {
			if (nth === 1) return MOVING;
			return Date.now() < 40_000 ? 502 : PAID;
		};
		const { items, order } = await look(ids, respond);
		expect(items.every((item) => item?.final === true)).toBe(true);
		expect(order.length).toBeLessThan(100 * 2 + 200);
	});
});

describe('the first look', () => {
	test('ends a row as without the option, and the others go on', async () => {
		const refusal = { status: 'error', error: { code: 'session_not_found' } };
		const respond: Respond = (id, nth) => {
			if (id === 'ps_1') return refusal;
			return nth < 3 ? MOVING : PAID;
		};
		const { items, failures, timesOf } = await look(['ps_1', 'ps_2'], respond);
		expect(failures).toEqual(['session_not_found', undefined]);
		expect(items[1]).toMatchObject({ final: true });
		expect(timesOf('ps_1')).toHaveLength(1);
	});

	test('ends the run without a wait, where an error stops it', async () => {
		const refusal = { status: 'error', error: { code: 'session_not_found' } };
		const respond: Respond = (id) => (id === 'ps_2' ? refusal : MOVING);
		const { failure, endedAt } = await look(['ps_1', 'ps_2'], respond, { onError: 'stop' });
		expect(String(failure)).toContain("Session 'ps_2' could not be looked up");
		expect(endedAt).toBeLessThan(2_000);
	});

	test('comes to every row before any row is looked at again', async () => {
		const ids = Array.from({ length: 1_000 }, (_, n) => `ps_${n + 1}`);
		// The first looks alone take longer than several gaps.
		const options = { parallelRequests: 5, latencyMs: 100 };
		const { order, items, mostInFlight } = await look(
			ids,
			(_id, nth) => (nth > 1 ? PAID : MOVING),
			options,
		);
		expect(order.slice(0, 1_000)).toEqual(ids);
		expect(order).toHaveLength(2_000);
		expect(items.every((item) => item?.final === true)).toBe(true);
		expect(mostInFlight).toBe(5);
	});
});

test('waiting does not slow the looks down: the second takes no longer than the first', async () => {
	const ids = Array.from({ length: 400 }, (_, n) => `ps_${n + 1}`);
	const { timesOf } = await look(ids, (_id, nth) => (nth > 3 ? PAID : MOVING), { latencyMs: 200 });
	const spread = (nth: number) => {
		const times = ids.map((id) => timesOf(id)[nth] ?? NaN);
		return Math.max(...times) - Math.min(...times);
	};
	expect(spread(1)).toBeLessThan(spread(0) * 1.5);
	expect(spread(3)).toBeLessThan(spread(0) * 1.5);
});

test('a cancelled execution ends the wait at once; the rows keep what they had', async () => {
	const { items, endedAt, order } = await look(['ps_1', 'ps_2'], () => PENDING, {
		cancelAt: 20_000,
	});
	expect(items).toMatchObject([{ payout_status: 'pending', final: false }, { final: false }]);
	expect(endedAt).toBeLessThanOrEqual(20_200);
	expect(order.length).toBe(10);
});
