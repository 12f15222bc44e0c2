import { CREDENTIAL_NAME } from '../../n8n/credential.mts';
import { poll } from '../../n8n/poll.mts';
import { useEditor } from '../support/editor.mts';
import { needing } from '../support/n8nFeatures.mts';
import { importPayoutsFromCsv, useRealN8n } from '../support/realN8n.mts';

const it = needing('editor');

const SENDER = [
	['company_name', 'Example Trading Ltd'],
	['registration_number', '09876543'],
	['country_iso3', 'GBR'],
	['code', '09876543'],
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

	/** Texts and signs in the panel of a node that are red: what n8n says is wrong. */
	const redTexts = async () => {
		const panel = editor.page.getByTestId('ndv');
		// Without it, the check would pass on another part of the page.
		await panel.getByText('Destination', { exact: true }).waitFor();
		const all = panel.locator('*').filter({ visible: true });
		return await all.evaluateAll((elements) => {
			// Whatever the notation of a colour, a canvas gives its red, green and blue.
			const canvas = document.createElement('canvas').getContext('2d');
			const isRed = (element: Element) => {
				if (!canvas) throw new Error('The browser has no canvas.');
				canvas.fillStyle = getComputedStyle(element).color;
				canvas.fillRect(0, 0, 1, 1);
				const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
				return red > 150 && green < 100 && blue < 120;
			};
			return elements.flatMap((element) => {
				const texts = Array.from(element.childNodes).filter(({ nodeType }) => nodeType === 3);
				const text = texts
					.map(({ textContent }) => textContent ?? '')
					.join('')
					.trim();
				return text !== '' && isRed(element) ? [text] : [];
			});
		});
	};

	it('a person finds the node, fills in its form and pays somebody', async () => {
		const { page } = editor;
		await editor.startWorkflow();
		await editor.openNodes();
		await editor.searchNodes('Smart Glocal');
		await page.getByTestId('node-creator-item-name').getByText('Smart Glocal').first().waitFor();
		await editor.picture('1-node-panel');
		await page
			.getByTestId('item-iterator-item')
			.filter({ hasText: 'Smart Glocal' })
			.first()
			.click();
		await page.getByText('Send payout (init payout)', { exact: true }).click();
		await page.getByTestId('parameter-input-destination').waitFor();
		await page.getByText('The fields of the destination that you choose above').waitFor();
		for (const [field] of SENDER) {
			await page.getByTestId(`parameter-input-${field}`).waitFor();
		}
		expect(await redTexts()).toEqual([]);
		expect(await page.getByTestId('parameter-issues').count()).toBe(0);
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
		for (const [field, text] of SENDER) await editor.fill(field, text);
		await editor.picture('5-filled-in');

		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('submitted', { exact: true }).waitFor();
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

	it('the example workflow pays the good rows, shows the wrong ones, and says what was paid', async () => {
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

		await page.keyboard.press('Escape');
		await page.getByTestId('canvas-default-node').filter({ hasText: 'Pay Each Row' }).dblclick();
		const summary = /18 submitted: .* · 2 not sent \(1 wrong IBAN, 1 unclear amount\)/;
		await page.getByText(summary).first().waitFor();
		await editor.picture('20-csv');
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
