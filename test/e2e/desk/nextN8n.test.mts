import { ALL_EXAMPLES, POSTGRES_EXAMPLES } from '../../../examples/source/examples.mts';
import { readExample } from '../../../n8n/exampleWorkflow.mts';
import { useDesk } from '../../support/desk.mts';
import { needing } from '../../support/n8nFeatures.mts';

const it = needing('ledger');

/** What n8n 2.41 says of a rule of its migration report. */
interface RuleReport {
	ruleId: string;
	nbAffectedWorkflows: number;
}

const real = useDesk(Object.keys(ALL_EXAMPLES));

it('n8n’s own migration rules for version 3 find nothing in any example', async () => {
	for (const file of Object.keys(POSTGRES_EXAMPLES)) {
		await real.client.createWorkflow(await readExample(file, real.credential));
	}
	const { report } = await real.client.rest<{ report: { workflowResults: RuleReport[] } }>(
		'POST',
		'/breaking-changes/report/refresh?version=v3',
	);
	expect(report.workflowResults.filter((rule) => rule.nbAffectedWorkflows > 0)).toEqual([]);
});

it('the rules are at work: they find a node that does not run in version 3', async () => {
	const code = {
		id: 'each',
		name: 'Each',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.3,
		position: [0, 0] as [number, number],
		parameters: { mode: 'each', workflowId: { __rl: true, mode: 'id', value: '1' }, options: {} },
	};
	await real.client.createWorkflow({ name: 'Not for version 3', nodes: [code], connections: {} });
	const { report } = await real.client.rest<{ report: { workflowResults: RuleReport[] } }>(
		'POST',
		'/breaking-changes/report/refresh?version=v3',
	);
	const found = report.workflowResults.filter((rule) => rule.nbAffectedWorkflows > 0);
	expect(found.map(({ ruleId }) => ruleId)).toEqual([expect.stringContaining('execute-workflow')]);
});
