import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import type { Profiler } from 'node:inspector';
import path from 'node:path';

import { automatic, turkishRows } from '../support/account.mts';
import { loadPackage } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

// docs/architecture.md tells the way of a row. Here a row takes it, and V8 says which files it met.

const ROOT = path.resolve(__dirname, '../..');
const DIST = path.join(ROOT, 'dist/');

const account = useAccount();
const session = new Session();

/** Counts of the functions that have run since the last call, by file. */
async function takeCoverage(): Promise<Profiler.ScriptCoverage[]> {
	return await new Promise((resolve, reject) => {
		session.post('Profiler.takePreciseCoverage', (failure, taken) =>
			failure ? reject(failure) : resolve(taken.result),
		);
	});
}

/** The files of the package with a function that has run since the last call. */
async function listVisited(): Promise<string[]> {
	const visited = (await takeCoverage())
		.map(({ url, functions }) => ({ file: url.replace(/^file:\/\//, ''), functions }))
		.filter(({ file }) => file.startsWith(DIST) && file.endsWith('.js'))
		.filter(({ functions }) => functions.some(({ ranges }) => ranges[0]?.count))
		.map(({ file }) => path.basename(file).replace(/\.js$/, '.ts'));
	return [...new Set(visited)].sort();
}

/** The names of files in a section of the page. */
function listNamed(heading: string): string[] {
	const page = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
	const [, section = ''] = page.split(`## ${heading}\n`);
	const [text = ''] = section.split(/\n## /);
	return [...text.matchAll(/`(\w+\.ts)`/g)].map(([, file = '']) => file).sort();
}

beforeAll(async () => {
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
	await loadPackage();
});

afterAll(() => session.disconnect());

test('names each file that a row meets on its way once, and no other', async () => {
	await takeCoverage();
	const { success } = await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'));
	const visited = await listVisited();

	expect(success).toHaveLength(1);
	expect(listNamed('The way of a row')).toEqual(visited);
});
