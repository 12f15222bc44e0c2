import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { StoredWorkflow } from '../../demo/n8n/rest.mts';
import { makeKeyPair } from '../../sandbox/server.mts';
import type { KeyPair } from '../../sandbox/server.mts';
import { deliver, finishedPayout } from '../support/webhookDelivery.mts';
import { FORGERIES, NON_EVENTS, UNREADABLE_FOR_N8N } from '../support/webhookForgeries.mts';
import { importPayoutsFromCsv, openBench, OPENING_LIMIT_MS } from './bench.mts';
import type { Bench } from './bench.mts';
import { activate, createCredential, importFollowUp, post, watchServer } from './webhooks.mts';

let bench: Bench;
let keys: KeyPair;
let workflow: StoredWorkflow;
let path: string;

beforeAll(async () => {
	bench = await openBench();
	keys = await makeKeyPair();
	const credential = await createCredential(bench, keys.publicKey);
	({ workflow, path } = await importFollowUp(bench, credential));
	await activate(bench, workflow, path);
}, OPENING_LIMIT_MS);
afterAll(async () => await bench?.close());

const production = () => `${bench.n8n.url}/webhook/${path}`;
const finished = async () => await bench.client.executions(workflow.id);

async function waitForExecutions(count: number) {
	for (let tries = 0; tries < 300; tries++) {
		const executions = await finished();
		if (executions.length >= count && executions.every(({ status }) => status === 'success')) {
			return executions;
		}
		await sleep(500);
	}
	throw new Error(`There are ${(await finished()).length} executions instead of ${count}.`);
}

it.each([
	['', 'has no public key to verify webhooks with'],
	['private', "A private key was pasted into 'Webhook Public Key'"],
])('cannot be activated without a usable key, and says why', async (pasted, message) => {
	const key = pasted === 'private' ? keys.privateKey : pasted;
	const other = await importFollowUp(bench, await createCredential(bench, key));
	await bench.client.activate(other.workflow);
	let publication = await bench.client.publication(other.workflow.id);
	// n8n tries again for 15 seconds before it gives an activation up.
	for (let tries = 0; tries < 120 && publication.status !== 'failed'; tries++) {
		await sleep(500);
		publication = await bench.client.publication(other.workflow.id);
	}
	expect(publication).toMatchObject({
		status: 'failed',
		triggers: [{ status: 'failed', errorMessage: expect.stringContaining(message) as string }],
	});
	expect(JSON.stringify(publication)).not.toContain(keys.privateKey.split('\n')[2]);
	const delivery = deliver(finishedPayout('INV-1'), keys.privateKey);
	expect((await post(`${bench.n8n.url}/webhook/${other.path}`, delivery)).status).toBe(404);
});

it('refuses every forged or broken delivery with a 4xx and starts nothing', async () => {
	const before = (await finished()).length;
	const answers: Array<[string, number]> = [];
	for (const [name, forge] of FORGERIES) {
		const good = deliver(finishedPayout('INV-1'), keys.privateKey);
		const { status } = await post(production(), forge(good, keys.privateKey));
		answers.push([name, status]);
	}
	expect(answers.filter(([, status]) => status < 400 || status > 499)).toEqual([]);
	expect(answers.length).toBeGreaterThanOrEqual(90);
	await sleep(1_000);
	expect(await finished()).toHaveLength(before);
});

it('starts nothing when n8n itself cannot read a delivery, and goes on receiving', async () => {
	const before = (await finished()).length;
	const good = deliver(finishedPayout('INV-1'), keys.privateKey);
	for (const [name, forge] of UNREADABLE_FOR_N8N) {
		const { status } = await post(production(), forge(good, keys.privateKey));
		expect([name, status >= 400]).toEqual([name, true]);
	}
	expect((await post(production(), deliver('null', keys.privateKey))).status).toBe(200);
	await sleep(1_000);
	expect(await finished()).toHaveLength(before);
});

it('acknowledges what is signed but no event, and starts nothing', async () => {
	const before = (await finished()).length;
	const answers: Array<[string, number]> = [];
	for (const [name, body] of NON_EVENTS) {
		answers.push([name, (await post(production(), deliver(body, keys.privateKey))).status]);
	}
	expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
	await sleep(1_000);
	expect(await finished()).toHaveLength(before);
});

