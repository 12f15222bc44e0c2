import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from '../support/command.mts';
import { ROOT, useFolder } from '../support/packedPackage.mts';

/** What of a package in package-lock.json says where it comes from and what needs it. */
interface LockedPackage {
	resolved?: string;
	integrity?: string;
	link?: boolean;
	dev?: boolean;
}

describe('the lock file', () => {
	let locked: Array<[string, LockedPackage]> = [];
	beforeAll(async () => {
		const text = await readFile(path.join(ROOT, 'package-lock.json'), 'utf8');
		const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
		locked = Object.entries(packages).filter(([name]) => name !== '');
	});

	it('has the digest of each package, so that nobody can exchange one', () => {
		expect(locked.length).toBeGreaterThan(1000);
		const without = locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
		expect(without).toEqual([]);
	});

	it('takes all packages from a registry, and none from a folder or an address', () => {
		// npm writes the address of what does not come from a registry, whatever .npmrc says.
		const elsewhere = locked.filter(([, { resolved, link }]) => link || resolved);
		expect(elsewhere).toEqual([]);
	});

	it('has nothing that a user would install', () => {
		expect(locked.filter(([, { dev }]) => !dev)).toEqual([]);
	});
});

describe('what npm says about the package', () => {
	const temporary = useFolder();

	it('finds no vulnerability in what ships', async () => {
		// Nothing ships, so npm has nothing to ask the registry for, and this needs no network.
		const report = await mustRun('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT });
		const { metadata } = JSON.parse(report) as { metadata: Record<string, { total: number }> };
		expect(metadata.vulnerabilities?.total).toBe(0);
		expect(metadata.dependencies).toMatchObject({ prod: 1, peer: 0 });
	});

	it('can be published', async () => {
		// A registry that cannot be reached: a dry run that published could only fail.
		const words = ['publish', '--dry-run', '--registry', 'http://127.0.0.1:9'];
		const cache = path.join(temporary.path, 'cache');
		const env = { npm_config_fetch_retries: '0', npm_config_cache: cache };
		const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
			version: string;
		};
		const published = await mustRun('npm', words, { cwd: ROOT, env });
		expect(published.trim()).toBe(`+ n8n-nodes-smart-glocal@${version}`);
	});
});
