import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

/** Shows fields only where other fields have these values, besides what they ask for themselves. */
export function showFields(
	show: Readonly<Record<string, string[]>>,
	fields: readonly INodeProperties[],
): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: { show: { ...show, ...field.displayOptions?.show } },
	}));
}

/** A field of text. */
export function textField(
	displayName: string,
	name: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName, name, type: 'string', default: '', ...more };
}

/** A switch, as an entry of a collection. */
export function flagField(
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName, name, type: 'boolean', default: false, description, ...more };
}

/** The entries of a choice, by the value that workflows save: a name and a description. */
export type Choices = Readonly<Record<string, readonly [name: string, description?: string]>>;

/** A field without its names and its default. */
export type Field = Pick<INodeProperties, 'type'> & Partial<INodeProperties>;

/** A choice, with what it is about. */
export function choice(description: string, choices: Choices): Field {
	const options = Object.entries(choices).map(([value, [name, text]]) => {
		return { name, value, ...(text !== undefined && { description: text }) };
	});
	return { type: 'options', options, description };
}

/** A field with a choice, of which the first entry is the default. */
export function choiceField(
	displayName: string,
	name: string,
	description: string,
	choices: Choices,
): INodeProperties {
	return { displayName, name, default: Object.keys(choices)[0], ...choice(description, choices) };
}

/** What the form calls the action of an operation, in sentence case. */
export function describeAction(name: string): string {
	return name.charAt(0) + name.slice(1).toLowerCase().replaceAll('-', ' ');
}

/** What the form says of an operation. */
interface FormOperation {
	option: INodePropertyOptions;
	fields: readonly INodeProperties[];
}

/** An operation that sends nothing: it works on a file, or on what tables hold. */
export interface LocalOperation extends FormOperation {
	/** The names of its outputs, where it has several. */
	outputs?: readonly string[];
	run: (this: IExecuteFunctions) => INodeExecutionData[][] | Promise<INodeExecutionData[][]>;
}

/** The functions that n8n calls for operations that send nothing (`customOperations`). */
export function runLocally(operations: readonly LocalOperation[]) {
	return Object.fromEntries(
		operations.map(({ option, run }) => {
			async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
				return await run.call(this);
			}
			return [String(option.value), execute];
		}),
	);
}

/** The field 'Operation' of one resource, and the fields of each of its operations. */
export function describeResource(
	resource: string,
	operations: readonly FormOperation[],
	preset: string,
): INodeProperties[] {
	const operation: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations.map(({ option }) => option),
		default: preset,
	};
	const show = { resource: [resource] };
	return [
		...showFields(show, [operation]),
		...operations.flatMap(({ option, fields }) =>
			showFields({ ...show, operation: [String(option.value)] }, fields),
		),
	];
}

export const sessionIdField = textField('Session ID', 'sessionId', {
	required: true,
	default: '={{ $json.session_id }}',
	placeholder: 'e.g. ps_3230',
	description:
		'The session that Smart Glocal named in its response or webhook. The preset expression takes it from "session_id", a field of the items of this node and of its trigger.',
});

export const referenceField = textField('Reference', 'reference', {
	required: true,
	placeholder: 'e.g. INV-1001',
	description:
		'Your own name for the payout, such as the invoice number. The same reference is never paid twice.',
});
