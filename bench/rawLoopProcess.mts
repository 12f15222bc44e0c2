import { createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Agent } from 'node:http';
import { promisify } from 'node:util';

import axios from 'axios';

import { forEachConcurrently } from '../n8n/concurrently.mts';
import { PROJECT } from '../n8n/credential.mts';
import { expectedBody, makeRows } from './rows.mts';

/** One run of the raw loop, which replies with the time in ms. */
export interface RawLoopRun {
	url: string;
	/** In PEM. */
	privateKey: string;
	rows: number;
	/** How many requests are in flight. */
	inFlight: number;
}

// The least that any client does: sign, send, read the response.

const signAsynchronously = promisify(sign);

async function post(url: string, reference: string, body: string, key: KeyObject) {
	const signature = await signAsynchronously('RSA-SHA256', Buffer.from(body), key);
	const { data } = await axios.post<{ status: string }>(url, body, {
		headers: {
			'Content-Type': 'application/json',
			'X-PARTNER-PROJECT': PROJECT,
			'X-PARTNER-SIGN': signature.toString('base64'),
			'X-PARTNER-IDEMPOTENCY-KEY': reference,
		},
		// As n8n, which opens a connection for each request.
		httpAgent: new Agent({ keepAlive: false }),
		proxy: false,
	});
	if (data.status !== 'ok') throw new Error(`The payout ${reference} was refused.`);
}

async function payAll({ url, privateKey, rows, inFlight }: RawLoopRun) {
	const key = createPrivateKey(privateKey);
	const payouts = makeRows(rows).map((row) => [row.reference, expectedBody(row)] as const);
	const began = Date.now();
	await forEachConcurrently(payouts, inFlight, async ([reference, body]) => {
		await post(`${url}/api/v1/session/init/payout`, reference, body, key);
	});
	return Date.now() - began;
}

process.on('message', (run: RawLoopRun) => {
	void payAll(run).then((ms) => process.send?.(ms));
});
process.once('disconnect', () => process.exit());
