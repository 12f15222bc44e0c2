import { CREDENTIAL_NAME } from '../../n8n/credential.mts';
import { poll } from '../../n8n/poll.mts';
import { useEditor } from '../support/editor.mts';
import { importPayoutsFromCsv, useRealN8n } from '../support/realN8n.mts';

const SENDER = [
	['Company Name', 'company_name', 'Example Trading Ltd'],
	['Registration Number', 'registration_number', '09876543'],
	['Country', 'country_iso3', 'GBR'],
	['Code', 'code', '09876543'],
] as const;

describe("in n8n's editor", () => {
	const real = useRealN8n();
	const editor = useEditor(real);
	beforeEach(() => real.sandbox.reset());
	// After a failure, this screenshot shows what a person would have seen.
	afterEach(async () => await editor.picture('last-moment'));

	/** The fields that the form marks as required and still empty. */
	const requiredFields = async () => {
		const { page } = editor;
		const marked = page
			.getByTestId('resource-mapper-container')
			.locator('.parameter-item')
			.filter({ has: page.getByTestId('parameter-issues') })
			.locator('[data-test-id^="parameter-input-"]:not([data-test-id$="-field"])');
		const ids = await marked.evaluateAll((inputs) =>
			inputs.map((input) => input.getAttribute('data-test-id') ?? ''),
		);
		return ids.map((id) => id.replace('parameter-input-', ''));
	};

	it('a person finds the node, fills in its form and pays somebody', async () => {
		const { page } = editor;
		await editor.startWorkflow();
		await editor.searchNodes('Smart Glocal');
		await page.getByTestId('node-creator-item-name').getByText('Smart Glocal').first().waitFor();
		await editor.picture('1-node-panel');
		await page
			.getByTestId('item-iterator-item')
			.filter({ hasText: 'Smart Glocal' })
			.first()
			.click();
		await page.getByText('Init a payout').click();
		await page.getByTestId('parameter-input-destination').waitFor();
		await editor.picture('2-empty-form');

		await editor.choose('destination', 'United Kingdom (GBP)');
		await page.getByTestId('parameter-input-sort_code').waitFor();
		expect(await requiredFields()).toContain('recipient_postal_code');
		await editor.picture('3-united-kingdom');

		await editor.choose('destination', 'Belgium (EUR)');
		await expect(requiredAfterChange('recipient_postal_code')).resolves.toEqual([
			'reference',
			'amount',
			'iban',
			'description',
			'recipient_first_name',
			'recipient_last_name',
			'recipient_bank_name',
		]);
		await editor.picture('4-belgium');

		await editor.fill('currency', 'EUR');
		await editor.fill('reference', 'INV-3001');
		await editor.fill('amount', '12.50');
		await editor.fill('iban', 'BE22 7310 1234 5647');
		await editor.fill('description', 'Invoice 3001: product photos');
		await editor.fill('recipient_first_name', 'Zoé');
		await editor.fill('recipient_last_name', 'Vandermeulen');
		await editor.fill('recipient_bank_name', 'All Banks Belgium / EUR / Payment System: SEPA');
		expect(await requiredFields()).toEqual([]);
		for (const [label, field, text] of SENDER) {
			await editor.fillOptional('Add Sender Field', label, field, text);
		}
		await editor.picture('5-filled-in');

		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('submitted').waitFor();
		await editor.picture('6-output');
		expect(await output.innerText()).toContain('INV-3001');
		expect(real.sandbox.books.paidTimes('INV-3001')).toBe(1);
		expect(real.sandbox.books.paidAmount('INV-3001')).toBe(1_250);
	}, 120_000);

	it('the credential says that its connection works', async () => {
		const { page } = editor;
		await editor.openCredential(CREDENTIAL_NAME);
		await page.getByText('Connection tested successfully').waitFor();
		await editor.picture('7-credential');
	}, 60_000);

	it('the example workflow pays the good rows and shows the wrong ones', async () => {
		const { page } = editor;
		const workflow = await importPayoutsFromCsv(real);
		await editor.openWorkflow(workflow.id);
		await editor.picture('8-example');
		await page.getByTestId('execute-workflow-button').click();
		await page.getByText('Workflow executed successfully').waitFor();
		await editor.picture('9-example-executed');
		expect(real.sandbox.books.payouts()).toHaveLength(18);

		await page.getByTestId('canvas-default-node').filter({ hasText: 'Needs a Look' }).dblclick();
		const output = page.getByTestId('output-panel');
		await output.getByText('2 items').waitFor();
		await editor.picture('10-rows-to-look-at');
	}, 60_000);

	/** The marked fields once the form no longer marks `gone`. */
	async function requiredAfterChange(gone: string): Promise<string[]> {
		const read = async () => {
			const fields = await requiredFields();
			return fields.length > 0 && !fields.includes(gone) ? fields : undefined;
		};
		const tooLate = `The form still marks ${gone}.`;
		return await poll(read, { everyMs: 100, withinMs: 10_000, tooLate });
	}
});
