import type { IDataObject } from 'n8n-workflow';
import {
	describeDuplicate,
	simplifyOrder,
	simplifySession,
	simplifyWallet,
	simplifyWebhookPart,
} from '../../nodes/api/simplify';
import type { Order, PreparedRequest } from '../../nodes/api/request';
import { listPayouts } from '../../nodes/api/sessions';

const ORDER: Order = { idempotencyKey: 'INV-1', amount: 10050, currency: 'USD', unit: 'major' };
const PREPARED: PreparedRequest = { version: 'v1', reference: 'INV-1', body: {}, order: ORDER };
const REFUSED = { code: 'account_not_found', description: 'No such account' };
const NOT_FINAL = "not final: do not pay again before Smart Glocal's support has told you";
const LOOK_FIRST = "Look up the session's status before you pay it again with a new reference.";

const session = (status: string, payout: object = {}, more: object = {}): IDataObject => ({
	id: 'ps_1',
	status,
	payments: [{ id: 'po_1', metadata: 'INV-1', ...payout }],
	...more,
});
const money = (amount: unknown, currency: unknown) => ({ amount_details: { amount, currency } });
const nextActionOf = (shown: IDataObject) => simplifyOrder(shown, PREPARED).next_action;
const failureOf = (shown: IDataObject) => simplifySession(shown)[0]?.failure;

