import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { groupForConditions } from '../../../ledger/tables';
import type { TableRow } from '../../../ledger/tables';
import { isObject, parseJson } from '../../../payout/json/jsonObject';
import { textField } from '../sharedFields';

/** A field for the items of another node, which holds what a table had. */
export function itemsField(
	displayName: string,
	name: string,
	items: string,
	description: string,
): INodeProperties {
	return textField(displayName, name, {
		required: true,
		default: `={{ ${items} }}`,
		description,
	});
}

export const checkedField = itemsField(
	'Checked Rows',
	'checked',
	"$('Check the Rows').all()",
	'The items of Init Payout with Dry Run and Include Fingerprints',
);

export const payoutsField = itemsField(
	'Payouts',
	'payouts',
	"$('Look in the Ledger').all()",
	'The items of the node that looks the references up in the ledger, after the events',
);

export const claimsField = itemsField(
	'Claims',
	'claims',
	"$('Read the Claims').all()",
	'The items of the node that reads the table of claims, after this run has written its own',
);

export const eventsField = itemsField(
	'Events',
	'events',
	"$('Look in the Events').all()",
	'The items of the node that reads the events, after the claims',
);

export const rowsField = itemsField(
	'Rows',
	'rows',
	"$('Rows of the File').all()",
	'The items of the node that has the rows themselves, in the order in which they were checked',
);

export const sentField = itemsField(
	'Sent Rows',
	'sent',
	"$('Decide on Claims').all()",
	'The items that Decide on Claims has put out to be sent',
);

export const runField = textField('Run', 'run', {
	required: true,
	default: "={{ $execution.id + '/' + $runIndex }}",
	description:
		'What tells this run, or this part of it, from all others. The claims of the run have it.',
});

export const settingsField = itemsField(
	'Settings',
	'settings',
	"$('Settings').all()",
	'The item with two_persons_above, currency, hours_to_decide and approvers',
);

/** Events are to be written before orders are paid. */
export const APPROVAL_OUTPUTS = ['Events', 'Orders', 'Page', 'Refused'];

/** Reads the items of another node. Throws n8n's error for anything else. */
export function readItems(context: IExecuteFunctions, field: INodeProperties): TableRow[] {
	const given = context.getNodeParameter(field.name, 0, []) as unknown;
	const list = typeof given === 'string' ? parseJson(given) : given;
	if (Array.isArray(list) && list.every(isObject)) {
		return list.map((item) => (isObject(item.json) ? item.json : item));
	}
	const message = `'${field.displayName}' must hold the items of a node`;
	const description = `Write an expression, such as ${String(field.default).slice(1)}.`;
	throw new NodeOperationError(context.getNode(), message, { description });
}

/** Makes items with 50 ids each, for a node that changes or removes the rows with these ids. */
export function toIdGroups(ids: readonly number[]): INodeExecutionData[] {
	return toItems(groupForConditions(ids).map((group) => ({ ids: group })));
}

/** The rows that came to the node, without the empty item of a table that has none. */
export function readInput(context: IExecuteFunctions): TableRow[] {
	const rows = context.getInputData().map(({ json }) => json);
	return rows.filter((row) => Object.keys(row).length > 0);
}

/** Makes the items of one output; all are linked to the first item of the input. */
export function toItems(rows: readonly TableRow[]): INodeExecutionData[] {
	return rows.map((row) => ({ json: row as IDataObject, pairedItem: 0 }));
}
