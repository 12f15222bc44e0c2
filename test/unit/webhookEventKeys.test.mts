import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { parseWebhookBody, readWebhook } from '../../nodes/api/webhook';
import type { Webhook } from '../../nodes/api/webhook';
import { toWebhookItems } from '../../nodes/SmartGlocalTrigger/events';
import { findSlowGrowth, textsOf } from '../support/growth.mts';

const keysOf = (given: Webhook) =>
	toWebhookItems(given, true).map(({ event_key }) => String(event_key));
const wholeKeyOf = (given: Webhook) => String(toWebhookItems(given, false)[0]?.event_key);

interface Refund {
	id?: string;
	status: string;
	amount: number;
	currency: string;
}

interface Payout {
	id: string;
	status: string;
	error?: string;
	refunds: Refund[];
}

/** What of a webhook is its state; ids, codes and statuses as the API writes them. */
interface State {
	type: string;
	id: string;
	status: string;
	next_action?: string;
	error?: string;
	payouts: Payout[];
}

const id = (prefix: string) => fc.integer({ min: 1, max: 99 }).map((n) => `${prefix}_${n}`);
const code = fc.constantFrom('confirm_timeout', 'account_not_found', 'operation_rejected');
const currency = fc.constantFrom('usd', 'eur');
const refund: fc.Arbitrary<Refund> = fc.record(
	{
		id: id('re'),
		status: fc.constantFrom('accepted', 'in_progress', 'declined', 'error'),
		amount: fc.integer({ min: 1, max: 5 }),
		currency,
	},
	{ requiredKeys: ['status', 'amount', 'currency'] },
);
const payout: fc.Arbitrary<Payout> = fc.record(
	{
		id: id('po'),
		status: fc.constantFrom('succeeded', 'in_progress', 'pending', 'failed', 'cancelled'),
		error: code,
		refunds: fc.array(refund, { maxLength: 4 }),
	},
	{ requiredKeys: ['id', 'status', 'refunds'] },
);
const state: fc.Arbitrary<State> = fc.record(
	{
		type: fc.constantFrom('ready_to_confirm', 'payment_finished', 'payment_refunded'),
		id: id('ps'),
		status: fc.constantFrom('created', 'in_progress', 'accepted', 'cancelled', 'error'),
		next_action: fc.constantFrom('confirm', 'capture'),
		error: code,
		payouts: fc.uniqueArray(payout, { selector: (one) => one.id, minLength: 1, maxLength: 3 }),
	},
	{ requiredKeys: ['type', 'id', 'status', 'payouts'] },
);

/** What can differ between two deliveries of one event. */
interface Accident {
	list: 'payments' | 'payout_list';
	isOtherListEmpty: boolean;
	isUpperCase: boolean;
	isCanceled: boolean;
	areMissingNull: boolean;
	time: string;
	unknown: unknown;
	/** A list or the fields of an object in another order. */
	order: number;
}

const accident: fc.Arbitrary<Accident> = fc.record({
	list: fc.constantFrom('payments', 'payout_list'),
	isOtherListEmpty: fc.boolean(),
	isUpperCase: fc.boolean(),
	isCanceled: fc.boolean(),
	areMissingNull: fc.boolean(),
	time: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	unknown: fc.jsonValue(),
	order: fc.nat(),
});
const PLAIN: Accident = {
	list: 'payments',
	isOtherListEmpty: false,
	isUpperCase: false,
	isCanceled: false,
	areMissingNull: false,
	time: '',
	unknown: null,
	order: 0,
};

