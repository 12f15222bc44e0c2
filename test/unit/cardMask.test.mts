import fc from 'fast-check';
import { maskResponse } from '../../nodes/api/maskResponse';
import { isIssuedCardNumber } from '../../nodes/payout/cards/card';
import { findCardData } from '../../nodes/payout/cards/cardData';
import { createCardMask } from '../../nodes/payout/cards/cardMask';
import { readDigits } from '../../nodes/payout/cards/digits';
import type { JsonObject } from '../../nodes/payout/json/jsonObject';
import {
	cardNumber,
	cardNumbers,
	digitsShown,
	issuedCardNumber,
	withCheckDigit,
	writtenWith,
} from '../support/cardNumbers.mts';
import { findSlowGrowth, measure, textsOf } from '../support/growth.mts';

/** What nobody notices; half of it on a machine with nothing else to do. */
const MOMENT_MS = 250;

const mask = createCardMask();

function maskOf(...numbers: string[]) {
	return createCardMask(() => ({ numbers, securityCodes: [], others: [] }));
}

test('reads the digits of every script of Unicode', () => {
	for (let code = 0; code <= 0x10ffff; code++) {
		const character = String.fromCodePoint(code);
		if (!/^\p{Nd}$/u.test(character)) continue;
		expect(readDigits(`x${character}y`)).toMatchObject({ value: expect.stringMatching(/^\d$/) });
	}
	expect(readDigits('٤२４𝟒④⁴').value).toBe('424444');
	expect(readDigits('½ Ⅳ 四').value).toBe('');
});

describe('a card number that nobody has named', () => {
	const around = fc.constantFrom('', 'x', 'The number ', ' is wrong.', '\n', '(', '»');

	test('shows its last four digits at most, however it is written', () => {
		fc.assert(
			fc.property(cardNumber, writtenWith, around, around, (number, write, before, after) => {
				const text = `${before}${write(number)}${after}`;
				expect(digitsShown(text)).toContain(number);
				const masked = mask.text(text);
				expect(digitsShown(masked)).not.toContain(number.slice(0, 9));
				expect(masked).toContain('****');
			}),
			{ numRuns: 2_000 },
		);
	});

	test.each(['4.24242424242424E+15', '4,24242424242424e15', '4.242424242e+15'])(
		'is hidden as a spreadsheet abbreviates it: %s',
		(text) => {
			expect(mask.text(`It is ${text}.`)).toBe('It is ****.');
		},
	);

	test.each([
		String.raw`{"a":"4242\t4242\t4242\t4242"}`,
		String.raw`4242\u00a04242\u00a04242\u00a04242`,
		String.raw`"{\"a\":\"4242\\n4242\\u20094242\\u20094242\"}"`,
		String.raw`The field '{"a":"4\u200b242424242424242"}' is wrong`,
		'pan=4242%204242%204242%204242',
		'pan=4242%2D4242%2d4242%C2%A04242&x=y',
		'pan=4242%25204242%25204242%25204242',
	])('is hidden between characters that are escaped: %s', (text) => {
		expect(mask.text(text)).toMatch(/^\D*\*{4}4242\D*$/);
	});

	test.each([
		'Order 1234 4539 5787 6362 1486',
		'Card 4539 5787 6362 1486 1234',
		'Card 4539578763621486 12/29 123',
		'4539578763621486is unknown',
	])('is hidden beside other letters and digits: %s', (text) => {
		expect(digitsShown(mask.text(text))).not.toContain('45395787');
	});

	test('is hidden as a number, as a key, and deep inside', () => {
		const data = {
			safe: 4242424242424242,
			rounded: Number('6304939304310009610'),
			deep: [
				{ '4242 4242 4242 4242': 1 },
				'{"a":["4242-4242-4242-4242"]}',
				'["\\u0034242424242424242"]',
			],
		};
		expect(mask.data(data)).toEqual({
			safe: '****4242',
			rounded: '****',
			deep: [{ '****4242': 1 }, '{"a":["****4242"]}', '["****4242"]'],
		});
	});
});

