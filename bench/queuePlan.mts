import { QueueBench } from './queueBench.mts';
import type { QueueBurst, QueueExample, QueuePayment, QueueResults } from './queueBench.mts';

const LATENCIES = [20, 300];

/** Measures queue mode: rows and webhooks, by workers, their concurrency and the expression engine. */
export async function measureQueueMode(): Promise<QueueResults> {
	const payments: QueuePayment[] = [];
	const bursts: QueueBurst[] = [];
	const example: QueueExample[] = [];
	let use: Awaited<ReturnType<QueueBench['use']>>;
	const lazy = await QueueBench.start(true);
	try {
		const { queue } = lazy;
		await lazy.warmUp();
		bursts.push(await lazy.burst());
		for (const latency of LATENCIES) payments.push(await lazy.pay(2, 5, latency));
		const runExample = await lazy.importExample();
		example.push(await runExample(2));
		use = await lazy.use();
		const [first, second] = queue.workers;
		await second?.end('SIGTERM');
		for (const latency of LATENCIES) payments.push(await lazy.pay(1, 5, latency));
		example.push(await runExample(1));
		await first?.end('SIGTERM');
		await Promise.all([queue.startWorker(10), queue.startWorker(10)]);
		for (const latency of LATENCIES) payments.push(await lazy.pay(2, 10, latency));
	} finally {
		await lazy.stop();
	}
	const eager = await QueueBench.start(false);
	try {
		await eager.warmUp();
		bursts.push(await eager.burst());
		for (const latency of LATENCIES) payments.push(await eager.pay(2, 5, latency));
	} finally {
		await eager.stop();
	}
	return { payments, bursts, example, ...use };
}
