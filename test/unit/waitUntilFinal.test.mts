import type { IDataObject } from 'n8n-workflow';
import { addFinality, interpretSession } from '../../nodes/api/interpretResponse';
import type { Interpretation } from '../../nodes/api/interpretResponse';
import { waitUntilFinal } from '../../nodes/SmartGlocal/batch/send/waitUntilFinal';

const PREPARED = {
	version: 'v1',
	reference: '',
	sessionId: 'ps_1',
	body: { session_id: 'ps_1' },
} as const;

const SIMPLIFIED = { simplify: true, duplicates: 'report' } as const;

const respondWith = (session: IDataObject) => ({
	statusCode: 200,
	headers: {},
	body: { status: 'ok', session: { id: 'ps_1', ...session } },
});

const lookUp = (session: IDataObject, simplify = true) =>
	addFinality(interpretSession('lookup'))(respondWith(session), PREPARED, {
		...SIMPLIFIED,
		simplify,
	});

function readItems(end: Interpretation): IDataObject[] {
	if (!('items' in end)) throw new Error(end.code);
	return end.items;
}

const payouts = (...statuses: unknown[]) =>
	statuses.map((status, index) => ({ id: `po_${index}`, status }) as IDataObject);

/** What the items of a lookup say, and whether it is worth looking again. */
function read(session: IDataObject, simplify?: boolean) {
	const end = lookUp(session, simplify);
	const final = readItems(end).map((item) => item.final);
	return { final, mayChange: 'mayChange' in end && end.mayChange };
}

describe('what is final', () => {
	test.each<[session: string, payouts: unknown[]]>([
		['accepted', ['succeeded', 'failed', undefined, null]],
		['cancelled', ['failed', 'pending', undefined]],
		['CANCELED', ['FAILED']],
	])('session %s, payout %j is', (status, statuses) => {
		for (const payout of statuses) {
			const expected = { final: [true], mayChange: false };
			expect(read({ status, payments: payouts(payout) })).toEqual(expected);
			expect(read({ status, payout_list: payouts(payout) })).toEqual(expected);
		}
	});

	test.each<[session: unknown, payouts: unknown[]]>([
		['created', [undefined]],
		['in_progress', ['in_progress', 'pending', 'succeeded', 'failed']],
		['accepted', ['in_progress', 'pending', 'on_hold', 5, '']],
		['cancelled', ['in_progress', 'succeeded', {}]],
		...['finished', 'accepted ', '', null, undefined, ['accepted'], 'constructor'].map(
			(status): [unknown, unknown[]] => [status, ['succeeded']],
		),
	])('session %j, payout %j is not, and is looked at again', (status, statuses) => {
		for (const payout of statuses) {
			const session = { status, payments: payouts(payout) } as IDataObject;
			expect(read(session)).toEqual({ final: [false], mayChange: true });
		}
	});

	test('a session without payouts is as final as its status', () => {
		expect(read({ status: 'created' })).toEqual({ final: [false], mayChange: true });
		expect(read({ status: 'accepted', payments: [] })).toEqual({ final: [true], mayChange: false });
		expect(read({ status: 'cancelled' })).toEqual({ final: [true], mayChange: false });
	});

	test.each(['failed', 'in_progress', 'succeeded', undefined])(
		'a session in error is not, but no look changes it (payout %s)',
		(payout) => {
			const session = { status: 'error', payments: payouts(payout) };
			expect(read(session)).toEqual({ final: [false], mayChange: false });
		},
	);

	test('each item says it of its own payout; the row waits for all of them', () => {
		const session = { status: 'accepted', payments: payouts('succeeded', 'pending') };
		expect(read(session)).toEqual({ final: [true, false], mayChange: true });
		expect(read(session, false)).toEqual({ final: [false], mayChange: true });
	});
});

test('final takes the place of next_action, so that an item has as many fields as without it', () => {
	const session = { status: 'in_progress', next_action: 'confirm', payments: payouts('pending') };
	const [before] = readItems(
		interpretSession('lookup')(respondWith(session), PREPARED, SIMPLIFIED),
	);
	const [item] = readItems(lookUp(session));
	const expected = Object.entries(before ?? {}).map(([name, value]) =>
		name === 'next_action' ? ['final', false] : [name, value],
	);
	expect(Object.entries(item ?? {})).toEqual(expected);
	expect(expected).toContainEqual(['final', false]);
});