describe('a card number that is known', () => {
	test('is hidden whatever is between its digits, mistyped or not', () => {
		const digits = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 8, maxLength: 19 });
		const between = fc
			.string({ unit: 'grapheme', maxLength: 5 })
			.map((text) => text.replace(/\p{N}/gu, 'x'));
		fc.assert(
			fc.property(digits, between, (typed, gap) => {
				const number = typed.join('');
				const masked = maskOf(number).text(`<${typed.join(gap)}>`);
				expect(masked).toBe(`<****${number.slice(-4)}>`);
			}),
		);
	});

	test('is hidden where it overlaps itself or another', () => {
		const known = maskOf('42424242', '24242424242', '12345678', '56781234');
		expect(known.text('<4242 4242 4242>')).toBe('<****4242>');
		expect(known.text('123456781234')).toBe('****1234');
	});

	test('is hidden with many others, and then whatever is as long', () => {
		const numbers = Array.from({ length: 1_000 }, (_, index) => String(40_000_001 + index));
		const codes = Array.from({ length: 1_000 }, (_, index) => String(1_000 + index));
		const many = createCardMask(() => ({ numbers, securityCodes: codes, others: [] }));
		expect(
			many.data({ a: 40_000_999, b: '4000-0500', c: '98765432', d: 'code 1999', e: 9, f: 'x' }),
		).toEqual({ a: '********', b: '********', c: '********', d: 'code ****', e: '****', f: 'x' });
	});

	test('has no more digits than anybody types', () => {
		const digits = '12'.repeat(17);
		expect(maskOf(digits).data({ digits })).toEqual({ digits });
	});

	test('is hidden where account numbers and ids are left alone', () => {
		const number = '4242424242424242';
		const response = { session: { id: number, payments: [{ bank_account_number: number }] } };
		expect(maskResponse(response, mask)).toBe(response);
		expect(JSON.stringify(maskResponse(response, maskOf(number)))).not.toContain(number);
	});

	test('is hidden where it stands for an amount, in minor and in major units', () => {
		for (const number of ['4242424242424242', '4539578763621460', '4539578763621700']) {
			const minor = Number(number);
			const item = { amount: minor / 100, amount_minor: minor, currency: 'USD' };
			expect(maskResponse(item, mask)).toBe(item);
			expect(maskResponse(item, maskOf(number))).toEqual({
				amount: null,
				amount_minor: `****${number.slice(-4)}`,
				currency: 'USD',
			});
		}
	});
});

describe('by name', () => {
	test.each([
		'CVV / CVC',
		'cvv (3 digits)',
		'my_cvv',
		'payerCvv',
		'cvv_number',
		'card_cvc',
		'CVN code',
		'csc_code',
		'Card Security Code',
		'security-code (back of the card)',
		'card verification value',
		'Verification Code',
		'Security Number',
	])('hides what is in the column %s', (name) => {
		expect(mask.data({ [name]: '739' })).toEqual({ [name]: '****' });
	});

	test.each([
		'Social Security Number',
		'bank verification number',
		'recvCount',
		'basic_score',
		'IFSC',
		'security',
		'code',
		'number',
		'postal code',
	])('hides nothing in the column %s', (name) => {
		const data = { [name]: '739' };
		expect(mask.data(data)).toBe(data);
	});

	test.each([
		[
			'{"bank_card":{"number":"4242 4242 4242 4241","security_code":"739"},',
			'{"bank_card":{"number":"****4241","security_code":"****"},',
		],
		[
			"{'number':'4242424242424241', 'security_code' : 739}",
			"{'number':'****4241', 'security_code' : ****}",
		],
		[
			String.raw`{\"card_number\":\"4242424242424241\",\"CVV (3 digits)\":\"739\"`,
			String.raw`{\"card_number\":\"****4241\",\"CVV (3 digits)\":\"****\"`,
		],
		['card_number=4242424242424241&cvv=739&a=1', 'card_number=****4241&cvv=****&a=1'],
		['<cvc>739</cvc><number>42424242</number>', '<cvc>****</cvc><number>****4242</number>'],
	])('hides it in text that is no JSON: %s', (text, masked) => {
		expect(mask.text(text)).toBe(masked);
		expect(mask.data({ text })).toEqual({ text: masked });
		const long = 'x '.repeat(20_000);
		expect(mask.text(long + text)).toBe(long + masked);
	});

	test.each([
		'Invoice number: 12345678',
		'{"account_number":"12345678","phone number":"12345678"',
		'cvv unknown, amount: 100',
		'CSC 2024, 100 guests',
		'{"cvv":null,"amount":100',
	])('hides nothing else in it: %s', (text) => {
		expect(mask.text(text)).toBe(text);
	});

	test.each([
		[
			{
				bank_card: {
					number: '4242',
					security_code: '123',
					expiration_month: 12,
					expiration_year: '2029',
				},
			},
			{
				bank_card: {
					number: '****4242',
					security_code: '****',
					expiration_month: '****',
					expiration_year: '****',
				},
			},
		],
		[
			{ 'Card Number': '424242', CVV: 123, cvc2: '' },
			{ 'Card Number': '****4242', CVV: '****', cvc2: '' },
		],
		[
			'{"card":{"number":"12345678","Security Code":"999"}}',
			'{"card":{"number":"****5678","Security Code":"****"}}',
		],
	])('hides card data in %j', (data, masked) => {
		expect(mask.data<unknown>(data)).toEqual(masked);
	});

	test('a security code is hidden wherever the same row shows it', () => {
		const known = createCardMask(() => ({ numbers: [], securityCodes: ['123'], others: [] }));
		expect(known.data({ code: '123', more: 'code 123, not 1234', sum: 123 })).toEqual({
			code: '****',
			more: 'code ****, not 1234',
			sum: '****',
		});
	});
});

