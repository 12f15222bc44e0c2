import type { IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import type { BuildRequest, DeclaredOperation } from '../../transport/operation';
import { readSessionAnswer } from '../../transport/postReceive';
import type { RowContext } from '../../transport/rowContext';
import { rememberFacts } from '../../transport/rowFacts';
import type { SubjectKind } from '../../transport/subject';
import { withVersion } from '../apiVersion';
import { requestOptions } from '../options';
import { readSessionId, sessionIdField } from './sessionId';

/** Makes the preSend of an operation that sends a session's ID and nothing else. */
function sessionRequest(kind: SubjectKind): BuildRequest {
	return async function (this: RowContext, request: IHttpRequestOptions) {
		const sessionId = readSessionId(this);
		rememberFacts(this, { subject: { kind, name: sessionId }, reference: '', sessionId });
		return withVersion(this, request, { session_id: sessionId });
	};
}

/** Declares an operation on a session that exists (API reference, sections 4.4 and 4.5). */
export function sessionOperation(
	texts: Pick<DeclaredOperation, 'name' | 'value' | 'action' | 'description'>,
	method: string,
	kind: SubjectKind,
): DeclaredOperation {
	return {
		...texts,
		routing: {
			request: { method: 'POST', url: `/api/v1/${method}` },
			send: { preSend: [sessionRequest(kind)] },
			output: { postReceive: [readSessionAnswer] },
		},
	};
}

/** The fields of such an operation. */
export function sessionFields(operation: string): INodeProperties[] {
	const show = { resource: ['session'], operation: [operation] };
	return [sessionIdField(show), { ...requestOptions, displayOptions: { show } }];
}
