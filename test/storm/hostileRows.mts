import { createHash } from 'node:crypto';

/**
 * What is promised about a row: it is paid once; it is never sent; or, by the rules of a field that
 * are not the storm's business, one of the two.
 */
export type Promised = 'paid' | 'refused' | 'either';

/** A good row that becomes a hostile one. */
export interface RowDraft {
	/** Its own number. */
	index: number;
	/** The number of the first row that was made with it. */
	group: number;
	/** In minor units. */
	amount: number;
	/** The amount in major units, as text. */
	written: string;
	/** One of `CARD_NUMBERS`, spelt in one of several ways. */
	card: string;
}

type Columns = Readonly<Record<string, unknown>>;

/** One row of a kind: the columns that differ from a good row. */
export interface HostileRow {
	promised: Promised;
	change: (draft: RowDraft) => Columns;
	/** How its reference is read, where that is not what is written. */
	readAs?: (draft: RowDraft) => string;
	/** Whether it says something only to who reads all columns. */
	isInColumnsOnly?: true;
}

type Change = HostileRow['change'] | Columns;

const one = (promised: Promised) => (change: Change) => ({
	promised,
	change: typeof change === 'function' ? change : () => change,
});
const paid = one('paid');
const refused = one('refused');
const either = one('either');
/** Where rows are mapped column by column, the others are not looked at. */
const unread = (change: Columns): HostileRow => ({ ...refused(change), isInColumnsOnly: true });

/** Numbers for tests, of several networks and lengths. */
export const CARD_NUMBERS = [
	'4242424242424242',
	'5555555555554444',
	'378282246310005',
	'30569309025904',
	'3530111333300000',
	'6011000990139424',
	'4000056655665556',
] as const;

/** The first one with another last digit. */
export const MISTYPED_CARD_NUMBER = '4242424242424241';

const inFours = (number: string, between: string) => number.replace(/\d{4}(?=\d)/g, `$&${between}`);

/** The ways in which a card number is spelt. */
export const CARD_SPELLINGS: ReadonlyArray<(number: string) => string> = [
	(number) => number,
	(number) => inFours(number, ' '),
	(number) => inFours(number, '-'),
	(number) => inFours(number, '\u00a0'),
	(number) => `Visa ${number}`,
];

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** A column of this name is an own one, which an object literal cannot have. */
const prototypeColumn = (value: unknown): Columns =>
	JSON.parse(JSON.stringify({ name: value }).replace('name', '__proto__')) as Columns;

const LONG = 60_000;
const SPACES = ' '.repeat(LONG);
const QUOTES = '"'.repeat(LONG);
/** Of two kinds in turn, which a computer that composes letters must put in order. */
const ACCENTS = '\u0301\u0316'.repeat(LONG / 2);
const RIGHT_TO_LEFT = '\u202e';

const OTHER_COMPANY: Columns = {
	sender_company_name: 'Another Company Ltd',
	sender_registration_number: '987654',
	sender_country_iso3: 'GBR',
	sender_code: '987654',
};
const BRITISH: Columns = {
	destination: 'GBR-GBP',
	iban: '',
	sort_code: 123456,
	account_number: '01234567',
	recipient_address_line: '1 Sample Street',
	recipient_city: 'London',
	recipient_postal_code: 'N1 1AA',
};
const CANADIAN: Columns = { destination: 'CAN-CAD', iban: '', account_number: '01234567' };
const BELGIAN: Columns = { destination: 'BEL-EUR', iban: 'BE68539007547034' };
const CARD: Columns = { destination: 'CARD', iban: '', recipient_full_name: 'Ayşe Yılmaz' };

const reference = (of: (index: number) => unknown) => (draft: RowDraft) => ({
	reference: of(draft.index),
});
const firstName = (name: unknown): Columns => ({ recipient_first_name: name });
const amount = (of: (draft: RowDraft) => unknown) => (draft: RowDraft) => ({ amount: of(draft) });

const WRONG_VALUES: ReadonlyArray<[name: string, value: unknown]> = [
	['undefined', 'undefined'],
	['null', 'null'],
	['NaN', 'NaN'],
	['[object Object]', '[object Object]'],
	['an object', { a: 1 }],
	['a list', ['a']],
	['true', true],
	['a date', new Date(0)],
];

