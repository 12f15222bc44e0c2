// Pays one row with an n8n that runs already, is new and has the package: `tsx payWithN8n.mts URL`.
// The workflow for GitHub does so with the newest n8n, which the other tests do not know yet.
import { credentialFields, PROJECT, storeCredential } from '../../n8n/credential.mts';
import { NODE_TYPE, TRIGGER_TYPE } from '../../n8n/packageNames.mts';
import { waitUntil } from '../../n8n/poll.mts';
import { setUpOwner } from '../../n8n/restClient.mts';
import { chainNodes, smartGlocalNode, workflowNode } from '../../n8n/workflow.mts';
import { makeKeyPair, startSandbox } from '../../sandbox/server.mts';
import { SENDER } from './account.mts';

const ROW = {
	reference: 'INV-1',
	amount: 12.5,
	iban: 'BE68539007547034',
	description: 'Invoice payment',
	recipient_first_name: 'Anna',
	recipient_last_name: 'Peeters',
	recipient_bank_name: 'Sample Bank',
};

function check(what: string, holds: boolean): void {
	if (!holds) throw new Error(`Not so with this n8n: ${what}.`);
	console.log(`Passed: ${what}.`);
}

const url = String(process.argv[2]);
const isReady = async () => {
	const response = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
	return response?.ok ?? false;
};
await waitUntil(isReady, `No n8n is ready at ${url}.`, { everyMs: 1_000, withinMs: 180_000 });
const keys = await makeKeyPair();
const projects = [{ id: PROJECT, publicKey: keys.publicKey }];
const sandbox = await startSandbox({ projects, autoConfirm: true });
try {
	const client = await setUpOwner(url);
	const fields = credentialFields(sandbox.url, keys.privateKey);
	const credential = await storeCredential(client, fields);

	/** Runs the node on the row, and returns its only output item. */
	const payRow = async (options: object) => {
		const nodes = [
			workflowNode('Start', 'n8n-nodes-base.manualTrigger', 1),
			workflowNode('Row', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify(ROW),
				options: {},
			}),
			smartGlocalNode(
				'Pay',
				{
					destination: 'BEL-EUR',
					payout: { mappingMode: 'autoMapInputData', value: null },
					sender: SENDER,
					options,
				},
				credential,
			),
		];
		const { id } = await client.createWorkflow(chainNodes('Pay one row', nodes));
		const { nodes: ran, error } = await client.run(id);
		return ran.Pay?.outputs[0]?.[0]?.json ?? { error };
	};

	const tried = await payRow({ dryRun: true });
	check(`a dry run sends nothing (${JSON.stringify(tried)})`, sandbox.counters().received === 0);
	const paid = await payRow({});
	check(`a payout is submitted (${JSON.stringify(paid)})`, paid.outcome === 'submitted');
	check('it is paid once', sandbox.books.acceptedTimes(ROW.reference) === 1);
	const types = (await client.nodeTypes()).map(({ name }) => name);
	check(
		'it offers the node and its trigger',
		[NODE_TYPE, TRIGGER_TYPE].every((name) => types.includes(name)),
	);
} finally {
	await sandbox.stop();
}
