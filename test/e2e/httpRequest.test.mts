import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storeCredential } from '../../n8n/credential.mts';
import { CREDENTIAL_TYPE } from '../../n8n/packageNames.mts';
import { chainNodes, workflowNode } from '../../n8n/workflow.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';
import { featuresOf } from '../support/n8nFeatures.mts';
import { useRealN8n } from '../support/realN8n.mts';

/** HTTP Request as its versions are set up, with everything that makes it follow redirects. */
const FOLLOWING: Array<[version: number, parameters: Record<string, unknown>]> = [
	[
		2,
		{
			requestMethod: 'POST',
			jsonParameters: true,
			options: { followAllRedirects: true, followRedirect: true },
		},
	],
	...[3, 4, 4.1, 4.2, 4.3, 4.4, 4.5].map((version): [number, Record<string, unknown>] => [
		version,
		{
			method: 'POST',
			sendBody: true,
			specifyBody: 'json',
			options: {
				redirect: { redirect: { followRedirects: true, maxRedirects: 21 } },
				sendCredentialsOnCrossOriginRedirect: true,
			},
		},
	]),
	// Follows redirects unless it is told not to.
	[4.2, { method: 'POST', sendBody: true, specifyBody: 'json', options: {} }],
];
const STATUSES = [301, 302, 303, 307, 308];

describe("the credential in n8n's HTTP Request node", () => {
	const real = useRealN8n();
	const servers: Server[] = [];
	afterAll(() => {
		for (const server of servers) {
			server.closeAllConnections();
			server.close();
		}
	});

	/** Starts a server that counts its requests and responds as `respond` says. */
	async function listen(respond: (path: string) => { status: number; location?: string }) {
		const counted = { url: '', paths: [] as string[] };
		const server = createServer((request, response) => {
			counted.paths.push(request.url ?? '');
			const { status, location } = respond(request.url ?? '');
			response.writeHead(status, {
				'content-type': 'application/json',
				...(location && { location }),
			});
			request.resume().on('end', () => response.end('{}'));
		});
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		counted.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		return counted;
	}

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

	it('follows no redirect to another host, whatever the node is set to', async () => {
		const other = await listen(() => ({ status: 200 }));
		const own = await listen((path) => ({
			status: Number(path.slice(1, 4)),
			location: `${other.url}${path}`,
		}));
		const fields = { ...real.fields, baseUrl: own.url };
		const credentials = {
			[CREDENTIAL_TYPE]: await storeCredential(real.client, fields, 'One that redirects'),
		};
		const { newestHttpRequest } = featuresOf();
		const following = FOLLOWING.filter(([version]) => version <= newestHttpRequest);
		const nodes = following.flatMap(([version, parameters], index) =>
			STATUSES.map((status): WorkflowNode => {
				const more = {
					url: `${own.url}/${status}/${index}`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: CREDENTIAL_TYPE,
					jsonBody: '{"amount":1000}',
					bodyParametersJson: '{"amount":1000}',
				};
				return workflowNode(
					`${index}: ${version}, ${status}`,
					'n8n-nodes-base.httpRequest',
					version,
					{ ...parameters, ...more },
					{ credentials, onError: 'continueRegularOutput' },
				);
			}),
		);
		const start = workflowNode('Start', 'n8n-nodes-base.manualTrigger', 1);
		const workflow = await real.client.createWorkflow(chainNodes('Redirects', [start, ...nodes]));
		await real.client.run(workflow.id);

		expect(own.paths).toHaveLength(nodes.length);
		expect(other.paths).toEqual([]);
	}, 120_000);
});
