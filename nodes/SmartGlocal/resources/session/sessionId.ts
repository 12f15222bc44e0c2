import type { INodeProperties } from 'n8n-workflow';
import { cleanText } from '../../payout/text';
import { createRefusal } from '../../transport/errors';
import type { RowContext } from '../../transport/rowContext';

/** The field 'Session ID' of every operation on an existing session. */
export function sessionIdField(show: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ps_3230',
		hint: 'Usually an expression that takes it from the row, as in $json.session_id',
		description: 'The session that Smart Glocal named in its answer or webhook',
		displayOptions: { show },
	};
}

/**
 * Reads the row's session ID.
 *
 * @throws an error of n8n with a sentence when there is none
 */
export function readSessionId(row: RowContext): string {
	const value = row.getNodeParameter('sessionId', '');
	const id = typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : '';
	if (id !== '') return id;
	throw createRefusal(row, [
		{
			field: 'sessionId',
			message:
				"The 'Session ID' is empty. Map the column that holds it, as in {{ $json.session_id }}.",
		},
	]);
}
