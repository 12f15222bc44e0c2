import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { parseBody, readWebhook } from '../../nodes/api/sessions';
import type { Webhook } from '../../nodes/api/sessions';
import { toWebhookItems } from '../../nodes/SmartGlocalTrigger/events';
import { findSlowGrowth, textsOf } from '../support/growth.mts';

const keysOf = (given: Webhook) =>
	toWebhookItems(given, true).map(({ event_key }) => String(event_key));
const wholeKeyOf = (given: Webhook) => String(toWebhookItems(given, false)[0]?.event_key);

const id = (prefix: string) => fc.integer({ min: 1, max: 99 }).map((n) => `${prefix}_${n}`);
const error = fc.record({ code: fc.constantFrom('confirm_timeout', 'account_not_found') });
const refund = fc.record(
	{
		id: id('re'),
		status: fc.constantFrom('accepted', 'in_progress', 'declined', 'error'),
		amount_details: fc.record({
			amount: fc.integer({ min: 1, max: 5 }),
			currency: fc.constantFrom('usd', 'eur'),
		}),
	},
	{ requiredKeys: ['status', 'amount_details'] },
);
const payout = fc.record(
	{
		id: id('po'),
		status: fc.constantFrom('succeeded', 'in_progress', 'pending', 'failed', 'cancelled'),
		error,
		refunds: fc.array(refund, { maxLength: 4 }),
	},
	{ requiredKeys: ['id', 'status', 'refunds'] },
);
/** A webhook that holds nothing but its state. */
const state = fc.record({
	type: fc.constantFrom('ready_to_confirm', 'payment_finished', 'payment_refunded'),
	session: fc.record(
		{
			id: id('ps'),
			status: fc.constantFrom('created', 'in_progress', 'accepted', 'cancelled', 'error'),
			next_action: fc.constantFrom('confirm', 'capture'),
			error,
			payments: fc.uniqueArray(payout, { selector: (one) => one.id, minLength: 1, maxLength: 3 }),
		},
		{ requiredKeys: ['id', 'status', 'payments'] },
	),
});
type State = typeof state extends fc.Arbitrary<infer Value> ? Value : never;

/** What can differ between two deliveries of one event. */
const accident = fc.record({
	list: fc.constantFrom('payments', 'payout_list'),
	isUpperCase: fc.boolean(),
	isCanceled: fc.boolean(),
	missing: fc.constantFrom({}, { error: null, next_action: null }),
	time: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	unknown: fc.jsonValue(),
	/** A list, or the fields of an object, in another order. */
	order: fc.nat(),
});
type Accident = typeof accident extends fc.Arbitrary<infer Value> ? Value : never;

const SPELLED = ['status', 'next_action', 'currency'];

/** A state as it can be delivered. */
function deliver({ type, session }: State, how: Accident): Webhook {
	const turn = <Entry,>(list: Entry[]) => {
		const at = list.length === 0 ? 0 : how.order % list.length;
		const turned = [...list.slice(at), ...list.slice(0, at)];
		return how.order % 2 === 1 ? turned.reverse() : turned;
	};
	const spell = (text: string) => {
		const spelled = how.isCanceled ? text.replace('cancelled', 'canceled') : text;
		return how.isUpperCase ? spelled.toUpperCase() : spelled;
	};
	const change = (value: unknown, name = ''): unknown => {
		if (Array.isArray(value)) return turn(value.map((entry) => change(entry)));
		if (typeof value === 'string') return SPELLED.includes(name) ? spell(value) : value;
		if (typeof value !== 'object' || value === null) return value;
		const { time, unknown, missing } = how;
		const changed = Object.entries(value).map(([key, each]) => [key, change(each, key)]);
		const all = {
			...missing,
			created_at: time,
			brand_new: unknown,
			...(name === 'error' ? { description: time } : { metadata: unknown }),
			...Object.fromEntries(changed),
		};
		return Object.fromEntries(turn(Object.entries(all)));
	};
	const { payments, ...rest } = change(session) as IDataObject;
	const other = how.list === 'payments' ? 'payout_list' : 'payments';
	return { type, session: { ...rest, [other]: [], [how.list]: payments } };
}

/** A text that is equal for equal states, and only for those. */
function canonical(of: unknown): string {
	return JSON.stringify(of, (_name, value: unknown) => {
		if (Array.isArray(value)) return value.map(canonical).sort();
		if (typeof value !== 'object' || value === null) return value;
		return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
	});
}

