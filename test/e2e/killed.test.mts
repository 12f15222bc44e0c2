import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { CREDENTIAL_TYPE, credentialData, PROJECT } from '../../demo/credential.mts';
import { ensureN8n } from '../../demo/n8n/install.mts';
import { startInstance } from '../../demo/n8n/instance.mts';
import type { Instance } from '../../demo/n8n/instance.mts';
import { setUpOwner } from '../../demo/n8n/rest.mts';
import type { WorkflowFile, WorkflowNode } from '../../demo/n8n/rest.mts';
import { installPackedPackage } from '../../demo/n8n/userFolder.mts';
import { makeKeyPair, startSandbox } from '../../sandbox/server.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import { automatic, turkishRows } from '../engine/account.mts';
import { OPENING_LIMIT_MS, REPOSITORY } from './bench.mts';

const REFERENCES = Array.from({ length: 60 }, (_, index) => `INV-${index}`);
const KILLED_AFTER = 20;

describe('n8n that is killed in the middle of a batch', () => {
	let userFolder: string;
	let sandbox: Sandbox;
	let n8n: Instance | undefined;
	let paidAtTheKill: string[];
	let receivedAfterTheStart: number;
	let outcomes: Map<unknown, unknown>;

	beforeAll(async () => {
		userFolder = await mkdtemp(join(tmpdir(), 'smart-glocal-killed-'));
		await mkdir(join(userFolder, 'files'));
		await writeFile(join(userFolder, 'hook.cjs'), WRITE_PID);
		await installPackedPackage(REPOSITORY, userFolder);
		const keys = await makeKeyPair();
		const projects = [{ id: PROJECT, publicKey: keys.publicKey }];
		sandbox = await startSandbox({ projects, latencyMs: 200 });

		n8n = await startOn(userFolder);
		const client = await setUpOwner(n8n.url);
		const data = credentialData(sandbox.url, keys.privateKey);
		const credential = await client.createCredential('Sandbox', CREDENTIAL_TYPE, data);
		await client.activate(await client.createWorkflow(paymentByWebhook(credential.id)));

		void pay(n8n).catch(() => undefined);
		await until(() => sandbox.counters().received >= KILLED_AFTER);
		process.kill(Number(await readFile(join(userFolder, 'pid'), 'utf8')), 'SIGKILL');
		await n8n.stop();
		paidAtTheKill = REFERENCES.filter((reference) => sandbox.books.acceptedTimes(reference) > 0);

		sandbox.changeSettings({ latencyMs: 0 });
		const received = sandbox.counters().received;
		n8n = await startOn(userFolder);
		receivedAfterTheStart = sandbox.counters().received - received;
		const items = await pay(n8n);
		outcomes = new Map(items.map(({ reference, outcome }) => [reference, outcome]));
	}, OPENING_LIMIT_MS);

	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.stop();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	});

	it('was killed while some rows had been paid and others had not', () => {
		expect(paidAtTheKill.length).toBeGreaterThanOrEqual(KILLED_AFTER - 2);
		expect(paidAtTheKill.length).toBeLessThan(REFERENCES.length);
	});

	it('sends nothing of its own accord when it starts again', () => {
		expect(receivedAfterTheStart).toBe(0);
	});

	it('pays every row exactly once when the workflow runs again', () => {
		const times = REFERENCES.map((reference) => sandbox.books.acceptedTimes(reference));
		expect(times).toEqual(REFERENCES.map(() => 1));
		expect(sandbox.books.payouts()).toHaveLength(REFERENCES.length);
	});

	it('says of each row whether this run or the killed one has sent it', () => {
		expect(outcomes).toEqual(
			new Map(
				REFERENCES.map((reference) => [
					reference,
					paidAtTheKill.includes(reference) ? 'already_submitted' : 'submitted',
				]),
			),
		);
	});
});

/** Run by n8n itself at its start: tells which process is to be killed. */
const WRITE_PID = `
const { writeFileSync } = require('node:fs');
writeFileSync(require('node:path').join(__dirname, 'pid'), String(process.pid));
module.exports = {};
`;

async function startOn(userFolder: string): Promise<Instance> {
	return await startInstance({
		installation: await ensureN8n(),
		repository: REPOSITORY,
		readableFolder: join(userFolder, 'files'),
		settings: {
			N8N_USER_FOLDER: userFolder,
			EXTERNAL_HOOK_FILES: join(userFolder, 'hook.cjs'),
		},
	});
}

/** Hands all rows to the workflow and waits for what comes out of it. */
async function pay({ url }: Instance): Promise<Array<{ reference: string; outcome: string }>> {
	const body = JSON.stringify({ rows: turkishRows(...REFERENCES) });
	const headers = { 'content-type': 'application/json' };
	const call = () => fetch(`${url}/webhook/payouts`, { method: 'POST', headers, body });
	let response = await call();
	// A webhook is there a few seconds after its workflow was switched on.
	for (let tries = 0; response.status === 404 && tries < 20; tries++) {
		await sleep(500);
		response = await call();
	}
	return (await response.json()) as Array<{ reference: string; outcome: string }>;
}

async function until(condition: () => boolean) {
	const deadline = Date.now() + 60_000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error('What was waited for did not come in time.');
		await sleep(20);
	}
}

function paymentByWebhook(credentialId: string): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		...{ id: name, name, type, typeVersion, position: [0, 0] as [number, number] },
		parameters: parameters as WorkflowNode['parameters'],
	});
	return {
		name: 'Pay what a webhook brings',
		nodes: [
			{
				...node('Rows Arrive', 'n8n-nodes-base.webhook', 2, {
					...{ httpMethod: 'POST', path: 'payouts', responseMode: 'lastNode' },
					...{ responseData: 'allEntries', options: {} },
				}),
				...{ webhookId: 'payouts' },
			},
			node('One Item a Row', 'n8n-nodes-base.splitOut', 1, {
				...{ fieldToSplitOut: 'body.rows', options: {} },
			}),
			{
				...node('Pay Each Row', 'n8n-nodes-smart-glocal.smartGlocal', 1, {
					...{ resource: 'payout', operation: 'init' },
					...automatic('TUR-TRY', { parallelRequests: 2 }),
				}),
				credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Sandbox' } },
			},
		],
		connections: {
			'Rows Arrive': { main: [[{ node: 'One Item a Row', type: 'main', index: 0 }]] },
			'One Item a Row': { main: [[{ node: 'Pay Each Row', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}
