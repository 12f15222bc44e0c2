import type { INodeProperties } from 'n8n-workflow';

/** The field 'Session ID' of every operation on an existing session. */
export function sessionIdField(show: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		required: true,
		default: '={{ $json.session_id }}',
		placeholder: 'e.g. ps_3230',
		description:
			'The session that Smart Glocal named in its response or webhook. The preset expression takes it from "session_id", a field of the items of this node and of its trigger.',
		displayOptions: { show },
	};
}
