import type { WorkflowFile } from '../../demo/n8n/rest.mts';
import { openBench, OPENING_LIMIT_MS } from './bench.mts';
import type { Bench } from './bench.mts';

describe("the credential in n8n's HTTP Request node", () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await openBench();
	}, OPENING_LIMIT_MS);
	afterAll(async () => await bench?.close());

	it('signs the body so that Smart Glocal accepts the request', async () => {
		const body = { request_datetime: '2026-01-02T03:04:05+03:00' };
		const workflow = await bench.client.createWorkflow(callBalance(bench, JSON.stringify(body)));
		const execution = await bench.client.run(workflow.id);

		expect(execution.error).toBeUndefined();
		const answer = execution.nodes['Ask for the Balance']?.outputs[0]?.[0]?.json;
		expect(answer).toMatchObject({ status: 'ok', wallets: expect.any(Array) });
		const [request] = bench.sandbox.requests();
		expect(request).toMatchObject({ signatureValid: true, path: '/api/v1/wallet/balance' });
		expect(JSON.parse(request?.rawBody ?? '')).toEqual(body);
	});
});

function callBalance(bench: Bench, jsonBody: string): WorkflowFile {
	return {
		name: 'The balance by HTTP Request',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'balance',
				name: 'Ask for the Balance',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [220, 0],
				parameters: {
					method: 'POST',
					url: `${bench.sandbox.url}/api/v1/wallet/balance`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'smartGlocalApi',
					sendBody: true,
					specifyBody: 'json',
					jsonBody,
					options: {},
				},
				credentials: {
					smartGlocalApi: { id: bench.credentialId, name: bench.credentialName },
				},
			},
		],
		connections: {
			Start: { main: [[{ node: 'Ask for the Balance', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}
