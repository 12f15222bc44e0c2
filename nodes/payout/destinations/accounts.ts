import { PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';

/** Each names an account at a bank; the first that a row has is the one that counts. */
export const ACCOUNT_FIELDS = ['iban', 'bank_account_number', 'account_number'] as const;
/** Where a destination leaves no choice. */
const ONE_ACCOUNT = ACCOUNT_FIELDS.map((id) => [id]);

/** With an account number, a bank needs one of these to find the account; an IBAN names the bank. */
export const BANK_CODES = [
	'swift_bic_code',
	'routing_code',
	'sort_code',
	'bsb_number',
	'branch_number',
] as const satisfies readonly FieldId[];

export interface AccountRules {
	/** Sets of account fields, of which a payout must fill exactly one. */
	readonly alternatives?: readonly (readonly FieldId[])[];
	/** Where any account can be paid: an account number needs one of these beside it. */
	readonly bankCodes?: typeof BANK_CODES;
}

/** Checks that a payout names one account and its bank, or says what to fill in. */
export function checkAccount(
	has: (id: FieldId) => boolean,
	rules: AccountRules,
	depth: 'complete' | 'named' = 'complete',
) {
	const { alternatives = ONE_ACCOUNT, bankCodes } = rules;
	const choice = describeAccounts(rules);
	const [field = 'bank_account_number'] = listAccountFields(rules);
	const isCard = alternatives.flat().includes('card_number');
	const mustBeWhole = rules.alternatives && (depth === 'complete' || isCard);
	const filled = [...new Set([...alternatives, ...ONE_ACCOUNT].flat())].filter(has);
	const isOne = alternatives.some((ids) => filled.every((id) => ids.includes(id)));
	const number = ONE_ACCOUNT.flat().find(has);
	let message: string | undefined;
	if (mustBeWhole && !alternatives.some((ids) => ids.every(has))) {
		message = `The recipient's account is incomplete. Fill in exactly one of: ${choice}.`;
	} else if (filled.length > 1 && !isOne) {
		message = `The row names the recipient's account twice. Fill in exactly one of: ${choice}.`;
	} else if (number === undefined && !isCard && (bankCodes || depth === 'named')) {
		message = `The recipient's account is missing. Fill in ${choice}.`;
	} else if (bankCodes && number !== undefined && number !== 'iban' && !bankCodes.some(has)) {
		const { label } = PAYOUT_FIELDS[number];
		message = `${label} alone does not say at which bank the account is. Fill in one of these, too: ${bankCodes.map(labelOf).join(', ')}.`;
		return { field: bankCodes[0], message };
	}
	return message === undefined ? undefined : { field, message };
}

/** The fields of which one names an account, or a part of it; empty where a corridor requires its own. */
export function listAccountFields({ alternatives, bankCodes }: AccountRules): FieldId[] {
	return [...new Set((alternatives ?? (bankCodes ? ONE_ACCOUNT : [])).flat())];
}

/** Says which accounts a destination takes, as in "IBAN, or Sort Code and Account Number". */
export function describeAccounts(rules: AccountRules, nameOf: (id: FieldId) => string = labelOf) {
	const { alternatives = ONE_ACCOUNT, bankCodes } = rules;
	const choices = alternatives.map((fields) => fields.map(nameOf).join(' and '));
	if (!bankCodes) return choices.join(', or ');
	const [iban, ...numbers] = ONE_ACCOUNT.flat().map(nameOf);
	return `${iban}, or ${numbers.join(' or ')} with one of ${bankCodes.map(nameOf).join(', ')}`;
}

function labelOf(id: FieldId): string {
	return PAYOUT_FIELDS[id].label;
}
