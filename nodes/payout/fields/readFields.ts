import { checkAccount } from '../destinations/accounts';
import { checkField } from './checkField';
import type { ReportProblem } from '../validationError';
import { FIELD_IDS, PAYOUT_FIELDS, SENDER_FIELD_IDS } from './fields';
import type { FieldId } from './fields';
import { acceptsField, listRequiredFields } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import type { ColumnId } from '../headers/matchColumns';
import { toUpperAscii } from '../text/characters';
import { showValue } from '../text/shownValue';

type Values = Partial<Record<ColumnId, unknown>>;

/** A row's values with its payer. */
export interface RowWithSender {
	values: Values;
	/** The first column in which the row's sender is not the node's; undefined when they agree. */
	differing: FieldId | undefined;
}

/**
 * Decides whose fields name the payer: the node's, to which the row's own columns may add, as long as
 * no field has two different values. If one has, the row names another company, and the node's sender
 * is left out as a whole: a payout must not have the name of one company and the registration number
 * of another. Then the row must have every sender field that its destination requires.
 */
export function addSender(own: Values, sender: Values): RowWithSender {
	const read = (id: FieldId, value: unknown) => {
		const checked = checkField(id, value);
		return 'value' in checked ? toUpperAscii(checked.value) : undefined;
	};
	const differing = SENDER_FIELD_IDS.find((id) => {
		if (own[id] === undefined || sender[id] === undefined) return false;
		const text = read(id, own[id]);
		// What cannot be read is reported as such.
		return text !== undefined && text !== read(id, sender[id]);
	});
	return { values: differing === undefined ? { ...sender, ...own } : own, differing };
}

/** These may name the corridor, and are not sent where its page has no such fields. */
const NAMES_CORRIDOR: readonly FieldId[] = ['recipient_country_iso3', 'recipient_currency'];

/**
 * Reads the fields of a row's account, recipient and sender, and checks that it has all it needs.
 *
 * @param amountCurrency ISO 4217 code in upper case
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
	const senderCountry = fields.get('sender_country_iso3');
	const required = listRequiredFields(requirements, senderCountry, amountCurrency);
	const missing = required.filter((id) => !has(id));
	for (const id of missing.filter((field) => !SENDER_FIELD_IDS.includes(field))) {
		const { label } = PAYOUT_FIELDS[id];
		report(id, `${label} is missing. Fill in the column '${id}'.`, { reason: `missing ${label}` });
	}
	const [first, ...otherFields] = missing.filter((id) => SENDER_FIELD_IDS.includes(id));
	if (first !== undefined) {
		report(first, describeMissingSender([first, ...otherFields], differing), {
			reason: 'missing sender details',
			...(otherFields.length > 0 && { otherFields }),
		});
	}
	const isOfAccount = (id: FieldId) => has(id) && acceptsField(requirements, id);
	const account = checkAccount(isOfAccount, requirements);
	if (account) report(account.field, account.message, { reason: 'unclear account' });
	return fields;
}

/**
 * Checks the fields that have a value, by their own rules and those of the destination.
 *
 * @returns the values that are not refused, in the form the API expects
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

/** Says which fields of the sender a row lacks, and where to add them. */
function describeMissingSender(
	missing: readonly [FieldId, ...FieldId[]],
	differing: FieldId | undefined,
): string {
	const [first] = missing;
	const labels = missing.map((id) => PAYOUT_FIELDS[id].label).join(', ');
	if (differing !== undefined) {
		return `The row's ${PAYOUT_FIELDS[differing].label} is not the one under 'Sender', so the row must name its whole sender. It lacks: ${labels}. Add columns such as '${first}', or clear the row's columns that begin with 'sender_'.`;
	}
	return missing.length === 1
		? `${labels} is missing. Add it under 'Sender', or as a column '${first}'.`
		: `These fields are missing: ${labels}. Add them under 'Sender', or as columns such as '${first}'.`;
}
