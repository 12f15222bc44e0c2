import { describeResource, runLocally } from '../sharedFields';
import { fileReadOperation } from './read';
import { fileWriteOperation } from './write';

const OPERATIONS = [fileReadOperation, fileWriteOperation];

export const fileDescription = describeResource('file', OPERATIONS, 'read');

export const fileOperations = runLocally(OPERATIONS);
