import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../../credentials/authenticateRequest';
import { interpretBalance, interpretOrder, interpretSession } from '../../api/interpretResponse';
import type { InterpretResponse } from '../../api/interpretResponse';
import { toHttpRequest } from '../../api/request';
import type { PreparedRequest, RequestKind } from '../../api/request';
import { createRowReader } from './read/readParameters';
import type { Row } from './read/readParameters';

/** Everything that is special about one operation of the node. */
export interface OperationDefinition {
	name: string;
	value: string;
	action: string;
	description: string;
	fields: readonly INodeProperties[];
	kind: RequestKind;
	/** The API method, as in `session/init/payout`. */
	path: string;
	canCreateSessionFirst?: true;
	/** Checks a row and prepares its request. Throws a `ValidationError` that names all its problems. */
	prepare(row: Row): PreparedRequest;
}

/** An operation, with how its responses are read, and what the node's description holds of it. */
export interface Operation extends OperationDefinition {
	interpret: InterpretResponse;
	option: INodePropertyOptions;
}

const INTERPRETERS: Readonly<Record<RequestKind, InterpretResponse>> = {
	order: interpretOrder,
	creation: interpretSession('creation'),
	confirmation: interpretSession('confirmation'),
	cancellation: interpretSession('cancellation'),
	lookup: interpretSession('lookup'),
	balance: interpretBalance,
};

/**
 * Defines an operation once, for two engines: the batch, which n8n calls (`customOperations`), and
 * n8n's declarative engine, whose `routing` is derived here. A test compares the bytes that both send.
 */
export function defineOperation(definition: OperationDefinition): Operation {
	const { name, value, action, description, path, prepare } = definition;
	const routing: INodePropertyOptions['routing'] = {
		request: { method: 'POST', url: `/api/v1/${path}` },
		send: {
			preSend: [
				async function (request) {
					const credentials = await this.getCredentials(CREDENTIAL_TYPE);
					const row = createRowReader(this, credentials).rowAt(this.getItemIndex());
					return { ...request, ...toHttpRequest({ path, ...prepare(row) }) };
				},
			],
		},
	};
	const option = { name, value, action, description, routing };
	return { ...definition, interpret: INTERPRETERS[definition.kind], option };
}
