import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { REPOSITORY } from '../../n8n/repository.mts';
import { findN8n, installationFolder, SUPPORTED } from '../../n8n/versions.mts';
import { featuresOf } from '../support/n8nFeatures.mts';

const VARIABLE = 'SMART_GLOCAL_N8N';
const kept = process.env[VARIABLE];
beforeEach(() => delete process.env[VARIABLE]);
afterAll(() => {
	if (kept === undefined) delete process.env[VARIABLE];
	else process.env[VARIABLE] = kept;
});

test('the newest supported n8n runs unless another one is asked for', () => {
	expect(findN8n().version).toBe(SUPPORTED.at(-1)?.version);
	process.env[VARIABLE] = '1.123.80';
	expect(findN8n().version).toBe('1.123.80');
	expect(findN8n('1.88.0')).toMatchObject({ version: '1.88.0', node: '22.23.3' });
});

test('a version that is not supported is refused with those that are', () => {
	process.env[VARIABLE] = '2.0';
	expect(() => findN8n()).toThrow(
		'n8n 2.0 is not supported here. Choose one of 1.88.0, 1.123.80, 2.41.1.',
	);
});

test('each version is installed into a folder of its own, named after n8n and its Node', () => {
	const folders = SUPPORTED.map((n8n) => installationFolder(n8n).split('/').at(-1));
	expect(folders).toEqual([
		'n8n-1.88.0-node-22.23.3',
		'n8n-1.123.80-node-24.21.0',
		'n8n-2.41.1-node-24.21.0',
	]);
});

test('every version has its tests, the newest in test/e2e, and says how it differs', () => {
	const files = readdirSync(join(REPOSITORY, 'test', 'versions'));
	const tested = files.filter((name) => name.endsWith('.test.mts'));
	const older = SUPPORTED.slice(0, -1);
	expect(tested.sort()).toEqual(older.map(({ version }) => `${version}.test.mts`).sort());
	for (const { version } of SUPPORTED) expect(featuresOf(version)).toBeDefined();
});

const VERSIONS = SUPPORTED.map(({ version }) => version);
const read = (...path: string[]) => readFileSync(join(REPOSITORY, ...path), 'utf8');

test('README names every supported version, and no other', () => {
	const [, table = ''] = read('README.md').split('| What differs');
	const named = [...table.split('\n\n')[0]!.matchAll(/^\| ([\d., ]+)\|/gm)].flatMap(
		([, cell = '']) => cell.trim().split(', '),
	);
	expect(named.sort()).toEqual([...VERSIONS].sort());
});

test('the GitHub workflow runs the end-to-end tests on every supported version', () => {
	const { jobs } = parse(read('.github', 'workflows', 'ci.yml')) as {
		jobs: { e2e: { strategy: { matrix: { n8n: string[] } } } };
	};
	expect(jobs.e2e.strategy.matrix.n8n).toEqual(VERSIONS);
});
