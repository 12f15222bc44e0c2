import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	interpretBalance,
	interpretOrder,
	interpretSession,
} from '../../nodes/api/interpretResponse';
import type { Interpretation } from '../../nodes/api/interpretResponse';
import type { PreparedRequest } from '../../nodes/api/request';
import { describeFailure } from '../../nodes/SmartGlocal/messages/failureTexts';
import { findSlowGrowth, textsOf } from '../support/growth.mts';
import { UNWANTED_WORDS } from '../support/nodeMessages.mts';

const SETTINGS = { simplify: true, duplicates: 'report' } as const;

const ORDER: PreparedRequest = {
	version: 'v1',
	reference: 'INV-1',
	body: { amount_details: { amount: 10050, currency: 'usd' }, metadata: 'INV-1' },
	order: { idempotencyKey: 'INV-1', amount: 10050, currency: 'USD', unit: 'major' },
};
const START: PreparedRequest = { ...ORDER, sessionId: 'ps_1' };
const LOOKUP: PreparedRequest = {
	version: 'v1',
	reference: '',
	sessionId: 'ps_1',
	body: { session_id: 'ps_1' },
};

const ok = (session: object) => ({
	statusCode: 200,
	headers: {},
	body: { status: 'ok', session: { id: 'ps_1', status: 'in_progress', ...session } } as IDataObject,
});

function interpret(session: object, prepared = ORDER): Interpretation {
	return interpretOrder(ok(session), prepared, SETTINGS);
}

/** Both names of the payouts of a session. */
const LISTS = ['payments', 'payout_list'] as const;
const usd = (amount: unknown, currency: unknown = 'usd') => ({
	amount_details: { amount, currency },
});

describe.each(LISTS)('an answer to an order, with %s', (list) => {
	const withPayouts = (...payouts: object[]) => ({ [list]: payouts });

	test.each([
		['another reference', [{ metadata: 'INV-2' }], 'payout'],
		['another reference in an object', [{ metadata: { reference: 'INV-2' } }], 'payout'],
		['another reference in JSON text', [{ metadata: '{"reference":"INV-2"}' }], 'payout'],
		['the reference in another case', [{ metadata: 'inv-1' }], 'payout'],
		['several payouts, none of them ours', [{ metadata: 'A' }, { metadata: 'B' }], 'payout'],
		['another amount', [usd(9999, 'USD')], 'amount'],
		['another amount as text', [usd('9999')], 'amount'],
		['another amount, currency with a space', [usd(9999, ' Usd ')], 'amount'],
		['the amount in major units as text', [usd('100.50')], 'amount'],
		['an amount with a thousands separator', [usd('10,050')], 'amount'],
		['an amount that is an object', [usd({ value: 10050 })], 'amount'],
		['an amount that is true', [usd(true)], 'amount'],
		[
			'our reference with another amount, beside another payout',
			[{ metadata: 'INV-1', ...usd(9999) }, { ...usd(10050) }],
			'amount',
		],
	])('that shows %s is unknown, and its session is kept', (_name, payouts, about) => {
		const contradiction = expect.stringContaining(`another ${about} (`) as string;
		const result = interpret(withPayouts(...payouts));
		expect(result).toMatchObject({
			outcome: 'unknown',
			source: 'client',
			code: 'contradictory_answer',
			sessionId: 'ps_1',
			contradiction,
		});
		expect(interpret(withPayouts(...payouts), START)).toMatchObject({ contradiction });
	});

	test.each([
		['no metadata and no amount', [{}]],
		['metadata that is null', [{ metadata: null }]],
		['metadata without a reference', [{ metadata: { invoice: 'INV-2' } }]],
		['the same', [{ metadata: 'INV-1', ...usd(10050) }]],
		['the reference in JSON text', [{ metadata: '{"reference":"INV-1"}' }]],
		['the reference with outer spaces', [{ metadata: ' INV-1 ' }]],
		['the amount as text', [usd('10050', 'USD')]],
		['the amount as text with zeros', [usd('010050.00', 'USD')]],
		['another amount in another currency', [usd(800_000, 'rub')]],
		['another amount without a currency', [{ amount_details: { amount: 9999 } }]],
		['an amount that is null', [usd(null)]],
		['ours beside another payout', [{ metadata: 'B', ...usd(5) }, { metadata: 'INV-1' }]],
		['a payout of which nothing is said', [{ metadata: 'B' }, {}]],
		['no payouts', []],
	])('that shows %s is submitted', (_name, payouts) => {
		expect(interpret(withPayouts(...payouts))).toMatchObject({ outcome: 'submitted' });
		expect(interpret(withPayouts(...payouts), START)).toMatchObject({ outcome: 'submitted' });
	});
});

