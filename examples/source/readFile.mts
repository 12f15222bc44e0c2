import type { WorkflowNode } from '../../n8n/workflow.mts';
import { code, formEnding, node, switchByKind } from './nodes.mts';
import type { Example } from './workflowFile.mts';

const EXTRACT = 'n8n-nodes-base.extractFromFile';

/** The field of an upload form that takes a spreadsheet; its item has the file as `file`. */
export const FILE_FIELD = {
	fieldName: 'file',
	fieldLabel: 'Spreadsheet (.xlsx or .csv)',
	fieldType: 'file',
	multipleFiles: false,
	acceptFileTypes: '.xlsx, .xls, .ods, .csv, .txt',
	requiredField: true,
};

/** What an example does before and after a file is read. */
export interface ReadFileOptions {
	/** The node with the upload form. */
	from: string;
	/** The node that takes the rows; it may lead to the page that refuses the file, too. */
	to: string;
	/** The title of the page that says why a file cannot be read. */
	refusal: string;
	/** Whether the first row names the columns; else each item has a whole row as the list `row`. */
	headerRow?: boolean;
}

/**
 * The nodes that read an uploaded XLSX or CSV file, and a page that says why a file cannot be read. A file
 * that is broken comes as one item that has nothing but `error`.
 */
export function readFile({ from, to, refusal, headerRow = true }: ReadFileOptions): {
	nodes: WorkflowNode[];
	links: Array<Example['links'][number]>;
} {
	const rowsAsLists = headerRow ? {} : { headerRow };
	const settings = { onError: 'continueRegularOutput', alwaysOutputData: true };
	return {
		nodes: [
			code(
				'Look at the File',
				[11, 4],
				['inspectFile'],
				`const file = await this.helpers.getBinaryDataBuffer(0, 'file');
const [{ binary }] = $input.all();
return [{ json: inspectFile(file), binary }];`,
			),
			switchByKind('What Kind of File?', [22, 4], ['csv', 'spreadsheet', 'refused']),
			node(
				'Read the CSV File',
				EXTRACT,
				1.1,
				[33, -2],
				{
					operation: 'csv',
					binaryPropertyName: 'file',
					options: {
						delimiter: '={{ $json.delimiter }}',
						fromLine: '={{ $json.fromLine }}',
						enableBOM: true,
						includeEmptyCells: true,
						...rowsAsLists,
					},
				},
				settings,
			),
			node(
				'Read the Spreadsheet',
				EXTRACT,
				1.1,
				[33, 8],
				{
					operation: 'xlsx',
					binaryPropertyName: 'file',
					options: { includeEmptyCells: true, ...rowsAsLists },
				},
				settings,
			),
			formEnding(
				'The File Cannot Be Read',
				[66, 14],
				refusal,
				`={{ $json.problem || 'The file could not be read: ' + $json.error + '. Save it again, and upload it.' }}`,
			),
		],
		links: [
			[from, 'Look at the File'],
			['Look at the File', 'What Kind of File?'],
			['What Kind of File?', 'Read the CSV File', 0],
			['What Kind of File?', 'Read the Spreadsheet', 1],
			['What Kind of File?', 'The File Cannot Be Read', 2],
			['Read the CSV File', to],
			['Read the Spreadsheet', to],
		],
	};
}
