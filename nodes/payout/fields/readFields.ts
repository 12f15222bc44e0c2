import { checkAccount } from '../destinations/accounts';
import type { Checked } from '../checked';
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
 * Reads and checks the fields of a row's account, recipient and sender.
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
	const fields = new Map<FieldId, string>();
	const refused = new Set<FieldId>();
	for (const id of FIELD_IDS) {
		const checked = readField(id, values[id], requirements);
		if (!checked) continue;
		if ('problem' in checked) {
			report(id, checked.problem);
			refused.add(id);
		} else if (!requirements.omitsCountry || !NAMES_CORRIDOR.includes(id)) {
			const isCurrency = PAYOUT_FIELDS[id].check === 'currency';
			fields.set(id, isCurrency ? checked.value.toLowerCase() : checked.value);
		}
	}
	reportMissing(fields, refused, requirements, amountCurrency, differing, report);
	return fields;
}

/** Undefined for a field that the payout does not have. */
function readField(id: FieldId, value: unknown, requirements: Requirements): Checked | undefined {
	// A payout to a card has no purpose of remittance, but a sheet that also pays accounts does.
	if (requirements.method === 'card' && id === 'description') return undefined;
	const { label } = PAYOUT_FIELDS[id];
	const checked = checkField(id, value, requirements);
	const fixed = requirements.fixed[id];
	if ('value' in checked && checked.value === '') {
		return fixed === undefined ? undefined : { value: fixed };
	}
	if (!acceptsField(requirements, id)) {
		return {
			problem: `${label} cannot be used for this destination. Remove it from the row, or correct the destination.`,
		};
	}
	if ('problem' in checked || fixed === undefined || checked.value === fixed) return checked;
	return {
		problem: `${label} is '${showValue(checked.value)}', but this destination requires '${fixed}'. Correct the row or its destination.`,
	};
}

function reportMissing(
	fields: ReadonlyMap<FieldId, string>,
	refused: ReadonlySet<FieldId>,
	requirements: Requirements,
	amountCurrency: string,
	differing: FieldId | undefined,
	report: ReportProblem,
) {
	const has = (id: FieldId) => fields.has(id) || refused.has(id);
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
