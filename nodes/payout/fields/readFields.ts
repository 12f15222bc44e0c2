import { checkAccount } from '../destinations/accounts';
import { checkField } from './checkField';
import type { ReportProblem } from '../validationError';
import { FIELD_IDS, PAYOUT_FIELDS, SENDER_FIELD_IDS } from './fields';
import type { FieldId } from './fields';
import { acceptsField, listRequiredFields } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import { describeMissingSender } from './sender';
import type { RowWithSender } from './sender';
import { showValue } from '../text/shownValue';

/** These may name the corridor, and are not sent where its page has no such fields. */
const NAMES_CORRIDOR: readonly FieldId[] = ['recipient_country_iso3', 'recipient_currency'];

/**
 * Reads the fields of a row's account, recipient and sender, and checks that it has all it needs.
 *
 * @param row the row's values with its payer, by column
 * @param amountCurrency ISO 4217 code in upper case
 * @param report called once for each thing that is wrong
 * @returns the values in the form the API expects
 */
export function readFields(
	{ values, differing }: RowWithSender,
	requirements: Requirements,
	amountCurrency: string,
	report: ReportProblem,
): Map<FieldId, string> {
	const { method, fixed, omitsCountry } = requirements;
	const refused = new Set<FieldId>();
	// A payout to a card has no purpose of remittance, but a sheet that also pays accounts does.
	const own = method === 'card' ? { ...values, description: undefined } : values;
	const fields = checkFields(own, requirements, (id, message) => {
		refused.add(id);
		report(id, message);
	});
	for (const id of FIELD_IDS) {
		const value = fixed[id];
		if (value !== undefined && !fields.has(id)) fields.set(id, toSent(id, value));
		if (omitsCountry && NAMES_CORRIDOR.includes(id)) fields.delete(id);
	}
	const has = (id: FieldId) => fields.has(id) || refused.has(id);
	reportMissing(fields, has, requirements, amountCurrency, differing, report);
	return fields;
}

/**
 * Checks the fields that have a value, by their own rules and those of the destination.
 *
 * @param values by column, as the user gave them
 * @param report called for each field that is refused
 * @returns the values of the others in the form the API expects
 */
export function checkFields(
	values: Readonly<Partial<Record<FieldId, unknown>>>,
	requirements: Requirements,
	report: (id: FieldId, message: string) => void,
): Map<FieldId, string> {
	const fields = new Map<FieldId, string>();
	for (const id of FIELD_IDS) {
		const { label } = PAYOUT_FIELDS[id];
		const checked = checkField(id, values[id], requirements);
		if ('value' in checked && checked.value === '') continue;
		const fixed = requirements.fixed[id];
		if (!acceptsField(requirements, id)) {
			report(
				id,
				`${label} cannot be used for this destination. Remove it from the row, or correct the destination.`,
			);
		} else if ('problem' in checked) {
			report(id, checked.problem);
		} else if (fixed !== undefined && checked.value !== fixed) {
			report(
				id,
				`${label} is '${showValue(checked.value)}', but this destination requires '${fixed}'. Correct the row or its destination.`,
			);
		} else {
			fields.set(id, toSent(id, checked.value));
		}
	}
	return fields;
}

/** The API has codes of currencies in lower case (API reference, section 5). */
function toSent(id: FieldId, value: string): string {
	return PAYOUT_FIELDS[id].check === 'currency' ? value.toLowerCase() : value;
}

function reportMissing(
	fields: ReadonlyMap<FieldId, string>,
	has: (id: FieldId) => boolean,
	requirements: Requirements,
	amountCurrency: string,
	differing: FieldId | undefined,
	report: ReportProblem,
) {
	const senderCountry = fields.get('sender_country_iso3');
	const required = listRequiredFields(requirements, senderCountry, amountCurrency);
	const missing = required.filter((id) => !has(id));
	const isSender = (id: FieldId) => SENDER_FIELD_IDS.includes(id);
	for (const id of missing.filter((field) => !isSender(field))) {
		const { label } = PAYOUT_FIELDS[id];
		report(id, `${label} is missing. Fill in the column '${id}'.`, { reason: `missing ${label}` });
	}
	const [first, ...others] = missing.filter(isSender);
	if (first !== undefined) {
		const message = describeMissingSender([first, ...others], differing);
		report(first, message, {
			reason: 'missing sender details',
			...(others.length > 0 && { otherFields: others }),
		});
	}
	const isOfAccount = (id: FieldId) => has(id) && acceptsField(requirements, id);
	const account = checkAccount(isOfAccount, requirements);
	if (account) report(account.field, account.message, { reason: 'unclear account' });
}
