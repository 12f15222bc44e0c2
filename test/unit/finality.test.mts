import type { IDataObject } from 'n8n-workflow';
import { addFinality, interpretSession } from '../../nodes/api/interpretResponse';
import type { Interpretation } from '../../nodes/api/interpretResponse';

const PREPARED = {
	version: 'v1',
	reference: '',
	sessionId: 'ps_1',
	body: { session_id: 'ps_1' },
} as const;

const lookUp = (session: IDataObject, simplify = true) => {
	const body = { status: 'ok', session: { id: 'ps_1', ...session } };
	const settings = { simplify, duplicates: 'report' } as const;
	return addFinality(interpretSession('lookup'))(
		{ statusCode: 200, headers: {}, body },
		PREPARED,
		settings,
	);
};

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

test('a response that is no good stays what it is', () => {
	const end = lookUp({ id: 'ps_2', status: 'accepted' });
	expect(end).toMatchObject({ outcome: 'unknown', code: 'contradictory_answer' });
	expect(end).not.toHaveProperty('mayChange');
});