function deliver(of: State, how: Accident = PLAIN): Webhook {
	const spell = (text: string) => {
		const spelled = how.isCanceled ? text.replace('cancelled', 'canceled') : text;
		return how.isUpperCase ? spelled.toUpperCase() : spelled;
	};
	const reorder = <Entry,>(list: Entry[]) => {
		const at = list.length === 0 ? 0 : how.order % list.length;
		const turned = [...list.slice(at), ...list.slice(0, at)];
		return how.order % 2 === 1 ? turned.reverse() : turned;
	};
	const object = (fields: Record<string, unknown>) => {
		const more = { created_at: how.time, updated_at: how.time, brand_new: how.unknown };
		const entries = Object.entries({ ...more, ...fields }).flatMap(([name, value]) =>
			value === undefined && !how.areMissingNull ? [] : [[name, value ?? null] as const],
		);
		return Object.fromEntries(reorder(entries)) as IDataObject;
	};
	const error = (of: string | undefined) =>
		of === undefined ? undefined : object({ code: of, description: how.time });
	const refunds = (list: Refund[]) =>
		reorder(list).map((one) =>
			object({
				id: one.id,
				status: spell(one.status),
				amount_details: object({ amount: one.amount, currency: spell(one.currency) }),
				finished_at: how.time,
			}),
		);
	const payouts = reorder(of.payouts).map((one) =>
		object({
			id: one.id,
			status: spell(one.status),
			error: error(one.error),
			refunds: one.refunds.length > 0 ? refunds(one.refunds) : undefined,
			metadata: how.unknown,
			transaction_info: how.unknown,
		}),
	);
	const otherList = how.list === 'payments' ? 'payout_list' : 'payments';
	return {
		type: of.type,
		session: object({
			id: of.id,
			status: spell(of.status),
			next_action: of.next_action && spell(of.next_action),
			error: error(of.error),
			[how.list]: payouts,
			...(how.isOtherListEmpty && { [otherList]: [] }),
		}),
	};
}

/** A state written so that equal states, and only those, are equal texts. */
function canonical(of: State): string {
	const sorted = (list: unknown[]) => list.map((entry) => JSON.stringify(entry)).sort();
	const payouts = of.payouts.map(({ refunds, ...one }) => [
		one.id,
		one.status,
		one.error,
		sorted(refunds.map((each) => [each.id, each.status, each.amount, each.currency])),
	]);
	return JSON.stringify([of.type, of.id, of.status, of.next_action, of.error, sorted(payouts)]);
}

function replaceAt(list: string[], at: number, value: string): string[] {
	return list.map((entry, index) => (index === at ? value : entry));
}

