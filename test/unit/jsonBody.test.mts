import fc from 'fast-check';
import { CORRIDOR_IDS, CORRIDORS } from '../../nodes/payout/destinations/corridors';
import type { Corridor } from '../../nodes/payout/destinations/corridors';
import { FIELD_IDS, PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import { toIdempotencyKey } from '../../nodes/payout/idempotencyKey';
import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
import type { JsonPurpose } from '../../nodes/payout/json/jsonBody';
import type { RowProblem } from '../../nodes/payout/validationError';
import { UNWANTED_WORDS } from '../support/nodeMessages.mts';
import {
	BELGIAN_ROW,
	buildRow,
	CARD_ROW,
	corridorRow,
	GOOD_VALUES,
	OTHER_ROW,
	payoutOf,
	sentFor,
} from '../support/payoutRows.mts';
import type { RowOfTest } from '../support/payoutRows.mts';

type Json = Record<string, unknown>;

const CORRIDOR_ROWS = CORRIDOR_IDS.flatMap((id) => {
	const { alternatives = [[]] }: Corridor = CORRIDORS[id];
	return alternatives.map((_, index) => corridorRow(id, index));
});
const ROWS: readonly RowOfTest[] = [...CORRIDOR_ROWS, OTHER_ROW, CARD_ROW];
const PURPOSES = ['order', 'session', 'start'] as const;

/** Bodies as a user could write them, without the metadata that the node adds. */
const belgian = change(payoutOf(BELGIAN_ROW).body, 'metadata', undefined);
const card = change(payoutOf(CARD_ROW).body, 'metadata', undefined);

const ACCOUNT = 'payment_method.bank_account.global';
const RECIPIENT = 'participant_details.recipient';

function read(body: unknown, purpose: JsonPurpose = 'order', reference: unknown = 'INV-1') {
	return readJsonPayout({ reference, body }, purpose);
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
function change(body: object, path: string, value: unknown): Json {
	const changed = structuredClone(body) as Json;
	const names = path.split('.');
	const last = names.pop() ?? '';
	let place = changed;
	for (const name of names) place = (place[name] ??= {}) as Json;
	if (value === undefined) delete place[last];
	else place[last] = value;
	return changed;
}

const isAboutPartOfSender = ({ reason }: RowProblem) => reason === 'missing sender details';

const setField = (body: object, id: FieldId, value: unknown) =>
	change(body, PAYOUT_FIELDS[id].path, value);

test('takes every body that the form builds, as text, as an object and by the names of API v2', () => {
	for (const row of ROWS) {
		const { body, amount, currency } = payoutOf(row);
		const expected = { body, amount, currency, reference: 'INV-1', idempotencyKey: 'INV-1' };
		const { payment_method, ...rest } = body;
		for (const given of [
			body,
			JSON.stringify(body, null, '\t'),
			{ payout_details: payment_method, ...rest },
		]) {
			expect(payoutFrom(given)).toEqual(expected);
		}
	}
});

test('takes what the form takes, sends the same for it, and refuses what the form refuses', () => {
	const value = fc.oneof(
		fc.constantFrom<unknown>(...Object.values(GOOD_VALUES)),
		fc.constantFrom<unknown>(
			'BE68539007547035',
			'BE68 5390 0754 7034',
			'be68539007547034',
			'barcgb22',
			' John',
			'Jo\u202ehn',
			'Jose\u0301',
			'12345',
			'1.2E+16',
			'#N/A',
			'usa',
			'USD',
			'checking',
			'123456',
			'06-2-000',
			'123.456.789-09',
			'x'.repeat(300),
			'\ud800',
			"'0123",
			'０１２３',
			'{path}',
		),
		fc.constantFrom<unknown>(12345678, 123456, 2 ** 60, true, null, [], {}, ['John'], '', ' '),
		fc.string({ unit: 'binary' }),
	);
	const counts = { taken: 0, cleaned: 0, refused: 0 };
	fc.assert(
		fc.property(
			fc.constantFrom(...ROWS),
			fc.constantFrom(...FIELD_IDS),
			value,
			(row, id, written) => {
				const body = setField(payoutOf(row).body, id, written);
				const payout = read(JSON.stringify(body));
				const isTaken = !('problems' in payout);
				counts[isTaken ? 'taken' : 'refused']++;
				// The form decides by the destination, the body by these: with others there, it is another corridor.
				if (id === 'recipient_country_iso3' || id === 'recipient_currency') return;
				const built = buildRow(row, { [id]: written });
				const isBlank = written === null || (typeof written === 'string' && written.trim() === '');
				// Only the form asks for a sender as a whole.
				const isPart = 'problems' in built && built.problems.every(isAboutPartOfSender);
				if (isPart) return;
				// A sheet may have columns that a payout does not use; a body says what it means.
				if (
					'problems' in built ||
					isBlank ||
					(id === 'description' && sentFor(built.body, id) === undefined)
				) {
					if ('problems' in built) expect(isTaken).toBe(false);
					return;
				}
				expect(payout).toMatchObject({ body: built.body, amount: 1000 });
				if (sentFor(built.body, id) !== written) counts.cleaned++;
			},
		),
		{ numRuns: 2_500 },
	);
	expect(counts.taken).toBeGreaterThan(100);
	expect(counts.cleaned).toBeGreaterThan(20);
	expect(counts.refused).toBeGreaterThan(1_000);
});

test('cleans the currency and the amount, too', () => {
	const body = { ...belgian, amount_details: { currency: ' USD', amount: '1000', note: 'x' } };
	expect(payoutFrom(body)).toMatchObject({
		amount: 1000,
		currency: 'USD',
		body: { amount_details: { amount: 1000, currency: 'usd', note: 'x' } },
	});
});

test('keeps what it does not know: ways of paying, fields at every depth, everyday names', () => {
	const wallet = { type: 'wallet', wallet: { type: 'new', new: { id: 'x' } } };
	const body = {
		...change(belgian, `${RECIPIENT}.brand_new`, { a: [true, 'ž', null], company_name: 'x' }),
		payment_method: wallet,
		brand_new: { a: [1, null, 'ž'], amount: 5, city: 'y' },
		customer: { reference: 'user123', contacts: [{ email: 'x' }] },
		metadata: { amount: 5, currency: 'usd', description: 'x', email: 'y', recipient: 'John' },
	};
	expect(payoutFrom(body).body).toEqual(body);
	for (const metadata of ['May', { month: 5 }, 42, 0, '']) {
		expect(payoutFrom({ ...belgian, metadata }).body.metadata).toEqual(metadata);
	}
	expect(payoutFrom(belgian).body).toEqual({ ...belgian, metadata: 'INV-1' });
});

test('adds nothing, and needs nothing of a corridor but an account', () => {
	const british = payoutOf(corridorRow('GBR-GBP', 1)).body;
	const { recipient } = british.participant_details as { recipient: Json };
	const { country_iso3, currency } = recipient;
	const body = {
		...british,
		payment_method: {
			type: 'bank_account',
			bank_account: { system_type: 'global', global: { iban: 'GB29NWBK60161331926819' } },
		},
		participant_details: { recipient: { country_iso3, currency } },
	};
	expect(payoutFrom(body).body).toEqual(body);
});

test('pays a card in a country whose corridor is for accounts, and the other way round', () => {
	const toTurkey = { country_iso3: 'TUR', currency: 'try', full_name: 'Ayşe Yılmaz' };
	payoutFrom(change(card, RECIPIENT, toTurkey));
	const toChina = setField(payoutOf(OTHER_ROW).body, 'recipient_country_iso3', 'CHN');
	payoutFrom(setField(toChina, 'recipient_currency', 'cny'));
});

test('derives the idempotency key from the reference as for a row', () => {
	for (const reference of ['INV-1', 'Rechnung 5/2024', 'ž'.repeat(70), 20240001]) {
		const { idempotencyKey } = payoutFrom(belgian, 'order', reference);
		expect(idempotencyKey).toBe(toIdempotencyKey(String(reference)));
	}
});

test.each<[unknown]>([[''], [' \u200b'], [null], [true], ['#N/A'], ['1.2E+21']])(
	'refuses the reference %p',
	(reference) => {
		const fields = problemsOf(belgian, 'order', reference).map(({ field }) => field);
		expect(fields).toEqual(['reference']);
		expect(problemsOf(undefined, 'start', reference)).toMatchObject([{ field: 'reference' }]);
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
	['={}'],
])('refuses %p, which is not an object', (body) => {
	for (const purpose of PURPOSES) {
		expect(problemsOf(body, purpose)).toEqual([
			{ field: 'body', message: expect.stringContaining('not a JSON object') },
		]);
	}
});

const AMOUNT = 'amount_details.amount';
const CURRENCY = 'amount_details.currency';
const broken: ReadonlyArray<[path: string, value: unknown, field?: string]> = [
	['payment_method', undefined],
	['payment_method', 'bank_account'],
	['payment_method', []],
	['payment_method.type', undefined, 'payment_method.bank_account'],
	['payment_method.type', 'card', 'payment_method.bank_account'],
	['payment_method.type', '__proto__', 'payment_method.bank_account'],
	['payment_method.bank_account', undefined, 'payment_method'],
	['payment_method.bank_account', null],
	['payment_method.bank_account', {}, 'payment_method'],
	['participant_details', undefined],
	['participant_details', 'John'],
	['participant_details', []],
	[AMOUNT, undefined],
	[CURRENCY, undefined],
	...[0, -1, 10.5, '10.00', '1e3', null, true, [], {}, 2 ** 53, 1e21].map(
		(amount): [string, unknown] => [AMOUNT, amount],
	),
	...['', 'US', 'EURO', 'XXX', '$', 978, null].map((code): [string, unknown] => [CURRENCY, code]),
];

test.each(broken)('an order with %s set to %p is refused', (path, value, field = path) => {
	const body = change(belgian, path, value);
	for (const given of [body, JSON.stringify(body)]) {
		expect(problemsOf(given)).toEqual([{ field, message: expect.stringMatching(/^The .*\.$/s) }]);
	}
	if (value !== undefined) expect(problemsOf(body, 'start')).toMatchObject([{ field }]);
});

test('an order without a body is refused', () => {
	expect(problemsOf(undefined)).toMatchObject([{ field: 'participant_details' }]);
});

test('a start in a session can leave a part or everything to the session', () => {
	for (const name of ['amount_details', 'payment_method', 'participant_details']) {
		const body = change(belgian, name, undefined);
		expect(problemsOf(body).length).toBeGreaterThan(0);
		expect(payoutFrom(body, 'start').body).toEqual({ ...body, metadata: 'INV-1' });
	}
	const nothing = { amount: 0, currency: '', reference: 'INV-1', idempotencyKey: 'INV-1' };
	expect(payoutFrom(undefined, 'start')).toEqual({ ...nothing, body: {} });
	expect(payoutFrom('{}', 'start')).toEqual({ ...nothing, body: { metadata: 'INV-1' } });
});

test.each(['payment_method', 'payout_details'])(
	'a start whose %s is null is refused, and not paid to the account of the session',
	(name) => {
		for (const purpose of ['start', 'session'] as const) {
			const { payment_method, ...rest } = belgian as Record<string, unknown>;
			expect(payment_method).toBeDefined();
			expect(
				readJsonPayout({ reference: 'INV-1', body: { ...rest, [name]: null } }, purpose),
			).toEqual({
				problems: [expect.objectContaining({ field: name })],
			});
		}
	},
);

test.each<[object]>([
	[{ iban: 'DE89370400440532013000', account_number: '12345678', type: 'x', x: {} }],
	[{ account_number: '12345678', type: 'x', x: {} }],
	[{ type: 'x', x: {} }],
	[{ type: 'bank_card', bank_card: { number: '5555555555554444' } }],
])('an object inside an account does not switch its check off: %j', (account) => {
	const body = change(belgian, 'payment_method.bank_account.global', account);
	expect(problemsOf(body).length).toBeGreaterThan(0);
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

const inCorridor = (id: keyof typeof CORRIDORS, field: FieldId, value: unknown) =>
	setField(payoutOf(corridorRow(id)).body, field, value);

test.each<[string, object, string]>([
	['a mistyped IBAN', setField(belgian, 'iban', 'BE68539007547035'), 'check digits do not match'],
	['an empty field', setField(belgian, 'iban', ''), `'${ACCOUNT}.iban' is empty. Fill it in`],
	['an account as a number', setField(belgian, 'iban', 123456), 'may have lost leading zeros'],
	['a name that is a list', setField(belgian, 'recipient_first_name', ['x']), 'but a list'],
	['a new field as a number', change(belgian, `${ACCOUNT}.new`, 7), `'${ACCOUNT}.new' is a number`],
	[
		'a number in a list',
		change(belgian, `${RECIPIENT}.new`, [{ a: 7 }]),
		`'${RECIPIENT}.new.0.a' is a number`,
	],
	[
		'a recipient in a list',
		change(belgian, RECIPIENT, [{ iban: 'x' }]),
		`'${RECIPIENT}' must be an object.`,
	],
	[
		'a second account',
		change(belgian, 'payment_method.bank_account.ru', { account: '1' }),
		"'payment_method.bank_account.ru', which the 'type' or 'system_type' beside it does not name",
	],
	[
		'a card beside an account',
		change(belgian, 'payment_method.card', { type: 'bank_card' }),
		"'payment_method.card', which the 'type' or 'system_type' beside it does not name",
	],
	[
		'a second card',
		change(card, 'payment_method.card.encrypted_card', { number_hash: 'x' }),
		"'payment_method.card.encrypted_card', which",
	],
	['an account that is a list', setField(belgian, 'iban', ['x']), 'IBAN is not text but a list'],
	['an object in an account', change(belgian, `${ACCOUNT}.x`, {}), `'${ACCOUNT}.x', which`],
	[
		'another system',
		change(belgian, 'payment_method.bank_account.system_type', 'ru'),
		`'${ACCOUNT}', which`,
	],
	['an account by two numbers', setField(belgian, 'account_number', '01'), 'account twice'],
	[
		'a second number beside a complete account',
		inCorridor('GBR-GBP', 'bank_account_number', '666'),
		'exactly one of: Sort Code and Account Number, or IBAN and SWIFT/BIC Code',
	],
	['parts of two accounts', inCorridor('CZE-CZK', 'branch_number', '0042'), 'account twice'],
	['a card without a number', change(card, 'payment_method.card.bank_card', {}), 'is incomplete'],
	[
		'a field of another corridor',
		inCorridor('TUR-TRY', 'sort_code', '12-34-56'),
		'cannot be used for this destination',
	],
	[
		'a routing code of another country',
		inCorridor('USA-USD', 'routing_code', '000300002'),
		'its check digit does not match',
	],
	[
		'another type of account',
		inCorridor('GBR-GBP', 'account_type', 'SAVINGS'),
		"this destination requires 'CHECKING'",
	],
	[
		'another currency than the destination takes',
		change(change(card, RECIPIENT, { country_iso3: 'RUS', currency: 'rub' }), CURRENCY, 'usd'),
		'must be in RUB',
	],
	['text that is too long', inCorridor('AUS-AUD', 'recipient_city', 'x'.repeat(65)), 'at most 64'],
	['a session', { ...belgian, session_id: 'ps_1' }, "has a 'session_id'"],
	['both versions', { ...belgian, payout_details: belgian.payment_method }, 'Keep one of them'],
	[
		'an object in the amount',
		change(belgian, 'amount_details.x', { amount: 1 }),
		"'amount_details.x', which the 'type'",
	],
	[
		'a name in another case',
		{ ...belgian, Amount_Details: { amount: 1 } },
		"which could be taken for 'amount_details'",
	],
	[
		'a name in wide letters',
		change(belgian, `${ACCOUNT}.ｉｂａｎ`, 'x'),
		"which could be taken for 'iban'",
	],
	['a path for a name', { ...belgian, [AMOUNT]: 5 }, `which could be taken for '${AMOUNT}'`],
	[
		'another amount among the metadata',
		{ ...belgian, metadata: { a: [{ amount_details: { amount: 1 } }] } },
		"'metadata.a.0.amount_details', which could be taken for 'amount_details'",
	],
	[
		'another account in a new field',
		{ ...belgian, x: { iban: 'x' } },
		"'x.iban', which could be taken for 'iban'",
	],
	[
		'another account in capitals',
		{ ...belgian, x: { 'IBA\u200bN': 'x' } },
		"'x.IBAN', which could be taken for 'iban'",
	],
])('refuses %s', (_case, body, message) => {
	const messages = problemsOf(JSON.stringify(body)).map((problem) => problem.message);
	expect(messages.join('\n')).toContain(message);
	for (const sentence of messages) {
		expect(sentence).toMatch(/^[A-Z].*\.$/s);
		expect(sentence).not.toMatch(UNWANTED_WORDS);
	}
});

test('calls the fields what the user calls them, by the names of either version', () => {
	const { payment_method, ...rest } = setField(belgian, 'iban', 'x');
	expect(problemsOf({ payout_details: payment_method, ...rest })).toMatchObject([
		{ field: 'payout_details.bank_account.global.iban' },
	]);
});

test('says no more than a person can read, and nothing without end', () => {
	const names = Object.fromEntries(
		Array.from({ length: 15_000 }, (_, index) => [`n${index}`, index]),
	);
	const deep = Array.from({ length: 50 }).reduce<unknown>(
		(inner) => ({ ['x'.repeat(1_000)]: inner }),
		names,
	);
	const messages = problemsOf(change(belgian, `${RECIPIENT}.new`, deep));
	expect(messages).toHaveLength(20);
	expect(JSON.stringify(messages).length).toBeLessThan(100_000);
});

test('never throws, and says in sentences what is wrong', () => {
	const paths = fc.constantFrom(
		'payment_method',
		'amount_details',
		'participant_details',
		RECIPIENT,
	);
	fc.assert(
		fc.property(paths, fc.anything(), fc.constantFrom(...PURPOSES), (path, value, purpose) => {
			const given = read(change(card, path, value), purpose);
			if (!('problems' in given)) return;
			expect(given.problems).not.toEqual([]);
			for (const { message } of given.problems) expect(message).toMatch(/^[A-Z][\s\S]*\.$/);
		}),
		{ numRuns: 1_000 },
	);
});
