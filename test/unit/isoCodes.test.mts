import currencies from 'currency-codes';
import countries from 'i18n-iso-countries';
import {
	COUNTRIES,
	hasTwoMinorDigits,
	isCountry,
	isCurrency,
} from '../../nodes/payout/formats/isoCodes';

/** Codes of ISO 4217 that no account is kept in: metals, units of account, no currency, tests. */
const NO_MONEY = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');

/** Kosovo: ISO 3166-1 has no code for it, and i18n-iso-countries makes one up. */
const NOT_IN_ISO = ['XKK'];

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const everyCode = LETTERS.flatMap((a) =>
	LETTERS.flatMap((b) => LETTERS.map((c) => `${a}${b}${c}`)),
);

const money = currencies.data.filter(({ code }) => !NO_MONEY.includes(code));

test('knows each currency of ISO 4217 that money can be paid in, and no other code', () => {
	expect(everyCode.filter(isCurrency)).toEqual(money.map(({ code }) => code).sort());
});

test('knows which currencies have two minor digits', () => {
	const withTwo = money.filter(({ digits }) => digits === 2);
	expect(everyCode.filter(hasTwoMinorDigits)).toEqual(withTwo.map(({ code }) => code).sort());
	expect(withTwo.length).toBeGreaterThan(130);
});

test('knows each country of ISO 3166-1 alpha-3, and no other code', () => {
	const known = Object.keys(countries.getAlpha3Codes()).filter(
		(code) => !NOT_IN_ISO.includes(code),
	);
	expect(everyCode.filter(isCountry)).toEqual(known.sort());
	expect(known).toHaveLength(249);
	expect([...COUNTRIES]).toEqual(known.map((code) => [code, countries.alpha3ToAlpha2(code)]));
});

test.each(['', 'usd', 'US', 'USDT', ' USD', 'constructor'])('does not know %p', (code) => {
	expect(isCurrency(code)).toBe(false);
	expect(hasTwoMinorDigits(code)).toBe(false);
	expect(isCountry(code)).toBe(false);
});
