import { mkdir, readdir, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../support/command.mts';
import { ROOT, usePackedPackage } from '../support/packedPackage.mts';

const SHIPPED = [
	/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|index\.js)$/,
	/^dist\/(nodes|credentials)\/.+\.js$/,
	/^dist\/nodes\/.+\.node\.json$/,
	/^dist\/nodes\/.+\/__schema__\/.+\.json$/,
	/^dist\/icons\/.+\.svg$/,
];

/** The files below a folder of the repository that end like this. */
async function filesBelow(folder: string, ending: string): Promise<string[]> {
	const found = await readdir(path.join(ROOT, folder), { recursive: true });
	return found.filter((file) => file.endsWith(ending)).map((file) => path.join(folder, file));
}

// Prints the class name and the description of everything that n8n loads, and loads all the rest.
const LOAD_ALL = `
	const path = require('node:path');
	const [folder, ...files] = process.argv.slice(1);
	const { n8n, main } = require(path.join(folder, 'package.json'));
	for (const file of files) require(path.join(folder, file));
	const loaded = [...n8n.credentials, ...n8n.nodes].map((file) => {
		const name = path.basename(file).split('.')[0];
		const type = new (require(path.join(folder, file))[name])();
		const { icon, name: id } = type.description ?? type;
		return { name, file, id, icons: [icon.light, icon.dark], exported: name in require(path.join(folder, main)) };
	});
	console.log(JSON.stringify(loaded));
`;

describe('the packed package', () => {
	const packed = usePackedPackage();

	it('holds the program, its icons and schemas, and the texts for users, and nothing else', () => {
		const others = packed.files.filter((file) => !SHIPPED.some((kind) => kind.test(file)));
		expect(others).toEqual([]);
	});

	it('holds each source file compiled, and no file that has no source', async () => {
		const sources = [
			...(await filesBelow('nodes', '.ts')),
			...(await filesBelow('credentials', '.ts')),
		];
		const compiled = packed.files.filter((file) => /^dist\/.+\.js$/.test(file));
		expect(compiled).toEqual(
			sources.map((file) => path.join('dist', file.replace(/\.ts$/, '.js'))).sort(),
		);
	});

	it('holds all icons, codex files and output previews', async () => {
		const beside = [
			...(await filesBelow('icons', '.svg')),
			...(await filesBelow('nodes', '.json')),
		];
		expect(packed.files.filter((file) => /^dist\/.+\.(svg|json)$/.test(file))).toEqual(
			beside.map((file) => path.join('dist', file)).sort(),
		);
	});

	it('installs no other package and runs no script on the user’s computer', () => {
		const { manifest } = packed;
		for (const field of [
			'dependencies',
			'optionalDependencies',
			'bundleDependencies',
			'overrides',
			'bin',
		]) {
			expect(manifest).not.toHaveProperty(field);
		}
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const hooks = /^(pre|post)?(install|prepare|publish)$|^prepublishOnly$|^dependencies$/;
		expect(Object.keys(manifest.scripts).filter((name) => hooks.test(name))).toEqual([]);
	});

	it('loads where there is no other package than n8n-workflow', async () => {
		const modules = path.join(packed.folder, 'node_modules');
		await mkdir(modules);
		await symlink(path.join(ROOT, 'node_modules/n8n-workflow'), path.join(modules, 'n8n-workflow'));
		const scripts = packed.files.filter((file) => file.endsWith('.js'));
		const words = ['--eval', LOAD_ALL, packed.folder, ...scripts];
		const loaded = JSON.parse(
			await mustRun(process.execPath, words, { cwd: packed.folder }),
		) as Array<{
			name: string;
			file: string;
			id: string;
			icons: string[];
			exported: boolean;
		}>;

		expect(loaded.map(({ id, exported }) => ({ id, exported }))).toEqual([
			{ id: 'smartGlocalApi', exported: true },
			{ id: 'smartGlocal', exported: true },
			{ id: 'smartGlocalTrigger', exported: true },
		]);
		for (const { file, icons } of loaded) {
			for (const icon of icons) {
				const address = path.join(path.dirname(file), icon.replace(/^file:/, ''));
				expect(packed.files).toContain(address);
			}
		}
	});

	it('names no folder of the computer that built it, and holds no key', async () => {
		for (const file of packed.files) {
			const text = await packed.read(file);
			for (const folder of [ROOT, homedir(), packed.folder]) expect(text).not.toContain(folder);
			expect(text).not.toMatch(/-----BEGIN [A-Z ]*KEY-----(\s|\\n)*[A-Za-z0-9+/=]{16}/);
			expect(text).not.toContain('sourceMappingURL');
		}
	});
});