describe('the key of an event', () => {
	test('is the same in each delivery of the same state', () => {
		fc.assert(
			fc.property(state, accident, accident, (of, how, again) => {
				const one = deliver(of, how);
				const other = deliver(of, again);
				expect(keysOf(other).sort()).toEqual(keysOf(one).sort());
				expect(wholeKeyOf(other)).toBe(wholeKeyOf(one));
			}),
			{ numRuns: 1_000 },
		);
	});

	test('is different when two states are', () => {
		// Two states that differ in little are likely to be taken for one.
		const edit = fc.constantFrom<(of: State, by: State) => void>(
			(of, by) => (of.type = by.type),
			(of, by) => (of.id = by.id),
			(of, by) => (of.status = by.status),
			(of, by) => (of.next_action = by.next_action),
			(of, by) => (of.error = by.error),
			(of, by) => (of.payouts = by.payouts),
			(of, by) => of.payouts.forEach((one) => (one.error = by.payouts[0]?.error)),
			(of, by) => of.payouts.forEach((one) => (one.status = by.payouts[0]?.status ?? '')),
			(of, by) => of.payouts.forEach((one) => (one.refunds = by.payouts[0]?.refunds ?? [])),
			(of) => of.payouts.forEach(({ refunds }) => refunds.push(...refunds.slice(0, 1))),
			(of) => of.payouts.forEach(({ refunds }) => refunds.pop()),
			(of) => of.payouts.forEach(({ refunds }) => refunds.forEach((one) => (one.amount += 1))),
			(of) => of.payouts.forEach(({ refunds }) => refunds.forEach((one) => delete one.id)),
		);
		fc.assert(
			fc.property(state, state, edit, accident, (of, by, change, how) => {
				const changed = structuredClone(of);
				change(changed, structuredClone(by));
				fc.pre(canonical(changed) !== canonical(of));
				expect(wholeKeyOf(deliver(changed, how))).not.toBe(wholeKeyOf(deliver(of)));
				expect(keysOf(deliver(changed, how)).sort()).not.toEqual(keysOf(deliver(of)).sort());
			}),
			{ numRuns: 2_000 },
		);
	});

	test.each<[what: string, change: (of: State) => void]>([
		['the event', (of) => (of.type += '_x')],
		['the session', (of) => (of.id += '1')],
		['the status of the session', (of) => (of.status += 'x')],
		['the error of the session', (of) => (of.error = 'other')],
		['what is to be done next', (of) => (of.next_action = 'other')],
		['the payout', (of) => of.payouts.forEach((one) => (one.id += '1'))],
		['the status of the payout', (of) => of.payouts.forEach((one) => (one.status += 'x'))],
		['the error of the payout', (of) => of.payouts.forEach((one) => (one.error = 'other'))],
		[
			'its refunds',
			(of) =>
				of.payouts.forEach(({ refunds }) =>
					refunds.push({ status: 'accepted', amount: 1, currency: 'usd' }),
				),
		],
	])('changes for every payout with %s', (_what, change) => {
		fc.assert(
			fc.property(state, (of) => {
				const changed = structuredClone(of);
				change(changed);
				const before = keysOf(deliver(of));
				keysOf(deliver(changed)).forEach((key, index) => expect(key).not.toBe(before[index]));
			}),
		);
	});

	test('is one for each payout of a session, in whichever order they come', () => {
		fc.assert(
			fc.property(state, accident, (of, how) => {
				expect(new Set(keysOf(deliver(of, how))).size).toBe(of.payouts.length);
			}),
		);
	});

	test('tells a payout from an incoming payment with the same ids', () => {
		const part = [{ id: '1', status: 'succeeded' }];
		const about = (list: string): Webhook => ({
			type: 'payment_finished',
			session: { id: 'ps_1', [list]: part },
		});
		const [one] = keysOf(about('payments'));
		expect(keysOf(about('payment_list'))).not.toContain(one);
	});

	test('can be read', () => {
		const of: State = {
			type: 'payment_refunded',
			id: 'ps_1',
			status: 'accepted',
			payouts: [
				{
					id: 'po_1',
					status: 'succeeded',
					refunds: [
						{ status: 'accepted', amount: 500, currency: 'usd' },
						{ id: 'rf_1', status: 'accepted', amount: 100, currency: 'usd' },
					],
				},
			],
		};
		expect(keysOf(deliver(of))).toEqual([
			'payment_refunded:ps_1:accepted:po_1:succeeded:refund=-/accepted/500/usd:refund=rf_1/accepted/100/usd',
		]);
		const failed: State = {
			...of,
			type: 'payment_finished',
			status: 'canceled',
			error: 'confirm_timeout',
			next_action: 'confirm',
			payouts: [{ id: 'po_1', status: 'failed', error: '3DS_error', refunds: [] }],
		};
		const delivered = deliver(failed);
		const [part] = delivered.session.payments as IDataObject[];
		Object.assign(part ?? {}, { amount_details: { amount: 900, currency: 'EUR' } });
		expect(keysOf(delivered)).toEqual([
			'payment_finished:ps_1:cancelled:po_1:failed:next=confirm:session_error=confirm_timeout:error=3ds_error:amount=900:currency=eur',
		]);
	});
});

