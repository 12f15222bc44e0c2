import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { findCorridor, ROW_DESTINATION } from '../../payout/corridors';
import { DESTINATIONS, listFields } from '../../payout/destination';
import { PAYOUT_FIELDS, ROW_FIELD_IDS } from '../../payout/fields';

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
	const { required, optional } = (isRow ? undefined : listFields(destination)) ?? {
		required: [],
		optional: ROW_FIELD_IDS,
	};
	const choices = findCorridor(destination)?.choices;
	const fields = ROW_FIELD_IDS.filter((id) => required.includes(id) || optional.includes(id)).map(
		(id) => column(id, PAYOUT_FIELDS[id].label, required.includes(id), choices?.[id]),
	);
	return {
		fields: [
			column('reference', 'Reference', true),
			column('amount', 'Amount', true),
			...(isRow ? [column('destination', 'Destination', false, undefined, DESTINATIONS)] : []),
			...fields,
		],
	};
}

function column(
	id: string,
	displayName: string,
	required: boolean,
	choices?: readonly string[],
	options: INodePropertyOptions[] | undefined = choices?.map((value) => ({ name: value, value })),
): ResourceMapperField {
	return {
		id,
		displayName,
		required,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		// Text also for numbers: an amount and an account number must stay exactly as written.
		...(options ? { type: 'options', options } : { type: 'string' }),
	};
}
