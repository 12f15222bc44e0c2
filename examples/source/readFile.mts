import { NODE_TYPE } from '../../n8n/packageNames.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';
import { node } from './nodes.mts';
import type { Place } from './nodes.mts';

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
