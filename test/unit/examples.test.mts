import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import { ALL_EXAMPLES, POSTGRES_EXAMPLES } from '../../examples/source/examples.mts';
import { SCHEMA_FILE, writeSchema } from '../../examples/source/postgres.mts';
import { toJson, toPairs, toWorkflowFile } from '../../examples/source/workflowFile.mts';
import { EXAMPLES } from '../../n8n/repository.mts';

const WITH_TWINS = { ...ALL_EXAMPLES, ...POSTGRES_EXAMPLES };

/** In pixels, as n8n's canvas draws a node (n8n 2.41). */
const NODE_SIZE = 96;
const OUTPUT_DISTANCE = 32;

/** Nodes that go on after a reading that failed, and what leads to each: its items are no rows of the table. */
const GOES_ON: Readonly<Record<string, string[][]>> = {
	'Smart Glocal: pay orders': [['Read the News', 'Read Own Claims']],
	'Smart Glocal: when something breaks': [
		['What Is Being Sent', 'A Workflow Has Stopped'],
		['What Is Unclear', 'A Workflow Has Stopped'],
	],
};

type Point = readonly [x: number, y: number];
type Line = readonly [from: Point, to: Point];

it('every workflow in examples/ is generated', () => {
	const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' });
	const workflows = files.filter((name) => name.endsWith('.json'));
	expect(workflows.sort()).toEqual(Object.keys(WITH_TWINS).sort());
});

it('the schema for PostgreSQL is up to date (npm run examples)', () => {
	const schema = writeSchema(Object.values(ALL_EXAMPLES));
	expect(readFileSync(join(EXAMPLES, SCHEMA_FILE), 'utf8')).toBe(schema);
});

describe.each(Object.entries(WITH_TWINS))('%s', (name, example) => {
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

	it('fits on a screen, and has no node with code, which no update of the package could mend', () => {
		const steps = nodes.filter((node) => !isNote(node));
		expect(steps.length).toBeLessThanOrEqual(name.endsWith('ask-for-a-payout.json') ? 32 : 25);
		expect(
			steps.filter(({ type }) => /\.(code|function|functionItem|aiTransform)$/.test(type)),
		).toEqual([]);
	});

	it('reads and writes a table again that did not answer, but for claims, which count once', () => {
		const ofTables = nodes.filter(({ type }) => /\.(dataTable|postgres)$/.test(type));
		const once = ofTables.filter(
			({ name: of, retryOnFail }) => !of.startsWith('Make ') && !retryOnFail,
		);
		const claiming = ['Write the Claims', 'Write the Turn'];
		expect(once.filter(({ name: of }) => !claiming.includes(of))).toEqual([]);
		const claims = ofTables.filter(({ name: of }) => claiming.includes(of));
		expect(claims.filter(({ retryOnFail }) => retryOnFail)).toEqual([]);
	});

	it('gives nodes for the ledger all their items: a ledger without some of its news pays what was declined', () => {
		const ofLedger = nodes.filter(({ parameters }) => parameters.resource === 'ledger');
		expect(ofLedger.filter(({ executeOnce }) => executeOnce)).toEqual([]);
	});

	it('goes on after a reading that failed only where this is seen: n8n then puts out what came in', () => {
		const reading = nodes.filter(({ name: of, type, onError }) => {
			return onError && /\.(dataTable|postgres)$/.test(type) && !of.startsWith('Make ');
		});
		const before = reading.map(({ name: of }) => {
			const [from] = example.links.flatMap(toPairs).find(([, to]) => to === of) ?? [];
			return [of, from];
		});
		expect(before).toEqual(GOES_ON[example.name.replace(' (PostgreSQL)', '')] ?? []);
	});

	it('has no lines that cross, and no node on a note or on another node', () => {
		const places = new Map(nodes.map((node) => [node.name, node.position]));
		const pairs = example.links.flatMap(toPairs);
		const links = pairs.map(([from, to, output, input]): Line => {
			const outputs = Math.max(1, ...pairs.flatMap((link) => portsOf(link, from, 0)));
			const inputs = Math.max(1, ...pairs.flatMap((link) => portsOf(link, to, 1)));
			const [x, y] = places.get(from) ?? [0, 0];
			const [toX, toY] = places.get(to) ?? [0, 0];
			return [
				[x + NODE_SIZE, y + offset(output, outputs)],
				[toX, toY + offset(input, inputs)],
			];
		});
		// n8n leads a line that goes back around the nodes.
		const forward = links.filter(([[x], [toX]]) => toX > x);
		const crossing = forward.flatMap((line, index) =>
			forward.slice(index + 1).flatMap((other) => (cross(line, other) ? [[line, other]] : [])),
		);
		expect(crossing).toEqual([]);
		const boxes = nodes.map((node) => {
			const { width = NODE_SIZE, height = NODE_SIZE } = node.parameters as Record<string, number>;
			const [x, y] = node.position;
			return { name: node.name, x, y, width, height };
		});
		const overlaps = boxes.flatMap((one, index) =>
			boxes.slice(index + 1).flatMap((other) => {
				const apart =
					one.x + one.width <= other.x ||
					other.x + other.width <= one.x ||
					one.y + one.height <= other.y ||
					other.y + other.height <= one.y;
				return apart ? [] : [[one.name, other.name]];
			}),
		);
		expect(overlaps).toEqual([]);
	});

	it('names no credential of somebody’s n8n', () => {
		for (const { credentials = {} } of nodes) {
			for (const { id } of Object.values(credentials)) expect(id).toBe('');
		}
	});
});

