import { createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Agent } from 'node:http';
import { promisify } from 'node:util';

import axios from 'axios';

import { PROJECT } from '../demo/credential.mts';
import { expectedBody, makeRows } from './rows.mts';

/** One run of the raw loop. It is answered with the time in ms. */
export interface RawLoopRun {
	url: string;
	/** In PEM. */
	privateKey: string;
	rows: number;
	/** How many payouts are on their way at once. */
	parallel: number;
	/** Whether connections are used again; n8n opens a new one for each request. */
	keepAlive: boolean;
}

// The least that any client does: sign, send, read the answer. It is what n8n is compared with.

const signAsynchronously = promisify(sign);

async function post(url: string, reference: string, body: string, key: KeyObject, agent: Agent) {
	const signature = await signAsynchronously('RSA-SHA256', Buffer.from(body), key);
	const { data } = await axios.post<{ status: string }>(url, body, {
		headers: {
			'Content-Type': 'application/json',
			'X-PARTNER-PROJECT': PROJECT,
			'X-PARTNER-SIGN': signature.toString('base64'),
			'X-PARTNER-IDEMPOTENCY-KEY': reference,
		},
		httpAgent: agent,
		proxy: false,
	});
	if (data.status !== 'ok') throw new Error(`The payout ${reference} was refused.`);
}

async function payAll({ url, privateKey, rows, parallel, keepAlive }: RawLoopRun) {
	const key = createPrivateKey(privateKey);
	const pending = makeRows(rows).map((row) => [row.reference, expectedBody(row)] as const);
	const kept = new Agent({ keepAlive: true });
	const began = Date.now();
	await Promise.all(
		Array.from({ length: parallel }, async () => {
			for (let next = pending.pop(); next; next = pending.pop()) {
				const agent = keepAlive ? kept : new Agent({ keepAlive: false });
				await post(`${url}/api/v1/session/init/payout`, next[0], next[1], key, agent);
			}
		}),
	);
	kept.destroy();
	return Date.now() - began;
}

process.on('message', (run: RawLoopRun) => {
	void payAll(run).then((ms) => process.send?.(ms));
});
process.once('disconnect', () => process.exit());
