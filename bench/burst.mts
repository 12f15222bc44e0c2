import { sign } from 'node:crypto';

import type { BenchN8n } from './n8n.mts';
import { longestGap, watchWhile } from './watch.mts';
import { burstWorkflow } from './workflows.mts';

/** What a burst of webhooks did to n8n. Times are in ms. */
export interface Burst {
	label: string;
	/** Webhooks answered with HTTP 200, and executions that succeeded. */
	taken: number;
	succeeded: number;
	/** From the first webhook to the end of the last execution. */
	ms: number;
	/** The longest time in which n8n's own HTTP server gave no answer. */
	gapMs: number;
}

const WEBHOOKS = 500;
const AT_ONCE = 20;
const TARGET_GAP_MS = 250;

const WAYS = [
	{ start: 'trigger', label: 'Smart Glocal Trigger, which verifies every signature' },
	{ start: 'webhook', label: "n8n's Webhook node, which verifies nothing" },
] as const;

/**
 * Sends 500 signed webhooks, 20 at once, to a workflow that begins with our trigger, and to the same
 * one that begins with n8n's own Webhook node. n8n stores every execution, as it does by default.
 *
 * @param privateKey belongs to the credential's webhook public key
 */
export async function measureBursts(n8n: BenchN8n, privateKey: string): Promise<Burst[]> {
	const addresses = new Map<string, string>();
	for (const { start } of WAYS) {
		const { workflow, path } = burstWorkflow(start, n8n.credential);
		addresses.set(start, `${n8n.url}/webhook/${path}`);
		await n8n.addWorkflow(workflow);
	}
	await n8n.settle();
	const bursts: Burst[] = [];
	for (const { start, label } of [...WAYS, ...WAYS]) {
		const address = addresses.get(start) ?? '';
		bursts.push({ label, ...(await n8n.counting(() => measureBurst(n8n, address, privateKey))) });
	}
	// The first burst at each is for warming up.
	return bursts.slice(WAYS.length);
}

async function measureBurst(n8n: BenchN8n, address: string, privateKey: string) {
	const waiting = Array.from({ length: WEBHOOKS }, (_, index) => deliver(index, privateKey));
	let taken = 0;
	const send = async () => {
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			const response = await fetch(address, { method: 'POST', ...next });
			await response.text();
			if (response.status === 200) taken += 1;
		}
	};
	const began = Date.now();
	const { result: succeeded, watched } = await watchWhile(n8n.url, n8n.pid, async () => {
		await Promise.all(Array.from({ length: AT_ONCE }, send));
		return await n8n.successes(taken);
	});
	const ended = Date.now();
	const gapMs = longestGap(watched.answers, began, ended);
	return { taken, succeeded, ms: ended - began, gapMs };
}

function deliver(index: number, privateKey: string) {
	const session = {
		id: `ps_${index}`,
		status: 'accepted',
		payments: [
			{
				id: `po_${index}`,
				status: 'succeeded',
				amount_details: { amount: 10_050, currency: 'usd' },
				metadata: `BURST-${index}`,
			},
		],
	};
	const body = JSON.stringify({ type: 'payment_finished', session });
	const signature = sign('RSA-SHA256', Buffer.from(body), privateKey).toString('base64');
	return { body, headers: { 'content-type': 'application/json', 'x-partner-sign': signature } };
}

/** The result in sentences. */
export function describeBursts(bursts: readonly Burst[]): string[] {
	const [ours] = bursts;
	const whole = bursts.every(({ taken, succeeded }) => taken === WEBHOOKS && succeeded === taken);
	return [
		...bursts.map(
			({ label, taken, succeeded, ms, gapMs }) =>
				`${label}: ${taken} of ${WEBHOOKS} taken, ${succeeded} executions succeeded within ${(ms / 1_000).toFixed(1)} s, longest gap ${gapMs} ms.`,
		),
		`${whole ? 'Met' : 'MISSED'}: none of ${WEBHOOKS} webhooks in a burst is lost.`,
		...(ours
			? [
					`${ours.gapMs <= TARGET_GAP_MS ? 'Met' : 'MISSED'}: n8n is silent for ${ours.gapMs} ms at most meanwhile (target ${TARGET_GAP_MS} ms).`,
				]
			: []),
	];
}
