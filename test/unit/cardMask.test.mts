import fc from 'fast-check';
import { maskResponse } from '../../nodes/api/simplify';
import { maskCardData, maskCardNumbers, maskColumns } from '../../nodes/payout/cards/mask';
import type { JsonObject } from '../../nodes/payout/json/jsonObject';
import {
	cardNumber,
	cardNumbers,
	digitsShown,
	withCheckDigit,
	writtenWith,
} from '../support/cardNumbers.mts';
import { findSlowGrowth, inputsOf, textsOf } from '../support/growth.mts';

const NUMBER = '4242424242424242';
const beforeIt = fc.constantFrom('', 'The number ', '\n', '(', '»', "'", ',');
const afterIt = fc.constantFrom('', ' is wrong.', '\n', ')', '-', "'", ',');
const filler = 'Some words, of 2024, 2025, 2026 and 2027. '.repeat(1_000);

describe('a card number in a text', () => {
	test('shows its last four digits at most, however it is written', () => {
		fc.assert(
			fc.property(cardNumber, writtenWith, beforeIt, afterIt, (number, write, before, after) => {
				const masked = maskCardNumbers(`${before}${write(number)}${after}`);
				expect(digitsShown(masked)).not.toContain(number.slice(0, 9));
				expect(masked).toContain('****');
			}),
			{ numRuns: 2_000 },
		);
	});

	test.each([
		[`It is ${NUMBER}.`, 'It is ****4242.'],
		['pan=4242 4242 4242 4242&x=1', 'pan=****4242&x=1'],
		[`PAN${NUMBER}is mine, INV-${NUMBER}`, 'PAN****4242is mine, INV-****4242'],
		['4242424242424242-1227, 12-4242424242424242', '****4242-1227, 12-****4242'],
		['4242−4242−4242−4242', '****4242'],
		['3782 822463 10005, 4242-4242-4242-4242', '****0005, ****4242'],
		['Order 1234 4539 5787 6362 1486', 'Order 1234 ****1486'],
		['Card 4539 5787 6362 1486 12/29 123', 'Card ****1486 12/29 123'],
		['6304-9393-0431-0009-610', '****9610'],
		['DE89 3704 0044 0532 0130 00 4242 4242 4242 4242', 'DE89 3704 0044 0532 0130 00 ****4242'],
		[`${filler}${NUMBER} ${filler}`, `${filler}****4242 ${filler}`],
	])('%#: only the number is hidden', (text, masked) => {
		expect(maskCardNumbers(text)).toBe(masked);
	});

	test('is hidden if it passes the test that is given', () => {
		expect(maskCardNumbers(`${NUMBER}, 5555 5555 5555 4444`, (it) => it !== NUMBER)).toBe(
			`${NUMBER}, ****4444`,
		);
	});
});

describe('what is no card number stays as it is', () => {
	test.each([
		'',
		'4242424242424241',
		'42424242424242424242424242424242',
		'Items 10234, 20456, 30111, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21',
		'2026-01-31 20:03:00.123456+03:00',
		'2024-05-27T02:03:00.000000Z',
		withCheckDigit('171717171717'),
		'DE89 3704 0044 0532 0130 00',
		'DE89370400440532013001',
		'NO9386011117947',
		'The IBAN GB29NWBK60161331926819 has 22 characters.',
		'3f2504e0-4189-4113-9810-030512345678',
		'42424242-4242-4242-9810-030512345678',
		'507f191e810c19729de860ea',
		'0000000000000000',
		'+1 202 555 0143',
		`+${withCheckDigit('491512345678')}`,
		withCheckDigit('0049151234567'),
		`Year 2024. ${filler}`,
	])('%p', (text) => {
		expect(maskCardNumbers(text)).toBe(text);
		expect(maskCardData({ text })).toEqual({ text });
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
		const lengths = { NO: 15, BE: 16, DK: 18, AT: 20, CH: 21, DE: 22, PL: 28 };
		const iban = fc.oneof(
			...Object.entries(lengths).map(([country, length]) => ibanOf(country, length)),
		);
		fc.assert(
			fc.property(iban, fc.boolean(), (number, isGrouped) => {
				const typed = isGrouped ? (number.match(/.{1,4}/g) ?? []).join(' ') : number;
				expect(maskCardNumbers(`'${typed}'`)).toBe(`'${typed}'`);
			}),
			{ numRuns: 1_000 },
		);
	});

	test('a number beside a date', () => {
		const date = fc.constantFrom('20260115', '20251231', '19991001');
		const number = fc.integer({ min: 10_000_000, max: 9_999_999_999 }).map(String);
		fc.assert(
			fc.property(
				number,
				date,
				fc.constantFrom('-', ' '),
				fc.boolean(),
				(digits, day, sign, first) => {
					const text = (first ? [day, digits] : [digits, day]).join(sign);
					expect(maskCardNumbers(text)).toBe(text);
				},
			),
			{ numRuns: 1_000 },
		);
	});
});

