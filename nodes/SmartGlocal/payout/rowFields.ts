import { readText } from './text';
import { textKind, checkField } from './checks';
import type { ColumnId, ReportProblem } from './columns';
import { acceptsField, describeAlternatives, listRequiredFields } from './requirements';
import type { Requirements } from './requirements';
import { FIELD_IDS, PAYOUT_FIELDS, SENDER_FIELD_IDS } from './fields';
import type { FieldId, PayoutField } from './fields';

/** What can name a corridor, and is not sent where the page does not know it. */
const NAMES_CORRIDOR: readonly FieldId[] = ['recipient_country_iso3', 'recipient_currency'];

/**
 * Reads and checks all fields of the account, the recipient and the sender that a row holds.
 *
 * @param values the row's values, the node's sender among them
 * @param requirements what the row's destination needs
 * @param amountCurrency ISO 4217 code in upper case
 * @param report called once for everything that is wrong
 * @returns the fields' values in the form the API takes
 */
export function readFields(
	values: Partial<Record<ColumnId, unknown>>,
	requirements: Requirements,
	amountCurrency: string,
	report: ReportProblem,
): Map<FieldId, string> {
	const fields = new Map<FieldId, string>();
	const refused = new Set<FieldId>();
	const { fixed } = requirements;
	const isOmitted = (id: FieldId) => requirements.omitsCountry && NAMES_CORRIDOR.includes(id);
	for (const id of FIELD_IDS) {
		// A card has no purpose of remittance; a sheet with both kinds of rows has the column.
		if (requirements.method === 'card' && id === 'description') continue;
		const field: PayoutField = PAYOUT_FIELDS[id];
		const checkName = requirements.checks?.[id] ?? field.check;
		const read = readText(values[id], textKind(checkName), field.label);
		const isFilled = 'problem' in read || read.text !== '';
		const text = isFilled || isOmitted(id) ? '' : (fixed[id] ?? '');
		if (!isFilled && text === '') continue;
		if (isFilled && !acceptsField(requirements, id)) {
			report(
				id,
				`${field.label} has no place in a payout to this destination. Remove it from the row, or correct the destination.`,
			);
			continue;
		}

		const checked =
			'problem' in read
				? read
				: checkField(text === '' ? read.text : text, field, {
						check: checkName,
						choices: requirements.choices?.[id],
						maxLength: requirements.maxLength?.[id],
					});
		if ('problem' in checked) {
			report(id, checked.problem);
			refused.add(id);
		} else if (fixed[id] !== undefined && checked.value !== fixed[id]) {
			report(
				id,
				`${field.label} is '${checked.value}', but this destination has '${fixed[id]}'. Correct the row or its destination.`,
			);
			refused.add(id);
		} else if (!isOmitted(id)) {
			fields.set(id, field.check === 'currency' ? checked.value.toLowerCase() : checked.value);
		}
	}
	reportMissing(fields, refused, requirements, amountCurrency, report);
	return fields;
}

function reportMissing(
	fields: ReadonlyMap<FieldId, string>,
	refused: ReadonlySet<FieldId>,
	requirements: Requirements,
	amountCurrency: string,
	report: ReportProblem,
) {
	const has = (id: FieldId) => fields.has(id) || refused.has(id);
	const senderCountry = fields.get('sender_country_iso3');
	const required = listRequiredFields(requirements, senderCountry, amountCurrency);
	const missing = required.filter((id) => !has(id));
	const isSender = (id: FieldId) => SENDER_FIELD_IDS.includes(id);
	for (const id of missing.filter((field) => !isSender(field))) {
		report(id, `${PAYOUT_FIELDS[id].label} is missing. Fill the column '${id}'.`);
	}
	const [first, ...others] = missing.filter(isSender);
	if (first !== undefined) {
		const labels = [first, ...others].map((id) => PAYOUT_FIELDS[id].label).join(', ');
		if (others.length === 0) {
			report(first, `${labels} is missing. Add it under 'Sender', or as a column '${first}'.`);
		} else {
			const where = `Add them under 'Sender', or as columns such as '${first}'.`;
			report(first, `These are missing: ${labels}. ${where}`, others);
		}
	}
	if (requirements.alternatives) reportAccount(requirements.alternatives, has, report);
}

/** Exactly one combination must be complete: with two, nobody could say which account is paid. */
function reportAccount(
	alternatives: readonly (readonly FieldId[])[],
	has: (id: FieldId) => boolean,
	report: ReportProblem,
) {
	const complete = alternatives.filter((combination) => combination.every(has));
	const filled = alternatives.flat().filter(has);
	const chosen = complete.sort((a, b) => b.length - a.length)[0];
	const inWords = describeAlternatives(alternatives);
	const field = alternatives[0]?.[0] ?? '';
	if (!chosen) {
		report(field, `The recipient's account is not complete. Fill exactly one of: ${inWords}.`);
	} else if (filled.some((id) => !chosen.includes(id))) {
		report(field, `The row names the recipient's account twice. Fill exactly one of: ${inWords}.`);
	}
}
