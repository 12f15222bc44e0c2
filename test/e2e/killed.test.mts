import { launchN8n } from '../../n8n/launch.mts';
import type { RunningN8n } from '../../n8n/launch.mts';
import { waitUntil } from '../../n8n/poll.mts';
import { chainNodes, smartGlocalNode, workflowNode } from '../../n8n/workflow.mts';
import { startN8nWithSandbox } from '../../n8n/withSandbox.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { prepareKillableN8n } from '../support/killableN8n.mts';
import type { KillableN8n } from '../support/killableN8n.mts';
import { START_LIMIT_MS } from '../support/realN8n.mts';
import { callWhenLive } from '../support/webhooks.mts';

const REFERENCES = Array.from({ length: 60 }, (_, index) => `INV-${index}`);
const KILLED_AFTER = 20;

describe('n8n that is killed in the middle of a batch', () => {
	let killable: KillableN8n;
	let sandbox: Sandbox;
	let n8n: RunningN8n | undefined;
	let paidAtTheKill: string[];
	let receivedAfterTheStart: number;
	let outcomes: Map<unknown, unknown>;

	beforeAll(async () => {
		killable = await prepareKillableN8n();
		const settings = { latencyMs: 200, autoConfirm: false };
		const real = await startN8nWithSandbox(killable.options, settings);
		({ n8n, sandbox } = real);
		const workflow = chainNodes('Pay what a webhook brings', [
			workflowNode('Rows Arrive', 'n8n-nodes-base.webhook', 2, WEBHOOK, { webhookId: 'payouts' }),
			workflowNode('One Item a Row', 'n8n-nodes-base.splitOut', 1, {
				fieldToSplitOut: 'body.rows',
				options: {},
			}),
			smartGlocalNode('Pay Each Row', PAYOUT, real.credential),
		]);
		await real.client.activate(await real.client.createWorkflow(workflow));

		void pay(n8n).catch(() => undefined);
		const isPaying = () => sandbox.counters().received >= KILLED_AFTER;
		await waitUntil(isPaying, 'The sandbox did not receive enough requests.', { everyMs: 20 });
		await killable.kill();
		await n8n.stop();
		paidAtTheKill = REFERENCES.filter((reference) => sandbox.books.acceptedTimes(reference) > 0);

		sandbox.changeSettings({ latencyMs: 0 });
		const received = sandbox.counters().received;
		n8n = await launchN8n(killable.options);
		receivedAfterTheStart = sandbox.counters().received - received;
		const items = await pay(n8n);
		outcomes = new Map(items.map(({ reference, outcome }) => [reference, outcome]));
	}, START_LIMIT_MS);

	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.stop();
		await killable?.remove();
	});

	it('was killed while some rows had been paid and others had not', () => {
		expect(paidAtTheKill.length).toBeGreaterThanOrEqual(KILLED_AFTER - 2);
		expect(paidAtTheKill.length).toBeLessThan(REFERENCES.length);
	});

	it('sends nothing when it starts again', () => {
		expect(receivedAfterTheStart).toBe(0);
	});

	it('pays every row exactly once when the workflow runs again', () => {
		const times = REFERENCES.map((reference) => sandbox.books.acceptedTimes(reference));
		expect(times).toEqual(REFERENCES.map(() => 1));
		expect(sandbox.books.payouts()).toHaveLength(REFERENCES.length);
	});

	it('reports for each row whether this run or the killed one sent it', () => {
		expect(outcomes).toEqual(
			new Map(
				REFERENCES.map((reference) => [
					reference,
					paidAtTheKill.includes(reference) ? 'already_submitted' : 'submitted',
				]),
			),
		);
	});
});

const WEBHOOK = {
	httpMethod: 'POST',
	path: 'payouts',
	responseMode: 'lastNode',
	responseData: 'allEntries',
	options: {},
};

const PAYOUT = {
	resource: 'payout',
	operation: 'init',
	...automatic('TUR-TRY', { parallelRequests: 2 }),
};

/** Hands all rows to the workflow and returns the items it puts out. */
async function pay({ url }: RunningN8n): Promise<Array<{ reference: string; outcome: string }>> {
	const body = JSON.stringify({ rows: turkishRows(...REFERENCES) });
	const headers = { 'content-type': 'application/json' };
	const request = { method: 'POST', headers, body };
	const response = await callWhenLive(`${url}/webhook/payouts`, request);
	return (await response.json()) as Array<{ reference: string; outcome: string }>;
}