test('without Simplify, final stands beside the session as it was sent', () => {
	const session = {
		id: 'ps_1',
		status: 'accepted',
		next_action: null,
		payments: payouts('failed'),
	};
	expect(lookUp(session, false)).toMatchObject({ items: [{ session, final: true }] });
});

test('a response that is no good stays what it is', () => {
	const end = lookUp({ id: 'ps_2', status: 'accepted' });
	expect(end).toMatchObject({ outcome: 'unknown', code: 'contradictory_answer' });
	expect(end).not.toHaveProperty('mayChange');
});

describe('the looks', () => {
	beforeEach(() => jest.useFakeTimers({ now: 0 }));
	afterEach(() => jest.useRealTimers());

	/** Waits in simulated time; every look takes so long. Gives the times of the looks, and of the end. */
	async function simulate(
		maxWaitMs: number,
		openAfter: (look: number) => string[],
		{ lookMs = 0, sessions = ['a'] } = {},
	) {
		const looks: Array<[ms: number, sessions: string]> = [];
		const begin = Date.now();
		let endedAt: number | undefined;
		const waiting = waitUntilFinal(
			sessions,
			maxWaitMs,
			async (open) => {
				looks.push([Date.now() - begin, open.join('')]);
				if (lookMs > 0) await new Promise((resolve) => setTimeout(resolve, lookMs));
				return openAfter(looks.length);
			},
			() => false,
		).then(() => (endedAt = Date.now() - begin));
		await jest.advanceTimersByTimeAsync(2_000_000);
		await waiting;
		expect(jest.getTimerCount()).toBe(0);
		return { times: looks.map(([ms]) => ms), sessions: looks.map(([, open]) => open), endedAt };
	}

	test('come at growing intervals of at most 30 s, the last when the time ends', async () => {
		const { times, endedAt } = await simulate(100_000, () => ['a']);
		expect(times.slice(0, 4)).toEqual([2_000, 5_000, 9_500, 16_250]);
		const gaps = times.map((time, look) => time - (times[look - 1] ?? 0));
		expect(gaps.slice(0, -1)).toEqual(gaps.slice(0, -1).sort((a, b) => a - b));
		expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000);
		expect(times.at(-1)).toBe(100_000);
		expect(endedAt).toBe(100_000);
	});

	test.each([1_000, 2_000, 2_001, 600_000])(
		'end after %i ms when nothing becomes final',
		async (maxWaitMs) => {
			const { times, endedAt } = await simulate(maxWaitMs, () => ['a']);
			expect(times.at(-1)).toBe(maxWaitMs);
			expect(endedAt).toBe(maxWaitMs);
			expect(times.length).toBeLessThan(30);
		},
	);

	test('are not made at all when everything is final, and end when it has become so', async () => {
		expect(await simulate(60_000, () => ['a'], { sessions: [] })).toMatchObject({
			times: [],
			endedAt: 0,
		});
		const { endedAt } = await simulate(60_000, (look) => (look < 3 ? ['a'] : []));
		expect(endedAt).toBe(9_500);
	});

	test('leave out what has become final', async () => {
		const left = [['a', 'b', 'c'], ['b'], ['b'], []];
		const sessions = ['a', 'b', 'c'];
		const seen = await simulate(600_000, (look) => left[look - 1] ?? [], { sessions });
		expect(seen.sessions).toEqual(['abc', 'abc', 'b', 'b']);
	});

	test('begin a gap after the last one has ended, however long it took', async () => {
		const { times, endedAt } = await simulate(30_000, () => ['a'], { lookMs: 10_000 });
		expect(times).toEqual([2_000, 15_000, 29_500]);
		expect(endedAt).toBe(39_500);
	});

	test('hold one timer, and end within a moment when the execution is cancelled', async () => {
		const sessions = Array.from({ length: 1_000 }, (_, n) => `${n}`);
		let isStopped = false;
		const waiting = waitUntilFinal(
			sessions,
			600_000,
			async (open) => open,
			() => isStopped,
		);
		await jest.advanceTimersByTimeAsync(40_000);
		expect(jest.getTimerCount()).toBe(1);
		isStopped = true;
		await jest.advanceTimersByTimeAsync(100);
		await waiting;
		expect(jest.getTimerCount()).toBe(0);
	});
});
