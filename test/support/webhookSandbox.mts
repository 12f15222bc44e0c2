import { startSandbox } from '../../sandbox/server.mts';
import type { Sandbox, WebhookDelivery } from '../../sandbox/server.mts';
import { belgianPayout } from './belgianPayout.mts';
import { addPartner } from './partner.mts';
import type { Partner } from './partner.mts';
import { startWebhookReceiver } from './webhookReceiver.mts';
import type { WebhookReceiver } from './webhookReceiver.mts';

const WAIT_LIMIT_MS = 20_000;
const QUICK_SETTINGS = {
	processingMs: 1,
	autoConfirm: true,
	latencyMs: 0,
	clockSpeed: 3000,
};

/** A sandbox whose webhooks go to a receiver. */
export interface WebhookSandbox {
	sandbox: Sandbox;
	receiver: WebhookReceiver;
	partner: Partner;
	/** The lines of the sandbox's log since the beginning of the test. */
	lines: string[];
	/** Sends an order; with the quick settings, its webhook about the success follows at once. */
	pay(reference?: string, version?: 'v1' | 'v2'): Promise<void>;
	/** Waits until the webhook with a number is in a state; throws after 20 seconds. */
	waitUntil(state: WebhookDelivery['state'], number?: number): Promise<WebhookDelivery>;
}

/** Starts sandbox and receiver before the tests of a file and resets both before each test. */
export function useWebhookSandbox(): WebhookSandbox {
	const lines: string[] = [];
	const context = { lines } as WebhookSandbox;
	context.pay = async (reference = 'INV-1', version = 'v1') => {
		const body = belgianPayout({ reference, version });
		await context.partner.post(`${version}/session/init/payout`, body, { key: reference });
	};
	context.waitUntil = async (state, number = 1) => {
		const deadline = performance.now() + WAIT_LIMIT_MS;
		for (;;) {
			const found = context.sandbox.webhooks().find((delivery) => delivery.number === number);
			if (found?.state === state) return found;
			if (performance.now() > deadline) throw new Error(`The webhook is ${found?.state}.`);
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
	};
	beforeAll(async () => {
		context.receiver = await startWebhookReceiver();
		context.sandbox = await startSandbox({ log: (line) => lines.push(line) });
		context.partner = await addPartner(context.sandbox);
	});
	afterAll(async () => {
		await context.sandbox.stop();
		await context.receiver.stop();
	});
	beforeEach(() => {
		context.sandbox.reset();
		context.receiver.clear();
		context.sandbox.changeSettings({ ...QUICK_SETTINGS, webhookUrl: context.receiver.url });
		lines.length = 0;
	});
	return context;
}
