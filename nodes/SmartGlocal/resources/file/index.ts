import { describeResource } from '../sharedFields';
import { fileReadOperation } from './read';
import { fileWriteOperation } from './write';

const OPERATIONS = [fileReadOperation, fileWriteOperation];

export const fileDescription = describeResource('file', OPERATIONS, 'read');

/** The functions that n8n calls for a file (`customOperations`). */
export const fileOperations = Object.fromEntries(
	OPERATIONS.map(({ option, run }) => [String(option.value), run]),
);
