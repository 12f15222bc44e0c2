import fc from 'fast-check';
import { getCountrySpecifications, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { checkIban } from '../../nodes/payout/formats/iban';

interface Country {
	code: string;
	length: number;
	bban: RegExp;
	inRegistry: boolean;
}

const countries = Object.entries(getCountrySpecifications()).flatMap(([code, spec]): Country[] =>
	spec.chars && spec.bban_regexp
		? [
				{
					code,
					length: spec.chars,
					// Not all of ibantools' patterns have both anchors.
					bban: new RegExp(`^${spec.bban_regexp.replace(/^\^|\$$/g, '')}$`),
					inRegistry: spec.IBANRegistry === true,
				},
			]
		: [],
);
const registry = countries.filter(({ inRegistry }) => inRegistry);

function remainder(iban: string): bigint {
	const digits = [...(iban.slice(4) + iban.slice(0, 4))].map((one) => parseInt(one, 36)).join('');
	return BigInt(digits) % 97n;
}

function compose(country: string, bban: string): string {
	const check = 98n - remainder(`${country}00${bban}`);
	return `${country}${String(check).padStart(2, '0')}${bban}`;
}

const ibanOf = ({ code, bban }: Country) =>
	fc.stringMatching(bban).map((account) => compose(code, account));

const anyIban = fc.oneof(...countries.map(ibanOf));

/** What ibantools says beyond the inner structure of a country's account numbers. */
function mustBeRefused(iban: string): boolean {
	const { errorCodes } = validateIBAN(iban);
	return (
		errorCodes.includes(ValidationErrorsIBAN.ChecksumNotNumber) ||
		// ibantools gives a wrong structure the code of a wrong checksum, too.
		remainder(iban) !== 1n ||
		(errorCodes.includes(ValidationErrorsIBAN.WrongBBANLength) &&
			registry.some(({ code }) => iban.startsWith(code)))
	);
}

test('is compared for all countries that ibantools knows', () => {
	expect(countries.length).toBeGreaterThanOrEqual(97);
	expect(registry.length).toBeGreaterThanOrEqual(70);
});

test.each(countries)('accepts IBANs of $code', (country) => {
	fc.assert(
		fc.property(ibanOf(country), (iban) => {
			expect(checkIban(iban)).toEqual({ value: iban });
		}),
		{ numRuns: 20 },
	);
});

test.each(registry)('refuses IBANs of $code that do not have $length characters', (country) => {
	fc.assert(
		fc.property(fc.stringMatching(country.bban), (account) => {
			for (const wrong of [account.slice(0, -1), `${account}0`]) {
				const iban = compose(country.code, wrong);
				expect(validateIBAN(iban).errorCodes).toContain(ValidationErrorsIBAN.WrongBBANLength);
				expect(checkIban(iban)).toEqual({
					problem: expect.stringContaining(`${iban.length} characters`),
				});
			}
		}),
		{ numRuns: 5 },
	);
});

test('refuses whatever one wrong character makes of an IBAN', () => {
	const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
	fc.assert(
		fc.property(anyIban, fc.nat(), character, (iban, at, wrong) => {
			const position = at % iban.length;
			const mutated = iban.slice(0, position) + wrong + iban.slice(position + 1);
			if (mutated === iban) return;
			const accepted = 'value' in checkIban(mutated);
			expect({ mutated, accepted: accepted && mustBeRefused(mutated) }).toEqual({
				mutated,
				accepted: false,
			});
			if (validateIBAN(mutated).valid) expect(accepted).toBe(true);
		}),
		{ numRuns: 3_000 },
	);
});

// Check digits are 98 minus a remainder of 0 to 96; the others leave the same remainder (ISO 13616).
test.each([
	['97', '00'],
	['98', '01'],
	['02', '99'],
])('refuses an IBAN whose check digits %s were written as %s', (right, impossible) => {
	const accounts = Array.from({ length: 2_000 }, (_, n) => `3704004405320${13000 + n}`);
	const iban = accounts
		.map((account) => compose('DE', account))
		.find((candidate) => candidate.slice(2, 4) === right);
	const written = iban?.replace(/^DE\d\d/, `DE${impossible}`) ?? '';
	expect(checkIban(iban ?? '')).toEqual({ value: iban });
	expect(validateIBAN(written).valid).toBe(false);
	expect(checkIban(written)).toEqual({ problem: expect.stringContaining('check digits') });
});

test.each([
	['GB29 NWBK 6016 1331 9268 19'],
	['gb29nwbk60161331926819'],
	[' gb29 nwbk 6016 1331 9268 19 '],
	['GB29\u00a0NWBK\u202f6016\t1331 9268 19'],
])('forgives spaces and case in %p', (typed) => {
	expect(checkIban(typed)).toEqual({ value: 'GB29NWBK60161331926819' });
});

test.each([
	['', 'is not valid: an IBAN starts with'],
	['GB', 'is not valid: an IBAN starts with'],
	['12345678', 'is not valid: an IBAN starts with'],
	['1B29NWBK60161331926819', 'is not valid: an IBAN starts with'],
	['GBAANWBK60161331926819', 'is not valid: an IBAN starts with'],
	['GB29-NWBK-6016-1331-9268-19', 'is not valid: an IBAN starts with'],
	['GB29NWBK6016133192681Ö', 'is not valid: an IBAN starts with'],
	['GB29NWBK6016133192681', 'has 21 characters, but an IBAN that starts with GB has 22'],
	['GB28NWBK60161331926819', 'check digits do not match'],
])('says what is wrong with %p', (typed, phrase) => {
	expect(checkIban(typed)).toEqual({ problem: expect.stringContaining(phrase) });
});