describe.each(Object.entries(POSTGRES_EXAMPLES))('%s', (name, example) => {
	const twin = ALL_EXAMPLES[name.replace('postgres/', '')];
	const { nodes, ...rest } = toWorkflowFile(example);
	const isChanged = ({ type }: { type: string }) =>
		/\.(dataTable|postgres|splitInBatches)$/.test(type);
	const tables = nodes.filter(({ type }) => type.endsWith('.postgres'));

	it('differs from its twin in the nodes for tables and in how long a chunk is only', () => {
		const { nodes: others, ...otherRest } = toWorkflowFile({ ...twin!, name: example.name });
		expect(rest).toEqual(otherRest);
		const isSame = (node: (typeof nodes)[number]) => !isChanged(node);
		expect(nodes.filter(isSame)).toEqual(others.filter(isSame));
		const place = ({ id, name: called, position }: (typeof nodes)[number]) => [
			id,
			called,
			position,
		];
		expect(nodes.map(place)).toEqual(others.map(place));
	});

	it('inserts what a webhook says without an expression, for which n8n would prepare its engine', () => {
		const inserts = tables.filter(({ parameters }) => parameters.operation === 'insert');
		expect(inserts).toHaveLength(name.endsWith('follow-up.json') ? 1 : 0);
		expect(JSON.stringify(inserts)).not.toContain('{{');
	});

	it('has no Data Table', () => {
		expect(nodes.filter(({ type }) => type.endsWith('.dataTable'))).toEqual([]);
	});

	it('runs one statement for all items, and no value is part of its text', () => {
		for (const { executeOnce, parameters } of tables) {
			if (parameters.operation === 'insert') continue;
			const { query, options } = parameters as {
				query: string;
				options: { queryReplacement?: string };
			};
			expect(executeOnce).toBe(true);
			expect(query).not.toMatch(/\{\{|^=/);
			const used = [...query.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
			// An expression whose value is a list: n8n would split a text at its commas.
			if (used.length === 0) expect(options).toEqual({});
			else expect(options.queryReplacement).toMatch(/^=\{\{ \[.*\] \}\}$/s);
		}
	});
});

it('rows for PostgreSQL hold no character that none of its texts can hold', () => {
	const example = POSTGRES_EXAMPLES['postgres/pay-orders.json'];
	const writing = example?.nodes.find(({ name }) => name === 'Write the Outcomes');
	const { queryReplacement } = writing?.parameters.options as { queryReplacement: string };
	const [, values = ''] = /^=\{\{ (.*) \}\}$/.exec(queryReplacement) ?? [];
	const json = {
		message: `a\0b, 'c' \uD83D\uDE00 \uD83D`,
		details: JSON.stringify({ text: '\0' }),
	};
	const [rows] = runInNewContext(values, { $input: { all: () => [{ json }] } }) as string[];
	expect(rows).not.toMatch(/\\u0000|\\ud83d/);
	expect(JSON.parse(String(rows))).toEqual([
		{ message: `a\uFFFDb, 'c' \uD83D\uDE00 \uFFFD`, details: String.raw`{"text":"\ufffd"}` },
	]);
});

/** How many ports a node has at least, by a link that begins (0) or ends (1) there. */
function portsOf(link: readonly unknown[], name: string, end: 0 | 1): number[] {
	return link[end] === name ? [Number(link[end + 2] ?? 0) + 1] : [];
}

/** How far down a port of a node is. */
function offset(port: number, ports: number): number {
	return NODE_SIZE / 2 + (port - (ports - 1) / 2) * OUTPUT_DISTANCE;
}

/** Whether two lines cross, other than where they begin or end together. */
function cross([a, b]: Line, [c, d]: Line): boolean {
	const side = ([px, py]: Point, [qx, qy]: Point, [rx, ry]: Point) =>
		Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
