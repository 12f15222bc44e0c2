import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from './command.mts';

/** The root of this repository. */
export const ROOT = path.resolve(__dirname, '../..');

/** What of package.json matters to a user's n8n. */
export interface Manifest {
	version: string;
	main: string;
	scripts: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
	[field: string]: unknown;
}

/** The package as npm would publish it, in a folder of its own. */
export interface PackedPackage {
	folder: string;
	/** The paths of all files in it. */
	files: string[];
	manifest: Manifest;
	/** The text of one file. */
	read: (file: string) => Promise<string>;
}

/** Lends a new temporary folder to the tests of a file. */
export function useFolder(): { path: string } {
	const folder = { path: '' };
	beforeAll(async () => {
		folder.path = await realpath(await mkdtemp(path.join(tmpdir(), 'smart-glocal-package-')));
	});
	afterAll(async () => await rm(folder.path, { recursive: true, force: true }));
	return folder;
}

/** Packs the built package before the tests of a file, as `npm publish` does, and unpacks it. */
export function usePackedPackage(): PackedPackage {
	const temporary = useFolder();
	const packed = {} as PackedPackage;
	beforeAll(async () => {
		await mustRun('npm', ['pack', '--pack-destination', temporary.path], { cwd: ROOT });
		const [tarball = ''] = await readdir(temporary.path);
		await mustRun('tar', ['-xzf', tarball], { cwd: temporary.path });
		const folder = path.join(temporary.path, 'package');
		const read = async (file: string) => await readFile(path.join(folder, file), 'utf8');
		const entries = await readdir(folder, { recursive: true, withFileTypes: true });
		const files = entries
			.filter((entry) => !entry.isDirectory())
			.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
		const manifest = JSON.parse(await read('package.json')) as Manifest;
		Object.assign(packed, { folder, read, files: files.sort(), manifest });
	});
	return packed;
}
