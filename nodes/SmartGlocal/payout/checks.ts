import { checkBic } from './bic';
import { checkCardNumber } from './card';
import type { Checked } from './checked';
import { checkCpf } from './cpf';
import type { CheckName, PayoutField } from './fields';
import { checkIban } from './iban';
import { isCountry, isCurrency } from './isoCodes';
import {
	checkAbaRoutingNumber,
	checkBsb,
	checkCanadianRoutingNumber,
	checkSortCode,
} from './localCodes';
import { toUpperAscii } from './text';
import type { TextKind } from './text';

/** Checks one cleaned text. The label is what messages call the field. */
type Check = (text: string, label: string) => Checked;

/** Only what the API reference documents is checked; everything else is Smart Glocal's to judge. */
const CHECKS: Readonly<Record<CheckName, Check>> = {
	abaRoutingNumber: checkAbaRoutingNumber,
	accountNumber: (text) => ({ value: text }),
	accountType: (text) => ({ value: toUpperAscii(text) }),
	bic: checkBic,
	bsb: checkBsb,
	canadianRoutingNumber: checkCanadianRoutingNumber,
	cardNumber: checkCardNumber,
	country: (text, label) => {
		const code = toUpperAscii(text);
		if (isCountry(code)) return { value: code };
		return {
			problem: `${label} '${text}' is not a country code of three letters (ISO 3166-1 alpha-3). Write it as in GBR for the United Kingdom.`,
		};
	},
	cpf: checkCpf,
	currency: (text, label) => {
		const code = toUpperAscii(text);
		if (isCurrency(code)) return { value: code };
		return {
			problem: `${label} '${text}' is not a currency code of three letters (ISO 4217). Write it as in USD or EUR.`,
		};
	},
	iban: checkIban,
	name: (text, label) => {
		if (!/^\d+$/.test(text)) return { value: text };
		return {
			problem: `${label} '${text}' consists of digits only. Check that the columns are not mixed up.`,
		};
	},
	sortCode: checkSortCode,
	text: (text) => ({ value: text }),
};

/** What a corridor adds to the check of a field. */
export interface CheckRules {
	check?: CheckName | undefined;
	choices?: readonly string[] | undefined;
	maxLength?: number | undefined;
}

/**
 * Checks a field's text.
 *
 * @param text cleaned and not empty
 * @param rules what the corridor asks for beyond the field's own check
 * @returns the value in the form the API takes, or a complete sentence that says what is wrong
 */
export function checkField(text: string, field: PayoutField, rules: CheckRules): Checked {
	const checked = CHECKS[rules.check ?? field.check](text, field.label);
	if ('problem' in checked) return checked;

	const { choices } = rules;
	if (choices && !choices.includes(checked.value)) {
		return {
			problem: `${field.label} '${text}' is not possible here. Use ${choices.join(' or ')}.`,
		};
	}
	const maxLength = rules.maxLength ?? field.maxLength;
	const length = [...checked.value].length;
	if (maxLength !== undefined && length > maxLength) {
		return {
			problem: `${field.label} has ${length} characters, but Smart Glocal takes at most ${maxLength}. Shorten it.`,
		};
	}
	return checked;
}

/** How the cell of a field is read: whether every digit decides who is paid, and may be shown. */
export function textKind(check: CheckName): TextKind {
	if (check === 'cardNumber') return 'secret';
	return IDENTIFIERS.has(check) ? 'identifier' : 'text';
}

const IDENTIFIERS: ReadonlySet<CheckName> = new Set([
	'abaRoutingNumber',
	'accountNumber',
	'bsb',
	'canadianRoutingNumber',
	'cpf',
	'iban',
	'sortCode',
]);
