import { poll } from '../../n8n/poll.mts';
import type { ListedExecution } from '../../n8n/restClient.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { makeKeyPair } from '../../sandbox/server.mts';
import type { KeyPair } from '../../sandbox/server.mts';
import type { N8nFeatures } from '../support/n8nFeatures.mts';
import { deliver, finishedPayout } from '../support/webhookDelivery.mts';
import { FORGED_SIGNATURES, FORGERIES } from '../support/webhookForgeries.mts';
import {
	activate,
	failToActivate,
	post,
	storeTriggerWorkflow,
	storeWebhookCredential,
} from '../support/webhooks.mts';
import type { WebhookWorkflow } from '../support/webhooks.mts';

/** Genuine and forged deliveries to the trigger, and its activation. */
export function testWebhooks(real: N8nWithSandbox, features: N8nFeatures): void {
	let keys: KeyPair;
	let published: WebhookWorkflow;
	beforeAll(async () => {
		keys = await makeKeyPair();
		const credential = await storeWebhookCredential(real, keys.publicKey);
		published = await storeTriggerWorkflow(real, credential);
		await activate(real, published);
	});

	const production = () => `${real.n8n.url}/webhook/${published.path}`;

	/** Waits until the workflow has run `count` times, each with success; newest first. */
	async function executions(count: number): Promise<ListedExecution[]> {
		const read = async () => {
			const found = await real.client.executions(published.workflow.id);
			const done = found.length >= count && found.every(({ status }) => status === 'success');
			return done ? found : undefined;
		};
		const tooLate = `There were not ${count} successful executions in time.`;
		return await poll(read, { everyMs: 100, withinMs: 60_000, tooLate });
	}

	it('responds 200 to a genuine delivery and runs once; a redelivery is recognised', async () => {
		const delivery = deliver(finishedPayout('INV-7', 'succeeded'), keys.privateKey);
		expect(await post(production(), delivery)).toEqual({ status: 200, text: 'OK' });
		await executions(1);
		expect(await post(production(), delivery)).toEqual({ status: 200, text: 'OK' });
		const [second, first] = await executions(2);
		const changes = async (execution?: ListedExecution) => {
			const { nodes } = await real.client.execution(execution?.id ?? '');
			return nodes['A New Change']?.outputs[0]?.map(({ json }) => json) ?? [];
		};
		expect(await changes(first)).toMatchObject([
			{ reference: 'INV-7', event: 'payment_finished', amount: 100.5, currency: 'USD' },
		]);
		expect(await changes(second)).toEqual([]);
	});

	it('refuses every forged or broken delivery and runs nothing', async () => {
		const before = (await executions(0)).length;
		const good = deliver(finishedPayout('INV-1'), keys.privateKey);
		const accepted: Array<[string, number]> = [];
		for (const [name, forge] of FORGERIES) {
			const { status } = await post(production(), forge(good, keys.privateKey));
			const isForged = FORGED_SIGNATURES.some(([forged]) => forged === name);
			if (isForged ? status !== 401 : status < 400 || status > 499) accepted.push([name, status]);
		}
		expect(accepted).toEqual([]);
		// Had one of them started an execution, it would be in the list before this one.
		expect((await post(production(), good)).status).toBe(200);
		expect(await executions(before + 1)).toHaveLength(before + 1);
	});

	it('is not active without the key that webhooks are verified with, and says why', async () => {
		const keyless = await storeTriggerWorkflow(real, await storeWebhookCredential(real, ''));
		const { when, reason } = await failToActivate(real, keyless);
		expect(when).toBe(features.refusesActivation ? 'at once' : 'later');
		expect(reason).toContain('has no public key to verify webhooks with');
		const delivery = deliver(finishedPayout('INV-1'), keys.privateKey);
		expect((await post(`${real.n8n.url}/webhook/${keyless.path}`, delivery)).status).toBe(404);
	});
}
