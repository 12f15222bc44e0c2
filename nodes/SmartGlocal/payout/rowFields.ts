import { readCell } from './cells';
import { checkField, isIdentifier } from './checks';
import type { ColumnId } from './columns';
import type { Requirements } from './destination';
import { FIELD_IDS, PAYOUT_FIELDS } from './fields';
import type { FieldId, PayoutField } from './fields';

/** Takes one thing that is wrong with a row: the column and a complete sentence. */
export type Report = (field: string, message: string) => void;

/**
 * Reads and checks all fields of the account, the recipient and the sender that a row holds.
 *
 * @param cells the row's cells, the node's sender among them
 * @param requirements what the row's destination needs
 * @param report called once for everything that is wrong
 * @returns the fields' values in the form the API takes
 */
export function readFields(
	cells: Partial<Record<ColumnId, unknown>>,
	requirements: Requirements,
	report: Report,
): Map<FieldId, string> {
	const fields = new Map<FieldId, string>();
	const refused = new Set<FieldId>();
	const fixed = fixedValues(requirements);
	for (const id of FIELD_IDS) {
		const field: PayoutField = PAYOUT_FIELDS[id];
		const checkName = requirements.checks?.[id] ?? field.check;
		const cell = readCell(cells[id], isIdentifier(checkName) ? 'identifier' : 'text', field.label);
		const text = 'problem' in cell || cell.text !== '' ? undefined : (fixed[id] ?? '');
		if (text === '') continue;

		const checked =
			'problem' in cell
				? cell
				: checkField(text ?? cell.text, field, {
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
		} else {
			fields.set(id, field.check === 'currency' ? checked.value.toLowerCase() : checked.value);
		}
	}
	reportMissing(fields, refused, requirements, report);
	return fields;
}

function fixedValues({ fixed, country, currency }: Requirements): Partial<Record<FieldId, string>> {
	return {
		...fixed,
		...(country !== undefined && { recipient_country_iso3: country }),
		...(currency !== undefined && { recipient_currency: currency }),
	};
}

function reportMissing(
	fields: ReadonlyMap<FieldId, string>,
	refused: ReadonlySet<FieldId>,
	requirements: Requirements,
	report: Report,
) {
	const has = (id: FieldId) => fields.has(id) || refused.has(id);
	const bySender = requirements.requiredForSender;
	const forSender =
		bySender && fields.get('sender_country_iso3') === bySender.country ? bySender.fields : [];
	for (const id of [...requirements.required, ...forSender]) {
		if (has(id)) continue;
		const where = id.startsWith('sender_')
			? `Add it under 'Sender', or as a column '${id}'.`
			: `Fill the column '${id}'.`;
		report(id, `${PAYOUT_FIELDS[id].label} is missing. ${where}`);
	}
	if (requirements.alternatives) reportAccount(requirements.alternatives, has, report);
}

/** Exactly one combination must be complete: with two, nobody could say which account is paid. */
function reportAccount(
	alternatives: readonly (readonly FieldId[])[],
	has: (id: FieldId) => boolean,
	report: Report,
) {
	const complete = alternatives.filter((combination) => combination.every(has));
	const filled = alternatives.flat().filter(has);
	const chosen = complete.sort((a, b) => b.length - a.length)[0];
	const inWords = alternatives
		.map((combination) => combination.map((id) => PAYOUT_FIELDS[id].label).join(' and '))
		.join(', or ');
	const field = alternatives[0]?.[0] ?? '';
	if (!chosen) {
		report(field, `The recipient's account is not complete. Fill exactly one of: ${inWords}.`);
	} else if (filled.some((id) => !chosen.includes(id))) {
		report(field, `The row names the recipient's account twice. Fill exactly one of: ${inWords}.`);
	}
}
