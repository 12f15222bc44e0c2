import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { InterpretResponse } from '../../api/interpretResponse';
import { maskResponse } from '../../api/simplify';
import { toHttpRequest } from '../../api/request';
import type { PreparedRequest, RequestKind } from '../../api/request';
import { createRowError } from '../messages/nodeErrors';
import { describeFailedRow, describeInvalidRow } from '../messages/failureTexts';
import { readOutputSettings, toRow, toValidationError } from './read/readParameters';
import type { Row } from './read/readParameters';
import { identifyRow, labelRequest } from './read/prepareRows';

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
	/** Whether the option 'Session First' applies. */
	canCreateSessionFirst?: true;
	/** Checks a row and prepares its request. Throws a `ValidationError` that names all its problems. */
	prepare(row: Row): PreparedRequest;
	interpret: InterpretResponse;
	/** Like `interpret`, for the option 'Wait Until Final'; only where there is something to wait for. */
	interpretFinality?: InterpretResponse;
}

/** An operation, with what the node's description holds of it. */
export interface Operation extends OperationDefinition {
	option: INodePropertyOptions;
}

/**
 * Defines an operation once, for two engines: the batch, which runs it, and n8n's declarative engine,
 * whose `routing` is derived here. A test compares the bytes that both send.
 */
export function defineOperation(definition: OperationDefinition): Operation {
	const { name, value, action, description, kind, path, prepare, interpret } = definition;
	const routing: INodePropertyOptions['routing'] = {
		request: { method: 'POST', url: `/api/v1/${path}` },
		send: {
			preSend: [
				async function (request) {
					const row = toRow(this);
					try {
						return { ...request, ...toHttpRequest({ path, ...prepare(row) }) };
					} catch (failure) {
						const { problems } = toValidationError(failure);
						const { label } = identifyRow(row, kind);
						throw createRowError(this.getNode(), describeInvalidRow(label, problems), row.index);
					}
				},
			],
		},
		output: {
			postReceive: [
				async function (_items, response) {
					const row = toRow(this);
					const prepared = prepare(row);
					const result = interpret(response, prepared, readOutputSettings(row));
					if ('items' in result) {
						return result.items.map((json) => ({ json: maskResponse(json) }));
					}
					const label = labelRequest(prepared, row.index, kind);
					const { sessionId = result.sessionId } = prepared;
					const named = sessionId === undefined ? label : { ...label, sessionId };
					throw createRowError(this.getNode(), describeFailedRow(named, result), row.index);
				},
			],
		},
	};
	return { ...definition, option: { name, value, action, description, routing } };
}
