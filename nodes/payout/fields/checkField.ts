import { checkBic } from '../formats/bic';
import { checkCardNumber } from '../cards/cardNumber';
import { toUpperAscii } from '../text/characters';
import type { Checked } from '../checked';
import { checkCpf, hasCpfCheckDigits } from '../formats/cpf';
import { PAYOUT_FIELDS } from './fields';
import type { CheckName, FieldId, PayoutField } from './fields';
import { checkIban } from '../formats/iban';
import { isCountry, isCurrency } from '../formats/isoCodes';
import {
	checkAbaRoutingNumber,
	checkBsb,
	checkCanadianRoutingNumber,
	checkSortCode,
} from '../formats/localCodes';
import { showValue } from '../text/shownValue';
import type { TextKind } from '../text/suspectText';
import { readText } from '../text/readText';

/** Checks clean text that is not empty; `label` is what messages call the field. */
type Check = (text: string, label: string) => Checked;

/** Checks a currency code, and gives it in upper case. */
export const checkCurrency: Check = checkCode(
	isCurrency,
	'currency code (ISO 4217). Use a code such as USD or EUR.',
);

/** These check only what the API reference documents; the rest is for Smart Glocal to decide. */
const CHECKS: Readonly<Record<CheckName, Check>> = {
	abaRoutingNumber: checkAbaRoutingNumber,
	accountNumber: (text) => ({ value: text }),
	accountType: (text) => ({ value: toUpperAscii(text) }),
	bic: checkBic,
	bsb: checkBsb,
	canadianRoutingNumber: checkCanadianRoutingNumber,
	cardNumber: checkCardNumber,
	country: checkCode(
		isCountry,
		'country code (ISO 3166-1 alpha-3). Use a code such as GBR for the United Kingdom.',
	),
	cpf: checkCpf,
	currency: checkCurrency,
	iban: checkIban,
	name: (text, label) => {
		if (!/^\p{Nd}+$/u.test(text)) return { value: text };
		return {
			problem: `${label} '${showValue(text)}' contains digits only. Check that the columns are not mixed up.`,
		};
	},
	sortCode: checkSortCode,
	text: (text) => ({ value: text }),
};

/** A check for ISO codes of three letters; `advice` completes "… is not a three-letter". */
function checkCode(isKnown: (code: string) => boolean, advice: string): Check {
	return (text, label) => {
		const code = toUpperAscii(text);
		if (isKnown(code)) return { value: code };
		return { problem: `${label} '${showValue(text)}' is not a three-letter ${advice}` };
	};
}

/** What a destination changes in the checks of fields. */
export interface FieldRules {
	/** Checks that differ from the field's own. */
	readonly checks?: Readonly<Partial<Record<FieldId, CheckName>>>;
	/** Allowed values of a field. */
	readonly choices?: Readonly<Partial<Record<FieldId, readonly string[]>>>;
	/** In characters, where the destination's page has a limit. */
	readonly maxLength?: Readonly<Partial<Record<FieldId, number>>>;
}

/**
 * Reads the value of a field and checks it by the field's own rules and those of the destination.
 *
 * @returns the value in the form the API expects, empty when there is none
 */
export function checkField(id: FieldId, value: unknown, rules: FieldRules = {}): Checked {
	const field: PayoutField = PAYOUT_FIELDS[id];
	const { label } = field;
	const check = checkNameOf(id, rules);
	const read = readFieldText(value, check, label);
	if ('problem' in read || read.value === '') return read;
	const checked = CHECKS[check](read.value, label);
	if ('problem' in checked) return checked;

	const choices = rules.choices?.[id];
	if (choices && !choices.includes(checked.value)) {
		return {
			problem: `${label} '${showValue(read.value)}' is not accepted for this destination. Use ${choices.join(' or ')}.`,
		};
	}
	const maxLength = rules.maxLength?.[id] ?? field.maxLength;
	if (maxLength === undefined || checked.value.length <= maxLength) return checked;
	const length = [...checked.value].length;
	if (length > maxLength) {
		return {
			problem: `${label} has ${length} characters, but Smart Glocal accepts at most ${maxLength}. Shorten it.`,
		};
	}
	return checked;
}

/** How the text of a field is read (see `readText`). */
export function kindOfField(id: FieldId, rules: FieldRules = {}): TextKind {
	return textKind(checkNameOf(id, rules));
}

function checkNameOf(id: FieldId, rules: FieldRules): CheckName {
	return rules.checks?.[id] ?? PAYOUT_FIELDS[id].check;
}

/** A number that has this many digits has lost none: a leading zero would leave fewer. */
const NUMBER_DIGITS: Readonly<Partial<Record<CheckName, number>>> = {
	abaRoutingNumber: 9,
	bsb: 6,
	cpf: 11,
	sortCode: 6,
};

/**
 * Reads the text of a field (see `readText`). A code whose number of digits is known may be a number
 * when it has all of them; a CPF must have its check digits, too.
 */
function readFieldText(value: unknown, check: CheckName, label: string): Checked {
	if (typeof value === 'number' && hasAllDigits(value, check)) return { value: String(value) };
	return readText(value, textKind(check), label);
}

function hasAllDigits(value: number, check: CheckName): boolean {
	const digits = String(value);
	if (!/^\d+$/.test(digits) || digits.length !== NUMBER_DIGITS[check]) return false;
	return check !== 'cpf' || hasCpfCheckDigits(digits);
}

/** Whether each character of a field matters, and whether messages may show it. */
function textKind(check: CheckName): TextKind {
	if (check === 'cardNumber') return 'secret';
	if (check === 'name') return 'name';
	return IDENTIFIERS.has(check) ? 'identifier' : 'text';
}

const IDENTIFIERS: ReadonlySet<CheckName> = new Set([
	'abaRoutingNumber',
	'accountNumber',
	'bic',
	'bsb',
	'canadianRoutingNumber',
	'cpf',
	'iban',
	'sortCode',
]);
