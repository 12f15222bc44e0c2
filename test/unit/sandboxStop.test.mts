import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeyPair, startSandbox } from '../../sandbox/server.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { addPartner, connectPartner } from '../support/partner.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';

const context = useWebhookSandbox();

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('cancels and forgets at a reset the webhooks that are waiting and under way', async () => {
	const { receiver, sandbox } = context;
	// A redelivery would come after 500 ms.
	sandbox.changeSettings({ clockSpeed: 20 });
	receiver.respondWith(() => (receiver.received.length === 1 ? 500 : 'never'));
	await context.pay('INV-1');
	await receiver.waitFor(1);
	await context.pay('INV-2');
	await receiver.waitFor(2);
	sandbox.reset();
	await pause(600);
	expect(receiver.received).toHaveLength(2);
	expect(sandbox.webhooks()).toEqual([]);
	receiver.respondWith(() => 200);
	await context.pay('INV-1');
	await context.waitUntil('delivered');
});

test('stops listening even with an open connection and a slow response', async () => {
	const other = await startSandbox();
	const partner = await addPartner(other);
	other.setFaults([{ fault: 'slow' }]);
	const response = partner.post('v1/session/init/payout', belgianPayout(), { key: 'INV-1' });
	const failed = expect(response).rejects.toThrow();
	while (other.books.paidTimes('INV-1') === 0) await pause(5);
	await other.stop();
	await failed;
	await expect(fetch(other.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('sends webhooks from the command line, logs them, and ends while some are waiting', async () => {
	const { receiver } = context;
	receiver.respondWith(() => 500);
	const { privateKey, publicKey } = await makeKeyPair();
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-main-'));
	const keyFile = join(folder, 'public.pem');
	writeFileSync(keyFile, publicKey);
	const options = `--port 0 --project partner --auto-confirm --webhook-url ${receiver.url}`;
	const main = spawn(
		process.execPath,
		['--import', 'tsx', 'sandbox/main.mts', ...options.split(' '), '--public-key', keyFile],
		{ env: { ...process.env, XDG_CACHE_HOME: folder } },
	);
	const exited = once(main, 'exit');
	let output = '';
	for (const stream of [main.stdout, main.stderr]) {
		stream.on('data', (chunk) => (output += String(chunk)));
	}
	try {
		while (!output.includes('appears here in one line')) await pause(10);
		expect(output).toContain(`Webhooks are sent to ${receiver.url}.`);
		expect(output).not.toContain('PRIVATE KEY');
		const [, url = ''] = /listens at (http:\/\/127\.0\.0\.1:\d+)\./.exec(output) ?? [];
		await connectPartner(url, privateKey).post('v1/session/init/payout', belgianPayout());
		while (!output.includes('redelivery')) await pause(10);
	} finally {
		main.kill('SIGTERM');
		await exited;
		rmSync(folder, { recursive: true });
	}
	expect(main.exitCode).toBe(0);
	expect(output).toMatch(/webhook payment_finished .* payouts po_1 .*redelivery in 10 s\n/);
});