describe('what is no card number stays as it is', () => {
	test.each([
		'',
		'Items 10234, 20456, 30111, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21',
		'2026-01-31 20:03:00.123456+03:00',
		'2024-05-27T02:03:00.000000Z',
		'DE89 3704 0044 0532 0130 00',
		'DE89370400440532013001',
		'NO9386011117947',
		'The IBAN GB29NWBK60161331926819 has 22 characters.',
		'3f2504e0-4189-4113-9810-030512345678',
		'507f191e810c19729de860ea',
		'0000000000000000',
		'+1 202 555 0143',
	])('%p', (text) => {
		expect(mask.text(text)).toBe(text);
	});

	test('IBANs of every length', () => {
		const ibanOf = (country: string, length: number) =>
			fc
				.array(fc.integer({ min: 0, max: 9 }), { minLength: length - 4, maxLength: length - 4 })
				.map((digits) => {
					const account = digits.join('');
					const letters = [...country].map((letter) => parseInt(letter, 36)).join('');
					const check = 98n - (BigInt(`${account}${letters}00`) % 97n);
					return `${country}${String(check).padStart(2, '0')}${account}`;
				});
		const iban = fc.oneof(
			...(
				[
					['NO', 15],
					['BE', 16],
					['DK', 18],
					['FI', 18],
					['AT', 20],
					['CH', 21],
					['DE', 22],
					['PL', 28],
				] as const
			).map(([country, length]) => ibanOf(country, length)),
		);
		fc.assert(
			fc.property(iban, fc.boolean(), (number, isGrouped) => {
				const typed = isGrouped ? (number.match(/.{1,4}/g) ?? []).join(' ') : number;
				expect(mask.text(`'${typed}'`)).toBe(`'${typed}'`);
			}),
		);
	});

	test('the row’s own account number and reference', () => {
		const number = withCheckDigit('100000000001000');
		const own = createCardMask(() => ({ numbers: [], securityCodes: [], others: [number] }));
		expect(mask.text(number)).not.toContain(number);
		expect(own.data({ any: `Account ${number} is closed` })).toEqual({
			any: `Account ${number} is closed`,
		});
	});

	test('ids, times, amounts and accounts in a response, and references that no network issues', () => {
		fc.assert(
			fc.property(cardNumbers([13, 14, 15, 16], '1'), (number) => {
				const response = {
					reference: number,
					session: {
						id: number,
						metadata: number,
						payments: [{ id: number, amount_details: { amount: Number(number) } }],
					},
				};
				expect(maskResponse(response, mask)).toBe(response);
			}),
		);
	});

	test('but not what a user calls an id', () => {
		const response = {
			session: { metadata: { id: '4242424242424242' }, customer: { id: '4242424242424242' } },
		};
		expect(JSON.stringify(maskResponse(response, mask))).not.toContain('4242424242424242');
	});

	test('data without card numbers is returned itself', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				fc.pre(!/\d{7}/.test(digitsShown(JSON.stringify(value))));
				expect(mask.data(value)).toBe(value);
			}),
		);
	});
});

test('knows which numbers card networks issue', () => {
	fc.assert(
		fc.property(issuedCardNumber, (number) => expect(isIssuedCardNumber(number)).toBe(true)),
	);
	for (const number of ['1717171717171', '20260131120000', '5372345678901', '0424242424242424']) {
		expect(isIssuedCardNumber(number)).toBe(false);
	}
});

