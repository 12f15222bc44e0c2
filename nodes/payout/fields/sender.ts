import { toUpperAscii } from '../text/characters';
import { checkField } from './checkField';
import type { ColumnId } from '../headers/matchColumns';
import { PAYOUT_FIELDS, SENDER_FIELD_IDS } from './fields';
import type { FieldId } from './fields';

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
 *
 * @param own the row's values by column
 * @param sender the node's sender by column
 */
export function addSender(own: Values, sender: Values): RowWithSender {
	const differing = SENDER_FIELD_IDS.find((id) => differs(id, own[id], sender[id]));
	return { values: differing === undefined ? { ...sender, ...own } : own, differing };
}

/** Whether a field has two values that differ in more than noise and case. */
function differs(id: FieldId, own: unknown, other: unknown): boolean {
	if (own === undefined || other === undefined) return false;
	const text = readForComparison(id, own);
	// What cannot be read is reported as such.
	return text !== undefined && text !== readForComparison(id, other);
}

function readForComparison(id: FieldId, value: unknown): string | undefined {
	const checked = checkField(id, value);
	return 'value' in checked ? toUpperAscii(checked.value) : undefined;
}

/**
 * Says which fields of the sender a row lacks, and where to add them.
 *
 * @param missing at least one field
 * @param differing see `RowWithSender`
 */
export function describeMissingSender(
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