const OTHER_PAYOUT = "the answer is about another payout ('INV-2' instead of 'INV-1')";
const OTHER_AMOUNT =
	'the answer shows another amount (9999 USD instead of 10050 USD, in minor units)';

test('the session itself must not contradict the order either', () => {
	expect(interpret({ metadata: 'INV-2' })).toMatchObject({ contradiction: OTHER_PAYOUT });
	expect(interpret(usd(9999))).toMatchObject({ contradiction: OTHER_AMOUNT });
	expect(interpret({ metadata: 'INV-1', ...usd(10050) })).toMatchObject({ outcome: 'submitted' });
});

test('a session that existed before can have data of its own', () => {
	const session = { metadata: 'ORDER-7', payments: [{ metadata: 'INV-1' }] };
	expect(interpret(session, START)).toMatchObject({ outcome: 'submitted' });
	expect(interpret(session, ORDER)).toMatchObject({ outcome: 'unknown' });
	expect(interpret({ metadata: 'ORDER-7' }, START)).toMatchObject({ outcome: 'unknown' });
});

test('metadata of the user’s own is compared where it holds a reference', () => {
	const outcomeOf = (body: IDataObject, metadata: unknown) =>
		interpret({ payments: [{ metadata }] }, { ...ORDER, body }).outcome;
	const own = { metadata: { reference: 'R-1', note: 'x' } };
	expect(outcomeOf(own, { reference: 'R-1' })).toBe('submitted');
	expect(outcomeOf(own, { reference: 'R-2' })).toBe('unknown');
	expect(outcomeOf({ metadata: { note: 'x' } }, 'anything')).toBe('submitted');
});

test('a start that gives no data is compared by its session alone', () => {
	const start = { ...START, body: { session_id: 'ps_1' } };
	const session = { payments: [{ metadata: 'as created', ...usd(5) }] };
	expect(interpret(session, start).outcome).toBe('submitted');
	expect(interpret({ ...session, id: 'ps_2' }, start).outcome).toBe('unknown');
});

describe('an answer about another session', () => {
	const KINDS = ['confirmation', 'cancellation', 'lookup'] as const;

	test.each(['ps_2', 'PS_1', 'ps_1 ', 'ps_10', 1])('%j is unknown', (id) => {
		for (const kind of KINDS) {
			const result = interpretSession(kind)(ok({ id }), LOOKUP, SETTINGS);
			expect(result).toMatchObject({
				outcome: 'unknown',
				code: 'contradictory_answer',
				sessionId: String(id),
				contradiction: `the answer is about another session ('${id}' instead of 'ps_1')`,
			});
		}
		expect(interpret({ id }, START)).toMatchObject({
			contradiction: expect.stringContaining('another session') as string,
		});
	});

	test('is none where ids are the same, as text or as a number', () => {
		for (const kind of KINDS) {
			expect(interpretSession(kind)(ok({}), LOOKUP, SETTINGS).outcome).toBe('submitted');
			const numbered = { ...LOOKUP, sessionId: '3230' };
			expect(interpretSession(kind)(ok({ id: 3230 }), numbered, SETTINGS).outcome).toBe(
				'submitted',
			);
		}
	});

	test('names both sessions, and says to look at them first', () => {
		const result = interpretSession('confirmation')(ok({ id: 'ps_2' }), LOOKUP, SETTINGS);
		const { message, description } = describeFailure(result as never, 'confirmation', 'ps_1');
		expect(message).toBe(
			"It is not known whether session 'ps_1' was confirmed: the answer is about another session ('ps_2' instead of 'ps_1')",
		);
		expect(description).toContain('before you do anything else');
		expect(description).toContain('support');
	});
});

test('a created session with other data is unknown', () => {
	const creation: PreparedRequest = { version: 'v1', reference: 'INV-1', body: ORDER.body };
	const result = interpretSession('creation')(ok({ metadata: 'INV-2' }), creation, SETTINGS);
	expect(result).toMatchObject({ outcome: 'unknown', contradiction: OTHER_PAYOUT });
	const { description } = describeFailure(result as never, 'creation', '');
	expect(description).toContain("Do not start a payout in session 'ps_1'");
});

