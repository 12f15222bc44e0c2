import fc from 'fast-check';
import { CORRIDOR_IDS, CORRIDORS } from '../../nodes/payout/destinations/corridors';
import type { CorridorId } from '../../nodes/payout/destinations/corridors';
import type { Corridor } from '../../nodes/payout/destinations/corridors';
import { FIELD_IDS, PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
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
import { drawSeed } from '../support/seed.mts';

type Json = Record<string, unknown>;

const CORRIDOR_ROWS = CORRIDOR_IDS.flatMap((id) => {
	const { alternatives = [[]] }: Corridor = CORRIDORS[id];
	return alternatives.map((_, index) => corridorRow(id, index));
});
const ROWS: readonly RowOfTest[] = [...CORRIDOR_ROWS, OTHER_ROW, CARD_ROW];

/** A body with the value at a path set. */
function change(body: object, path: string, value: unknown): Json {
	const changed = structuredClone(body) as Json;
	const names = path.split('.');
	const last = names.pop() ?? '';
	let place = changed;
	for (const name of names) place = (place[name] ??= {}) as Json;
	place[last] = value;
	return changed;
}

const setField = (body: object, id: FieldId, value: unknown) =>
	change(body, PAYOUT_FIELDS[id].path, value);

const setInCorridor = (corridor: CorridorId, id: FieldId, value: unknown) =>
	setField(payoutOf(corridorRow(corridor)).body, id, value);

function messagesOf(body: object): string[] {
	const read = readJsonPayout({ reference: 'INV-1', body: JSON.stringify(body) }, 'order');
	return 'problems' in read ? read.problems.map(({ message }) => message) : [];
}

const belgian = payoutOf(BELGIAN_ROW).body;
const card = payoutOf(CARD_ROW).body;

test('takes every body that the form builds, to each corridor and by each of its accounts', () => {
	for (const row of ROWS) {
		const { body } = payoutOf(row);
		expect(readJsonPayout({ reference: 'INV-1', body }, 'order')).toMatchObject({ body });
		expect(
			messagesOf({ ...body, payment_method: undefined, payout_details: body.payment_method }),
		).toEqual([]);
	}
});

test('takes no value that the form refuses, or that it would change', () => {
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
		),
		fc.constantFrom<unknown>(12345678, 2 ** 60, true, null, [], {}, ['John'], ''),
		fc.string({ unit: 'binary' }),
	);
	const counts = { taken: 0, refused: 0 };
	const seed = drawSeed();
	fc.assert(
		fc.property(
			fc.constantFrom(...ROWS),
			fc.constantFrom(...FIELD_IDS),
			value,
			(row, id, written) => {
				const { body } = payoutOf(row);
				const isTaken = messagesOf(setField(body, id, written)).length === 0;
				counts[isTaken ? 'taken' : 'refused']++;
				if (!isTaken) return;
				const built = buildRow(row, { [id]: written });
				// The form decides by the destination, the body by these: with others there, it is another corridor.
				if (id === 'recipient_country_iso3' || id === 'recipient_currency') return;
				expect(built).not.toHaveProperty('problems');
				if ('problems' in built) return;
				const isCurrency = PAYOUT_FIELDS[id].check === 'currency';
				const sent = isCurrency ? String(written).toLowerCase() : written;
				expect(sentFor(built.body, id)).toBe(sent);
			},
		),
		{ numRuns: 5_000, seed },
	);
	const areEnough = counts.taken > 100 && counts.refused > 1_000;
	expect({ seed, counts, areEnough }).toEqual({ seed, counts, areEnough: true });
});

test.each<[string, FieldId, unknown, string]>([
	['check digits', 'iban', 'BE68539007547035', 'check digits do not match'],
	['spaces', 'iban', 'BE68 5390 0754 7034', "must be written as 'BE68539007547034'"],
	['case', 'swift_bic_code', 'barcgb22', "must be written as 'BARCGB22'"],
	['a number', 'sender_code', 1234567890, 'is a number. Write it in quotation marks'],
	['a list', 'recipient_first_name', ['John'], 'but it is a list'],
	['an object', 'recipient_first_name', { a: 'John' }, 'but it is an object'],
	['true', 'recipient_first_name', true, 'but it is true or false'],
	['null', 'recipient_first_name', null, 'but it is null'],
	['nothing', 'iban', '', 'is empty. Fill it in, or remove it'],
	['a direction mark', 'recipient_first_name', 'Jo\u202ehn', 'changes the direction of reading'],
	['digits for a name', 'recipient_first_name', '12345', 'contains digits only'],
	['half a character', 'recipient_last_name', 'J\ud83d', 'damaged character'],
	['a formula', 'recipient_bank_name', '#N/A', 'broken formula'],
	['an unknown country', 'sender_country_iso3', 'XXX', 'country code'],
])('says what is wrong with a field: %s', (_case, id, value, message) => {
	const [found, ...others] = messagesOf(setField(belgian, id, value));
	expect(found).toContain(message);
	expect(others).toEqual([]);
});