/** Two states that differ in little are likely to be taken for one. */
const edit = fc.constantFrom<(of: State, by: State) => void>(
	(of, by) => (of.type = by.type),
	({ session }, by) => (session.id = by.session.id),
	({ session }, by) => (session.status = by.session.status),
	({ session }) => (session.next_action = 'other' as never),
	({ session }) => (session.error = { code: 'other' as never }),
	({ session }, by) => (session.payments = by.session.payments),
	({ session }) => session.payments.forEach((one) => (one.error = { code: 'other' as never })),
	({ session }) => session.payments.forEach((one) => (one.status += 'x')),
	({ session }) => session.payments.forEach((one) => one.refunds.pop()),
	({ session }) => session.payments.forEach(({ refunds }) => refunds.push(...refunds.slice(0, 1))),
	({ session }) =>
		session.payments.forEach(({ refunds }) =>
			refunds.forEach((one) => (one.amount_details.amount += 1)),
		),
	({ session }) =>
		session.payments.forEach(({ refunds }) => refunds.forEach((one) => delete one.id)),
);

describe('the key of an event', () => {
	test('is the same in each delivery of one state, and one for each of its payouts', () => {
		fc.assert(
			fc.property(state, accident, accident, (of, how, again) => {
				const [one, other] = [deliver(of, how), deliver(of, again)];
				expect(keysOf(other).sort()).toEqual(keysOf(one).sort());
				expect(wholeKeyOf(other)).toBe(wholeKeyOf(one));
				expect(new Set(keysOf(one)).size).toBe(of.session.payments.length);
			}),
			{ numRuns: 200 },
		);
	});

	test('is different when two states are', () => {
		fc.assert(
			fc.property(state, state, edit, accident, (of, by, change, how) => {
				const changed = structuredClone(of);
				change(changed, structuredClone(by));
				fc.pre(canonical(changed) !== canonical(of));
				expect(wholeKeyOf(deliver(changed, how))).not.toBe(wholeKeyOf(of));
				expect(keysOf(deliver(changed, how)).sort()).not.toEqual(keysOf(of).sort());
			}),
			{ numRuns: 500 },
		);
	});

	test('tells a payout from an incoming payment with the same ids', () => {
		const about = (list: string): Webhook => ({
			type: 'payment_finished',
			session: { id: 'ps_1', [list]: [{ id: '1', status: 'succeeded' }] },
		});
		expect(keysOf(about('payment_list'))).not.toEqual(keysOf(about('payments')));
	});

	test('begins with what people can read', () => {
		const payments = [{ id: 'po_1', status: 'succeeded' }, { status: 'failed' }];
		const session = { id: 'ps 1', status: 'accepted', payments };
		const given = { type: 'payment_finished', session };
		const [first, second] = keysOf(given);
		expect(first).toMatch(/^payment_finished:ps1:po_1:[0-9a-f]{32}$/);
		expect(second).toMatch(/^payment_finished:ps1:-:[0-9a-f]{32}$/);
		expect(wholeKeyOf(given)).toMatch(/^payment_finished:ps1:[0-9a-f]{32}$/);
	});
});

