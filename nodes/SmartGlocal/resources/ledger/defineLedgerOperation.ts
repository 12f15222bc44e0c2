import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { TableRow } from '../../../ledger/tables';
import { isObject, parseJson } from '../../../payout/json/jsonObject';
import { choiceField, describeAction, flagField, textField } from '../sharedFields';
import type { Choices, LocalOperation } from '../sharedFields';

/** A field of the form, and how its value is read; its name is that in the record that holds it. */
interface LedgerField<Value> {
	property: INodeProperties;
	read: (context: IExecuteFunctions, name: string) => Value;
}

type Fields = Readonly<Record<string, LedgerField<unknown>>>;

type Values<Given extends Fields> = {
	readonly [Name in keyof Given]: ReturnType<Given[Name]['read']>;
};

/** What is special about an operation. The rows in its outputs are linked to the first item of the input. */
interface LedgerDefinition<Given extends Fields> {
	name: string;
	value: string;
	description: string;
	/** The names of its outputs, where it has several. */
	outputs?: readonly string[];
	fields: Given;
	/** A value is read when it is asked for: fields that are hidden have none. `now` is in ISO 8601. */
	run(
		this: IExecuteFunctions,
		values: Values<Given>,
		input: TableRow[],
		now: string,
	): ReadonlyArray<readonly object[]>;
}

/** Defines an operation on rows of the workflows' tables, which sends nothing. */
export function defineLedgerOperation<Given extends Fields>({
	name: title,
	value,
	description,
	outputs,
	fields,
	run,
}: LedgerDefinition<Given>): LocalOperation {
	const named = Object.entries(fields);
	return {
		option: { name: title, value, action: describeAction(title), description },
		...(outputs && { outputs }),
		fields: named.map(([name, { property }]) => ({ ...property, name })),
		run() {
			const values = {} as Values<Given>;
			for (const [name, { read }] of named) {
				Object.defineProperty(values, name, { get: () => read(this, name) });
			}
			// The empty item is that of a table that has no rows.
			const rows = this.getInputData().map(({ json }) => json);
			const input = rows.filter((row) => Object.keys(row).length > 0);
			const found = run.call(this, values, input, new Date().toISOString());
			return found.map((output) =>
				output.map((row) => ({ json: { ...row } as IDataObject, pairedItem: 0 })),
			);
		},
	};
}

/** A field for the items of another node, which holds what a table had. Throws n8n's error for anything else. */
export function ledgerItems(
	displayName: string,
	preset: string,
	description: string,
): LedgerField<TableRow[]> {
	return {
		property: textField(displayName, '', {
			required: true,
			default: `={{ ${preset} }}`,
			description,
		}),
		read(context, name) {
			const given = readNodes(context, name) ?? (context.getNodeParameter(name, 0, []) as unknown);
			const list = typeof given === 'string' ? parseJson(given) : given;
			if (Array.isArray(list) && list.every(isObject)) {
				return list.map((item) => (isObject(item.json) ? item.json : item));
			}
			const message = `'${displayName}' must hold the items of a node`;
			const advice = `Write an expression, such as {{ ${preset} }}.`;
			throw new NodeOperationError(context.getNode(), message, { description: advice });
		},
	};
}

/** The items of a node, of one of its outputs, or none where it has not run; or those of the input. */
const SOURCE =
	/^\(?(?:\$\('([^'\\]+)'\)\.isExecuted \? )?\$(?:\('([^'\\]+)'\)|(input))\.all\((\d*)\)(?: : \[\])?\)?$/;

/**
 * Reads an expression that only names nodes, one or a list of them, from n8n itself: its engine for
 * expressions gives up after five seconds or 128 MB, which some thousand items can take (n8n 2.41).
 */