describe('card data in JSON data', () => {
	test('is hidden as a number, as a key, deep inside, and in JSON inside a text', () => {
		expect(
			maskCardData({
				number: Number(NUMBER),
				deep: [{ '4242 4242 4242 4242': 1 }, '{"a":["4242-4242-4242-4242"]}'],
				text: '["\\u0034242424242424242"]',
				broken: `{"pan":"${NUMBER}"`,
			}),
		).toEqual({
			number: '****4242',
			deep: [{ '****4242': 1 }, '{"a":["****4242"]}'],
			text: '["****4242"]',
			broken: '{"pan":"****4242"',
		});
	});

	test.each<[object, object]>([
		[{ 'Card Number': '4242 4242 4242 4241' }, { 'Card Number': '****4241' }],
		[{ card_number: 630400000000 }, { card_number: '****0000' }],
		[
			{ bank_card: { number: '4242', security_code: '123', expiration_month: 12 } },
			{ bank_card: { number: '****4242', security_code: '****', expiration_month: '****' } },
		],
		[
			{ card: { number: '1234567' }, cvc: '' },
			{ card: { number: '****4567' }, cvc: '' },
		],
		[
			{ body: '{"card":{"number":"4242.4242","Security Code":"999"}}' },
			{ body: '{"card":{"number":"****4242","Security Code":"****"}}' },
		],
	])('is hidden by its name, right or wrong: %j', (data, masked) => {
		expect(maskCardData(data)).toEqual(masked);
	});

	test.each([
		'CVV',
		'cvv (3 digits)',
		'cvv2',
		'card_cvc',
		'CVN code',
		'csc_code',
		'Card Security Code',
		'card verification value',
		'expiration_year',
		'exp_month',
		'Expiry Year',
	])('is hidden by the name %s', (name) => {
		expect(maskCardData({ [name]: '739' })).toEqual({ [name]: '****' });
	});

	test.each([
		'Social Security Number',
		'recvCount',
		'cscore',
		'IFSC',
		'security',
		'code',
		'number',
		'expiry_date',
		'card_number_hash',
	])('is not what has the name %s', (name) => {
		const data = { [name]: '739' };
		expect(maskCardData(data)).toBe(data);
	});

	test('data without card numbers is returned itself', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				fc.pre(!/\d{7}/.test(digitsShown(JSON.stringify(value))));
				expect(maskCardData(value)).toBe(value);
			}),
		);
		const data = { date: new Date(0), none: null, no: NaN };
		expect(maskCardData(data)).toBe(data);
	});
});

describe('in a response', () => {
	const others = cardNumbers([13, 14, 16], '7');

	test('ids, times, amounts, accounts and references stay as they are', () => {
		fc.assert(
			fc.property(others, (number) => {
				const response = {
					reference: number,
					session_id: number,
					session: {
						id: number,
						created_at: Number(number),
						metadata: number,
						payments: [
							{
								id: number,
								metadata: { reference: number },
								amount_details: { amount: Number(number) },
								payment_method: { bank_account: { global: { bank_account_number: number } } },
							},
						],
					},
				};
				expect(maskResponse(response)).toBe(response);
			}),
		);
	});

	test.each([
		{ metadata: { id: NUMBER } },
		{ customer: { id: NUMBER } },
		{ reference: NUMBER },
		{ metadata: `paid by ${NUMBER}` },
		{ note: NUMBER },
	])('but not what a user calls an id, or a reference that is a card number: %j', (session) => {
		expect(JSON.stringify(maskResponse({ session }))).not.toContain(NUMBER);
	});
});

test('in a row, its own reference and accounts stay as they are, and nothing else does', () => {
	const number = withCheckDigit('777700001111222');
	const row = { id: number, invoice: `No. ${number}`, 'Account Number': NUMBER };
	expect(maskColumns(row, [number])).toBe(row);
	expect(maskColumns({ ...row, note: NUMBER }, [''])).toEqual({
		id: `****${number.slice(-4)}`,
		invoice: `No. ****${number.slice(-4)}`,
		'Account Number': NUMBER,
		note: '****4242',
	});
});

describe('hostile data', () => {
	const PIECES = [
		'4',
		'4242 ',
		`${NUMBER} `,
		'5 ',
		'4-',
		'4.',
		'4, ',
		`4${' '.repeat(60)}`,
		'5555555555555555 - ',
		'424242424242x',
		'4 2 4 2 4 2 4 2 4 2 4 2 x',
		'DE89 3704 0044 0532 0130 00 ',
		'DE89 ',
		' ',
		'0a',
		'[',
		'{"a":',
		'"number":"42424242",',
		'Номер ',
	];

	test.each(PIECES)('takes a time that grows as its length: %j', async (piece) => {
		expect(await findSlowGrowth((text) => maskCardData({ text }), textsOf(piece))).toBeUndefined();
	});

	test.each<[string, (size: number) => JsonObject]>([
		['beginnings of a card', (size) => ({ text: '4242 '.repeat(size / 5) })],
		['digits', (size) => ({ text: '5 '.repeat(size / 2) })],
		['cards', (size) => ({ list: Array(Math.ceil(size / 20)).fill('4242 4242 4242 4242') })],
	])('a row of a megabyte of %s is masked in a time that grows with it', async (_what, make) => {
		const mask = (row: JsonObject) => maskColumns(row, ['INV-1']);
		expect(await findSlowGrowth(mask, inputsOf(make))).toBeUndefined();
	});

	test('data that is nested deeper than any stack ends somewhere', () => {
		const deep = `${'['.repeat(100_000)}"${NUMBER}"${']'.repeat(100_000)}`;
		expect(maskCardNumbers(deep)).not.toContain(NUMBER);
		for (const data of [deep, JSON.parse(deep) as unknown]) {
			expect(JSON.stringify(maskCardData({ data }))).not.toContain('42424242');
		}
	});
});
