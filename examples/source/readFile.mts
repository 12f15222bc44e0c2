import { NODE_TYPE } from '../../n8n/packageNames.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';
import { formEnding, node } from './nodes.mts';
import type { Place } from './nodes.mts';
import type { Example } from './workflowFile.mts';

/**
 * The field of an upload form that takes a spreadsheet; its item has the file as `file`. The last types
 * cannot be read, but get a sentence that says so.
 */
export const FILE_FIELD = {
	fieldName: 'file',
	fieldLabel: 'Spreadsheet (.xlsx or .csv)',
	fieldType: 'file',
	multipleFiles: false,
	acceptFileTypes: '.xlsx, .xlsm, .csv, .tsv, .txt, .xls, .xlsb, .ods, .numbers',
	requiredField: true,
};

/** The node that reads a file, one item for each row; it needs no credential. */
export function readPayoutFile(
	name: string,
	place: Place,
	binaryPropertyName: string,
	options: object = {},
): WorkflowNode {
	return node(name, NODE_TYPE, 1, place, {
		resource: 'file',
		operation: 'read',
		binaryPropertyName,
		columns: '{}',
		options,
	});
}

/** The node that writes all items into one Excel file. */
export function writeResultsFile(
	name: string,
	place: Place,
	binaryPropertyName: string,
	fileName: string,
): WorkflowNode {
	return node(name, NODE_TYPE, 1, place, {
		resource: 'file',
		operation: 'write',
		format: 'xlsx',
		fileName,
		binaryPropertyName,
		options: {},
	});
}

/** A JavaScript expression that makes a list in HTML of the texts that another one gives. */
export function htmlList(texts: string): string {
	const escaped = `text.replace(/[&<>]/g, (sign) => '&#' + sign.charCodeAt(0) + ';')`;
	return `'<ul>' + ${texts}.map((text) => '<li>' + ${escaped} + '</li>').join('') + '</ul>'`;
}

/** What an example does before and after a file is read. */
export interface ReadFileOptions {
	/** The node with the upload form. */
	from: string;
	/** The node that takes the rows; it may lead to the page that refuses the file, too. */
	to: string;
	/** The title of the page that says why a file cannot be read. */
	refusal: string;
	/** Of Read Payout File. */
	options: object;
}

/** The node that reads an uploaded file, and a page that says why a file cannot be read. */
export function readFile({ from, to, refusal, options }: ReadFileOptions): {
	nodes: WorkflowNode[];
	links: Array<Example['links'][number]>;
} {
	const reader = readPayoutFile('Read the File', [11, 4], 'file', options);
	return {
		nodes: [
			{ ...reader, onError: 'continueErrorOutput' },
			formEnding(
				'The File Cannot Be Read',
				[22, 14],
				refusal,
				`={{ $json.problem || ${htmlList('$json.error.problems')} }}`,
			),
		],
		links: [
			[from, 'Read the File'],
			['Read the File', to],
			['Read the File', 'The File Cannot Be Read', 1],
		],
	};
}
