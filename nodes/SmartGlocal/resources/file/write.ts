import type { IExecuteFunctions } from 'n8n-workflow';
import { writeCsv } from '../../../file/write/writeCsv';
import { writeXlsx } from '../../../file/write/writeXlsx';
import { createTurns } from '../../batch/send/eventLoop';
import { createFileError } from '../../messages/nodeErrors';
import { optionsOf } from '../options';
import { choiceField, textField } from '../sharedFields';
import type { LocalOperation } from '../sharedFields';

const MIME_TYPES: Readonly<Record<string, string>> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv',
};

/** Write Results File: all items in, one file out, which reads back as it was. */
export const fileWriteOperation: LocalOperation = {
	option: {
		name: 'Write Results File',
		value: 'write',
		action: 'Write results file',
		description: 'Write all items into one Excel or CSV file, which can be read again',
	},
	fields: [
		choiceField('Format', 'format', 'What kind of file is written', {
			xlsx: ['Excel (XLSX)'],
			csv: ['CSV', 'In UTF-8, separated by commas'],
		}),
		textField('File Name', 'fileName', {
			default: 'results',
			placeholder: 'e.g. results-july',
			description: 'The name of the file. Its ending is added where it is missing.',
		}),
		textField('Put Output File in Field', 'binaryPropertyName', {
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the output field to put the file in',
			description: 'By this name, the nodes that follow find the file',
		}),
		optionsOf([
			textField('Sheet Name', 'sheetName', {
				default: 'Results',
				placeholder: 'e.g. July',
				description: 'The name of the sheet in an Excel file',
			}),
		]),
	],
	async run(this: IExecuteFunctions) {
		const input = this.getInputData();
		const read = (name: string, fallback: string) =>
			String(this.getNodeParameter(name, 0, fallback) ?? fallback);
		const format = read('format', 'xlsx');
		const field = read('binaryPropertyName', 'data');
		const rows = input.map(({ json }) => json);
		const giveTurn = createTurns();
		try {
			const { bytes, cutCount } = await (format === 'csv'
				? writeCsv(rows, giveTurn)
				: writeXlsx(rows, read('options.sheetName', 'Results'), giveTurn));
			const name = read('fileName', '').trim() || 'results';
			const fileName = name.toLowerCase().endsWith(`.${format}`) ? name : `${name}.${format}`;
			const file = await this.helpers.prepareBinaryData(bytes, fileName, MIME_TYPES[format]);
			if (cutCount > 0) {
				this.addExecutionHints?.({
					message: `${cutCount} ${cutCount === 1 ? 'text was' : 'texts were'} cut: a cell of Excel holds 32,767 characters.`,
					type: 'warning',
					location: 'outputPane',
				});
			}
			const json = { file_name: fileName, rows: rows.length, cut_texts: cutCount };
			const pairedItem = input.map((_, item) => ({ item }));
			return [[{ json, binary: { [field]: file }, pairedItem }]];
		} catch (failure) {
			const error = createFileError(this.getNode(), failure);
			if (!this.continueOnFail()) throw error;
			return [[{ json: { error: { message: error.message, ...error.context } }, pairedItem: 0 }]];
		}
	},
};
