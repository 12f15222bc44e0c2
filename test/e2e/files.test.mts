import { NODE_TYPE } from '../../n8n/packageNames.mts';
import { chainNodes, workflowNode } from '../../n8n/workflow.mts';
import { useEditor } from '../support/editor.mts';
import { needing } from '../support/n8nFeatures.mts';
import { useRealN8n } from '../support/realN8n.mts';

const it = needing('editor');

const SHEET = `Payouts July;;;
;;;
reference;amount;iban;Notiz
INV-1;1.250,50;BE68539007547034;first
INV-2;99,00;BE68539007547034;second
Summe;1.349,50;;
`;

describe("the operations on files in n8n's editor", () => {
	const real = useRealN8n();
	const editor = useEditor(real);
	afterEach(async () => await editor.picture('last-moment-of-files'));

	it('a person reads a sheet and writes the results without a credential', async () => {
		const { page } = editor;
		const file = (operation: string, more: object = {}) => ({
			resource: 'file',
			operation,
			...more,
		});
		const { id } = await real.client.createWorkflow(
			chainNodes('Files', [
				workflowNode('By Hand', 'n8n-nodes-base.manualTrigger', 1),
				workflowNode('Sheet', 'n8n-nodes-base.set', 3.4, {
					mode: 'raw',
					jsonOutput: JSON.stringify({ sheet: SHEET }),
				}),
				workflowNode('Make a File', 'n8n-nodes-base.convertToFile', 1.1, {
					operation: 'toText',
					sourceProperty: 'sheet',
					options: { fileName: 'July.csv' },
				}),
				workflowNode('Read the Sheet', NODE_TYPE, 1, file('read', { options: {} })),
				workflowNode('Write the Results', NODE_TYPE, 1, file('write', { fileName: 'July' })),
			]),
		);
		await editor.openWorkflow(id);
		await page.getByTestId('execute-workflow-button').click();
		await page.getByText('Workflow executed successfully').waitFor();
		await page.getByTestId('canvas-default-node').filter({ hasText: 'Read the Sheet' }).dblclick();
		const output = page.getByTestId('output-panel');
		await output.getByText('2 items').waitFor();
		await output.getByText('1250.50').waitFor();
		const hint =
			'CSV file, separated by a semicolon · headers in row 3 · 2 rows read · left out: row 6 (total: Summe 1.349,50)';
		await output.getByText(hint).waitFor();
		const panel = page.getByTestId('ndv');
		expect(await panel.getByText('Credential to connect with').count()).toBe(0);
		await panel.getByText('Columns', { exact: true }).waitFor();
		await editor.picture('30-read-payout-file');

		await page.keyboard.press('Escape');
		await page
			.getByTestId('canvas-default-node')
			.filter({ hasText: 'Write the Results' })
			.dblclick();
		await output.getByText('1 item').waitFor();
		await page.getByText('Put Output File in Field').waitFor();
		await editor.picture('31-write-results-file');
	}, 120_000);

	it('both are found in the panel of nodes', async () => {
		const { page } = editor;
		await editor.startWorkflow();
		await editor.openNodes();
		await editor.searchNodes('payment file');
		await page
			.getByTestId('item-iterator-item')
			.filter({ hasText: 'Smart Glocal' })
			.first()
			.click();
		for (const action of ['Read payout file', 'Write results file']) {
			await page.getByText(action, { exact: true }).waitFor();
		}
		await editor.picture('32-file-actions');
		await page.getByText('Read payout file', { exact: true }).click();
		await page.getByTestId('parameter-input-columns').waitFor();
		await editor.picture('33-new-read-node');
	}, 120_000);
});
