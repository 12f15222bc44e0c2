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
		if (!/^\d+$/.test(text)) return { value: text };
		return {
			problem: `${label} '${text}' contains digits only. Check that the columns are not mixed up.`,
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
		return { problem: `${label} '${text}' is not a three-letter ${advice}` };
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
			problem: `${field.label} '${text}' is not accepted for this destination. Use ${choices.join(' or ')}.`,
		};
	}
	const maxLength = rules.maxLength ?? field.maxLength;
	const length = [...checked.value].length;
	if (maxLength !== undefined && length > maxLength) {
		return {
			problem: `${field.label} has ${length} characters, but Smart Glocal accepts at most ${maxLength}. Shorten it.`,
		};
	}
	return checked;
}

/** How to read a field: whether each of its digits matters, and whether messages may show it. */
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