test.each([
	[
		{ payments: [{ metadata: 'INV-2' }] },
		"the answer is about another payout ('INV-2' instead of 'INV-1')",
	],
	[
		{ payments: [usd(9999)] },
		'the answer shows another amount (9999 USD instead of 10050 USD, in minor units)',
	],
])(
	'the text for %j says what differs, to look first, and to keep the reference',
	(session, why) => {
		const { message, description } = describeFailure(interpret(session) as never, 'order', 'INV-1');
		expect(message).toBe(`It is not known whether payout 'INV-1' was accepted: ${why}`);
		expect(description).toMatch(/^Do not change the reference/);
		expect(description).toContain("Look at session 'ps_1'");
		expect(description).toContain('support');
		expect(`${message} ${description}`).not.toMatch(UNWANTED_WORDS);
	},
);

test('what is shown holds no card number and has an end', () => {
	const metadata = `4242 4242 4242 4242 ${'x'.repeat(100_000)}`;
	const result = interpret({ payments: [{ metadata }] });
	const { message } = describeFailure(result as never, 'order', 'INV-1');
	expect(message).toContain("'****4242 xxx");
	expect(message.length).toBeLessThan(300);
});

const reference = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('INV-1', 'INV-2'));
const wrong = fc.oneof(
	reference
		.filter((text) => text.trim() !== '' && !text.includes('{'))
		.map((metadata) => ({ metadata })),
	fc.record({ metadata: fc.record({ reference: fc.constantFrom('INV-2', 'inv-1', '1') }) }),
	fc
		.tuple(
			fc.integer({ min: 0, max: 100_000 }).filter((amount) => amount !== 10050),
			fc.constantFrom('usd', 'USD', 'Usd'),
			fc.boolean(),
		)
		.map(([amount, currency, isText]) => usd(isText ? String(amount) : amount, currency)),
);

test('no answer that contradicts its order is ever submitted', () => {
	fc.assert(
		fc.property(
			fc.array(wrong, { minLength: 1, maxLength: 3 }),
			fc.constantFrom(...LISTS),
			fc.constantFrom(ORDER, START),
			fc.boolean(),
			(payouts, list, prepared, simplify) => {
				const isOurs = ({ metadata }: IDataObject) =>
					typeof metadata === 'string' && metadata.trim() === 'INV-1';
				fc.pre(!(payouts as IDataObject[]).some(isOurs));
				const response = ok({ [list]: payouts });
				expect(interpretOrder(response, prepared, { ...SETTINGS, simplify })).toMatchObject({
					outcome: 'unknown',
					sessionId: 'ps_1',
				});
			},
		),
		{ numRuns: 2_000 },
	);
});

test('the balance is only believed from a good answer', () => {
	const wallets = [{ id: '1', amount_details: { amount: 1, currency: 'usd' } }, null];
	const body = { status: 'ok', wallets } as unknown as IDataObject;
	const balance: PreparedRequest = { version: 'v1', reference: '', body: {} };
	const read = (statusCode: number, more = {}) =>
		interpretBalance({ statusCode, headers: {}, body: { ...body, ...more } }, balance, SETTINGS);
	expect(read(200)).toMatchObject({
		outcome: 'submitted',
		items: [
			{ amount: 0.01, amount_minor: 1 },
			{ amount: null, amount_minor: null },
		],
	});
	expect(read(500)).toMatchObject({ outcome: 'unknown', code: 'http_500' });
	expect(read(200, { error: { code: 'internal_error' } })).toMatchObject({ outcome: 'unknown' });
	expect(read(200, { wallets: 'none' })).toMatchObject({ outcome: 'unknown', httpStatus: 200 });
});

test.each(['a\u0301\u0316', '\u0301\u0316', '[', '{"a":'])(
	'takes a time that grows as metadata made of %j, in an order and in a lookup',
	async (unit) => {
		const slowness = await findSlowGrowth(
			(metadata) => {
				const session = { metadata, payments: [{ metadata: { reference: metadata } }] };
				interpret(session);
				interpretSession('lookup')(ok(session), LOOKUP, SETTINGS);
			},
			textsOf(unit, 131_072),
		);
		expect(slowness).toBeUndefined();
	},
);
