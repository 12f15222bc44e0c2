import fc from 'fast-check';
import { toIdempotencyKey } from '../../nodes/payout/idempotencyKey';
import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
import type { JsonPurpose } from '../../nodes/payout/json/jsonBody';
import { BELGIAN_ROW, CARD_ROW, payoutOf } from '../support/payoutRows.mts';

/** Bodies as a user could write them, without the metadata that the node adds. */
const account = change(payoutOf(BELGIAN_ROW).body, 'metadata', undefined);
const card = change(payoutOf(CARD_ROW).body, 'metadata', undefined);

const PURPOSES = ['order', 'session', 'start'] as const;

interface Given {
	reference?: unknown;
	purpose?: JsonPurpose;
	template?: unknown;
}

function read(body: unknown, given: Given = {}) {
	const { purpose = 'order', ...more } = given;
	return readJsonPayout({ reference: 'INV-1', body, ...more }, purpose);
}

function payoutFrom(...given: Parameters<typeof read>) {
	const payout = read(...given);
	if ('problems' in payout) throw new Error(JSON.stringify(payout.problems, null, 1));
	return payout;
}

function problemsOf(...given: Parameters<typeof read>) {
	const payout = read(...given);
	if (!('problems' in payout)) throw new Error(`It was taken: ${JSON.stringify(payout)}`);
	return payout.problems;
}

/** The body with the value at a path changed; undefined removes it. */
function change(body: object, path: string, value: unknown): Record<string, unknown> {
	const changed = structuredClone(body) as Record<string, unknown>;
	const segments = path.split('.');
	const last = segments.pop() ?? '';
	let place = changed;
	for (const segment of segments) place = place[segment] as Record<string, unknown>;
	if (value === undefined) delete place[last];
	else place[last] = value;
	return changed;
}

test.each([
	['an account', account],
	['a card', card],
])('accepts the body of a payout to %s unchanged, as text or as an object', (_name, body) => {
	const expected = {
		body: { ...body, metadata: 'INV-1' },
		reference: 'INV-1',
		idempotencyKey: 'INV-1',
		amount: 1000,
		currency: 'USD',
	};
	expect(payoutFrom(body)).toEqual(expected);
	expect(payoutFrom(JSON.stringify(body))).toEqual(expected);
	expect(payoutFrom(JSON.stringify(body, null, '\t'))).toEqual(expected);
});

test('accepts the names of API v2 and turns them into those of v1', () => {
	const { payment_method, ...rest } = account;
	expect(payoutFrom({ payout_details: payment_method, ...rest })).toEqual(payoutFrom(account));
	expect(problemsOf({ ...account, payout_details: payment_method })).toEqual([
		{ field: 'body', message: expect.stringContaining('Keep one') },
	]);
});

test('keeps unknown fields at every depth', () => {
	const extra = { brand_new: { a: [1, null, 'ž'] }, customer: { reference: 'user123' } };
	const deep = change(account, 'participant_details.recipient.brand_new', { a: [true, 'ž'] });
	expect(payoutFrom({ ...deep, ...extra }).body).toEqual({ ...deep, ...extra, metadata: 'INV-1' });
});

test.each<unknown>(['May', { month: 5 }, 42, 0, ''])('keeps the metadata %p', (metadata) => {
	expect(payoutFrom({ ...account, metadata }).body.metadata).toEqual(metadata);
});

test('derives the idempotency key from the reference as for a row', () => {
	for (const reference of ['INV-1', 'Rechnung 5/2024', 'ž'.repeat(70), 20240001]) {
		const payout = payoutFrom(account, { reference });
		expect(payout.idempotencyKey).toBe(toIdempotencyKey(String(reference)));
	}
});

test.each<[unknown]>([[''], [' \u200b'], [undefined], [null], [true], ['#N/A'], ['1.2E+21']])(
	'refuses the reference %p',
	(reference) => {
		expect(problemsOf(account, { reference }).map(({ field }) => field)).toEqual(['reference']);
		const given = read(undefined, { reference, purpose: 'start' });
		expect(given).toMatchObject({ problems: [{ field: 'reference' }] });
	},
);

