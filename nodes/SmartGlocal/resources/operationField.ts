import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../batch/defineOperation';

/** The field 'Operation' of one resource. */
export function operationField(
	resource: string,
	operations: readonly Operation[],
	preset: string,
): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations.map(({ option }) => option),
		default: preset,
		displayOptions: { show: { resource: [resource] } },
	};
}
