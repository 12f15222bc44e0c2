import { randomUUID } from 'node:crypto';
import { poll, waitUntil } from '../../n8n/poll.mts';
import { chainNodes, smartGlocalNode, workflowNode } from '../../n8n/workflow.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';
import { SENDER } from '../support/account.mts';
import { useEditor } from '../support/editor.mts';
import { needing } from '../support/n8nFeatures.mts';
import { useRealN8n } from '../support/realN8n.mts';
import { sheetNodes } from '../support/sheetNodes.mts';
import { callWhenLive } from '../support/webhooks.mts';

const it = needing('editor');

const real = useRealN8n();
const editor = useEditor(real);

const AUTOMATIC = { mappingMode: 'autoMapInputData', value: null };

/** Rows to Belgium, as a bookkeeper's sheet has them: amounts are numbers. */
const rows = (...references: string[]) =>
	references.map((reference, index) => ({
		reference,
		amount: 1250 + index * 0.5,
		iban: 'BE68 5390 0754 7034',
		description: 'Invoice payment',
		recipient_first_name: 'Ayşe',
		recipient_last_name: 'Öztürk',
		recipient_bank_name: 'Sample Bank',
	}));

const pay = (parameters: Record<string, unknown> = {}): WorkflowNode =>
	smartGlocalNode(
		'Pay',
		{ destination: 'BEL-EUR', payout: AUTOMATIC, sender: SENDER, ...parameters },
		real.credential,
	);

/** The nodes that read a text as n8n reads a CSV file. */
const csvNodes = (text: string) => [
	workflowNode('Start', 'n8n-nodes-base.manualTrigger', 1),
	workflowNode('Text', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: JSON.stringify({ text }),
		options: {},
	}),
	workflowNode('File', 'n8n-nodes-base.convertToFile', 1.1, {
		operation: 'toText',
		sourceProperty: 'text',
		options: {},
	}),
	workflowNode('Rows', 'n8n-nodes-base.extractFromFile', 1.1, { operation: 'csv', options: {} }),
];

/** Runs a workflow by its button, and opens the node that pays. */
async function runInBrowser(nodes: WorkflowNode[], name: string) {
	const { page } = editor;
	const workflow = await real.client.createWorkflow(chainNodes(name, nodes));
	await editor.openWorkflow(workflow.id);
	await page.getByTestId('execute-workflow-button').click();
	await page
		.getByText(/Workflow executed successfully|Problem in node/)
		.first()
		.waitFor();
	await openNode('Pay');
}

async function openNode(name: string) {
	await editor.page.getByTestId('canvas-default-node').filter({ hasText: name }).dblclick();
}

/** Waits for a text in the open node, and keeps what a person sees, light and dark. */
async function see(text: string | RegExp, picture: string) {
	const { page } = editor;
	await page.getByText(text).first().waitFor();
	await editor.picture(picture);
	await page.emulateMedia({ colorScheme: 'dark' });
	await editor.picture(`${picture}-dark`);
	await page.emulateMedia({ colorScheme: 'light' });
}

const paidTimes = (...references: string[]) =>
	references.map((reference) => real.sandbox.books.paidTimes(reference));

const paid = async (reference: string) =>
	await waitUntil(() => real.sandbox.books.paidTimes(reference) > 0, `${reference} was not paid.`);

beforeEach(() => real.sandbox.reset());

it('a CSV file with semicolons is diagnosed, and nothing is sent', async () => {
	const [row] = rows('INV-1');
	const lines = [Object.keys(row ?? {}), Object.values(row ?? {})].map((values) =>
		values.join(';'),
	);
	await runInBrowser([...csvNodes(lines.join('\n')), pay()], 'Semicolons');
	await see(/rows of one that was not read as people see it/, '21-semicolons');
	expect(real.sandbox.requests()).toEqual([]);
});

it('a sheet with headers of its own is diagnosed once, with the column that is meant', async () => {
	const own = rows('INV-1', 'INV-2').map(({ amount, ...row }) => ({ ...row, Betrag: amount }));
	await runInBrowser([...sheetNodes(own), pay()], 'Headers');
	await see(/There is no column 'amount'\. Your columns: .*Betrag/, '22-headers');
	expect(real.sandbox.requests()).toEqual([]);
});