test.each<[unknown]>([
	['{'],
	[''],
	['null'],
	['[]'],
	['"text"'],
	['5'],
	[[]],
	[null],
	[5],
	['{}{}'],
])('refuses %p, which is not an object', (body) => {
	for (const purpose of PURPOSES) {
		expect(problemsOf(body, { purpose })).toEqual([
			{ field: 'body', message: expect.stringContaining('not a JSON object') },
		]);
	}
});

const broken: ReadonlyArray<[path: string, value: unknown, field: string]> = [
	['payment_method', undefined, 'payment_method'],
	['payment_method', 'bank_account', 'payment_method'],
	['payment_method', [], 'payment_method'],
	['payment_method.type', undefined, 'payment_method'],
	['payment_method.type', 'card', 'payment_method'],
	['payment_method.type', 'constructor', 'payment_method'],
	['payment_method.bank_account', null, 'payment_method'],
	['participant_details', undefined, 'participant_details'],
	['participant_details', 'John', 'participant_details'],
	['participant_details', [], 'participant_details'],
	['amount_details.amount', undefined, 'amount_details.amount'],
	['amount_details.currency', undefined, 'amount_details.currency'],
	...[0, -1, 10.5, '1000', '10.00', null, true, 2 ** 53, 1e21].map(
		(amount): [string, unknown, string] => [
			'amount_details.amount',
			amount,
			'amount_details.amount',
		],
	),
	...['', 'US', 'EURO', 'XXX', '$', 978, null].map((currency): [string, unknown, string] => [
		'amount_details.currency',
		currency,
		'amount_details.currency',
	]),
];

test.each(broken)('an order with %s set to %p is refused', (path, value, field) => {
	for (const body of [change(account, path, value), JSON.stringify(change(account, path, value))]) {
		expect(problemsOf(body)).toEqual([{ field, message: expect.stringMatching(/^The .*\.$/s) }]);
	}
});

test.each(['amount_details', 'payment_method', 'participant_details'])(
	'an order needs %s, and a start in a session does not',
	(field) => {
		const body = change(account, field, undefined);
		expect(problemsOf(body).length).toBeGreaterThan(0);
		expect(payoutFrom(body, { purpose: 'start' }).body).toEqual({ ...body, metadata: 'INV-1' });
	},
);

test.each(broken.filter(([, value]) => value !== undefined))(
	'checks what a start in a session contains: %s set to %p',
	(path, value, field) => {
		const body = change(account, path, value);
		expect(problemsOf(body, { purpose: 'start' }).map((problem) => problem.field)).toEqual([field]);
	},
);

test('a start in a session can leave everything to the session', () => {
	const nothing = { amount: 0, currency: '', reference: 'INV-1', idempotencyKey: 'INV-1' };
	expect(payoutFrom(undefined, { purpose: 'start' })).toEqual({ ...nothing, body: {} });
	expect(payoutFrom('{}', { purpose: 'start' })).toEqual({
		...nothing,
		body: { metadata: 'INV-1' },
	});
});

test.each<[unknown]>([
	['4242424242424241'],
	[4242424242424242],
	['4.24E+15'],
	['4242'],
	[''],
	[null],
])('refuses the card number %p without showing it', (number) => {
	const field = 'payment_method.card.bank_card.number';
	const [problem, ...others] = problemsOf(change(card, field, number));
	expect(others).toEqual([]);
	expect(problem?.field).toBe(field);
	expect(problem?.message).not.toMatch(/42|4\.24/);
});

test('never throws, and says in sentences what is wrong', () => {
	const purposes = fc.constantFrom(...PURPOSES);
	const paths = ['payment_method', 'amount_details', 'participant_details', 'payment_method.card'];
	fc.assert(
		fc.property(fc.constantFrom(...paths), fc.anything(), purposes, (path, value, purpose) => {
			const given = read({ ...change(card, path, value) }, { purpose });
			if (!('problems' in given)) return;
			for (const { message } of given.problems) expect(message).toMatch(/^[A-Z][\s\S]*\.$/);
		}),
		{ numRuns: 1_000 },
	);
});
