import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureN8n } from '../../n8n/install.mts';
import { REPOSITORY } from '../../n8n/repository.mts';
import { needing } from '../support/n8nFeatures.mts';
import { START_LIMIT_MS } from '../support/realN8n.mts';

const it = needing('ledger');

const SENTENCE = '18 payouts were paid, each once, and 2 rows were not paid.';

/** The demos of the test that runs; one that fails must not leave its demo running. */
const runs: Array<{ demo: ChildProcess; ended: Promise<number | null> }> = [];

/** What a fresh clone does not have, and what other tests may be changing. */
const LEFT_OUT = ['.git', 'node_modules', 'dist', 'coverage', 'test-results', '.screenshots'];

/** Copies this repository: the demo builds the package, and other tests are using what is built. */
function copyRepository(folder: string): void {
	const leftOut = LEFT_OUT.map((name) => join(REPOSITORY, name));
	cpSync(REPOSITORY, folder, { recursive: true, filter: (path) => !leftOut.includes(path) });
	symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
}

/** Starts the demo as a person does, with its own folder for temporary files. */
function startDemo(repository: string, temporary: string, ...options: string[]) {
	const demo = spawn('bash', ['demo/run.sh', ...options], {
		cwd: repository,
		env: { ...process.env, TMPDIR: temporary },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let printed = '';
	const seen: Array<() => void> = [];
	for (const stream of [demo.stdout, demo.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			printed += chunk.toString('utf8');
			seen.forEach((check) => check());
		});
	}
	const ended = new Promise<number | null>((resolve) => demo.once('close', resolve));
	runs.push({ demo, ended });
	const until = async (text: string) =>
		await new Promise<void>((resolve, reject) => {
			const check = () => printed.includes(text) && resolve();
			seen.push(check);
			check();
			void ended.then(() => reject(new Error(`The demo ended too early. It printed:\n${printed}`)));
		});
	return { demo, ended, until, printed: () => printed };
}

/** The processes of this computer whose environment names a folder (Linux only). */
function processesOf(folder: string): string[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter((pid) => {
			try {
				return readFileSync(join('/proc', pid, 'environ'), 'utf8').includes(folder);
			} catch {
				return false;
			}
		});
}

describe('npm run demo', () => {
	let repository: string;
	let temporary: string;
	beforeAll(async () => {
		await ensureN8n();
		repository = mkdtempSync(join(tmpdir(), 'smart-glocal-demo-copy-'));
		copyRepository(repository);
	}, START_LIMIT_MS);
	afterAll(() => rmSync(repository, { recursive: true, force: true }));
	beforeEach(() => {
		temporary = mkdtempSync(join(tmpdir(), 'smart-glocal-demo-test-'));
	});
	afterEach(async () => {
		for (const { demo, ended } of runs.splice(0)) {
			demo.kill('SIGINT');
			await ended;
		}
		rmSync(temporary, { recursive: true, force: true });
	}, 60_000);

	it('pays the file once, says so and leaves nothing behind', async () => {
		const run = startDemo(repository, temporary, '--once');
		expect(await run.ended).toBe(0);
		expect(run.printed()).toContain(SENTENCE);
		expect(run.printed().match(/ submitted /g)).toHaveLength(18);
		expect(run.printed().match(/ not_sent /g)).toHaveLength(2);
		expect(readdirSync(temporary).filter((name) => name.startsWith('smart-glocal'))).toEqual([]);
		expect(processesOf(temporary)).toEqual([]);
	}, 180_000);

	it('stays up until Ctrl-C, then ends everything it has started', async () => {
		const run = startDemo(repository, temporary);
		await run.until('Press Ctrl-C to stop.');
		const printed = run.printed();
		const addresses = ['Upload a spreadsheet', 'The ledger', 'What the local'].map(
			(title) => new RegExp(`${title}.*: (http:\\S+)`).exec(printed)?.[1] ?? `no ${title}`,
		);
		for (const address of addresses) expect((await fetch(address)).status).toBe(200);
		expect(processesOf(temporary).length).toBeGreaterThan(1);

		run.demo.kill('SIGINT');
		expect(await run.ended).toBe(0);
		for (const address of addresses) await expect(fetch(address)).rejects.toThrow();
		expect(processesOf(temporary)).toEqual([]);
	}, 180_000);

	it('stops at once when Ctrl-C comes while n8n is starting', async () => {
		const run = startDemo(repository, temporary);
		await run.until('Starting the local Smart Glocal and n8n');
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		run.demo.kill('SIGINT');
		expect(await run.ended).toBe(130);
		expect(processesOf(temporary)).toEqual([]);
	}, 180_000);
});
