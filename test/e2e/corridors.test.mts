import { randomUUID } from 'node:crypto';
import { CREDENTIAL_TYPE } from '../../demo/credential.mts';
import type { WorkflowNode } from '../../demo/n8n/rest.mts';
import { templates } from '../../docs/corridorPages.mts';
import { sampleRow } from '../support/sampleRows.mts';
import { openBench, OPENING_LIMIT_MS } from './bench.mts';
import type { Bench } from './bench.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
}, OPENING_LIMIT_MS);
afterAll(async () => await bench?.close());

/** The filled template of every corridor, as rows of one sheet. */
const rows = [...templates()].map(([file, header]) => {
	const destination = file.replace('.csv', '');
	const values = sampleRow(destination.slice(0, 3), header.trim().split(','));
	return { ...values, reference: `ref-${destination}`, destination };
});

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: WorkflowNode['parameters'],
	more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
	...{ id: randomUUID(), name, type, typeVersion, parameters, position: [0, 0] },
	...more,
});

const chain = (...names: string[]) =>
	Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
			]),
	);

it('pays every corridor once, looks each session up, and asks for the balance', async () => {
	const credentials = {
		[CREDENTIAL_TYPE]: { id: bench.credentialId, name: bench.credentialName },
	};
	const smartGlocal = 'n8n-nodes-smart-glocal.smartGlocal';
	const workflow = await bench.client.createWorkflow({
		name: 'Every corridor',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Sheet', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ rows }),
				options: {},
			}),
			node('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows', options: {} }),
			node(
				'Pay',
				smartGlocal,
				1,
				{
					...{ resource: 'payout', operation: 'init', specify: 'fields', destination: 'ROW' },
					payout: { mappingMode: 'autoMapInputData', value: null },
				},
				{ credentials },
			),
			node(
				'Look',
				smartGlocal,
				1,
				{ resource: 'session', operation: 'get', sessionId: '={{ $json.session_id }}' },
				{ credentials },
			),
			node(
				'Balance',
				smartGlocal,
				1,
				{ resource: 'wallet', operation: 'getBalance' },
				{ credentials, ...{ executeOnce: true } },
			),
		],
		connections: chain('Start', 'Sheet', 'Rows', 'Pay', 'Look', 'Balance'),
		settings: { executionOrder: 'v1' },
	});
	const { status, error, nodes } = await bench.client.run(workflow.id);

	expect([status, error]).toEqual(['success', undefined]);
	const references = rows.map(({ reference }) => reference);
	const items = (name: string) => nodes[name]?.outputs[0]?.map(({ json }) => json) ?? [];
	expect(items('Pay').map(({ reference }) => reference)).toEqual(references);
	expect(items('Look').map(({ reference }) => reference)).toEqual(references);
	expect(items('Balance')).toContainEqual(
		expect.objectContaining({ currency: 'USD', amount_major: expect.stringMatching(/\.\d\d$/) }),
	);
	for (const reference of references) {
		expect([reference, bench.sandbox.books.paidTimes(reference)]).toEqual([reference, 1]);
	}
});
