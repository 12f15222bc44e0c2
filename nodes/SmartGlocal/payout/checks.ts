import { checkBic } from './bic';
import { checkCardNumber } from './card';
import type { Checked } from './checked';
import { checkCpf, hasCpfCheckDigits } from './cpf';
import type { CheckName, PayoutField } from './fields';
import { checkIban } from './iban';
import { isCountry, isCurrency } from './isoCodes';
import {
	checkAbaRoutingNumber,
	checkBsb,
	checkCanadianRoutingNumber,
	checkSortCode,
} from './localCodes';
import { showValue } from './shownValue';
import { readText, toUpperAscii } from './text';
import type { TextKind } from './text';

/** Checks clean text that is not empty; `label` is what messages call the field. */
type Check = (text: string, label: string) => Checked;

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
	currency: checkCode(isCurrency, 'currency code (ISO 4217). Use a code such as USD or EUR.'),
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

/** What a corridor changes in the check of a field. */
export interface CheckRules {
	check?: CheckName | undefined;
	choices?: readonly string[] | undefined;
	maxLength?: number | undefined;
}

/**
 * Checks the text of a field by the field's own rules and those of the corridor.
 *
 * @param text clean and not empty
 */
export function checkField(text: string, field: PayoutField, rules: CheckRules): Checked {
	const checked = CHECKS[rules.check ?? field.check](text, field.label);
	if ('problem' in checked) return checked;

	const { choices } = rules;
	if (choices && !choices.includes(checked.value)) {
		return {
			problem: `${field.label} '${showValue(text)}' is not accepted for this destination. Use ${choices.join(' or ')}.`,
		};
	}
	const maxLength = rules.maxLength ?? field.maxLength;
	if (maxLength === undefined || checked.value.length <= maxLength) return checked;
	const length = [...checked.value].length;
	if (length > maxLength) {
		return {
			problem: `${field.label} has ${length} characters, but Smart Glocal accepts at most ${maxLength}. Shorten it.`,
		};
	}
	return checked;
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
 *
 * @param check the field's own, or that of the corridor
 * @param label what messages call the field
 */
export function readFieldText(value: unknown, check: CheckName, label: string): Checked {
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