test.each<[string, object, string]>([
	[
		'an account as a number',
		change(belgian, 'payment_method.bank_account.global.brand_new', 7),
		"'payment_method.bank_account.global.brand_new' is a number",
	],
	[
		'a number in a list',
		change(belgian, 'participant_details.recipient.brand_new', [{ a: 7 }]),
		"'participant_details.recipient.brand_new.0.a' is a number",
	],
	[
		'a recipient in a list',
		change(belgian, 'participant_details.recipient', [{ iban: 'x' }]),
		"'participant_details.recipient' must be an object, but it is a list",
	],
	[
		'an ID as text',
		change(belgian, 'participant_details.recipient.identity_document', '123'),
		"'participant_details.recipient.identity_document' must be an object, but it is text",
	],
	[
		'a second account',
		change(belgian, 'payment_method.bank_account.ru', { account: '1' }),
		"'payment_method.bank_account.ru', which the field 'system_type' beside it does not name",
	],
	[
		'a card beside an account',
		change(belgian, 'payment_method.card', { type: 'bank_card' }),
		"'payment_method.card', which the field 'type' beside it does not name",
	],
	[
		'a second card',
		change(card, 'payment_method.card.encrypted_card', { number_hash: 'x' }),
		"'payment_method.card.encrypted_card', which",
	],
	[
		'an object in an account',
		change(belgian, 'payment_method.bank_account.global.x', {}),
		"'payment_method.bank_account.global.x', which",
	],
	[
		'another system',
		change(belgian, 'payment_method.bank_account.system_type', 'ru'),
		"'payment_method.bank_account.global', which",
	],
	[
		'a type that every object has',
		change(belgian, 'payment_method.type', '__proto__'),
		"needs an object 'payment_method'",
	],
	[
		'an account by two numbers',
		setField(belgian, 'account_number', '01234567'),
		"names the recipient's account twice",
	],
	[
		'a second number beside a complete account',
		setInCorridor('GBR-GBP', 'bank_account_number', '666'),
		'Keep exactly one of: Sort Code and Account Number, or IBAN and SWIFT/BIC Code',
	],
	[
		'a field of another corridor',
		setInCorridor('TUR-TRY', 'sort_code', '12-34-56'),
		'cannot be used for this destination',
	],
	[
		'parts of two accounts',
		setInCorridor('CZE-CZK', 'branch_number', '0042'),
		'Keep exactly one of: IBAN, or IBAN and SWIFT/BIC Code, or Bank Account Number and Branch Number',
	],
	[
		'a routing code of another country',
		setInCorridor('USA-USD', 'routing_code', '000300002'),
		'its check digit does not match',
	],
	[
		'another type of account',
		setInCorridor('GBR-GBP', 'account_type', 'SAVINGS'),
		"this destination requires 'CHECKING'",
	],
	[
		'text that is too long',
		setInCorridor('AUS-AUD', 'recipient_city', 'x'.repeat(65)),
		'at most 64',
	],
	['a session', { ...belgian, session_id: 'ps_1' }, "has a 'session_id'"],
	[
		'an object in the amount',
		change(belgian, 'amount_details.x', { amount: 1 }),
		"'amount_details.x', but an amount holds no objects",
	],
	[
		'a name in another case',
		{ ...belgian, Amount_Details: { amount: 1 } },
		"which could be taken for 'amount_details'",
	],
	[
		'a name in wide letters',
		change(belgian, 'payment_method.bank_account.global.ｉｂａｎ', 'x'),
		"which could be taken for 'iban'",
	],
	[
		'another amount among the metadata',
		{ ...belgian, metadata: { a: [{ amount_details: { amount: 1 } }] } },
		"'metadata.a.0.amount_details', but 'amount_details' belongs elsewhere",
	],
	[
		'another account in a new field',
		{ ...belgian, brand_new: { iban: 'x' } },
		"'brand_new.iban', but 'iban' belongs elsewhere",
	],
])('refuses %s', (_case, body, message) => {
	const messages = messagesOf(body);
	expect(messages.join('\n')).toContain(message);
	for (const sentence of messages) {
		expect(sentence).toMatch(/^[A-Z].*\.$/s);
		expect(sentence).not.toMatch(UNWANTED_WORDS);
	}
});

test('pays a card in a country whose corridor is for accounts, and the other way round', () => {
	const toTurkey = { country_iso3: 'TUR', currency: 'try', full_name: 'Ayşe Yılmaz' };
	expect(messagesOf(change(card, 'participant_details.recipient', toTurkey))).toEqual([]);
	const { body } = payoutOf(OTHER_ROW);
	const toChina = setField(
		setField(body, 'recipient_country_iso3', 'CHN'),
		'recipient_currency',
		'cny',
	);
	expect(messagesOf(toChina)).toEqual([]);
});

test('keeps what it does not know: ways of paying, fields, metadata with everyday names', () => {
	const wallet = { type: 'wallet', wallet: { type: 'new', new: { id: 'x' } } };
	expect(messagesOf({ ...belgian, payment_method: wallet })).toEqual([]);
	expect(messagesOf({ ...belgian, status: 'x', brand_new: { amount: 5, city: 'y' } })).toEqual([]);
	const metadata = { amount: 5, currency: 'usd', description: 'x', email: 'y', recipient: 'John' };
	expect(messagesOf({ ...belgian, metadata })).toEqual([]);
});

test('says no more than a person can read, and nothing without end', () => {
	const names = Object.fromEntries(
		Array.from({ length: 15_000 }, (_, index) => [`n${index}`, index]),
	);
	const deep = Array.from({ length: 50 }).reduce<unknown>(
		(inner) => ({ ['x'.repeat(1_000)]: inner }),
		names,
	);
	const messages = messagesOf(change(belgian, 'participant_details.recipient.brand_new', deep));
	expect(messages).toHaveLength(20);
	expect(messages.join('').length).toBeLessThan(100_000);
});
