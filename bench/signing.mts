import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { startWorker } from './workers.mts';

/** How fast signatures are made; see signingProcess.mts. */
export interface SigningSpeed {
	/** By our `signBody`, in one thread beside the event loop. */
	perSecond: number;
	/** How long one takes that nobody waits for in line, in ms. */
	oneMs: number;
	/** How late timers of 1 ms were while `signBody` worked, in ms. */
	delay: { median: number; p99: number; max: number };
}

/** Signatures per second by `openssl speed rsa2048`, when there is an openssl, and by us. */
export interface SigningComparison {
	ours: SigningSpeed;
	openssl?: number;
}

const MEASURED_MS = 2_000;
const ROUNDS = 6;

/**
 * Measures signing with the Node that runs n8n, and openssl's, in turns; the best of each counts,
 * because other programs can only slow them down.
 */
export async function compareSigning(nodePath: string): Promise<SigningComparison> {
	const ours: SigningSpeed[] = [];
	const theirs: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		ours.push(await measureOurs(nodePath));
		theirs.push(...(await measureOpenssl()));
	}
	ours.sort((a, b) => b.perSecond - a.perSecond);
	return {
		ours: ours[0] as SigningSpeed,
		...(theirs.length > 0 && { openssl: Math.max(...theirs) }),
	};
}

async function measureOurs(nodePath: string): Promise<SigningSpeed> {
	const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
	const worker = startWorker('signingProcess.mts', nodePath, env);
	try {
		return (await worker.ask(MEASURED_MS)) as SigningSpeed;
	} finally {
		worker.stop();
	}
}

/** Nothing where there is no openssl. */
async function measureOpenssl(): Promise<number[]> {
	const args = ['speed', '-seconds', String(MEASURED_MS / 1_000), 'rsa2048'];
	const result = await promisify(execFile)('openssl', args).catch(() => undefined);
	const found = /^rsa +2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(result?.stdout ?? '');
	return found ? [Number(found[1])] : [];
}

/** The result in sentences. */
export function describeSigning({ ours, openssl }: SigningComparison): string[] {
	const { perSecond, oneMs, delay } = ours;
	const compared =
		openssl === undefined
			? ''
			: `, ${((100 * perSecond) / openssl).toFixed(0)} % of the ${openssl.toFixed(0)} of \`openssl speed rsa2048\` (target 90 %)`;
	return [
		`\`signBody\` makes ${perSecond.toFixed(0)} RSA-2048 signatures per second in one thread${compared}.`,
		`One signature takes ${oneMs.toFixed(2)} ms. While signatures were made without a pause, a timer of 1 ms came after ` +
			`${delay.median.toFixed(2)} ms (median), ${delay.p99.toFixed(2)} ms (99 %) and ${delay.max.toFixed(2)} ms (worst).`,
	];
}
