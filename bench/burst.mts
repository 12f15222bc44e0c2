import { longestGap, probeHealth } from '../n8n/healthProbe.mts';
import { deliver, finishedPayout } from '../test/support/webhookDelivery.mts';
import { postBurst } from '../test/support/webhooks.mts';
import type { BenchN8n } from './benchN8n.mts';
import { describeTarget, MAX_GAP_MS } from './targets.mts';
import { burstWorkflow } from './workflows.mts';

/** The result of a burst of webhooks. Times are in ms. */
export interface Burst {
	label: string;
	/** Webhooks that got HTTP 200, and executions that succeeded. */
	taken: number;
	succeeded: number;
	/** From the first webhook to the end of the last execution. */
	ms: number;
	/** The longest time for which n8n's own HTTP server was silent. */
	gapMs: number;
}

const WEBHOOKS = 500;
const WARM_UP_WEBHOOKS = 100;
const CONCURRENCY = 20;

const WAYS = [
	{ start: 'trigger', label: 'Smart Glocal Trigger, which verifies every signature' },
	{ start: 'webhook', label: "n8n's Webhook node, which verifies nothing" },
] as const;

/**
 * Sends 500 signed webhooks, 20 at a time, to a workflow that begins with our trigger, and to one
 * that begins with n8n's own Webhook node. n8n stores every execution, as it does by default.
 *
 * @param privateKey belongs to the credential's webhook public key
 */
export async function measureBursts(n8n: BenchN8n, privateKey: string): Promise<Burst[]> {
	const ways: Array<{ label: string; url: string }> = [];
	for (const { start, label } of WAYS) {
		const { workflow, path } = burstWorkflow(start, n8n.credential);
		ways.push({ label, url: `${n8n.url}/webhook/${path}` });
		await n8n.addWorkflow(workflow);
	}
	await n8n.settle();
	const burst = async (url: string, webhooks: number) =>
		await n8n.counting(async () => await measureBurst(n8n, url, webhooks, privateKey));
	for (const { url } of ways) await burst(url, WARM_UP_WEBHOOKS);
	const bursts: Burst[] = [];
	for (const { label, url } of ways) bursts.push({ label, ...(await burst(url, WEBHOOKS)) });
	return bursts;
}

async function measureBurst(n8n: BenchN8n, url: string, webhooks: number, privateKey: string) {
	const deliveries = Array.from({ length: webhooks }, (_, index) =>
		deliver(finishedPayout(`BURST-${index}`, 'succeeded'), privateKey),
	);
	const probe = probeHealth(n8n.url);
	const from = Date.now();
	const statuses = await postBurst(url, deliveries, CONCURRENCY);
	const taken = statuses.filter((status) => status === 200).length;
	const succeeded = await n8n.successes(taken);
	const to = Date.now();
	const gapMs = longestGap(await probe.stop(), from, to);
	return { taken, succeeded, ms: to - from, gapMs };
}

/** The bursts in sentences. */
export function describeBursts(bursts: readonly Burst[]): string[] {
	if (bursts.length === 0) return [];
	const complete = bursts.every(
		({ taken, succeeded }) => taken === WEBHOOKS && succeeded === taken,
	);
	const gapMs = bursts[0]?.gapMs ?? Infinity;
	return [
		...bursts.map(
			({ label, taken, succeeded, ms, gapMs }) =>
				`${label}: ${taken} of ${WEBHOOKS} taken, ${succeeded} executions succeeded within ${(ms / 1_000).toFixed(1)} s, longest gap ${gapMs} ms.`,
		),
		describeTarget(complete, `none of ${WEBHOOKS} webhooks in a burst is lost.`),
		describeTarget(
			gapMs <= MAX_GAP_MS,
			`n8n is silent for at most ${gapMs} ms meanwhile (target ${MAX_GAP_MS} ms).`,
		),
	];
}
