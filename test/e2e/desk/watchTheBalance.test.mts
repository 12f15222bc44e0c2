import { storeCredential } from '../../../n8n/credential.mts';
import type { StoredCredential } from '../../../n8n/credential.mts';
import { readExample } from '../../../n8n/exampleWorkflow.mts';
import { poll } from '../../../n8n/poll.mts';
import { workflowNode } from '../../../n8n/workflow.mts';
import { makeKeyPair } from '../../../sandbox/server.mts';
import { useRealN8n } from '../../support/realN8n.mts';
import { callWhenLive } from '../../support/webhooks.mts';

const SCHEDULE = 'Every Hour';
const real = useRealN8n();

/** Publishes the example with a webhook in place of its schedule, and returns how to run it once. */
async function publish(path: string, credential: StoredCredential) {
	const example = await readExample('watch-the-balance.json', credential);
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const webhook = workflowNode(SCHEDULE, 'n8n-nodes-base.webhook', 2, parameters, {
		webhookId: path,
	});
	const nodes = example.nodes.map((node) => (node.name === SCHEDULE ? webhook : node));
	const workflow = await real.client.createWorkflow({ ...example, nodes });
	await real.client.activate(workflow);
	let runs = 0;
	return async () => {
		await callWhenLive(`${real.n8n.url}/webhook/${path}`, { method: 'POST' });
		runs += 1;
		const readEnd = async () => {
			const executions = await real.client.executions(workflow.id);
			const ended = executions.filter(({ status }) => ['success', 'error'].includes(status));
			return ended.length >= runs ? ended[0] : undefined;
		};
		const { id } = await poll(readEnd, { tooLate: 'The run did not end in time.' });
		const { status, nodes: ran } = await real.client.execution(id);
		const told = ran['Tell Somebody']?.outputs[0] ?? [];
		return { status, notices: told.map(({ json }) => String(json.notice)) };
	};
}

it('tells once a day that the balance is below its minimum, for each currency', async () => {
	const run = await publish('watch', real.credential);
	const runWith = async (eur: number, gbp = 500_000) => {
		real.sandbox.changeSettings({ balances: { eur, gbp } });
		return (await run()).notices;
	};
	expect(await runWith(500_000)).toEqual([]);
	expect(await runWith(499_999)).toEqual([
		expect.stringContaining('EUR is 4,999.99, less than the minimum of 5000.'),
	]);
	expect(await runWith(499_998)).toEqual([]);
	expect(await runWith(100, 100)).toEqual([expect.stringContaining('GBP is 1.00')]);
	expect(await runWith(500_000, 100)).toEqual([]);
	expect(await runWith(0, 100)).toEqual([]);
});

it('fails when the balance cannot be read, so that the error workflow hears of it', async () => {
	const { privateKey } = await makeKeyPair();
	const fields = { ...real.fields, privateKey };
	const credential = await storeCredential(real.client, fields, 'Another key');
	const run = await publish('watch-with-another-key', credential);
	expect(await run()).toEqual({ status: 'error', notices: [] });
});
