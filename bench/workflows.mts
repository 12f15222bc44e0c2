import { CREDENTIAL_TYPE } from '../demo/credential.mts';
import type { WorkflowFile, WorkflowNode } from '../demo/n8n/rest.mts';
import { COLUMNS, DESTINATION } from './rows.mts';

/** The node that is measured; the others only hand it its rows. */
export const MEASURED_NODE = 'Measured';

const OUR_NODE = 'n8n-nodes-smart-glocal.smartGlocal';
const OUR_TRIGGER = 'n8n-nodes-smart-glocal.smartGlocalTrigger';

/** The same node without its own runner, in a folder for custom nodes: see declaredNode.mts. */
const DECLARED_NODE = 'CUSTOM.smartGlocalDeclared';

/** The part of a node that makes a case. */
export type MeasuredNode = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters'>;

/**
 * How a row's columns come into the node: as they are, through an expression for each that names the
 * column, or through one for each that n8n must compute.
 */
export type Mapping = 'automatic' | 'expressions' | 'computed';

/** Our node, with `parallelRequests` payouts on their way at once. */
export function ourNode(mapping: Mapping, parallelRequests: number): MeasuredNode {
	return {
		type: OUR_NODE,
		typeVersion: 1,
		parameters: { ...payoutParameters(mapping), options: { parallelRequests } },
	};
}

/** The same declared operation, run by n8n's engine for declarative nodes. */
export function declaredNode(mapping: Mapping): MeasuredNode {
	return {
		type: DECLARED_NODE,
		typeVersion: 1,
		parameters: { ...payoutParameters(mapping), options: {} },
	};
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

/** A text of the body below that comes from a column. */
const cell = (column: keyof typeof asText) => asText[column];
const asText = Object.fromEntries(
	COLUMNS.map((column) => [column, `"{{ $json.${column} }}"`]),
) as Record<(typeof COLUMNS)[number], string>;

/** The body as a person writes it into the HTTP Request node; the same bytes go out. */
const HTTP_REQUEST_BODY = `={
	"payment_method": {
		"type": "bank_account",
		"bank_account": {
			"system_type": "global",
			"global": { "iban": ${cell('iban')}, "description": ${cell('description')} }
		}
	},
	"amount_details": {
		"amount": {{ Math.round($json.amount * 100) }},
		"currency": "{{ $json.currency.toLowerCase() }}"
	},
	"participant_details": {
		"recipient": {
			"first_name": ${cell('recipient_first_name')},
			"last_name": ${cell('recipient_last_name')},
			"bank_name": ${cell('recipient_bank_name')},
			"country_iso3": "TUR",
			"currency": "try",
			"address_line": ${cell('recipient_address_line')},
			"city": ${cell('recipient_city')},
			"postal_code": ${cell('recipient_postal_code')}
		},
		"sender": {
			"company_name": ${cell('sender_company_name')},
			"registration_number": ${cell('sender_registration_number')},
			"country_iso3": ${cell('sender_country_iso3')},
			"code": ${cell('sender_code')}
		}
	},
	"metadata": ${cell('reference')}
}`;

/** n8n's HTTP Request node with our credential, all else as n8n presets it. */
export function httpRequestNode(sandboxUrl: string): MeasuredNode {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url: `${sandboxUrl}/api/v1/session/init/payout`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'X-PARTNER-IDEMPOTENCY-KEY', value: '={{ $json.reference }}' }],
			},
			sendBody: true,
			specifyBody: 'json',
			jsonBody: HTTP_REQUEST_BODY,
			options: {},
		},
	};
}

/**
 * A workflow that reads a CSV file and hands its rows to the measured node. It is started through a
 * webhook that takes the file's path as `?file=`, and n8n does not keep its executions.
 */
export function benchWorkflow(
	name: string,
	measured: MeasuredNode,
	credential: { id: string; name: string },
): WorkflowFile {
	const chain: WorkflowNode[] = [
		node('Start', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path: name,
			responseMode: 'onReceived',
			options: {},
		}),
		node('Read the File', 'n8n-nodes-base.readWriteFile', 1.1, {
			operation: 'read',
			fileSelector: '={{ $json.query.file }}',
			options: {},
		}),
		node('Get the Rows', 'n8n-nodes-base.extractFromFile', 1.1, {
			operation: 'csv',
			binaryPropertyName: 'data',
			options: {},
		}),
		{
			...node(MEASURED_NODE, measured.type, measured.typeVersion, measured.parameters),
			credentials: { [CREDENTIAL_TYPE]: credential },
			onError: 'continueRegularOutput',
		},
	];
	const links = chain
		.slice(1)
		.map((next, index) => [
			chain[index]?.name,
			{ main: [[{ node: next.name, type: 'main', index: 0 }]] },
		]);
	return {
		name,
		nodes: chain.map((each, index) => ({ ...each, position: [index * 220, 0] })),
		connections: Object.fromEntries(links) as Record<string, unknown>,
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveExecutionProgress: false,
		},
	};
}

/**
 * A workflow that takes webhooks in, by our trigger or by n8n's own Webhook node, and does no more.
 *
 * @returns the workflow, and the path of its webhook
 */
export function burstWorkflow(
	start: 'trigger' | 'webhook',
	credential: { id: string; name: string },
): { workflow: WorkflowFile; path: string } {
	const webhookId = `bench-burst-${start}`;
	const events = ['payment_finished'];
	const first =
		start === 'trigger'
			? {
					...node('Start', OUR_TRIGGER, 1.1, { events, simplify: true }),
					credentials: { [CREDENTIAL_TYPE]: credential },
				}
			: node('Start', 'n8n-nodes-base.webhook', 2, {
					...{ httpMethod: 'POST', path: webhookId, responseMode: 'onReceived', options: {} },
				});
	const workflow: WorkflowFile = {
		name: webhookId,
		nodes: [{ ...first, ...{ webhookId } }, node('End', 'n8n-nodes-base.noOp', 1, {})],
		connections: { Start: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	return { workflow, path: start === 'trigger' ? `${webhookId}/webhook` : webhookId };
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode & { webhookId?: string } {
	return {
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...(type.endsWith('.webhook') && { webhookId: `bench-${String(parameters.path)}` }),
	};
}