it('an XLSX file is paid in the destination’s own currency', async () => {
	const nodes = [
		...sheetNodes(rows('XLSX-1', 'XLSX-2')),
		workflowNode('File', 'n8n-nodes-base.convertToFile', 1.1, { operation: 'xlsx', options: {} }),
		workflowNode('Cells', 'n8n-nodes-base.extractFromFile', 1.1, {
			operation: 'xlsx',
			options: {},
		}),
		pay(),
	];
	await runInBrowser(nodes, 'XLSX');
	await see('2 submitted: EUR 2,500.50', '23-xlsx');
	expect(paidTimes('XLSX-1', 'XLSX-2')).toEqual([1, 1]);
});

it('a run that a person stops leaves the outcomes of what was sent in n8n’s log', async () => {
	const { page } = editor;
	real.sandbox.changeSettings({ latencyMs: 1_500 });
	const references = Array.from({ length: 60 }, (_, index) => `STOP-${index}`);
	const nodes = [...sheetNodes(rows(...references)), pay({ options: { parallelRequests: 2 } })];
	const workflow = await real.client.createWorkflow(chainNodes('Stopped', nodes));
	await editor.openWorkflow(workflow.id);
	await page.getByTestId('execute-workflow-button').click();
	await paid('STOP-1');
	await page.getByTestId('stop-execution-button').click();
	const hasRows = async () => (await real.n8n.log()).includes("row 1 ('STOP-0')");
	await waitUntil(hasRows, 'The log says nothing of the run.');
	const log = await real.n8n.log();
	expect(log).toMatch(/the run was cancelled\. \d+ submitted: EUR [\d,.]+/);
	expect(log).toMatch(/row 1 \('STOP-0'\) submitted ps_\w+; row 2 \('STOP-1'\) submitted/);
	expect(real.sandbox.books.payouts().length).toBeLessThan(20);
	real.sandbox.changeSettings({ latencyMs: 0 });
});

it('a form whose fields have the labels of the node is paid', async () => {
	const { page } = editor;
	const path = `pay-${randomUUID()}`;
	const answers = {
		Reference: 'FORM-1',
		Amount: '99.50',
		IBAN: 'BE68 5390 0754 7034',
		'Purpose of Remittance': 'Refund',
		'Recipient First Name': 'John',
		'Recipient Last Name': 'Johnson',
		'Recipient Bank Name': 'Sample Bank',
	};
	const form = workflowNode(
		'Form',
		'n8n-nodes-base.formTrigger',
		2.2,
		{
			formTitle: 'Ask for a payout',
			formFields: { values: Object.keys(answers).map((fieldLabel) => ({ fieldLabel })) },
			options: { path },
		},
		{ webhookId: randomUUID() },
	);
	const workflow = await real.client.createWorkflow(chainNodes('Form', [form, pay()]));
	await real.client.activate(workflow);
	const url = `${real.n8n.url}/form/${path}`;
	await callWhenLive(url);
	await page.goto(url);
	for (const [label, answer] of Object.entries(answers)) {
		await page.getByLabel(label, { exact: true }).fill(answer);
	}
	await editor.picture('26-form');
	await page.getByRole('button', { name: 'Submit' }).click();
	await paid('FORM-1');
	expect(real.sandbox.books.payouts()).toMatchObject([{ amount: 9950 }]);
});

it('a webhook that is mapped automatically is told that the payout is inside its body', async () => {
	const { page } = editor;
	const path = `pay-${randomUUID()}`;
	const hook = workflowNode(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, options: {} },
		{ webhookId: path },
	);
	const workflow = await real.client.createWorkflow(chainNodes('Automatic', [hook, pay()]));
	await real.client.activate(workflow);
	const body = { id: 'HOOK-1', total: '12.00', iban: 'BE68539007547034', name: 'John Johnson' };
	await callWhenLive(`${real.n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const readFailed = async () => {
		const executions = await real.client.executions(workflow.id);
		return executions.find(({ status }) => status === 'error');
	};
	const execution = await poll(readFailed, { tooLate: 'The run did not end.' });
	await editor.goTo(`/workflow/${workflow.id}/executions/${execution.id}`);
	await page
		.getByText(/The columns of the payout are inside 'body'/)
		.first()
		.waitFor();
	await editor.picture('27-webhook-body');
	expect(real.sandbox.requests()).toEqual([]);
});
