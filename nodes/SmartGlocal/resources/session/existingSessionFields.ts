import type { INodeProperties } from 'n8n-workflow';
import { sessionOptions } from '../options';
import { sessionIdField } from '../sessionIdField';

/** The fields of an operation on a session that exists (API reference, sections 4.4 and 4.5). */
export function existingSessionFields(operation: string): INodeProperties[] {
	const show = { resource: ['session'], operation: [operation] };
	return [sessionIdField(show), sessionOptions(show)];
}
