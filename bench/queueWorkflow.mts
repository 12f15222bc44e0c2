import type { StoredCredential } from '../n8n/credential.mts';
import { CREDENTIAL_TYPE } from '../n8n/packageNames.mts';
import { chainNodes, workflowNode } from '../n8n/workflow.mts';
import type { WorkflowFile } from '../n8n/workflow.mts';
import { makeRows } from './rows.mts';
import { ourNode } from './workflows.mts';

/** The path of the webhook that starts an execution of the workflow below. */
export const PAY_PATH = 'bench-queue-pay';

/**
 * A workflow that makes rows and pays them with our node as it is preset. Its webhook takes
 * `?execution=3&rows=100`. n8n stores its executions, as it does by default.
 */
export function queuePayWorkflow(credential: StoredCredential): WorkflowFile {
	const { type, typeVersion, parameters } = ourNode('automatic');
	const [row] = makeRows(1);
	const jsCode = `const { execution, rows } = $input.first().json.query;
const row = ${JSON.stringify(row)};
return Array.from({ length: Number(rows) }, (_, index) => ({
	json: { ...row, reference: \`BENCH-\${execution}-\${index}\` },
}));`;
	const webhook = { httpMethod: 'POST', path: PAY_PATH, responseMode: 'onReceived', options: {} };
	const nodes = [
		workflowNode('Start', 'n8n-nodes-base.webhook', 2, webhook, { webhookId: PAY_PATH }),
		workflowNode('Rows', 'n8n-nodes-base.code', 2, { jsCode }),
		workflowNode('Pay', type, typeVersion, parameters, {
			credentials: { [CREDENTIAL_TYPE]: credential },
			onError: 'continueRegularOutput',
		}),
	];
	return chainNodes(PAY_PATH, nodes);
}
