import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../../n8n/execution.mts';
import { chainNodes, smartGlocalNode, workflowNode } from '../../n8n/workflow.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { sheetNodes } from '../support/sheetNodes.mts';

const REFERENCES = Array.from({ length: 20 }, (_, index) => `INV-${index}`);
const WRONG = ['INV-6', 'INV-13'];
const GOOD = REFERENCES.filter((reference) => !WRONG.includes(reference));

/** Twenty rows; the IBAN of one and the amount of another are wrong. */
function twentyRows(): IDataObject[] {
	const rows = turkishRows(...REFERENCES);
	Object.assign(rows[6] ?? {}, { iban: 'TR33 0006 1005 1978 6457 8413 27' });
	Object.assign(rows[13] ?? {}, { amount: '1,250.00' });
	return rows;
}

/** Both ways to fill in the mapper, for rows with the same columns. */
const MAPPINGS: ReadonlyArray<readonly [name: string, parameters: IDataObject]> = [
	['mapped automatically', automatic('TUR-TRY')],
	[
		'mapped by expressions',
		{
			...automatic('TUR-TRY'),
			payout: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(
					Object.keys(twentyRows()[0] ?? {}).map((name) => [name, `={{ $json.${name} }}`]),
				),
				matchingColumns: [],
				schema: [],
			},
		},
	],
];

const link = (node: string) => [{ node, type: 'main', index: 0 }];

