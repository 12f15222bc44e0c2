import { randomUUID } from 'node:crypto';
import { CREDENTIAL_TYPE } from '../../demo/credential.mts';
import type { WorkflowFile } from '../../demo/n8n/rest.mts';
import { sampleRow } from '../support/sampleRows.mts';
import { openBench, OPENING_LIMIT_MS } from './bench.mts';
import type { Bench } from './bench.mts';
import { openEditor } from './editor.mts';
import type { Editor } from './editor.mts';
import { importFollowUp } from './webhooks.mts';

let bench: Bench;
let editor: Editor;
beforeAll(async () => {
	bench = await openBench();
	editor = await openEditor(bench.n8n.url);
}, OPENING_LIMIT_MS);
afterAll(async () => {
	await editor?.close();
	await bench?.close();
});

/** Two rows, one of them wrong, paid with On Error: Stop Workflow. */
function stoppingWorkflow(): WorkflowFile {
	const columns = ['amount', 'iban', 'description', 'recipient_first_name', 'recipient_last_name'];
	const row = {
		...sampleRow('TUR', [...columns, 'recipient_bank_name']),
		...sampleRow('USA', ['sender_company_name', 'sender_registration_number', 'sender_code']),
		sender_country_iso3: 'USA',
	};
	const rows = [
		{ ...row, reference: 'INV-1' },
		{ ...row, reference: 'INV-2', amount: '1,250.00' },
	];
	const credential = { id: bench.credentialId, name: bench.credentialName };
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: object,
		x: number,
	) => ({
		...{ id: randomUUID(), name, type, typeVersion, position: [x, 0] as [number, number] },
		parameters: parameters as Record<string, unknown>,
	});
	const link = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: 'Two rows',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}, 0),
			node(
				'Sheet',
				'n8n-nodes-base.set',
				3.4,
				{ mode: 'raw', jsonOutput: JSON.stringify({ rows }) },
				200,
			),
			node('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows' }, 400),
			{
				...node(
					'Pay',
					'n8n-nodes-smart-glocal.smartGlocal',
					1,
					{ destination: 'TUR-TRY', payout: { mappingMode: 'autoMapInputData', value: null } },
					600,
				),
				credentials: { [CREDENTIAL_TYPE]: credential },
			},
		],
		connections: { Start: link('Sheet'), Sheet: link('Rows'), Rows: link('Pay') },
		settings: { executionOrder: 'v1' },
	};
}

it('the trigger says whom to send its address to, and what is not final', async () => {
	const { page } = editor;
	const credential = { id: bench.credentialId, name: bench.credentialName };
	const { workflow } = await importFollowUp(bench, credential);
	await editor.openWorkflow(workflow.id);
	await editor.picture('11-follow-up');
	await page.getByTestId('canvas-trigger-node').dblclick();
	await page.getByText('send the production URL to your account manager').waitFor();
	await editor.picture('12-trigger');
	for (const text of ['Payout Finished', 'Payout Returned', 'Ready to Confirm']) {
		expect(await page.getByText(text).count()).toBeGreaterThan(0);
	}
});

it('a wrong row stops the run before anything is sent, and is named where a person looks', async () => {
	const { page } = editor;
	const workflow = await bench.client.createWorkflow(stoppingWorkflow());
	await editor.openWorkflow(workflow.id);
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText("The amount '1,250.00' can be read in more than one way").first().waitFor();
	await page.getByTestId('canvas-default-node').filter({ hasText: 'Pay' }).dblclick();
	await page.getByText('Nothing was sent, also for the rows that are right.').first().waitFor();
	await editor.picture('13-stopped');
	expect(bench.sandbox.counters().received).toBe(0);
});