describe('the key of a payout', () => {
	const keyOf = (part: IDataObject, session: IDataObject = {}) => {
		const named = { id: 'po_1', status: 'failed', ...part };
		return keysOf({ type: 't', session: { id: 'ps_1', ...session, payments: [named] } })[0];
	};
	const money = (amount: number, currency: string) => ({ amount_details: { amount, currency } });

	test.each<[string, IDataObject[]]>([
		[
			'errors, with a code or without',
			[
				{},
				{ error: 'a' },
				{ error: { code: 'b' } },
				{ error: { description: 'A' } },
				{ error: { description: 'B' } },
				{ error: { reason: 'A' } },
				{ error: { reason: { of: 'A' } } },
			],
		],
		[
			'amounts, as when the rate changes before it is confirmed',
			[money(90_000, 'eur'), money(95_000, 'eur'), money(90_000, 'usd')],
		],
		[
			'metadata where there is no id',
			[
				{ id: null },
				{ id: null, metadata: 'A' },
				{ id: null, metadata: { order: 1 } },
				{ id: null, metadata: { order: 2 } },
				{ id: null, metadata: { reference: 'A', order: 1 } },
			],
		],
	])('differs with %s', (_what, parts) => {
		expect(new Set(parts.map((part) => keyOf(part))).size).toBe(parts.length);
	});

	test('holds nothing that people wrote, which could be the number of a card', () => {
		const number = '4242424242424242';
		const key = keyOf({ id: null, metadata: number, error: { description: number } });
		expect(key).not.toContain(number);
	});

	test.each<[string, Array<[IDataObject, IDataObject]>]>([
		[
			'nothing to do next and no error, however that is written',
			[
				[{}, {}],
				[{ error: null }, { next_action: null, error: null }],
				[{ error: '' }, { next_action: '', error: '' }],
				[{ error: {} }, { next_action: ' ', error: {} }],
				[{ error: { code: null, description: '' } }, { error: { code: '' } }],
			],
		],
		[
			'a status and a code in another case and with spaces',
			[
				[
					{ status: 'failed', error: { code: 'x_1' } },
					{ status: 'canceled', error: 'x_2' },
				],
				[
					{ status: ' Failed ', error: ' X_1' },
					{ status: 'CANCELLED\n', error: { code: 'X_2' } },
				],
			],
		],
		[
			'the same in another order',
			[
				[{ id: null, metadata: { a: 1, b: { c: 2, d: 3 } }, error: { x: 1, y: 2 } }, {}],
				[{ error: { y: 2, x: 1 }, metadata: { b: { d: 3, c: 2 }, a: 1 }, id: null }, {}],
			],
		],
	])('is the same for %s', (_what, deliveries) => {
		expect(new Set(deliveries.map(([part, session]) => keyOf(part, session))).size).toBe(1);
	});

	test('is one for each payout without an id, in whichever order they come', () => {
		const keys = (...payments: IDataObject[]) =>
			keysOf({ type: 't', session: { id: 'ps_1', payments } });
		const [one, other] = [money(1, 'usd'), money(2, 'usd')];
		expect(new Set(keys(one, other, one)).size).toBe(3);
		expect(keys(other, one, one).sort()).toEqual(keys(one, other, one).sort());
		const listedTwice = { ...one, id: 'po_1' };
		expect(new Set(keys(listedTwice, listedTwice)).size).toBe(1);
	});

	test('is there when its refunds are nothing', () => {
		const refunds = [[null], [5], ['x'], [[]], null, 'x', 5, {}, [{ amount_details: null }]];
		for (const given of refunds) expect(keyOf({ refunds: given as never })).toMatch(/^t:ps_1:/);
	});

	test.each<[unknown, unknown]>([
		['-', undefined],
		['', undefined],
		['-', ''],
		['null', null],
		[0, null],
		[false, null],
		[5, 6],
		[['a'], ['b']],
		[{ a: 1 }, { a: 2 }],
	])('tells the ids and the statuses %p and %p apart', (one, other) => {
		for (const name of ['id', 'status']) {
			const [first, second] = [{ [name]: one }, { [name]: other }] as IDataObject[];
			expect(keyOf({}, first)).not.toBe(keyOf({}, second));
			expect(keyOf(first ?? {})).not.toBe(keyOf(second ?? {}));
		}
	});
});

