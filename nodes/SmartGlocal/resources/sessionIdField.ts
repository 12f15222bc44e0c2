import type { INodeProperties } from 'n8n-workflow';

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
		description: 'The session that Smart Glocal named in its response or webhook',
		displayOptions: { show },
	};
}