/** What every n8n must do with money. */
export function testPayments(real: N8nWithSandbox): void {
	beforeEach(() => real.sandbox.reset());

	/** Stores a workflow that pays rows, with a node behind each of the two outputs. */
	async function storeWorkflow(
		rows: IDataObject[],
		parameters: IDataObject,
		onError: string,
	): Promise<() => Promise<Execution>> {
		const pay = smartGlocalNode('Pay', parameters, real.credential, { onError });
		const workflow = chainNodes('Rows', [...sheetNodes(rows), pay]);
		for (const name of ['Sent', 'Needs a Look']) {
			workflow.nodes.push(workflowNode(name, 'n8n-nodes-base.noOp', 1));
		}
		const outputs = onError === 'continueErrorOutput' ? ['Sent', 'Needs a Look'] : ['Sent'];
		workflow.connections.Pay = { main: outputs.map(link) };
		const { id } = await real.client.createWorkflow(workflow);
		return async () => await real.client.run(id);
	}

	const payOnce = async (rows: IDataObject[], parameters: IDataObject, onError: string) =>
		await (
			await storeWorkflow(rows, parameters, onError)
		)();

	/** The items that reached the node behind an output. */
	const itemsOf = ({ nodes }: Execution, name: string) =>
		(nodes[name]?.outputs[0] ?? []).map(({ json }) => json);

	const outcomesOf = (items: ReadonlyArray<Record<string, unknown>>) =>
		items.map(({ reference, outcome }) => [reference, outcome]);

	/** How often the sandbox has paid each reference. */
	const paidTimes = (references: readonly string[]) =>
		references.map((reference) => real.sandbox.books.paidTimes(reference));

	/** Each good row was paid once and nothing else. */
	function expectGoodRowsPaidOnce() {
		expect(paidTimes(GOOD)).toEqual(GOOD.map(() => 1));
		expect(paidTimes(WRONG)).toEqual([0, 0]);
		const payouts = real.sandbox.books.payouts();
		expect(payouts.map(({ amount }) => amount)).toEqual(GOOD.map(() => 10_050));
	}

	describe.each(MAPPINGS)('twenty rows with two wrong ones, %s', (_name, parameters) => {
		it('On Error = Stop Workflow: pays nothing and says how many rows are wrong', async () => {
			const execution = await payOnce(twentyRows(), parameters, 'stopWorkflow');
			expect(execution.status).toBe('error');
			expect(execution.error?.message).toBe('2 of 20 rows need correcting; nothing was sent');
			expect(itemsOf(execution, 'Sent')).toEqual([]);
			expect(real.sandbox.requests()).toEqual([]);
		});

		it('On Error = Continue: puts out twenty items, each in the place of its row', async () => {
			const execution = await payOnce(twentyRows(), parameters, 'continueRegularOutput');
			const items = itemsOf(execution, 'Sent');
			expect([execution.status, items.length]).toEqual(['success', 20]);
			const failed = items.filter(({ error }) => error !== undefined);
			expect(failed.map(({ outcome }) => outcome)).toEqual(['not_sent', 'not_sent']);
			expect(items.indexOf(failed[0] ?? {})).toBe(6);
			expect(items.indexOf(failed[1] ?? {})).toBe(13);
			const sent = items.filter(({ error }) => error === undefined);
			expect(outcomesOf(sent)).toEqual(GOOD.map((reference) => [reference, 'submitted']));
			expectGoodRowsPaidOnce();
		});

		it('On Error = Continue (using error output): 18 items are sent, 2 need a look', async () => {
			const execution = await payOnce(twentyRows(), parameters, 'continueErrorOutput');
			expect(execution.status).toBe('success');
			expect(outcomesOf(itemsOf(execution, 'Sent'))).toEqual(
				GOOD.map((reference) => [reference, 'submitted']),
			);
			const wrong = itemsOf(execution, 'Needs a Look');
			expect(wrong).toMatchObject([
				{ reference: 'INV-6', recipient_last_name: 'Yılmaz', error: { outcome: 'not_sent' } },
				{ reference: 'INV-13', recipient_last_name: 'Yılmaz', error: { outcome: 'not_sent' } },
			]);
			expect(wrong.map(({ error }) => (error as IDataObject).message)).toEqual([
				expect.stringContaining('IBAN'),
				expect.stringContaining('1,250.00'),
			]);
			expectGoodRowsPaidOnce();
		});

		it('pays nothing twice when the workflow runs again', async () => {
			const run = await storeWorkflow(twentyRows(), parameters, 'continueErrorOutput');
			const first = itemsOf(await run(), 'Sent');
			const second = await run();
			const again = itemsOf(second, 'Sent');
			expect(outcomesOf(again)).toEqual(GOOD.map((reference) => [reference, 'already_submitted']));
			expect(first.map(({ session_id: id }) => id)).toHaveLength(18);
			expect(itemsOf(second, 'Needs a Look')).toHaveLength(2);
			expectGoodRowsPaidOnce();
		});
	});

	it('Dry Run sends nothing and shows what would be sent', async () => {
		const parameters = automatic('TUR-TRY', { dryRun: true });
		const execution = await payOnce(twentyRows(), parameters, 'continueErrorOutput');
		expect(itemsOf(execution, 'Sent')).toHaveLength(18);
		expect(itemsOf(execution, 'Sent')[0]).toMatchObject({ reference: 'INV-0' });
		expect(itemsOf(execution, 'Needs a Look')).toHaveLength(2);
		expect(real.sandbox.requests()).toEqual([]);
	});

	it('Session First creates each session before it pays, and pays nothing twice', async () => {
		const parameters = automatic('TUR-TRY', { sessionFirst: true });
		const run = await storeWorkflow(twentyRows(), parameters, 'continueErrorOutput');
		expect(outcomesOf(itemsOf(await run(), 'Sent'))).toEqual(
			GOOD.map((reference) => [reference, 'submitted']),
		);
		const paths = real.sandbox.requests().map(({ path }) => path.split('/').at(-1));
		expect(paths.filter((path) => path === 'create')).toHaveLength(18);
		expectGoodRowsPaidOnce();
		expect(outcomesOf(itemsOf(await run(), 'Sent'))).toEqual(
			GOOD.map((reference) => [reference, 'already_submitted']),
		);
		expectGoodRowsPaidOnce();
	});

	it('says what it does not know after a fault, and pays each row once in the end', async () => {
		const references = ['good', 'reset', 'broken', 'unreadable', 'refused', 'limited', 'busy'];
		const run = await storeWorkflow(
			turkishRows(...references),
			automatic('TUR-TRY', { parallelRequests: 1 }),
			'continueErrorOutput',
		);
		real.sandbox.setFaults([
			{ when: { key: 'reset' }, fault: 'reset_after_accepting' },
			{ when: { key: 'broken' }, fault: 'status_500_after_accepting' },
			{ when: { key: 'unreadable' }, fault: 'cut_json' },
			{ when: { key: 'refused' }, fault: { type: 'error', code: 'account_not_found' } },
			{ when: { key: 'limited', times: 1 }, fault: { type: 'status_429', retryAfter: 0 } },
			{ when: { key: 'busy' }, fault: { type: 'status_429', retryAfter: 0 } },
		]);
		const first = await run();
		expect(outcomesOf(itemsOf(first, 'Sent'))).toEqual([
			['good', 'submitted'],
			['limited', 'submitted'],
		]);
		const failed = itemsOf(first, 'Needs a Look').map(({ reference, error }) => [
			reference,
			(error as IDataObject).outcome,
		]);
		expect(failed).toEqual([
			['reset', 'unknown'],
			['broken', 'unknown'],
			['unreadable', 'unknown'],
			['refused', 'rejected'],
			['busy', 'not_sent'],
		]);
		expect(paidTimes(['refused', 'busy'])).toEqual([0, 0]);

		real.sandbox.setFaults([]);
		const second = await run();
		expect(Object.fromEntries(outcomesOf(itemsOf(second, 'Sent')) as string[][])).toEqual({
			good: 'already_submitted',
			reset: 'already_submitted',
			broken: 'already_submitted',
			unreadable: 'already_submitted',
			refused: 'submitted',
			limited: 'already_submitted',
			busy: 'submitted',
		});
		expect(itemsOf(second, 'Needs a Look')).toEqual([]);
		expect(paidTimes(references)).toEqual(references.map(() => 1));
	});
}