describe('a long text', () => {
	const around = fc.constantFrom(' and so on ', 'x', '\n', '('.repeat(60));
	const filler = 'Some words, of 2024, 2025, 2026 and 2027. '.repeat(1_000);

	test('shows the last four digits of a card number at most, however it is written', () => {
		fc.assert(
			fc.property(cardNumber, writtenWith, around, (number, write, between) => {
				const masked = mask.text(`${filler}${between}${write(number)}${between}${filler}`);
				expect(digitsShown(masked)).not.toContain(number.slice(0, 9));
				expect(masked).toContain('****');
				expect(masked.startsWith(filler)).toBe(true);
				expect(masked.endsWith(filler)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	test('shows no known number and no security code, right or wrong', () => {
		const known = createCardMask(() => ({
			numbers: ['42424241'],
			securityCodes: ['739'],
			others: [],
		}));
		expect(known.text(`${filler}4242-4241 (739)`)).toBe(`${filler}****4241 (****)`);
		expect(known.text(`${filler}4242\\u00a04241`, 'none')).toBe(`${filler}****4241`);
	});

	test('stays as it is without numbers that are so long', () => {
		const base64 = Buffer.from(
			Array.from({ length: 100_000 }, (_, index) => (index * index * 31 + index) % 251),
		).toString('base64');
		for (const text of [filler, base64]) expect(mask.text(text)).toBe(text);
	});
});

describe('hostile data', () => {
	test.each([
		['digits', '4'],
		['card numbers', '4242 '],
		['numbers of twelve digits', '424242424242x'],
		['such numbers in groups', '4 2 4 2 4 2 4 2 4 2 4 2 x'],
		['base64', 'qT7+4f0Z9kLmA3'],
		['escaped tabs', '4\\t'],
		['escaped spaces', '4%20'],
		['names of codes', 'cvv:123 '],
		['names of numbers', '"number":"42424242",'],
		['names without values', '"card_number'],
		['Cyrillic letters', 'Номер '],
		['other digits', '\u0661'],
	])('is masked in a moment, however long: %s', async (_name, piece) => {
		const row = { card_number: '4242424242424241', cvv: '739' };
		const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
		const known = createCardMask(() => findCardData(row));
		known.data({ text: text.slice(0, 40_000) });
		expect(await measure(() => known.data({ text }))).toBeLessThan(MOMENT_MS);
		expect(await measure(() => findCardData({ text }, undefined, true))).toBeLessThan(MOMENT_MS);
	});

	const cards = (count: number, of: (index: number) => string) =>
		Array.from({ length: count }, (_, index) => ({ card_number: of(index) }));
	test.each<[string, JsonObject]>([
		[
			'many cards beside many numbers',
			{
				cards: cards(2_000, (index) => String(4_000_000_000_000_000 + index * 7_919)),
				ids: Array.from({ length: 2_000 }, (_, index) => index),
			},
		],
		['a number of any length', { card_number: '1'.repeat(20_000), note: '1'.repeat(40_000) }],
		['one card many times', { list: cards(1_000, () => '11111111'), note: '1'.repeat(30_000) }],
		[
			'numbers that overlap',
			{
				list: cards(20, (index) => `${'1234567890'.repeat(5).slice(index % 10)}`.slice(0, 30)),
				note: '1234567890'.repeat(3_000),
			},
		],
		[
			'many security codes',
			{
				list: Array.from({ length: 8_000 }, (_, index) => ({ cvv: String(index) })),
				note: '1 2 3 4 5 6 7 8 9 a '.repeat(1_500),
			},
		],
		['an account of any length', { account_number: '4242 '.repeat(200_000) }],
	])('that names card data is masked in a moment: %s', async (_name, row) => {
		const maskRow = () => createCardMask(() => findCardData(row)).data(row);
		maskRow();
		expect(await measure(maskRow)).toBeLessThan(MOMENT_MS);
	});

	test.each([
		['digits', '4'],
		['card numbers', '4242424242424242 '],
		['digits and spaces', '4 '],
		['digits and points', '4.'],
		['digits and many spaces', `4${' '.repeat(60)}`],
		['a list', '4, '],
		['spaces', ' '],
		['beginnings of IBANs', 'DE89 '],
		['scientific notation', '4.44444444'],
		['zero-width characters', '4\u200b\u200b'],
		['twelve digits and a letter', '424242424242x'],
		['hexadecimal', '0a'],
		['backslashes', '\\'],
		['escaped tabs', '4\\t'],
		['brackets', '['],
		['other digits', '\u0661'],
		['digits in circles', '①'],
	])('costs a time that grows as its length: %s', async (_name, piece) => {
		const known = maskOf('4242424242424242', '4444444444444444');
		expect(await findSlowGrowth((text) => known.data({ text }), textsOf(piece))).toBeUndefined();
	});

	test.each(['1', '1 ', '4242 ', '\u0661', '①'])(
		'a million characters of %j are masked as a whole',
		(unit) => {
			const known = maskOf('4242424242424242', '1111111111111');
			expect(known.text(unit.repeat(1_000_000 / unit.length)).length).toBeLessThan(10);
		},
	);

	test('data that is nested deeper than any stack ends somewhere', () => {
		const deep = `${'['.repeat(100_000)}"4242424242424242"${']'.repeat(100_000)}`;
		expect(mask.text(deep)).not.toContain('4242424242424242');
		expect(JSON.stringify(mask.data({ deep: JSON.parse(deep) as unknown }))).not.toContain(
			'42424242',
		);
	});
});
