import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { DESTINATIONS } from '../../payout/destinations';
import { PAYOUT_FIELDS, ROW_FIELD_IDS } from '../../payout/fields';
import type { FieldId } from '../../payout/fields';
import { findRequirements, OTHER_DESTINATION, ROW_DESTINATION } from '../../payout/requirements';
import type { DestinationFields } from '../../payout/requirements';

/**
 * Gives the form of the parameter 'Payout' its fields: those of the chosen destination, made from
 * the table of fields. Called by the editor, again whenever the destination changes.
 *
 * @returns no fields before a destination is chosen
 */
export async function getPayoutColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const destination = String(this.getNodeParameter('destination', '') ?? '');
	if (destination === '') return { fields: [] };

	const isRow = destination === ROW_DESTINATION || destination.startsWith('=');
	const { required, optional, more } =
		(isRow ? undefined : findRequirements(destination)) ?? ANY_ROW;
	const choices = findRequirements(destination)?.choices;
	const isShown = (id: FieldId) => required.includes(id) || optional.includes(id);
	return {
		fields: [
			column('reference', 'Reference', { required: true }),
			column('amount', 'Amount', { required: true }),
			...(isRow ? [column('destination', 'Destination', { options: DESTINATIONS })] : []),
			...ROW_FIELD_IDS.filter((id) => isShown(id) || more.includes(id)).map((id) =>
				column(id, PAYOUT_FIELDS[id].label, {
					required: required.includes(id),
					removed: destination !== OTHER_DESTINATION && !isShown(id),
					options: choices?.[id]?.map((value) => ({ name: value, value })),
				}),
			),
		],
	};
}

const ANY_ROW: DestinationFields = { required: [], optional: ROW_FIELD_IDS, more: [] };

/** A field of the form; one that is `removed` is only there once the user adds it. */
function column(
	id: string,
	displayName: string,
	{
		required = false,
		removed = false,
		options,
	}: { required?: boolean; removed?: boolean; options?: INodePropertyOptions[] | undefined },
): ResourceMapperField {
	return {
		id,
		displayName,
		required,
		removed,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		// Text also for numbers: an amount and an account number must stay exactly as written.
		...(options ? { type: 'options', options } : { type: 'string' }),
	};
}