describe('the key of a payout', () => {
	const keyOf = (part: IDataObject, session: IDataObject = {}) => {
		const named = { id: 'po_1', status: 'failed', ...part };
		const [key] = keysOf({ type: 't', session: { id: 'ps_1', ...session, payments: [named] } });
		return key;
	};

	test.each<[string, IDataObject[]]>([
		[
			'errors without a code',
			[
				{},
				{ error: { description: 'A' } },
				{ error: { description: 'B' } },
				{ error: { code: 'A' } },
				{ error: { reason: 'A' } },
				{ error: { reason: { of: 'A' } } },
			],
		],
		[
			'amounts, as when the rate changes before it is confirmed',
			[
				{ amount_details: { amount: 90_000, currency: 'eur' } },
				{ amount_details: { amount: 95_000, currency: 'eur' } },
				{ amount_details: { amount: 90_000, currency: 'usd' } },
			],
		],
		[
			'metadata where there is no id',
			[
				{ id: null, metadata: { order: 1 } },
				{ id: null, metadata: { order: 2 } },
				{ id: null, metadata: { reference: 'A', order: 1 } },
				{ id: null, metadata: { reference: 'A', order: 2 } },
				{ id: null },
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
			'a status in another case and with spaces',
			[
				[{ status: 'failed' }, { status: 'canceled' }],
				[{ status: ' Failed ' }, { status: 'CANCELLED\n' }],
			],
		],
		[
			'a code in another case and with spaces',
			[
				[{ error: { code: 'account_not_found' } }, { error: 'x_1' }],
				[{ error: { code: ' ACCOUNT_NOT_FOUND' } }, { error: { code: 'X_1' } }],
			],
		],
		[
			'the same facts in another order',
			[
				[{ id: null, metadata: { a: 1, b: { c: 2, d: 3 } }, error: { x: 1, y: 2 } }, {}],
				[{ error: { y: 2, x: 1 }, metadata: { b: { d: 3, c: 2 }, a: 1 }, id: null }, {}],
			],
		],
	])('is the same for %s', (_what, deliveries) => {
		expect(new Set(deliveries.map(([part, session]) => keyOf(part, session))).size).toBe(1);
	});
});

describe('values that look like other values', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 4 }),
		fc
			.array(
				fc.constantFrom(
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
				),
			)
			.map((parts) => parts.join('')),
	);
	const webhook = (values: string[]): Webhook => {
		const [type = '', session = '', payoutId = '', error = '', refundId = '', other = ''] = values;
		return {
			type: `t${type}`,
			session: {
				id: session,
				payments: [
					{ id: payoutId, error: { code: error }, refunds: [{ id: refundId }, { id: other }] },
				],
			},
		};
	};

	test('do not move into another', () => {
		const values = fc.array(text, { minLength: 6, maxLength: 6 });
		fc.assert(
			fc.property(values, values, fc.nat(5), (one, by, at) => {
				const other = replaceAt(one, at, `${by[at]}`);
				const shifted = replaceAt(replaceAt(one, 0, `${one[0]}:${one[1]}`), 1, `${one[2]}`);
				for (const changed of [by, other, shifted]) {
					const isSame =
						changed.slice(0, 4).join('\u0000') === one.slice(0, 4).join('\u0000') &&
						changed.slice(4).sort().join('\u0000') === one.slice(4).sort().join('\u0000');
					fc.pre(![...one, ...changed].some((each) => each.includes('\u0000')));
					expect(wholeKeyOf(webhook(changed)) === wholeKeyOf(webhook(one))).toBe(isSame);
				}
			}),
			{ numRuns: 2_000 },
		);
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
			const session = (value: unknown): Webhook => ({
				type: 't',
				session: { [name]: value as string, payments: [{ id: 'po_1' }] },
			});
			const part = (value: unknown): Webhook => ({
				type: 't',
				session: { id: 'ps_1', payments: [{ [name]: value as string }] },
			});
			expect(keysOf(session(one))).not.toEqual(keysOf(session(other)));
			expect(keysOf(part(one))).not.toEqual(keysOf(part(other)));
		}
	});

	test('tells errors apart that are no objects', () => {
		const session = (error: unknown): Webhook => ({
			type: 't',
			session: { id: 'ps_1', payments: [{ id: 'po_1', error: error as string }] },
		});
		const errors = ['a', 'b', { code: 'c' }, { code: 'd' }, null];
		expect(new Set(errors.map((error) => keysOf(session(error))[0])).size).toBe(errors.length);
	});

	test('give a key of at most 200 characters of ASCII', () => {
		const long = fc.string({ unit: 'binary', maxLength: 2_000 });
		fc.assert(
			fc.property(long, long, fc.nat(30), (one, other, count) => {
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

describe('payouts without an id', () => {
	const part = (amount: number) => ({
		status: 'failed',
		amount_details: { amount, currency: 'usd' },
	});
	const keys = (...payments: IDataObject[]) =>
		keysOf({ type: 't', session: { id: 'ps_1', payments } });

	test('have a key each, in whichever order they come', () => {
		expect(new Set(keys(part(1), part(2), part(1))).size).toBe(3);
		expect(keys(part(2), part(1), part(1)).sort()).toEqual(keys(part(1), part(2), part(1)).sort());
		expect(keys(part(1))).not.toEqual(keys(part(2)));
		expect(keys({ ...part(1), metadata: 'A' })).not.toEqual(keys({ ...part(1), metadata: 'B' }));
	});

	test('are not confused with one that is listed twice', () => {
		const listed = { ...part(1), id: 'po_1' };
		expect(new Set(keys(listed, listed)).size).toBe(1);
	});
});

test('refunds that are nothing do not keep a webhook from arriving', () => {
	const refunds = [[null], [5], ['x'], [[]], null, 'x', 5, {}, [{ amount_details: null }]];
	for (const given of refunds) {
		const session = { id: 'ps_1', payments: [{ id: 'po_1', refunds: given }] };
		expect(keysOf({ type: 't', session: session as never })).toHaveLength(1);
	}
});

describe('ids that are numbers', () => {
	const keyOf = (text: string) => {
		const webhook = readWebhook(parseWebhookBody(Buffer.from(text)));
		return webhook && wholeKeyOf(webhook);
	};
	const body = (session: string, payoutId = '1', refundId = '1') =>
		`{"type":"payment_refunded","session":{"id":${session},"payments":[{"id": ${payoutId} ,"refunds":[{"id":${refundId}}]}]}}`;

	test('are never taken for another, however large', () => {
		const digits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
		const near = digits.chain((n) =>
			fc.tuple(fc.constant(n), fc.bigInt({ min: n - 3n, max: n + 3n })),
		);
		fc.assert(
			fc.property(near, fc.nat(2), ([one, other], at) => {
				const write = (id: bigint) =>
					body(...(replaceAt(['1', '1', '1'], at, `${id}`) as [string]));
				expect(keyOf(write(one)) === keyOf(write(other))).toBe(one === other);
				expect(keyOf(write(one))).toContain(`${one}`);
			}),
		);
		for (const [one, other] of [
			['9007199254740992', '9007199254740993'],
			['9007199254740993.0', '9007199254740992.0'],
			['1e400', '1e401'],
			['1E-400', '2E-400'],
			['0.10000000000000000001', '0.10000000000000000002'],
		] as const) {
			expect(keyOf(body(one))).not.toBe(keyOf(body(other)));
		}
	});

	test('keep all their digits in the item', () => {
		const text = body('12345678901234567890', '98765432109876543210');
		const webhook = readWebhook(parseWebhookBody(Buffer.from(text))) as Webhook;
		expect(toWebhookItems(webhook, true)[0]).toMatchObject({
			session_id: '12345678901234567890',
			payout_id: '98765432109876543210',
		});
	});

	test('change nothing else in a body', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(undefined, '\t'), (value, space) => {
				const text = JSON.stringify(value, undefined, space);
				const exact = (_name: string, each: unknown) =>
					typeof each === 'number' && !/^-?(\d{1,15}|[\d.]{3,15})$/.test(JSON.stringify(each))
						? undefined
						: each;
				const parsed = parseWebhookBody(Buffer.from(text));
				// Numbers that may have become text aside.
				fc.pre(JSON.stringify(value, exact) === JSON.stringify(value));
				expect(parsed).toEqual(JSON.parse(text));
			}),
			{ numRuns: 1_000 },
		);
		const strings = '{"a":"12345678901234567890","b\\":12345678901234567890":"\\\\","c":1.5}';
		expect(parseWebhookBody(Buffer.from(strings))).toEqual(JSON.parse(strings));
		for (const broken of ['', '{', '{"a":1', '"', '{"a":12345678901234567890', '\\"\\"']) {
			expect(parseWebhookBody(Buffer.from(broken))).toBeUndefined();
		}
	});

	test.each([
		['"', '\\"', '"'],
		['"', '\\"', ''],
		['"', '\\\\', '"'],
		['', '"', ''],
		['', '1', ''],
		['', '-', '1'],
		['[', '1e5,', '1]'],
	])('cost a time that grows as the body: %j, many %j, %j', async (before, piece, after) => {
		const slowness = await findSlowGrowth(
			(text) => parseWebhookBody(Buffer.from(`${before}${text}${after}`)),
			textsOf(piece),
		);
		expect(slowness).toBeUndefined();
	});
});