it('answers 200 at once and starts the workflow; a redelivery is recognised', async () => {
	const before = (await finished()).length;
	const delivery = deliver(finishedPayout('INV-7', 'succeeded'), keys.privateKey);
	expect(await post(production(), delivery)).toEqual({ status: 200, text: 'OK' });
	await waitForExecutions(before + 1);
	expect(await post(production(), delivery)).toEqual({ status: 200, text: 'OK' });
	const [second, first] = await waitForExecutions(before + 2);

	const items = async (id: string) => {
		const { nodes } = await bench.client.execution(id);
		return nodes['Finished or Returned']?.outputs[0]?.map(({ json }) => json) ?? [];
	};
	expect(await items(first?.id ?? '')).toMatchObject([
		{ reference: 'INV-7', event: 'payment_finished' },
	]);
	expect(await items(second?.id ?? '')).toEqual([]);
});

it('verifies a compressed webhook over the bytes that n8n hands over', async () => {
	const before = (await finished()).length;
	const { headers, body } = deliver(finishedPayout('INV-Z', 'succeeded'), keys.privateKey);
	const compressed = { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) };
	expect((await post(production(), compressed)).status).toBe(200);
	await waitForExecutions(before + 1);
	const forged = { ...compressed, body: gzipSync(Buffer.concat([body, Buffer.from(' ')])) };
	expect((await post(production(), forged)).status).toBe(401);
});

it('receives at the test URL while the editor listens', async () => {
	await bench.client.listen(workflow.id);
	const url = `${bench.n8n.url}/webhook-test/${path}`;
	const forged = { ...deliver(finishedPayout('INV-T'), keys.privateKey), body: Buffer.from('{}') };
	expect((await post(url, forged)).status).toBe(401);
	const delivery = deliver(finishedPayout('INV-T'), keys.privateKey);
	expect((await post(url, delivery)).status).toBe(200);
});

it('loses none of 500 webhooks in a burst, while n8n goes on answering', async () => {
	const before = (await finished()).length;
	const deliveries = Array.from({ length: 500 }, (_, index) => {
		const event = finishedPayout(`BURST-${index}`, 'succeeded');
		event.session.id = `ps_burst_${index}`;
		return deliver(event, keys.privateKey);
	});
	const watch = watchServer(bench.n8n.url);
	const waiting = [...deliveries];
	const statuses: number[] = [];
	const send = async () => {
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			statuses.push((await post(production(), next)).status);
		}
	};
	await Promise.all(Array.from({ length: 20 }, send));
	await waitForExecutions(before + 500);
	const longestGap = await watch.stop();

	expect(statuses.filter((status) => status === 200)).toHaveLength(500);
	expect(await finished()).toHaveLength(before + 500);
	process.stderr.write(`Longest silence of n8n during the burst: ${longestGap} ms\n`);
}, 180_000);

it('goes the whole circle: rows, confirmation, result, matched by reference', async () => {
	const { sandbox } = bench;
	const circle = await importFollowUp(
		bench,
		await createCredential(bench, sandbox.webhookPublicKey),
	);
	await activate(bench, circle.workflow, circle.path);
	sandbox.changeSettings({
		autoConfirm: false,
		processingMs: 50,
		// What a busy computer did not take at once comes again soon.
		clockSpeed: 10,
		webhookUrl: `${bench.n8n.url}/webhook/${circle.path}`,
	});
	const paying = await importPayoutsFromCsv(bench);
	await bench.client.run(paying.id);

	let states: Array<[string | null, string]> = [];
	for (let tries = 0; tries < 600; tries++) {
		states = sandbox.books.payouts().map(({ reference, status }) => [reference, status]);
		if (states.every(([, status]) => status === 'succeeded')) break;
		await sleep(200);
	}
	expect(states).toHaveLength(18);
	const ended = await bench.client.executions(circle.workflow.id);
	const failed = ended.filter(({ status }) => status === 'error');
	const errors = await Promise.all(failed.map(async ({ id }) => await bench.client.execution(id)));
	expect(errors.map(({ error }) => error?.message)).toEqual([]);
	expect(states.filter(([, status]) => status !== 'succeeded')).toEqual([]);

	const reported: unknown[] = [];
	for (let tries = 0; tries < 50 && reported.length < 18; tries++) {
		reported.length = 0;
		for (const { id } of await bench.client.executions(circle.workflow.id)) {
			const { nodes } = await bench.client.execution(id);
			const items = nodes['Finished or Returned']?.outputs[0] ?? [];
			reported.push(...items.map(({ json }) => json.reference));
		}
		await sleep(300);
	}
	expect(reported.sort()).toEqual(states.map(([reference]) => reference).sort());
}, 180_000);
