import { checkCardNumber, maskCardNumbers } from '../cards/mask';
import {
	checkAbaRoutingNumber,
	checkAccountNumber,
	checkBankCode,
	checkBic,
	checkBsb,
	checkCanadianRoutingNumber,
	checkCpf,
	checkSortCode,
} from '../formats/bankCodes';
import { checkIban } from '../formats/iban';
import { isCountry, isCurrency } from '../formats/isoCodes';
import { toUpperAscii } from '../text/characters';
import { readText } from '../text/readText';
import type { TextKind } from '../text/readText';
import { showValue } from '../text/shownValue';
import type { Checked } from '../validationError';
import { PAYOUT_FIELDS } from './fields';
import type { FieldId, PayoutField } from './fields';

type Check = (text: string, label: string) => Checked;

/** Checks a currency code, and gives it in upper case. */
export function checkCurrency(text: string, label: string): Checked {
	const code = toUpperAscii(text);
	const problem = `${label} '${showValue(text)}' is not a three-letter currency code (ISO 4217). Use a code such as USD or EUR.`;
	return isCurrency(code) ? { value: code } : { problem };
}

const checkCountry: Check = (text, label) => {
	const code = toUpperAscii(text);
	const problem = `${label} '${showValue(text)}' is not a three-letter country code (ISO 3166-1 alpha-3). Use a code such as GBR for the United Kingdom.`;
	return isCountry(code) ? { value: code } : { problem };
};

const checkName: Check = (text, label) => {
	const hasLetters = /\p{L}/u.test(text);
	if (hasLetters && !/(?:\.{2}|…)$/.test(text)) return { value: text };
	const problem = hasLetters
		? 'is cut off, or had not been loaded. Enter the whole name.'
		: 'has no letters. Check that the columns are not mixed up.';
	return { problem: `${label} '${showValue(text)}' ${problem}` };
};

const LINES = /\S\s*[\n\v\f\r\u2028\u2029]\s*\S/;

interface FieldCheck {
	readonly kind: TextKind;
	readonly check?: Check;
	/** A number of so many digits has lost none: a leading zero would leave fewer. */
	readonly digits?: number;
	/** Two lines are two numbers, and not one that was broken. */
	readonly isOneLine?: true;
}

/** These check only what the API reference documents; the rest is for Smart Glocal to decide. */
const CHECKS = {
	abaRoutingNumber: { kind: 'identifier', check: checkAbaRoutingNumber, digits: 9 },
	accountNumber: { kind: 'identifier', check: checkAccountNumber, isOneLine: true },
	accountType: { kind: 'text', check: (text) => ({ value: toUpperAscii(text) }) },
	bankCode: { kind: 'identifier', check: checkBankCode },
	bic: { kind: 'identifier', check: checkBic },
	bsb: { kind: 'identifier', check: checkBsb, digits: 6 },
	canadianRoutingNumber: { kind: 'identifier', check: checkCanadianRoutingNumber },
	cardNumber: { kind: 'secret', check: checkCardNumber },
	country: { kind: 'text', check: checkCountry },
	cpf: { kind: 'identifier', check: checkCpf, digits: 11 },
	currency: { kind: 'text', check: checkCurrency },
	iban: { kind: 'identifier', check: checkIban },
	identifier: { kind: 'identifier' },
	name: { kind: 'name', check: checkName },
	sortCode: { kind: 'identifier', check: checkSortCode, digits: 6 },
	text: { kind: 'text' },
} satisfies Readonly<Record<string, FieldCheck>>;

export type CheckName = keyof typeof CHECKS;

export interface FieldRules {
	readonly checks?: Readonly<Partial<Record<FieldId, CheckName>>>;
	readonly choices?: Readonly<Partial<Record<FieldId, readonly string[]>>>;
	/** In characters, where the destination's page has a limit. */
	readonly maxLength?: Readonly<Partial<Record<FieldId, number>>>;
}

/** Reads and checks a field by its rules and the destination's; gives the API's form, empty for none. */
export function checkField(id: FieldId, value: unknown, rules: FieldRules = {}): Checked {
	const field: PayoutField = PAYOUT_FIELDS[id];
	const { label } = field;
	const { kind, check, digits, isOneLine }: FieldCheck = CHECKS[rules.checks?.[id] ?? field.check];
	const hasLines = isOneLine && typeof value === 'string' && LINES.test(value);
	if (hasLines) return { problem: `${label} has several lines. Enter one number.` };
	const isWhole = Number.isInteger(value) && Number(value) > 0 && String(value).length === digits;
	const read = isWhole ? { value: String(value) } : readText(value, kind, label);
	if ('problem' in read || read.value === '') return read;
	const checked = check?.(read.value, label) ?? read;
	// Somebody may have typed a card number into the wrong column.
	if ('problem' in checked) return { problem: maskCardNumbers(checked.problem) };

	const choices = rules.choices?.[id] ?? [checked.value];
	const maxLength = rules.maxLength?.[id] ?? field.maxLength ?? Infinity;
	const { length } = [...checked.value];
	const isChoice = choices.includes(checked.value);
	if (isChoice && length <= maxLength) return checked;
	const problem = isChoice
		? `${label} has ${length} characters, but Smart Glocal accepts at most ${maxLength}. Shorten it.`
		: `${label} '${showValue(read.value)}' is not accepted for this destination. Use ${choices.join(' or ')}.`;
	return { problem };
}

/** How the text of a column is read (see `readText`): a field's, or any other. */
export function kindOfField(column = ''): TextKind {
	const fields: Readonly<Partial<Record<string, PayoutField>>> = PAYOUT_FIELDS;
	return CHECKS[fields[column]?.check ?? 'text'].kind;
}