/** What a row can hold that a careless program would pay, lose, show or choke on. */
export const HOSTILE_ROWS: ReadonlyArray<readonly [kind: string, ...rows: HostileRow[]]> = [
	['a good row to a card', paid(({ card }) => ({ ...CARD, card_number: digitsOf(card) }))],
	['a mistyped card', refused({ ...CARD, card_number: MISTYPED_CARD_NUMBER })],
	['a card number without its destination', refused(({ card }) => ({ card_number: card }))],

	[
		'a reference as text, and as the number that looks like it',
		paid(({ group }) => ({ reference: `${2_000 + group}.10` })),
		refused(({ group }) => ({ reference: 2_000 + group + 0.1 })),
	],
	['a reference like an exponent', paid(reference((index) => `${index}e67`))],
	['a reference with everything', paid(reference((index) => `{"a": <b>} & ${index} ü`))],
	['a reference as a whole number', paid(reference((index) => 7_000_000 + index))],
	['a reference as a long number', refused(reference((index) => 2 ** 60 + index * 2 ** 10))],
	['a reference that turns around', refused(reference((index) => `A${RIGHT_TO_LEFT}${index}`))],
	['a reference with a half emoji', refused(reference((index) => `A\ud83d${index}`))],
	['a reference without an end', refused(reference((index) => `${index}${'x'.repeat(LONG)}`))],
	['a reference of spaces', refused({ reference: SPACES })],
	[
		'a reference as text and as number',
		refused(({ group }) => ({ reference: 9_000_000 + group })),
		refused(({ group }) => ({ reference: String(9_000_000 + group) })),
	],
	['a reference like a hash', paid(reference((index) => sha256(`Straße ${index}`)))],
	[
		'a reference with a numero sign',
		{
			...paid(reference((index) => `Nº ${index}/ﬁ–Ⅷ`)),
			readAs: ({ index }) => `No ${index}/fi-VIII`,
		},
	],
	[
		'a reference in full-width letters',
		{
			...paid(reference((index) => toFullWidth(`W-${index}`))),
			readAs: ({ index }) => `W-${index}`,
		},
	],
	['a reference of another alphabet', paid(reference((index) => `Счёт ${index}`))],
	['a reference of two alphabets', refused(reference((index) => `INV-${index}-Ж`))],
	['a reference that Excel unescapes', refused(reference((index) => `PAY_x2024_${index}`))],
	['a reference that became a fraction', refused(reference((index) => `${8_000_000 + index}.0`))],
	['a reference with a square', refused(reference((index) => `${index}²`))],
	['a reference with an emoji', refused(reference((index) => `${index} 😀`))],
	['a reference with a dot that nobody sees', refused(reference((index) => `i\u0307nv-${index}`))],
	...WRONG_VALUES.map(
		([name, value]) => [`${name} as reference`, refused({ reference: value })] as const,
	),

	['a name with quotes', paid(firstName('Ana "the Rock" O\'Neil'))],
	[
		'a name that ends a JSON text',
		paid(firstName('x"}},"amount_details":{"amount":999999},"z":{"q":{"r":"')),
	],
	['a name with braces', paid(firstName('{Ana}'))],
	['a name like a formula', paid(firstName('=HYPERLINK("https://example.com","Ana")'))],
	['a name of HTML', paid(firstName('<img src=x onerror=alert(1)>'))],
	['a name for a database', paid(firstName("'); DROP TABLE payouts; --"))],
	['a name with emoji', paid(firstName('Zoë 🎉'))],
	['an Arabic name', paid(firstName('محمد علي'))],
	['a Hebrew name', paid(firstName('דוד'))],
	['the name of a prototype', paid(firstName('__proto__'))],
	['the name Null', paid(firstName('Null'))],
	['a name that is an expression', refused(firstName('{{ $json.iban }}'))],
	['a name that turns around', refused(firstName(`Ana${RIGHT_TO_LEFT}anA`))],
	['a name from a broken formula', refused(firstName('#REF!'))],
	['a name that is a number', refused(firstName(12345))],
	['a name without letters', refused(firstName('-'))],
	['a name of an emoji', refused(firstName('😀'))],
	['a card number in quotes as name', refused(firstName('"5510100000060004"'))],
	['a name that is not known yet', refused(firstName('TBD'))],
	['a name of a formula in Turkish', refused(firstName('#YOK'))],
	['a name of a formula in LibreOffice', refused(firstName('Err:502'))],
	['a name that is being loaded', refused(firstName('Wird geladen...'))],
	['a name after many spaces', either(firstName(`${SPACES}Ana`))],
	['a name around many spaces', either(firstName(`Ayşe${SPACES}B`))],
	['a name under many accents', either(firstName(`Ane${ACCENTS}`))],
	...WRONG_VALUES.map(([name, value]) => [`${name} as name`, refused(firstName(value))] as const),

	['an amount as a float', paid(amount((row) => row.amount / 100))],
	['an amount in full-width digits', paid(amount(({ written }) => toFullWidth(written)))],
	['an amount in wide spaces', paid(amount(({ written }) => `\u00a0${written}\u2003`))],
	['an amount as an exponent', refused({ amount: '1e3' })],
	['a number like 1e21', refused({ amount: 1e21 })],
	['an amount in Arabic digits', refused({ amount: '١٢' })],
	['an amount beyond the guard rails', refused({ amount: '5000.01' })],
	['a currency beyond the guard rails', refused({ currency: 'CHF' })],
	['a destination beyond the guard rails', refused(BELGIAN)],
	['an amount like thousands', refused({ amount: '1.250' })],
	['an amount with a sign', refused(amount(({ written }) => `+${written}`))],
	['an amount in hex', refused({ amount: '0x10' })],
	['an amount with three decimals', refused(amount(({ written }) => `${written}1`))],
	['an amount in another order', refused({ amount: `${RIGHT_TO_LEFT}05.1` })],
	['an amount that turns around', refused({ amount: `1${RIGHT_TO_LEFT}5` })],
	['an amount of quotes', refused({ amount: `1${QUOTES}1` })],
	['an amount around spaces', refused({ amount: `1${SPACES}1` })],
	['no number as amount', refused({ amount: NaN })],
	...WRONG_VALUES.map(
		([name, value]) => [`${name} as amount`, refused({ amount: value })] as const,
	),

	['an IBAN in full-width letters', paid({ iban: toFullWidth('TR330006100519786457841326') })],
	['an IBAN that turns around', refused({ iban: `TR33000610051978645784${RIGHT_TO_LEFT}6231` })],
	['an IBAN as a number', refused({ iban: Number('330006100519786457841326') })],
	['an IBAN of quotes', refused({ iban: `TR${QUOTES}1` })],
	['a purpose without an end', refused({ description: 'x'.repeat(LONG) })],
	['a sort code as a number', paid(BRITISH)],
	['an account as a number', refused({ ...BRITISH, account_number: 1234567 })],
	...['12345678 / 87654321', '****5678', 'see invoice', '1,234,567,890', '12345678\n87654321'].map(
		(account_number) =>
			[
				`${account_number.replace(/\s/, ' ')} as account`,
				refused({ ...BRITISH, account_number }),
			] as const,
	),
	['a Canadian number as on a cheque', refused({ ...CANADIAN, routing_code: '12345-003' })],
	['a Canadian number that looks reversed', paid({ ...CANADIAN, routing_code: '012345003' })],
	['a code of another company', refused({ sender_code: '777' })],
	['half of another company', refused({ sender_company_name: 'Another Company Ltd' })],
	['all of another company', paid(OTHER_COMPANY)],

	['a currency that is not read', unread({ Währung: 'CHF' })],
	['a currency of the amount that is not read', unread({ 'Amount currency': 'CHF' })],
	["a currency that is the destination's, not the amount's", unread({ ccy: 'TRY' })],
	['a payer that is not read', unread({ 'Sender Name': 'Another Company Ltd' })],
	['a number that was hidden', refused({ description: 'Card ****4242' })],
	['a currency that is not read, and agrees', paid({ Devise: 'usd' })],
	['a country that is not read', unread({ Land: 'Germany' })],
	['an account of another country', unread({ clabe: '646180157042875763' })],
	['a new IBAN', unread({ 'IBAN (new)': 'DE89 3704 0044 0532 0130 00' })],
	['a second amount', unread({ amount_1: '999.99' })],
	['results of an earlier run', paid({ smart_glocal_amount: 5, smart_glocal_currency: 'CHF' })],
	['an unused column of spaces', paid({ remarks: SPACES })],
	['an unused column of quotes', paid({ remarks: QUOTES })],
	['an unused column of accents', paid({ remarks: `e${ACCENTS}` })],
	['a header without an end', paid({ ['h'.repeat(LONG)]: 'x' })],
	['a header of accents', paid({ [`amount${ACCENTS}`]: 'x' })],
	['a column __proto__', paid(prototypeColumn({ amount: '999999', iban: 'x' }))],
	['columns of an object', paid({ constructor: 'x', toString: 'y', hasOwnProperty: 'z' })],
	['columns of an error', paid({ error: 'x', message: 'y', details: 'z' })],
	['columns of our error', paid({ error: { message: 'x', outcome: 'submitted' } })],
	['columns of our output', paid({ outcome: 'submitted', session_id: 'ps_1', pairedItem: 7 })],
	['an unused column of objects', paid({ meta: { a: [{ b: null }, [[1]]] } })],

	[
		'a card number in the reference',
		either(({ card, index }) => ({ reference: `${digitsOf(card)} ${index}` })),
	],
	['a card number in the name', either(({ card }) => firstName(`Ana ${card}`))],
	['a card number in the IBAN', refused(({ card }) => ({ iban: card }))],
	// One of fewer digits could be an amount.
	['a card number as amount', refused({ amount: CARD_NUMBERS[0] })],
	['a card number as a currency', refused(({ card }) => ({ currency: card }))],
	['a card number as a destination', refused(({ card }) => ({ destination: card }))],
	['a card number in the bank', either(({ card }) => ({ recipient_bank_name: `Bank ${card}` }))],
	['a card number in the purpose', either(({ card }) => ({ description: card }))],
	['a card number in a column', paid(({ card }) => ({ remarks: card }))],
	['a card number as a number', paid(({ card }) => ({ remarks: Number(digitsOf(card)) }))],
	['a card number in a header', paid(({ card }) => ({ [`card ${card}`]: 'x' }))],
	['a card number in an object', paid(({ card }) => ({ meta: { cards: [{ pan: card }] } }))],
	['a card number in JSON', paid(({ card }) => ({ remarks: JSON.stringify({ card }) }))],
];

/** The digits of a card number, however it is spelt. */
export function digitsOf(text: string): string {
	return text.replace(/\D/g, '');
}

function toFullWidth(text: string): string {
	return text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}
