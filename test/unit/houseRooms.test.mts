import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brokenRules, lint } from '../support/lintFiles.mts';
import type { Finding } from '../support/lintFiles.mts';

/** A file of each room; the tests below call it by its room. */
const ROOMS = {
	node: 'nodes/SmartGlocal/SmartGlocal.node.ts',
	resources: 'nodes/SmartGlocal/resources/payout/init.ts',
	batch: 'nodes/SmartGlocal/batch/send/run.ts',
	messages: 'nodes/SmartGlocal/messages/rows.ts',
	pages: 'nodes/SmartGlocal/pages/html.ts',
	ledger: 'nodes/ledger/states.ts',
	file: 'nodes/file/sheet.ts',
	api: 'nodes/api/send.ts',
	payout: 'nodes/payout/formats/iban.ts',
	trigger: 'nodes/SmartGlocalTrigger/events.ts',
	credentials: 'credentials/signing.ts',
	sandbox: 'sandbox/server.mts',
	test: 'test/support/rows.mts',
	demo: 'demo/main.mts',
	bench: 'bench/main.mts',
	n8n: 'n8n/install.mts',
} as const;

type Room = keyof typeof ROOMS;

/** What each room may import; it must not import any of the others. */
const MAY_IMPORT: ReadonlyArray<[Room, readonly Room[]]> = [
	[
		'node',
		[
			'node',
			'resources',
			'batch',
			'messages',
			'pages',
			'ledger',
			'file',
			'api',
			'payout',
			'credentials',
		],
	],
	['resources', ['resources', 'batch', 'messages', 'pages', 'ledger', 'file', 'api', 'payout']],
	['batch', ['batch', 'messages', 'api', 'payout', 'credentials']],
	['messages', ['messages', 'file', 'api', 'payout']],
	['pages', ['pages', 'ledger', 'payout']],
	['ledger', ['ledger', 'payout']],
	['file', ['file', 'payout']],
	['api', ['api', 'payout', 'credentials']],
	['payout', ['payout']],
	['trigger', ['trigger', 'messages', 'api', 'credentials']],
	['credentials', ['credentials', 'payout']],
	['sandbox', ['sandbox']],
];

function importOf(from: string, to: string): string {
	const relative = path.posix.relative(path.posix.dirname(from), to).replace(/\.ts$/, '');
	return `import '${relative.startsWith('.') ? relative : `./${relative}`}';\n`;
}

describe('imports', () => {
	const names = Object.keys(ROOMS) as Room[];
	/** The file whose imports are judged: the node's own, else a second file beside the room's. */
	const importer = (room: Room) =>
		room === 'node' ? ROOMS.node : ROOMS[room].replace(/\w+(?=\.m?ts$)/, 'importer');
	let findings: Map<string, Finding[]>;

	beforeAll(() => {
		const files = new Map<string, string>(
			names.map((room) => [ROOMS[room], 'export const ROOM = 1;\n']),
		);
		for (const [room] of MAY_IMPORT) {
			const file = importer(room);
			files.set(file, names.map((to) => importOf(file, ROOMS[to])).join(''));
		}
		for (const [file, other] of [
			['first', 'second'],
			['second', 'first'],
		]) {
			files.set(
				`nodes/api/${file}.ts`,
				`import { ${other} } from './${other}';\n\n/** Calls the other file. */\nexport const ${file} = () => ${other};\n`,
			);
		}
		const fromN8n = `import type { INode } from 'n8n-workflow';\n\nexport type Node = INode;\n`;
		files.set('nodes/payout/fromN8n.ts', fromN8n);
		files.set('nodes/file/fromN8n.ts', fromN8n);
		files.set('nodes/api/fromN8n.ts', fromN8n);
		files.set('nodes/SmartGlocal/transport/send.ts', 'export const ROOM = 1;\n');
		findings = lint(files);
	});

	test.each(MAY_IMPORT)('%s may import %j and nothing else', (room, allowed) => {
		const refused = (findings.get(importer(room)) ?? [])
			.filter(({ ruleId }) => ruleId === 'import-x/no-restricted-paths')
			.map(({ line }) => names[line - 1]);
		expect(refused).toEqual(names.filter((name) => !allowed.includes(name)));
	});

	test('the message says which way imports go', () => {
		const [finding] = findings.get(importer('messages')) ?? [];
		expect(finding?.message).toContain(
			'nodes/SmartGlocal/messages may import nodes/file, nodes/api, nodes/payout. Imports go SmartGlocal.node → resources → batch → messages, pages → ledger, file → api → payout.',
		);
	});

	test('payout/ and file/ import nothing of n8n', () => {
		expect(brokenRules(findings.get('nodes/payout/fromN8n.ts'))).toEqual(['no-restricted-imports']);
		expect(brokenRules(findings.get('nodes/file/fromN8n.ts'))).toEqual(['no-restricted-imports']);
		expect(findings.get('nodes/api/fromN8n.ts')).toEqual([]);
	});

	test('two files that import each other are a finding', () => {
		expect(brokenRules(findings.get('nodes/api/first.ts'))).toEqual(['import-x/no-cycle']);
	});

	test('a file outside of the rooms is a finding', () => {
		expect(findings.get('nodes/SmartGlocal/transport/send.ts')?.[0]?.message).toContain(
			'lies in no room',
		);
	});
});

describe('what is on disk', () => {
	const ROOT = path.resolve(__dirname, '../..');
	const entries = ['nodes', 'credentials'].flatMap((room) =>
		readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((entry) =>
			path.posix.join(room, entry.replaceAll(path.sep, '/')),
		),
	);

	test('no folder has more than twelve entries', () => {
		const sizes = new Map<string, number>();
		for (const entry of entries) {
			const folder = path.posix.dirname(entry);
			sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
		}
		expect(sizes.size).toBeGreaterThan(5);
		// n8n wants the previews of all operations of a resource in one folder.
		const ours = [...sizes].filter(([folder]) => !folder.includes('/__schema__/'));
		expect(ours.filter(([, size]) => size > 12)).toEqual([]);
	});

	test('no TypeScript file has more than 350 lines', () => {
		const countLines = (file: string) =>
			readFileSync(path.join(ROOT, file), 'utf8').trimEnd().split('\n').length;
		const files = entries.filter((entry) => entry.endsWith('.ts'));
		expect(files.length).toBeGreaterThan(50);
		expect(files.filter((file) => countLines(file) > 350)).toEqual([]);
	});
});
