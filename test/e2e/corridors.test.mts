import { templates } from '../../docs/corridorPages.mts';
import { chainNodes, smartGlocalNode, workflowNode } from '../../n8n/workflow.mts';
import { useRealN8n } from '../support/realN8n.mts';
import { sampleRow } from '../support/sampleRows.mts';
import { sheetNodes } from '../support/sheetNodes.mts';

const real = useRealN8n();

/** The filled template of every corridor, as rows of one sheet. */
const rows = [...templates()].map(([file, header]) => {
	const destination = file.replace('.csv', '');
	const values = sampleRow(destination.slice(0, 3), header.trim().split(','));
	return { ...values, reference: `ref-${destination}`, destination };
});

it('pays every corridor once, looks each session up, and asks for the balance', async () => {
	const { client, credential, sandbox } = real;
	const pay = {
		resource: 'payout',
		operation: 'init',
		specify: 'fields',
		destination: 'ROW',
		payout: { mappingMode: 'autoMapInputData', value: null },
	};
	const look = { resource: 'session', operation: 'get', sessionId: '={{ $json.session_id }}' };
	const balance = { resource: 'wallet', operation: 'getBalance' };
	const summarize = {
		fieldsToSummarize: { values: [{ aggregation: 'sum', field: 'amount' }] },
		fieldsToSplitBy: 'currency',
		options: {},
	};
	const workflow = await client.createWorkflow(
		chainNodes('Every corridor', [
			...sheetNodes(rows),
			smartGlocalNode('Pay', pay, credential),
			smartGlocalNode('Look', look, credential),
			workflowNode('Sum', 'n8n-nodes-base.summarize', 1.1, summarize),
			smartGlocalNode('Balance', balance, credential, { executeOnce: true }),
		]),
	);
	const { status, error, nodes } = await client.run(workflow.id);

	expect([status, error]).toEqual(['success', undefined]);
	const references = rows.map(({ reference }) => reference);
	const items = (name: string) => nodes[name]?.outputs[0]?.map(({ json }) => json) ?? [];
	expect(items('Pay').map(({ reference }) => reference)).toEqual(references);
	expect(items('Look').map(({ reference }) => reference)).toEqual(references);
	const { usd } = sandbox.books.totals();
	const summed = items('Sum').find(({ currency }) => currency === 'USD');
	expect(summed?.sum_amount).toBeCloseTo(Number(usd?.paidAmount) / 100, 2);
	expect(items('Balance')).toContainEqual(
		expect.objectContaining({ currency: 'USD', amount: expect.any(Number) as number }),
	);
	for (const reference of references) {
		expect([reference, sandbox.books.paidTimes(reference)]).toEqual([reference, 1]);
	}
});