describe('a value that looks like another', () => {
	const pieces = fc.constantFrom(
		':',
		'=',
		'/',
		',',
		'~',
		'%',
		'-',
		'_',
		'refund',
		'error',
		'003a',
		'\ud800',
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 4 }),
		fc.array(pieces).map((parts) => parts.join('')),
	);
	const values = fc.tuple(text, text, text, text, text, text);
	type Values = typeof values extends fc.Arbitrary<infer Value> ? Value : never;
	const webhook = ([type, session, payoutId, code, refundId, other]: Values): Webhook => {
		const part = { id: payoutId, error: { code }, refunds: [{ id: refundId }, { id: other }] };
		return { type: `t${type}`, session: { id: session, payments: [part] } };
	};
	/** A text that is equal for equal webhooks: refunds have no order. */
	const write = (given: Values) => JSON.stringify([given.slice(0, 4), given.slice(4).sort()]);

	test('does not move into it', () => {
		fc.assert(
			fc.property(values, values, fc.nat(5), (one, by, at) => {
				const edited = one.map((value, index) => (index === at ? by[at] : value)) as Values;
				const [type, session, payoutId, ...rest] = one;
				const shifted: Values = [`${type}:${session}`, payoutId, payoutId, ...rest];
				for (const changed of [by, edited, shifted]) {
					const isSame = write(changed) === write(one);
					expect(wholeKeyOf(webhook(changed)) === wholeKeyOf(webhook(one))).toBe(isSame);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('gives a key of at most 200 characters of ASCII', () => {
		const long = fc.string({ unit: 'binary', maxLength: 2_000 });
		fc.assert(
			fc.property(long, long, fc.nat(5), (one, other, count) => {
				const of = (value: string): Webhook => ({
					type: 'payment_finished',
					session: {
						id: value,
						payments: Array.from({ length: count }, (_entry, n) => ({ id: `${value}${n}` })),
					},
				});
				for (const key of [...keysOf(of(one)), wholeKeyOf(of(one))]) {
					expect(key).toMatch(/^[\x21-\x7e]{1,200}$/);
				}
				const prefix = 'x'.repeat(500);
				expect(wholeKeyOf(of(prefix + one)) === wholeKeyOf(of(prefix + other))).toBe(one === other);
			}),
		);
	});
});

describe('ids that are numbers', () => {
	const read = (text: string) => readWebhook(parseBody(text)) as Webhook;
	const body = (session: string, payoutId = '1', refundId = '1') =>
		`{"type":"payment_refunded","session":{"id":${session},"payments":[{"id": ${payoutId} ,"refunds":[{"id":${refundId}}]}]}}`;

	test('are never taken for another, however large', () => {
		const digits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
		const near = digits.chain((n) =>
			fc.tuple(fc.constant(n), fc.bigInt({ min: n - 3n, max: n + 3n })),
		);
		fc.assert(
			fc.property(near, fc.nat(2), ([one, other], at) => {
				const write = (n: bigint) => {
					const ids = [0, 1, 2].map((place) => (place === at ? `${n}` : '1'));
					return wholeKeyOf(read(body(...(ids as [string]))));
				};
				const [first, second] = [write(one), write(other)];
				expect(first === second).toBe(one === other);
				if (at === 0) expect(first).toContain(`${one}`);
			}),
		);
		for (const [one, other] of [
			['9007199254740992', '9007199254740993'],
			['9007199254740993.0', '9007199254740992.0'],
			['1e400', '1e401'],
			['1E-400', '2E-400'],
			['0.10000000000000000001', '0.10000000000000000002'],
		] as const) {
			expect(wholeKeyOf(read(body(one)))).not.toBe(wholeKeyOf(read(body(other))));
		}
	});

	test('change nothing else in a body', () => {
		/** Leaves out numbers that may have become text. */
		const exact = (_name: string, value: unknown) =>
			typeof value === 'number' && !/^-?(\d{1,15}|[\d.]{3,15})$/.test(JSON.stringify(value))
				? undefined
				: value;
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(undefined, '\t'), (value, space) => {
				const text = JSON.stringify(value, undefined, space);
				fc.pre(JSON.stringify(value, exact) === JSON.stringify(value));
				expect(parseBody(text)).toEqual(JSON.parse(text));
			}),
			{ numRuns: 300 },
		);
		const strings = '{"a":"12345678901234567890","b\\":12345678901234567890":"\\\\","c":1.5}';
		expect(parseBody(strings)).toEqual(JSON.parse(strings));
		for (const broken of ['', '{', '{"a":1', '"', '{"a":12345678901234567890', '\\"\\"']) {
			expect(parseBody(broken)).toBeUndefined();
		}
	});

	test.each([
		['"', '\\"', ''],
		['', '"', ''],
		['', '1', ''],
		['[', '1e5,', '1]'],
	])('cost a time that grows as the body: %j, many %j, %j', async (before, piece, after) => {
		const slowness = await findSlowGrowth(
			(text) => parseBody(`${before}${text}${after}`),
			textsOf(piece),
		);
		expect(slowness).toBeUndefined();
	});
});

test.each([
	['A\\u0000B', 'A\ufffdB'],
	['A\\\\u0000B', 'A\\u0000B'],
	['A\\\\\\u0000\\n', 'A\\\ufffd\n'],
])('a text is read without U+0000, which no text of PostgreSQL can hold: %s', (text, found) => {
	expect(parseBody(`{"${text}":["${text}"]}`)).toEqual({ [found]: [found] });
});
