import { readdir } from 'node:fs/promises';

import { readExample } from '../../n8n/exampleWorkflow.mts';
import { EXAMPLES } from '../../n8n/repository.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { PAYOUT_NODE, readOutcomes } from '../support/csvOutcomes.mts';
import type { N8nFeatures } from '../support/n8nFeatures.mts';
import { importPayoutsFromCsv } from '../support/realN8n.mts';

/** The example workflows: which of them n8n can run, and that those do. */
export function testExamples(real: N8nWithSandbox, features: N8nFeatures): void {
	beforeEach(() => real.sandbox.reset());

	it('n8n has the nodes of every example, but for those that are known to be missing', async () => {
		const types = await real.client.nodeTypes();
		const isMissing = ({ type, typeVersion }: WorkflowNode) =>
			!types.some(({ name, version }) => name === type && [version].flat().includes(typeVersion));
		const missing: Record<string, string[]> = {};
		for (const file of (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'))) {
			const { nodes } = await readExample(file, real.credential);
			const names = nodes
				.filter(isMissing)
				.map(({ type, typeVersion }) => `${type.split('.')[1]} ${typeVersion}`);
			if (names.length > 0) missing[file] = [...new Set(names)].sort();
		}
		expect(missing).toEqual(features.missingNodes);
	});

	const unable = ['catch-up.json', 'pay-thousands.json'].filter(
		(file) => file in features.missingNodes,
	);
	for (const file of unable) {
		it(`${file} fails without its nodes, and sends nothing`, async () => {
			const { id } = await real.client.createWorkflow(await readExample(file, real.credential));
			const status = await real.client.run(id).then(
				(execution) => execution.status,
				() => 'error',
			);
			expect(status).toBe('error');
			expect(real.sandbox.requests()).toEqual([]);
		});
	}

	it('payouts-from-csv pays the 18 good rows once, over two runs, and shows the 2 wrong ones', async () => {
		const workflow = await importPayoutsFromCsv(real);
		const first = await real.client.run(workflow.id);
		const second = await real.client.run(workflow.id);
		const count = (name: string) =>
			[first, second].map(({ nodes }) => nodes[name]?.outputs[0]?.length);
		expect([count('Sent'), count('Needs a Look')]).toEqual([
			[18, 18],
			[2, 2],
		]);
		const outcomes = [first, second].map((run) => readOutcomes(run).map(({ outcome }) => outcome));
		for (const [index, outcome] of ['submitted', 'already_submitted'].entries()) {
			const expected = readOutcomes(first).map(({ reference }) =>
				['INV-2047', 'INV-2054'].includes(reference) ? 'not_sent' : outcome,
			);
			expect(outcomes[index]).toEqual(expected);
		}
		expect(
			first.nodes[PAYOUT_NODE]?.outputs[1]?.map(({ json }) => json.recipient_last_name),
		).toEqual(['Yıldız', 'Claessens']);
		expect(real.sandbox.books.payouts()).toHaveLength(18);
		const bodies = real.sandbox.requests().map(({ rawBody }) => rawBody);
		expect(bodies.join('\n')).toContain('"000123456789"');
	});

	it('watch-the-balance tells of a balance that is too low', async () => {
		real.sandbox.changeSettings({ balances: { eur: 499_999, gbp: 500_000 } });
		const example = await readExample('watch-the-balance.json', real.credential);
		const { id } = await real.client.createWorkflow(example);
		const { status, nodes } = await real.client.run(id);
		expect(status).toBe('success');
		expect(nodes['Tell Somebody']?.outputs[0]?.map(({ json }) => json.notice)).toEqual([
			expect.stringContaining('EUR is 4,999.99, less than the minimum of 5000.'),
		]);
	});
}