function readNodes(context: IExecuteFunctions, name: string): unknown[] | undefined {
	const written = context.getNodeParameter(name, 0, '', { rawExpressions: true }) as unknown;
	const [, expression = ''] = /^=\{\{ (.*) \}\}$/.exec(String(written)) ?? [];
	const list = /^\[\.\.\.(.*)\]$/.exec(expression)?.[1]?.split(', ...') ?? [expression];
	const sources = list.map((source) => SOURCE.exec(source));
	if (sources.some((source) => !source || (source[1] && source[1] !== source[2]))) return undefined;
	const { $, $input } = context.getWorkflowDataProxy(0) as unknown as DataProxy;
	return sources.flatMap((source) => {
		const [, guard, node = '', , output] = source ?? [];
		if (node === '') return $input.all();
		const of = $(node);
		return guard && !of.isExecuted ? [] : of.all(output ? Number(output) : undefined);
	});
}

/** The part of n8n's data for expressions that is read here. */
interface DataProxy {
	$: (node: string) => { isExecuted: boolean; all: (output?: number) => unknown[] };
	$input: { all: () => unknown[] };
}

/** A field of text. */
export function ledgerText(
	displayName: string,
	more: Partial<INodeProperties>,
): LedgerField<string> {
	return {
		property: textField(displayName, '', more),
		read: (context, name) => String(context.getNodeParameter(name, 0, '') ?? ''),
	};
}

/** A switch; whatever is no switch counts as its default. */
export function ledgerFlag(
	displayName: string,
	description: string,
	more: Partial<INodeProperties>,
): LedgerField<boolean> {
	const property = flagField(displayName, '', description, more);
	return {
		property,
		read(context, name) {
			const given = context.getNodeParameter(name, 0, property.default);
			return typeof given === 'boolean' ? given : property.default === true;
		},
	};
}

/** A choice, of which the first entry is the default. */
export function ledgerChoice<Entries extends Choices>(
	displayName: string,
	description: string,
	choices: Entries,
): LedgerField<keyof Entries> {
	const property = choiceField(displayName, '', description, choices);
	return {
		property,
		read: (context, name) => context.getNodeParameter(name, 0, property.default) as keyof Entries,
	};
}

/** Shows fields only where another field has one of these values. */
export function showWhere<Shown extends Fields>(
	show: Readonly<Record<string, string[]>>,
	fields: Shown,
): Shown {
	const shown = Object.entries(fields).map(([name, { property, read }]) => {
		return [name, { property: { ...property, displayOptions: { show } }, read }];
	});
	return Object.fromEntries(shown) as Shown;
}

/** The fields that several operations have. */
const FIELDS = {
	checked: ledgerItems(
		'Checked Rows',
		"$('Check the Rows').all()",
		'The items of Init Payout with Dry Run and Include Fingerprints',
	),
	rows: ledgerItems(
		'Rows',
		"$('Rows of the File').all()",
		'The items of the node that has the rows themselves, in the order in which they were checked',
	),
	claims: ledgerItems(
		'Claims',
		"$('Read the Claims').all()",
		'The items of the node that reads the table of claims, after this run has written its own',
	),
	events: ledgerItems(
		'Events',
		"$('Look in the Events').all()",
		'The items of the node that reads the events, after the claims',
	),
	payouts: ledgerItems(
		'Payouts',
		"$('Look in the Ledger').all()",
		'The items of the node that looks the references up in the ledger, after the events',
	),
	run: ledgerText('Run', {
		required: true,
		default: "={{ $execution.id + '/' + $runIndex }}",
		description:
			'What tells this run, or this part of it, from all others. The claims of the run have it.',
	}),
	settings: ledgerItems(
		'Settings',
		"$('Settings').all()",
		'The item with two_persons_above, currency, hours_to_decide and approvers',
	),
};

/** Some of the fields that several operations have, in this order. */
export function ledgerFields<Name extends keyof typeof FIELDS>(...names: Name[]) {
	return Object.fromEntries(names.map((name) => [name, FIELDS[name]])) as Pick<typeof FIELDS, Name>;
}

/** Events are to be written before orders are paid. */
export const APPROVAL_OUTPUTS = ['Events', 'Orders', 'Page', 'Refused'];
