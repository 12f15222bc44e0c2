import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { templates } from '../../docs/corridorPages.mts';
import { SmartGlocal } from '../../nodes/SmartGlocal/SmartGlocal.node';
import type { Corridor } from '../../nodes/payout/destinations/corridors';
import { CORRIDOR_IDS, CORRIDORS } from '../../nodes/payout/destinations/corridors';
import * as sandboxCorridors from '../../sandbox/api/corridors.mts';
import * as sandboxMethods from '../../sandbox/openapi/methods.mts';
import { sampleRow } from '../support/sampleRows.mts';
import { corridorRow, payoutOf } from '../support/payoutRows.mts';

// The checklists of CONTRIBUTING.md: each test names what a new country or operation still lacks.

const ROOT = path.resolve(__dirname, '../..');
const RESOURCES = 'nodes/SmartGlocal/resources';

const exists = (file: string) => existsSync(path.join(ROOT, file));
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const namesIn = (folder: string) => readdirSync(path.join(ROOT, folder));

/** Whether one of the tables that a module exports has the row. */
const hasRow = (module: object, key: string) =>
	Object.values(module).some(
		(table) => typeof table === 'object' && table !== null && Object.hasOwn(table, key),
	);

describe('Add a country', () => {
	test.each(CORRIDOR_IDS)('%s is complete', (id) => {
		const { required, alternatives = [[]] }: Corridor = CORRIDORS[id];
		const country = id.slice(0, 3);
		const lacks: string[] = [];

		if (!hasRow(sandboxCorridors, country)) {
			lacks.push(`${id} has no row ${country} in sandbox/api/corridors.mts.`);
		}

		try {
			payoutOf(corridorRow(id));
		} catch (error) {
			lacks.push(`${id} has no good value in GOOD_VALUES of payoutRows.mts: ${String(error)}`);
		}

		const columns = templates().get(`${id}.csv`)?.trim().split(',') ?? [];
		const sample = sampleRow(country, columns);
		const unfilled = alternatives.map((account) =>
			[...required, ...account].filter((field) => columns.includes(field) && !sample[field]),
		);
		if (unfilled.every((fields) => fields.length > 0)) {
			const fields = unfilled.map((list) => list.join(', ')).join('; or: ');
			lacks.push(`${id} has no complete row in the sample rows, which lack: ${fields}.`);
		}

		if (!read('docs/corridors.md').includes(`Destination \`${id}\``)) {
			lacks.push(`${id} has no section in docs/corridors.md. Run npm run docs.`);
		}
		if (!exists(`examples/templates/${id}.csv`)) {
			lacks.push(`${id} has no examples/templates/${id}.csv. Run npm run docs.`);
		}

		expect(lacks).toEqual([]);
	});
});

describe('Add an operation', () => {
	const { properties } = new SmartGlocal().description;
	const optionsOf = (property?: INodeProperties) =>
		(property?.options ?? []) as INodePropertyOptions[];
	const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
	const operationsOf = (resource: unknown) =>
		optionsOf(
			properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource as string),
			),
		);
	const operations = resources.flatMap(({ name, value }) =>
		operationsOf(value).map(
			(operation) => [String(value), String(operation.value), name, operation] as const,
		),
	);
	/** The files of a resource; one with many operations has a folder for each group of them. */
	const filesOf = (resource: string) => {
		const folder = `${RESOURCES}/${resource}`;
		return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`);
	};
	const engineTests = namesIn('test/engine')
		.filter((file) => file.endsWith('.test.mts'))
		.map((file) => read(`test/engine/${file}`))
		.join('\n');

	test.each(operations)('%s %s is complete', (resource, value, resourceName, operation) => {
		const lacks: string[] = [];
		const title = `${resource}: ${value}`;

		if (!filesOf(resource).some((file) => file.endsWith(`/${value}.ts`))) {
			lacks.push(`${title} has no file ${value}.ts in ${RESOURCES}/${resource}.`);
		}

		const preview = `nodes/SmartGlocal/__schema__/v1.0.0/${resource}/${value}.json`;
		if (!exists(preview)) lacks.push(`${title} has no output preview ${preview}.`);

		const name = operation.name.replace(/[()]/g, '\\$&');
		const heading = `#+ ${name}$`;
		const row = `\\| ${resourceName} +\\|[^|]*\\b${name}`;
		if (!new RegExp(`^(${heading}|${row})`, 'm').test(read('README.md'))) {
			lacks.push(`${title} has neither a row nor a section in README.md as "${operation.name}".`);
		}

		const call = `(resource: )?'${resource}',\\s*(operation: )?'${value}'`;
		if (!new RegExp(call).test(engineTests)) {
			lacks.push(`${title} is run by no test in test/engine/ ('${resource}', '${value}').`);
		}

		// What works on a file, or on what tables hold, calls nobody.
		const url = operation.routing?.request?.url;
		const method = String(url).replace(/^.*\/api\/v\d+\//, '');
		const isLocal = url === undefined && ['file', 'ledger'].includes(resource);
		if (!isLocal && !hasRow(sandboxMethods, method)) {
			lacks.push(`${title} calls ${method}, which sandbox/openapi/methods.mts does not have.`);
		}

		expect(lacks).toEqual([]);
	});

	test('every file that exports an operation is in the index of its resource', () => {
		const lacks = namesIn(RESOURCES)
			.filter((name) => exists(`${RESOURCES}/${name}/index.ts`))
			.flatMap((resource) => filesOf(resource).map((file) => [resource, file] as const))
			.filter(([resource, file]) =>
				new RegExp(`^export const ${resource}[A-Z]\\w*Operation\\b`, 'm').test(read(file)),
			)
			.filter(([resource, file]) =>
				operationsOf(resource).every(({ value }) => !file.endsWith(`/${String(value)}.ts`)),
			)
			.map(([resource, file]) => `${resource}/index.ts does not list the operation of ${file}.`);
		expect(lacks).toEqual([]);
	});
});