describe('the reason of a failure', () => {
	test.each(['in_progress', 'accepted', 'created'])(
		'is not in a payout that is %s; its next action is the API’s own',
		(status) => {
			expect(failureOf(session(status))).toBeNull();
			expect(nextActionOf(session(status))).toBeNull();
			const succeeded = session(status, { status: 'succeeded', error: null }, { error: {} });
			expect(failureOf(succeeded)).toBeNull();
			expect(nextActionOf({ ...succeeded, next_action: 'confirm' })).toBe('confirm');
		},
	);

	test.each([
		['its own', session('accepted', { status: 'failed', error: REFUSED }), 'Failed'],
		['its session’s', session('cancelled', { status: 'failed' }, { error: REFUSED }), 'Failed'],
		[
			'that of a session without payouts',
			{ id: 'ps_1', status: 'cancelled', error: REFUSED },
			'Cancelled',
		],
		[
			'its session’s beside an empty one',
			session('canceled', { error: {} }, { error: REFUSED }),
			'Cancelled',
		],
		[
			'its own before it has failed',
			session('in_progress', { error: REFUSED }, { next_action: 'confirm' }),
			'Smart Glocal reports an error',
		],
	])('is %s', (_name, shown, what) => {
		const reason = 'account_not_found: No such account';
		expect(failureOf(shown)).toBe(reason);
		expect(nextActionOf(shown)).toBe(`${what} (${reason}). ${LOOK_FIRST}`);
	});

	test('says that it is not final while the session is in error', () => {
		const failed = { status: 'failed', error: REFUSED };
		const reason = 'account_not_found: No such account';
		for (const [shown, failure, nextAction] of [
			[
				session('error', failed),
				`${reason} (${NOT_FINAL})`,
				`Failed (${reason}). This is ${NOT_FINAL}.`,
			],
			[
				session('ERROR', { status: 'failed' }),
				`no reason given (${NOT_FINAL})`,
				`Failed (no reason given). This is ${NOT_FINAL}.`,
			],
			[
				{ id: 'ps_1', status: 'error' },
				`no reason given (${NOT_FINAL})`,
				`The session is in error (no reason given). This is ${NOT_FINAL}.`,
			],
		] as const) {
			expect(failureOf(shown)).toBe(failure);
			expect(nextActionOf(shown)).toBe(nextAction);
			expect(simplifyWebhookPart(shown, listPayouts(shown)[0] ?? {})).toHaveProperty(
				'failure',
				failure,
			);
		}
	});

	test.each([
		['a code alone', { code: 'x' }, 'x'],
		['a description alone', { description: 'Because' }, 'Because'],
		['a code that is a number', { code: 7, description: 'Because' }, '7: Because'],
		['a text', 'Because', 'Because'],
		['nothing', {}, 'no reason given'],
		['an object as its code', { code: {} }, 'no reason given'],
	])('is shown where it is %s', (_name, error, text) => {
		const failed = session('accepted', { status: 'failed', error });
		expect(failureOf(failed)).toBe(text);
		expect(nextActionOf(failed)).toBe(`Failed (${text}). ${LOOK_FIRST}`);
	});

	test('holds no card number and has an end', () => {
		const description = `Card 4242-4242-4242-4242 ${'is wrong '.repeat(100_000)}`;
		const shown = session('accepted', { status: 'failed', error: { code: 'x', description } });
		expect(failureOf(shown)).toMatch(/^x: Card \*{4}4242 is wrong/);
		expect(String(failureOf(shown)).length).toBeLessThan(510);
		expect(nextActionOf(shown)).toMatch(/^Failed \(x: Card \*{4}4242 is wrong/);
		expect(String(nextActionOf(shown)).length).toBeLessThan(600);
	});
});

test('a session that was cancelled says so where its status is not shown', () => {
	const cancelled = session('canceled');
	expect(nextActionOf(cancelled)).toBe(`Cancelled (no reason given). ${LOOK_FIRST}`);
	expect(simplifySession(cancelled)[0]).toMatchObject({
		session_status: 'cancelled',
		failure: null,
	});
	expect(simplifyWebhookPart(cancelled, {}).failure).toBe('cancelled, no reason given');
});

describe('amounts', () => {
	const USD = { amount: 100.5, amount_minor: 10050, currency: 'USD' };
	const order = (details: object, prepared = PREPARED) =>
		simplifyOrder(session('in_progress', details), prepared);

	test.each([
		['what was answered', money(800_000, 'rub'), { amount: 8000, amount_minor: 800_000 }],
		['what was answered as text', money('10050', ' usd '), USD],
		['what was sent, where the answer has none', {}, USD],
		['what was sent, where the answer lacks the currency', money(1, undefined), USD],
		['what was sent, where the answer is not exact', money(100.5, 'rub'), USD],
		['what was sent, where the answer has lost digits', money(2 ** 60, 'usd'), USD],
	])('of an order are %s', (_name, details, shown) => {
		expect(order(details)).toMatchObject(shown);
	});

	test('of an order whose amount the session holds are what was answered, or null', () => {
		const prepared = { ...PREPARED, order: { ...ORDER, amount: 0, currency: '' } };
		const unknown = { amount: null, amount_minor: null, currency: null };
		expect(order(money(10050, 'usd'), prepared)).toMatchObject(USD);
		expect(order({}, prepared)).toMatchObject(unknown);
		expect(describeDuplicate(prepared)).toMatchObject({
			...unknown,
			next_action: 'None: an earlier request sent it.',
		});
	});

	test('of a duplicate are those of its row, and that is said', () => {
		expect(describeDuplicate(PREPARED)).toEqual({
			outcome: 'already_submitted',
			reference: 'INV-1',
			session_id: null,
			session_status: null,
			payout_id: null,
			payout_status: null,
			next_action:
				'None: an earlier request sent it. Amount and currency are those of this row, not of the first request.',
			...USD,
		});
	});

	test.each(['JPY', 'krw', 'KWD', 'vnd', 'CLF', 'XAU', 'any'])(
		'in %s are null in major units, and exact in minor units',
		(currency) => {
			const exact = { amount: null, amount_minor: 1234, currency: currency.toUpperCase() };
			expect(order(money(1234, currency))).toMatchObject(exact);
			expect(simplifyWallet({ id: 'w', ...money(1234, currency) })).toMatchObject(exact);
			const [looked] = simplifySession(session('accepted', money(1234, currency)));
			expect(looked).toMatchObject({ amount: null, currency: currency.toUpperCase() });
		},
	);

	test('of a wallet that is overdrawn are below zero', () => {
		expect(simplifyWallet({ id: '310', ...money(-5, 'eur') })).toEqual({
			wallet_id: '310',
			amount: -0.05,
			amount_minor: -5,
			currency: 'EUR',
		});
	});
});

describe('refunds', () => {
	const refundOf = (...refunds: unknown[]) =>
		simplifySession(session('accepted', { refunds }))[0]?.refund;
	const refund = (status: unknown, amount: unknown, currency: unknown) => ({
		status,
		...money(amount, currency),
	});

	test.each([
		['refunded: EUR 10.00', refund('accepted', 1000, 'eur')],
		['refund in progress: EUR 0.05', refund('in_progress', 5, 'EUR')],
		['refund declined: USD 10.00', refund('declined', 1000, 'usd')],
		['refund failed: USD 10.00', refund('Error', 1000, 'usd')],
		['refund brand_new: USD 10.00', refund('brand_new', 1000, 'usd')],
		['refund: USD 10.00', refund(undefined, 1000, 'usd')],
		['refunded: KRW 5,000 (minor units)', refund('accepted', 5000, 'krw')],
		['refunded: 5000 in minor units, currency not given', refund('accepted', 5000, '')],
		['refunded, amount not given', { status: 'accepted' }],
		['refunded, amount not given', refund('accepted', 0.5, 'eur')],
	])('read %s', (text, given) => {
		expect(refundOf(given)).toBe(text);
	});

	test('are all named, within 500 characters', () => {
		const one = refund('accepted', 1000, 'eur');
		expect(refundOf(one, one)).toBe('refunded: EUR 10.00; refunded: EUR 10.00');
		expect(String(refundOf(...Array.from({ length: 1000 }, () => one))).length).toBeLessThan(502);
		expect(refundOf()).toBeNull();
	});
});
