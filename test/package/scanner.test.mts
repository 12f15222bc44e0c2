import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../support/command.mts';
import { ROOT, useFolder, usePackedPackage } from '../support/packedPackage.mts';
import { PACKED_FILES, scan } from '../support/scan.mts';

const N8N_NODE = path.join(ROOT, 'node_modules/.bin/n8n-node');
const ESLINT = path.join(ROOT, 'node_modules/.bin/eslint');

const NODE = 'nodes/SmartGlocal/SmartGlocal.node.ts';
const TRIGGER = 'nodes/SmartGlocalTrigger/SmartGlocalTrigger.node.ts';
const PACKED_NODE = 'dist/nodes/SmartGlocal/SmartGlocal.node.js';

describe('n8n’s rules for verified packages', () => {
	const packed = usePackedPackage();
	const temporary = useFolder();

	/** A copy of the package, with text added to some of its files. */
	const spoilt = async (name: string, from: string, parts: readonly string[], added: object) => {
		const folder = path.join(temporary.path, name);
		for (const part of parts) {
			await cp(path.join(from, part), path.join(folder, part), { recursive: true });
		}
		for (const [file, text] of Object.entries(added) as Array<[string, string]>) {
			const whole = `${await readFile(path.join(folder, file), 'utf8')}\n${text}\n`;
			await writeFile(path.join(folder, file), whole);
		}
		return folder;
	};

	it('n8n’s scanner passes the source and the packed program, and finds what is forbidden', async () => {
		const parts = ['nodes', 'credentials', 'package.json'];
		const badSource = await spoilt('source', ROOT, parts, {
			[NODE]: '// eslint-disable-next-line\nexport const home = process.env.HOME;',
			[TRIGGER]: '/* eslint-disable */\nsetTimeout(() => console.log(1), 1);',
		});
		const badProgram = await spoilt('program', packed.folder, ['dist', 'package.json'], {
			[PACKED_NODE]: '/* eslint-disable */\nconsole.log(require("node:fs"));',
		});

		const [source, program, ...bad] = await scan([
			{ folder: ROOT, patterns: [] },
			{ folder: packed.folder, patterns: PACKED_FILES },
			{ folder: badSource, patterns: [] },
			{ folder: badProgram, patterns: PACKED_FILES },
		]);

		expect(source).toEqual({ passed: true });
		expect(program).toEqual({ passed: true });
		expect(bad).toEqual([
			expect.objectContaining({ passed: false }),
			expect.objectContaining({ passed: false }),
		]);
		const [inSource = '', inProgram = ''] = bad.map(({ details }) => details);
		expect(inSource).toMatch(/'process' is not allowed/);
		expect(inSource).toMatch(/'setTimeout' is not allowed/);
		expect(inSource).toMatch(/no-console/);
		expect(inProgram).toMatch(/'node:fs' is not allowed/);
		expect(inProgram).toMatch(/no-console/);
	});

	it('n8n’s strict lint passes the source with inline exceptions ignored', async () => {
		const words = ['--no-inline-config', 'nodes', 'credentials', 'package.json'];
		expect(await run(ESLINT, words, { cwd: ROOT })).toMatchObject({ code: 0, output: '' });
	});

	it('n8n’s strict lint passes the package as published, and refuses a changed configuration', async () => {
		const folder = await spoilt('strict', packed.folder, packed.files, {});
		const config = await readFile(path.join(ROOT, 'eslint.config.mjs'), 'utf8');
		await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
		await mkdir(path.join(folder, 'nodes'), { recursive: true });
		await writeFile(path.join(folder, 'eslint.config.mjs'), config);
		const passed = await run(N8N_NODE, ['lint'], { cwd: folder });
		expect(passed.output).not.toMatch(/error|violation/i);
		expect(passed.code).toBe(0);

		await writeFile(
			path.join(folder, 'eslint.config.mjs'),
			`${config}export const loose = true;\n`,
		);
		const changed = await run(N8N_NODE, ['lint'], { cwd: folder });
		expect(changed.code).not.toBe(0);
		expect(changed.output).toContain('Strict mode violation');
	});
});
