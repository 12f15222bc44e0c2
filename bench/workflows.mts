import type { StoredCredential } from '../n8n/credential.mts';
import { CREDENTIAL_TYPE, NODE_TYPE, TRIGGER_TYPE } from '../n8n/packageNames.mts';
import { chainNodes, workflowNode } from '../n8n/workflow.mts';
import type { WorkflowFile, WorkflowNode } from '../n8n/workflow.mts';
import { COLUMNS, DESTINATION, payoutBody } from './rows.mts';

/** The node that is measured; the others only hand it its rows. */
export const MEASURED_NODE = 'Measured';

/** See benchNodes.mts. */
const DECLARED_NODE_TYPE = 'CUSTOM.smartGlocalDeclared';
const BARE_NODE_TYPE = 'CUSTOM.smartGlocalBare';

const WEBHOOK_TYPE = 'n8n-nodes-base.webhook';
const START_NODE = 'Start';

/** The part of a node that makes a case. */
export type MeasuredNode = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters'>;

/**
 * How a row's columns get into the node: as they are, through an expression for each that names
 * the column, or through one for each that n8n must compute.
 */
export type Mapping = 'automatic' | 'expressions' | 'computed';

/**
 * This package's node, as users have it.
 *
 * @param parallelRequests a fixed number in flight; as the node presets it when left out
 */
export function ourNode(mapping: Mapping, parallelRequests?: number): MeasuredNode {
	const options = parallelRequests === undefined ? {} : { parallelRequests };
	const parameters = { ...payoutParameters(mapping), options };
	return { type: NODE_TYPE, typeVersion: 1, parameters };
}

/** The same declared operation, run by n8n's engine for declarative nodes. */
export function declaredNode(mapping: Mapping): MeasuredNode {
	const parameters = { ...payoutParameters(mapping), options: {} };
	return { type: DECLARED_NODE_TYPE, typeVersion: 1, parameters };
}

/** A loop with n8n's request helper, which has as many requests in flight as the run asks for. */
export function bareNode(): MeasuredNode {
	const parallelRequests = `={{ $('${START_NODE}').first().json.query.inFlight }}`;
	const parameters = { ...payoutParameters('automatic'), options: { parallelRequests } };
	return { type: BARE_NODE_TYPE, typeVersion: 1, parameters };
}

function payoutParameters(mapping: Mapping): Record<string, unknown> {
	const compute = mapping === 'computed' ? '.toString().trim()' : '';
	const value = Object.fromEntries(
		COLUMNS.map((column) => [column, `={{ $json.${column}${compute} }}`]),
	);
	return {
		resource: 'payout',
		operation: 'init',
		specify: 'fields',
		destination: DESTINATION,
		currency: 'USD',
		amountUnit: 'major',
		payout: {
			mappingMode: mapping === 'automatic' ? 'autoMapInputData' : 'defineBelow',
			value: mapping === 'automatic' ? null : value,
			matchingColumns: [],
			schema: [],
		},
		sender: {},
		additionalFields: {},
	};
}

const AMOUNT_EXPRESSION = '{{ Math.round($json.amount * 100) }}';
const CURRENCY_EXPRESSION = '{{ $json.currency.toLowerCase() }}';

/** The body as a person writes it into the HTTP Request node; the same bytes go out. */
const HTTP_REQUEST_BODY = JSON.stringify(
	payoutBody((name) => `{{ $json.${name} }}`, AMOUNT_EXPRESSION, CURRENCY_EXPRESSION),
	null,
	'\t',
).replace(`"${AMOUNT_EXPRESSION}"`, AMOUNT_EXPRESSION);

/**
 * n8n's HTTP Request node with our credential.
 *
 * @param batch its option Batching; n8n's default options when left out
 */
export function httpRequestNode(
	serverUrl: string,
	batch?: { batchSize: number; batchInterval: number },
): MeasuredNode {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url: `${serverUrl}/api/v1/session/init/payout`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'X-PARTNER-IDEMPOTENCY-KEY', value: '={{ $json.reference }}' }],
			},
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `=${HTTP_REQUEST_BODY}`,
			options: batch ? { batching: { batch } } : {},
		},
	};
}

function webhookNode(path: string): WorkflowNode {
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	return workflowNode(START_NODE, WEBHOOK_TYPE, 2, parameters, { webhookId: path });
}

/**
 * A workflow that reads a CSV file and hands its rows to the measured node. It starts through a
 * webhook that takes the file's path as `?file=` (see `BenchN8n.run`). n8n does not store its executions.
 */
export function benchWorkflow(
	name: string,
	{ type, typeVersion, parameters }: MeasuredNode,
	credential: StoredCredential,
): WorkflowFile {
	const nodes = [
		webhookNode(name),
		workflowNode('Read the File', 'n8n-nodes-base.readWriteFile', 1.1, {
			operation: 'read',
			fileSelector: '={{ $json.query.file }}',
			options: {},
		}),
		workflowNode('Get the Rows', 'n8n-nodes-base.extractFromFile', 1.1, {
			operation: 'csv',
			binaryPropertyName: 'data',
			options: {},
		}),
		workflowNode(MEASURED_NODE, type, typeVersion, parameters, {
			credentials: { [CREDENTIAL_TYPE]: credential },
			onError: 'continueRegularOutput',
		}),
	];
	return chainNodes(name, nodes, {
		saveDataSuccessExecution: 'none',
		saveDataErrorExecution: 'none',
		saveExecutionProgress: false,
	});
}

/**
 * A workflow that only receives webhooks, through our trigger or n8n's own Webhook node.
 *
 * @returns the workflow, and the path of its webhook
 */
export function burstWorkflow(
	start: 'trigger' | 'webhook',
	credential: StoredCredential,
): { workflow: WorkflowFile; path: string } {
	const id = `bench-burst-${start}`;
	const trigger = workflowNode(
		START_NODE,
		TRIGGER_TYPE,
		1.1,
		{ events: ['payment_finished'], simplify: true },
		{ credentials: { [CREDENTIAL_TYPE]: credential }, webhookId: id },
	);
	const first = start === 'trigger' ? trigger : webhookNode(id);
	const workflow = chainNodes(id, [first, workflowNode('End', 'n8n-nodes-base.noOp', 1)]);
	return { workflow, path: start === 'trigger' ? `${id}/webhook` : id };
}
