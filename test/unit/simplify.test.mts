import type { IDataObject } from 'n8n-workflow';
import { describeDuplicate, simplifyOrder, simplifySession } from '../../nodes/api/simplify';
import type { PreparedRequest } from '../../nodes/api/request';

const PREPARED: PreparedRequest = { version: 'v1', reference: 'INV-1', body: {} };
const REFUSED = { code: 'account_not_found', description: 'No such account' };

const session = (status: string, payout: object = {}, more: object = {}): IDataObject => ({
	id: 'ps_1',
	status,
	payments: [{ id: 'po_1', metadata: 'INV-1', ...payout }],
	...more,
});

function failureOf(shown: IDataObject): unknown {
	const { failure } = simplifyOrder(shown, PREPARED);
	expect(simplifySession(shown)[0]?.failure).toBe(failure);
	return failure;
}

test.each(['in_progress', 'accepted', 'created'])(
	'a payout that is %s has no failure',
	(status) => {
		expect(failureOf(session(status))).toBeNull();
		expect(
			failureOf(session(status, { status: 'succeeded', error: null }, { error: {} })),
		).toBeNull();
	},
);

test.each([
	['its own reason', session('accepted', { status: 'failed', error: REFUSED })],
	['the reason of its session', session('cancelled', { status: 'failed' }, { error: REFUSED })],
	['a session without payouts', { id: 'ps_1', status: 'cancelled', error: REFUSED }],
	['its reason beside an empty one', session('accepted', { error: {} }, { error: REFUSED })],
	['its reason before it has failed', session('in_progress', { error: REFUSED })],
])('a payout that failed at once shows %s', (_name, shown) => {
	expect(failureOf(shown)).toBe('account_not_found: No such account');
});

test('a payout that failed while its session is in error is not final, and that is said', () => {
	const notFinal = "(not final: do not pay again before Smart Glocal's support has told you)";
	const failed = { status: 'failed', error: REFUSED };
	expect(failureOf(session('error', failed))).toBe(
		`account_not_found: No such account ${notFinal}`,
	);
	expect(failureOf(session('error', { status: 'failed' }))).toBe(`no reason given ${notFinal}`);
	expect(failureOf({ id: 'ps_1', status: 'error' })).toBe(`no reason given ${notFinal}`);
});

test.each([
	['a code alone', { code: 'x' }, 'x'],
	['a description alone', { description: 'Because' }, 'Because'],
	['a code that is a number', { code: 7, description: 'Because' }, '7: Because'],
	['a text', 'Because', 'Because'],
	['nothing', {}, 'no reason given'],
	['an object as its code', { code: {} }, 'no reason given'],
])('a reason with %s is shown', (_name, error, text) => {
	expect(failureOf(session('accepted', { status: 'failed', error }))).toBe(text);
});

test('a reason holds no card number and has an end', () => {
	const description = `Card 4242-4242-4242-4242 ${'is wrong '.repeat(100_000)}`;
	const failure = String(failureOf(session('accepted', { error: { code: 'x', description } })));
	expect(failure).toMatch(/^x: Card \*{4}4242 is wrong/);
	expect(failure.length).toBeLessThan(510);
});

test('an order that was cancelled at once says so; a session that the user cancelled does not', () => {
	const cancelled = session('canceled');
	expect(simplifyOrder(cancelled, PREPARED)).toMatchObject({
		session_status: 'cancelled',
		failure: 'cancelled, no reason given',
	});
	expect(simplifySession(cancelled)[0]).toMatchObject({ failure: null });
});

test('an item for an order has the same fields, however the order ended', () => {
	const names = Object.keys(simplifyOrder(session('accepted'), PREPARED));
	expect(Object.keys(describeDuplicate(PREPARED)).sort()).toEqual([...names].sort());
});
