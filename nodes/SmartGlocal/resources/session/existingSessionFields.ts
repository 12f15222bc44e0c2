import type { INodeProperties } from 'n8n-workflow';
import { sessionOptions } from '../options';
import { sessionIdField } from '../sessionIdField';

/**
 * The fields of an operation on a session that exists (API reference, sections 4.4 and 4.5).
 *
 * @param options makes the collection of the operation's options
 */
export function existingSessionFields(
	operation: string,
	options = sessionOptions,
): INodeProperties[] {
	const show = { resource: ['session'], operation: [operation] };
	return [sessionIdField(show), options(show)];
}
