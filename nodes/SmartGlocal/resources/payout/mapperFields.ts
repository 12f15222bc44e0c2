import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { PAYOUT_FIELDS, ROW_FIELD_IDS } from '../../../payout/fields/fields';
import type { FieldId } from '../../../payout/fields/fields';
import {
	findRequirements,
	OTHER_DESTINATION,
	ROW_DESTINATION,
	ROW_DESTINATIONS,
} from '../../../payout/destinations/requirements';
import type { Requirements } from '../../../payout/destinations/requirements';

/**
 * Gives the editor the fields of the parameter 'Payout' for the chosen destination. Before one is
 * chosen, there is a hint instead: what is typed into fields is lost when it changes (n8n 2.41).
 */
export async function getPayoutColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const destination = String(this.getNodeParameter('destination', '') ?? '');
	const emptyFieldsNotice = 'The fields of the destination that you choose above appear here.';
	if (destination === '') return { fields: [], emptyFieldsNotice };

	const isRow = destination === ROW_DESTINATION || destination.startsWith('=');
	const columns = [
		column('reference', 'Reference', { required: true }),
		column('amount', 'Amount', { required: true }),
		column('currency', 'Currency'),
		...(isRow ? [column('destination', 'Destination', choiceOf(ROW_DESTINATIONS))] : []),
	];
	return { fields: [...columns, ...fieldsOf(destination)] };
}

/** For rows of which each can have another destination. */
const ANY_FIELDS: Pick<Requirements, 'required' | 'optional' | 'more' | 'choices'> = {
	required: [],
	optional: ROW_FIELD_IDS,
	more: [],
};

/** They look like `bank_account_number` and `swift_bic_code`, and few destinations need them. */
const SECOND_TWINS: readonly FieldId[] = ['account_number', 'recipient_swift_bic_code'];

function fieldsOf(destination: string): ResourceMapperField[] {
	const requirements = findRequirements(destination) ?? ANY_FIELDS;
	const { required, optional, more, choices } = requirements;
	const isOpen = requirements === ANY_FIELDS || destination === OTHER_DESTINATION;
	const toBeAdded = isOpen ? SECOND_TWINS : more;
	const offered = [...required, ...optional, ...more];
	return ROW_FIELD_IDS.filter((id) => offered.includes(id)).map((id) =>
		column(id, PAYOUT_FIELDS[id].label, {
			required: required.includes(id),
			removed: toBeAdded.includes(id),
			...choiceOf(choices?.[id]?.map((value) => ({ name: value, value }))),
		}),
	);
}

function choiceOf(options?: INodePropertyOptions[]): Partial<ResourceMapperField> {
	return options ? { type: 'options', options } : {};
}

const COLUMN = {
	required: false,
	removed: false,
	display: true,
	defaultMatch: false,
	canBeUsedToMatch: false,
	// Also for numbers: an amount and an account number must stay exactly as written.
	type: 'string',
} as const;

/** A field of the form; one that is `removed` is only there once the user adds it. */
function column(id: string, displayName: string, more?: Partial<ResourceMapperField>) {
	return { ...COLUMN, id, displayName, ...more };
}
