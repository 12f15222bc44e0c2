import { CREDENTIAL_TYPE } from '../../n8n/packageNames.mts';
import { chainNodes, workflowNode } from '../../n8n/workflow.mts';
import { useRealN8n } from '../support/realN8n.mts';

describe("the credential in n8n's HTTP Request node", () => {
	const real = useRealN8n();

	it('signs the body so that Smart Glocal accepts the request', async () => {
		const body = { request_datetime: '2026-01-02T03:04:05+03:00' };
		const parameters = {
			method: 'POST',
			url: `${real.sandbox.url}/api/v1/wallet/balance`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify(body),
			options: {},
		};
		const credentials = { [CREDENTIAL_TYPE]: real.credential };
		const workflow = await real.client.createWorkflow(
			chainNodes('The balance by HTTP Request', [
				workflowNode('Start', 'n8n-nodes-base.manualTrigger', 1),
				workflowNode('Balance', 'n8n-nodes-base.httpRequest', 4.2, parameters, { credentials }),
			]),
		);
		const execution = await real.client.run(workflow.id);

		expect(execution.error).toBeUndefined();
		const response = execution.nodes.Balance?.outputs[0]?.[0]?.json;
		expect(response).toMatchObject({ status: 'ok', wallets: expect.any(Array) });
		const [request] = real.sandbox.requests();
		expect(request).toMatchObject({ signatureValid: true, path: '/api/v1/wallet/balance' });
		expect(JSON.parse(request?.rawBody ?? '')).toEqual(body);
	});
});
