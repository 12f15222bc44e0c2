import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ALL_EXAMPLES } from '../../examples/source/examples.mts';
import { toJson, toWorkflowFile } from '../../examples/source/workflowFile.mts';
import { EXAMPLES } from '../../n8n/repository.mts';

const examples = Object.entries(ALL_EXAMPLES);
const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;

it('every workflow in examples/ is generated', () => {
	const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));
	expect(files.sort()).toEqual(Object.keys(ALL_EXAMPLES).sort());
});

describe.each(examples)('%s', (name, example) => {
	const { nodes, connections } = toWorkflowFile(example);
	const isNote = ({ type }: { type: string }) => type.endsWith('.stickyNote');

	it('is up to date (npm run examples)', () => {
		expect(readFileSync(join(EXAMPLES, name), 'utf8')).toBe(toJson(example));
	});

	it('has notes on its canvas, and a name and an id of its own for each node', () => {
		expect(nodes.some(isNote)).toBe(true);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
	});

	it('has no node that nothing leads to, except its beginnings', () => {
		const reached = new Set(
			Object.values(connections as Record<string, { main: Array<Array<{ node: string }>> }>)
				.flatMap(({ main }) => main.flat())
				.map(({ node }) => node),
		);
		const lonely = nodes.filter((node) => !isNote(node) && !reached.has(node.name));
		expect(lonely.filter(({ type }) => !/trigger$|\.webhook$/i.test(type))).toEqual([]);
	});

	it('has code that can be read, without types and imports', () => {
		for (const { parameters } of nodes) {
			if (typeof parameters.jsCode !== 'string') continue;
			expect(parameters.jsCode).not.toMatch(/^(import|export) /m);
			expect(() => new AsyncFunction(parameters.jsCode as string)).not.toThrow();
		}
	});

	it('names no credential of somebody’s n8n', () => {
		for (const { credentials = {} } of nodes) {
			for (const { id } of Object.values(credentials)) expect(id).toBe('');
		}
	});
});
