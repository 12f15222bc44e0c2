import type { IDataObject } from 'n8n-workflow';
import { waitUntil } from '../../n8n/poll.mts';
import { chainNodes, smartGlocalNode } from '../../n8n/workflow.mts';
import { SENDER } from '../support/account.mts';
import { useEditor } from '../support/editor.mts';
import { needing } from '../support/n8nFeatures.mts';
import { useRealN8n } from '../support/realN8n.mts';
import { sampleRow } from '../support/sampleRows.mts';
import { sheetNodes } from '../support/sheetNodes.mts';
import { importFollowUp } from '../support/webhooks.mts';

const it = needing('editor');

const real = useRealN8n();
const editor = useEditor(real);

/** A row to Turkey that can be paid. */
function payableRow(): IDataObject {
	const columns = ['amount', 'iban', 'description', 'recipient_first_name', 'recipient_last_name'];
	return {
		...sampleRow('TUR', [...columns, 'recipient_bank_name']),
		...sampleRow('USA', ['sender_company_name', 'sender_registration_number', 'sender_code']),
		sender_country_iso3: 'USA',
	};
}

it('the trigger says whom to send its address to, and what is not final', async () => {
	const { page } = editor;
	const { workflow } = await importFollowUp(real, real.credential);
	await editor.openWorkflow(workflow.id);
	await editor.picture('11-follow-up');
	await page.getByTestId('canvas-trigger-node').dblclick();
	await page.getByText('send the production URL to your account manager').waitFor();
	await editor.picture('12-trigger');
	for (const text of ['Payout Finished', 'Payout Returned', 'Ready to Confirm']) {
		expect(await page.getByText(text).count()).toBeGreaterThan(0);
	}
});

it('a reference that differs from run to run is warned of, before the run and after it', async () => {
	const { page } = editor;
	const row = payableRow();
	const mapped = Object.keys(row).map((name) => [name, `={{ $json.${name} }}`]);
	const value = { ...Object.fromEntries(mapped), reference: '={{ $now.toMillis() }}' };
	const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
	const parameters = { destination: 'TUR-TRY', payout, sender: SENDER };
	const pay = smartGlocalNode('Pay', parameters, real.credential);
	const workflow = await real.client.createWorkflow(
		chainNodes('Volatile', [...sheetNodes([row]), pay]),
	);
	const warning = page.getByText('Running a row again would then pay it again').first();
	const node = page.getByTestId('canvas-default-node').filter({ hasText: 'Pay' });

	await editor.openWorkflow(workflow.id);
	await node.dblclick();
	await warning.waitFor();
	await editor.picture('14-volatile-reference');
	await page.keyboard.press('Escape');
	await page.getByTestId('execute-workflow-button').click();
	await waitUntil(() => real.sandbox.books.payouts().length > 0, 'The row was not paid.');
	await node.dblclick();
	await warning.waitFor();
	await editor.picture('15-volatile-reference-after');
	expect(real.sandbox.books.payouts()).toHaveLength(1);
});
