import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { FileError } from '../../../file/fileError';
import { readPayoutFile } from '../../../file/readPayoutFile';
import type { ReadSettings } from '../../../file/sheet';
import { asObject, isObject, parseJson } from '../../../payout/json/jsonObject';
import { CODE_PAGES } from '../../../payout/text/codePages';
import { createTurns } from '../../batch/send/eventLoop';
import { createFileError } from '../../messages/nodeErrors';
import { optionsOf } from '../options';
import { choiceField, flagField, textField } from '../sharedFields';
import type { LocalOperation } from '../sharedFields';

const OPTIONS = [
	flagField(
		'Add Summary',
		'summaryItem',
		'Whether to add one last item that says what was read, and what was not',
	),
	choiceField(
		'Decimal Separator',
		'decimalSeparator',
		'What stands before the cents in amounts that are text, as in a CSV file',
		{
			auto: ['Automatic', 'As all amounts show it'],
			',': ['Comma (1.250,00)'],
			'.': ['Point (1,250.00)'],
		},
	),
	textField('Delimiter', 'delimiter', {
		placeholder: 'e.g. ;',
		description: 'What stands between the columns of a CSV file. Empty finds it.',
	}),
	choiceField('Encoding', 'encoding', 'How the letters of a CSV file are encoded', {
		'': ['Unicode (UTF-8 or UTF-16)'],
		...Object.fromEntries(
			Object.keys(CODE_PAGES).map((page) => [page, [page.replace('w', 'W')] as const]),
		),
	}),
	textField('Header Row', 'headerRow', {
		placeholder: 'e.g. 3',
		description:
			'The number of the row with the headers. Empty finds it; 0 reads a file without headers, whose columns are then called A, B, C.',
	}),
	choiceField(
		'Hidden Rows',
		'hiddenRows',
		'What to do with rows and columns that are hidden or filtered out',
		{
			refuse: ['Refuse', 'Read nothing, and name them'],
			include: ['Include', 'Read them like the others'],
			skip: ['Skip', 'Leave them out, as a filter does'],
		},
	),
	textField('Sheet', 'sheet', {
		placeholder: 'e.g. July',
		description: 'The name or the number of the sheet. Empty takes the one with payouts.',
	}),
];

/** Read Payout File: the bytes of a spreadsheet in, one item per row out. */
export const fileReadOperation: LocalOperation = {
	option: {
		name: 'Read Payout File',
		value: 'read',
		action: 'Read payout file',
		description: 'Read an Excel or CSV file as people see it, one item per row',
	},
	fields: [
		textField('Input Binary Field', 'binaryPropertyName', {
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the input field that has the file',
			description: 'For an upload form, this is the name of its field for the file',
		}),
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'json',
			default: '{}',
			hint: 'For headers in other words, as in {"amount": "Betrag"}: the summary proposes them',
			description:
				'Which header is meant for which field, or one value for all rows, as in {"amount": "Betrag", "currency": {"value": "EUR"}}. Columns with the names of fields need not be listed. The summary proposes what fits.',
		},
		optionsOf(OPTIONS),
	],
	async run(this: IExecuteFunctions) {
		const items: INodeExecutionData[] = [];
		const giveTurn = createTurns();
		for (const [index] of this.getInputData().entries()) {
			const pairedItem = { item: index };
			const name = String(this.getNodeParameter('binaryPropertyName', index));
			let fileName: string | undefined;
			try {
				({ fileName } = this.helpers.assertBinaryData(index, name));
				const settings = readSettings(this, index);
				const bytes = await this.helpers.getBinaryDataBuffer(index, name);
				const { rows, summary } = await readPayoutFile(bytes, settings, giveTurn);
				for (const json of rows) items.push({ json, pairedItem });
				const { is_fine: isFine, ...json } = summary;
				if (this.getNodeParameter('options.summaryItem', index, false) === true) {
					items.push({ json: json as unknown as IDataObject, pairedItem });
				}
				this.addExecutionHints?.({
					message: json.summary,
					type: isFine ? 'info' : 'warning',
					location: 'outputPane',
				});
			} catch (failure) {
				const error = createFileError(this.getNode(), failure, fileName);
				if (!this.continueOnFail()) throw error;
				const { message, description, context } = error;
				items.push({ json: { error: { message, description, ...context } }, pairedItem });
			}
		}
		return [items];
	},
};

/** Throws a `FileError` for a setting that cannot be used. */
function readSettings(context: IExecuteFunctions, index: number): ReadSettings {
	const written = context.getNodeParameter('columns', index, {}) ?? {};
	const columns = typeof written === 'string' ? parseJson(written.trim() || '{}') : written;
	const given = asObject(context.getNodeParameter('options', index, {}));
	const problems: string[] = [];
	const settings: Record<string, unknown> = { columns };
	for (const { name, displayName, options, default: preset } of OPTIONS) {
		const value = String(given[name] ?? '').trim() || preset;
		settings[name] = value;
		if (options && !options.some((choice) => 'value' in choice && choice.value === value)) {
			problems.push(`'${displayName}' is '${String(value)}'. Choose one of its list.`);
		}
	}
	if (!isObject(columns) || !Object.values(columns).every(isMeaning)) {
		problems.push(
			`'Columns' must be JSON that gives each field a header or a value, as in {"amount": "Betrag", "currency": {"value": "EUR"}}.`,
		);
	}
	const header = String(settings.headerRow);
	if (!/^\d*$/.test(header)) problems.push(`'Header Row' must be a number, as in 3, or empty.`);
	const delimiter = String(given.delimiter ?? '').replace(/^\\t$|^tab$/i, '\t');
	if (delimiter.length > 1 || /["\r\n]/.test(delimiter)) {
		problems.push(`'Delimiter' must be one character, such as ;, or empty.`);
	}
	if (problems.length > 0) throw new FileError(problems);
	const headerRow = header === '' ? 'auto' : Number(header) || 'none';
	return { ...settings, headerRow, delimiter } as ReadSettings;
}

/** Whether it is a header, or one value for all rows. */
function isMeaning(meant: unknown): boolean {
	const value = isObject(meant) ? meant.value : meant;
	return typeof value === 'string' || (typeof value === 'number' && isObject(meant));
}
