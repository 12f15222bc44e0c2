import { generateKeyPairSync } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { signBody } from '../credentials/signing.ts';
import type { SigningSpeed } from './signing.mts';
import { expectedBody, makeRows } from './rows.mts';

// Started with one thread for such work (UV_THREADPOOL_SIZE=1), so that it is compared with what
// `openssl speed` does on one core.

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const bodies = makeRows(100).map(expectedBody);

async function measureSigning(ms: number): Promise<SigningSpeed> {
	await signFor(300, 20);
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const perSecond = await signFor(ms, 20);
	delay.disable();
	return {
		perSecond,
		oneMs: 1_000 / (await signFor(500, 1)),
		delay: {
			median: delay.percentile(50) / 1e6,
			p99: delay.percentile(99) / 1e6,
			max: delay.max / 1e6,
		},
	};
}

/** Keeps `parallel` signatures on their way and counts how many are made per second. */
async function signFor(ms: number, parallel: number): Promise<number> {
	const began = performance.now();
	let made = 0;
	await Promise.all(
		Array.from({ length: parallel }, async () => {
			while (performance.now() - began < ms) {
				await signBody(bodies[made % bodies.length] ?? '', privateKey);
				made += 1;
			}
		}),
	);
	return (made * 1_000) / (performance.now() - began);
}

process.on('message', (ms: number) => {
	void measureSigning(ms).then((speed) => process.send?.(speed));
});
process.once('disconnect', () => process.exit());
