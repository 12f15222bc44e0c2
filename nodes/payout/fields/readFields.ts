import { checkAccount } from '../destinations/accounts';
import { acceptsField, listRequiredFields } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import type { Columns } from '../headers/matchColumns';
import { toUpperAscii } from '../text/characters';
import { showValue } from '../text/shownValue';
import type { ReportProblem } from '../validationError';
import { checkField } from './checkField';
import { FIELD_IDS, PAYOUT_FIELDS, SENDER_FIELD_IDS } from './fields';
import type { FieldId } from './fields';

type Values = Columns['values'];

interface RowWithSender {
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

/** Reads a row's account, recipient and sender, in the API's form, and reports what is missing or wrong. */
export function readFields(
	{ values, differing }: RowWithSender,
	requirements: Requirements,
	amountCurrency: string,
	report: ReportProblem,
): Map<FieldId, string> {
	const own = { ...requirements.fixed, ...values };
	// A payout to a card has no purpose of remittance, but a sheet that also pays accounts does.
	if (requirements.method === 'card') delete own.description;
	const refused = new Set<FieldId>();
	const fields = checkFields(own, requirements, (id, message) => {
		refused.add(id);
		report(id, message);
	});
	if (requirements.omitsCountry) {
		fields.delete('recipient_country_iso3');
		fields.delete('recipient_currency');
	}

	const has = (id: FieldId) => fields.has(id) || refused.has(id);
	const senderCountry = fields.get('sender_country_iso3');
	const required = listRequiredFields(requirements, senderCountry, amountCurrency);
	const missing = required.filter((id) => !has(id));
	for (const id of missing.filter((field) => !SENDER_FIELD_IDS.includes(field))) {
		const { label } = PAYOUT_FIELDS[id];
		report(id, `${label} is missing. Fill in the column '${id}'.`, { reason: `missing ${label}` });
	}
	const ofSender = missing.filter((id) => SENDER_FIELD_IDS.includes(id));
	const [first, ...otherFields] = ofSender;
	if (first !== undefined) {
		report(first, describeMissingSender(ofSender, differing), {
			reason: 'missing sender details',
			...(otherFields.length > 0 && { otherFields }),
		});
	}
	const isOfAccount = (id: FieldId) => has(id) && acceptsField(requirements, id);
	const account = checkAccount(isOfAccount, requirements);
	if (account) report(account.field, account.message, { reason: 'unclear account' });
	return fields;
}

/** Checks the fields that have a value, and gives the right ones in the form the API expects. */
export function checkFields(
	values: Readonly<Partial<Record<FieldId, unknown>>>,
	requirements: Requirements,
	report: (id: FieldId, message: string) => void,
): Map<FieldId, string> {
	const fields = new Map<FieldId, string>();
	for (const id of FIELD_IDS) {
		const { label, check } = PAYOUT_FIELDS[id];
		const checked = checkField(id, values[id], requirements);
		if ('value' in checked && checked.value === '') continue;
		const fixed = requirements.fixed[id];
		let problem: string | undefined;
		if (!acceptsField(requirements, id)) {
			problem = `${label} cannot be used for this destination. Remove it from the row, or correct the destination.`;
		} else if ('problem' in checked) {
			problem = checked.problem;
		} else if (fixed !== undefined && checked.value !== fixed) {
			problem = `${label} is '${showValue(checked.value)}', but this destination requires '${fixed}'. Correct the row or its destination.`;
		} else {
			// The API has codes of currencies in lower case (API reference, section 5).
			fields.set(id, check === 'currency' ? checked.value.toLowerCase() : checked.value);
		}
		if (problem !== undefined) report(id, problem);
	}
	return fields;
}

/** Says which fields of the sender a row lacks, and where to add them. */
function describeMissingSender(missing: readonly FieldId[], differing?: FieldId): string {
	const [first = ''] = missing;
	const labels = missing.map((id) => PAYOUT_FIELDS[id].label).join(', ');
	if (differing !== undefined) {
		return `The row's ${PAYOUT_FIELDS[differing].label} is not the one under 'Sender', so the row must name its whole sender. It lacks: ${labels}. Add columns such as '${first}', or clear the row's columns that begin with 'sender_'.`;
	}
	return missing.length === 1
		? `${labels} is missing. Add it under 'Sender', or as a column '${first}'.`
		: `These fields are missing: ${labels}. Add them under 'Sender', or as columns such as '${first}'.`;
}
