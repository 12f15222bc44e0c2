import { brokenRules, lint } from '../support/lintFiles.mts';

const GOOD_DOCS = `/**
 * Sends one payout.
 *
 * @param amount in minor units
 */
export function send(amount: number) {
	return amount;
}
`;

/** What the linter accepts: title, path, text. */
const ACCEPTED: ReadonlyArray<[string, string, string]> = [
	['a file in camelCase', 'bench/oneRun.mts', 'export {};\n'],
	['a test in camelCase', 'test/unit/oneRun.test.mts', 'export {};\n'],
	['n8n’s file of a credential', 'credentials/SmartGlocalApi.credentials.ts', 'export {};\n'],
	['a file named after its class', 'n8n/Ledger.mts', 'export class Ledger {}\n'],
	[
		'an import of types on its own line',
		'bench/types.mts',
		"import { run } from 'x';\nimport type { Row } from 'x';\n\nexport const rows: Row = run();\n",
	],
	['a table in UPPER_CASE', 'bench/table.mts', "export const CODES = { a: [1, 'b'] } as const;\n"],
	[
		'a piece of a node’s description in camelCase',
		'bench/description.mts',
		"export const showOnlyForInit = { a: ['b'] };\nexport const field: INodeProperties = { a: 1 };\n",
	],
	[
		'n8n’s name for what a context offers',
		'bench/context.mts',
		'export const x = { helpers: run() };\n',
	],
	['submerchant, a name of the API', 'bench/api.mts', 'export const x = { submerchant: run() };\n'],
	['a docstring that gives a unit', 'nodes/api/good.ts', GOOD_DOCS],
	['a file of 350 lines', 'nodes/api/long.ts', '\n'.repeat(350)],
];

/** What the linter refuses: title, path, text, and the rule that says so. */
const REFUSED: ReadonlyArray<[string, string, string, string]> = [
	['a file in kebab-case', 'bench/one-run.mts', 'export {};\n', 'unicorn/filename-case'],
	['a file named utils', 'nodes/api/utils.ts', 'export {};\n', 'unicorn/prevent-abbreviations'],
	[
		'a type among the imports of values',
		'bench/inline.mts',
		"import { run, type Row } from 'x';\n\nexport const rows: Row = run();\n",
		'import-x/consistent-type-specifier-style',
	],
	[
		'a type imported like a value',
		'bench/value.mts',
		"import { Row } from 'x';\n\nexport type Rows = Row[];\n",
		'@typescript-eslint/consistent-type-imports',
	],
	[
		'a type among the exports of values',
		'bench/exports.mts',
		"export { run, type Row } from 'x';\n",
		'no-restricted-syntax',
	],
	[
		'a cache in UPPER_CASE',
		'bench/cache.mts',
		'export const KEYS = new Map();\n',
		'no-restricted-syntax',
	],
	[
		'a function in UPPER_CASE',
		'bench/fn.mts',
		'export const RUN = () => 1;\n',
		'no-restricted-syntax',
	],
	[
		'a limit named MOST_',
		'bench/most.mts',
		'export const MOST_ROWS = 1;\n',
		'no-restricted-syntax',
	],
	[
		'a forbidden word in a constant',
		'bench/upper.mts',
		'export const BAD_CELLS = 1;\n',
		'no-restricted-syntax',
	],
	[
		'a forbidden word in a function',
		'bench/word.mts',
		'export function sealRow() {}\n',
		'unicorn/prevent-abbreviations',
	],
	[
		'a forbidden word in a class',
		'bench/class.mts',
		'export class Parcels {}\n',
		'unicorn/prevent-abbreviations',
	],
	[
		'a list packed by a spread',
		'bench/packed.mts',
		"export const LIST = [...['a'], 'b'];\n",
		'unicorn/no-useless-spread',
	],
	[
		'a docstring that says nothing',
		'nodes/api/empty.ts',
		GOOD_DOCS.replace('in minor units', 'the amount'),
		'jsdoc/informative-docs',
	],
	[
		'a type in a docstring',
		'nodes/api/typed.ts',
		GOOD_DOCS.replace('@param', '@param {number}'),
		'jsdoc/no-types',
	],
	[
		'an exported function without a docstring',
		'nodes/api/bare.ts',
		'export function send() {}\n',
		'jsdoc/require-jsdoc',
	],
	[
		'an exported arrow function without a docstring',
		'credentials/bare.ts',
		'export const send = () => 1;\n',
		'jsdoc/require-jsdoc',
	],
	['a file of 351 lines', 'nodes/api/longer.ts', '\n'.repeat(351), 'max-lines'],
	[
		'a silenced finding',
		'bench/silenced.mts',
		'// eslint-disable-next-line no-empty\nexport {};\n',
		'no-warning-comments',
	],
	[
		'a silenced compiler',
		'bench/ignored.mts',
		'// @ts-expect-error: wrong\nexport {};\n',
		'@typescript-eslint/ban-ts-comment',
	],
	[
		'a promise to finish later',
		'bench/later.mts',
		'// TODO: more\nexport {};\n',
		'no-warning-comments',
	],
];

const CONSTANTS = [
	'20',
	'-20',
	"'text'",
	'`text`',
	'/^a$/',
	'60 * 1_000',
	"{ a: [1, 'b'] }",
	'[SECOND_MS, 2]',
	"new Set(['a'])",
	"new Map([['a', TABLE.a]])",
	'{ a: check() } as const',
	"['a'] as const satisfies string[]",
];

const VARIABLES = [
	'new BoundedCache(20)',
	'new Map<string, string>()',
	'new Set(Object.keys(TABLE))',
	'(row: string) => row',
	'Object.keys(TABLE)',
	'[] as string[]',
	'[other, 1]',
	'{ check() {} }',
	'process.env.PATH',
];

const fileOf = (list: string, index: number) => `sandbox/${list}${index}.mts`;
const declare = (value: string) => `export const rows = ${value};\n`;

const findings = lint(
	new Map([
		...[...ACCEPTED, ...REFUSED].map(([, file, text]) => [file, text] as const),
		...CONSTANTS.map((value, index) => [fileOf('constant', index), declare(value)] as const),
		...VARIABLES.map((value, index) => [fileOf('variable', index), declare(value)] as const),
	]),
);

/** The rules broken in a file; undefined when the file was not linted. */
const brokenIn = (file: string) => {
	const found = findings.get(file);
	// ESLint adds a note without a rule where a comment tries to disable one.
	return found && brokenRules(found.filter(({ ruleId }) => ruleId !== null));
};

test.each(ACCEPTED)('accepts %s', (_title, file) => {
	expect(brokenIn(file)).toEqual([]);
});

test.each(REFUSED)('refuses %s', (_title, file, _text, rule) => {
	expect(brokenIn(file)).toEqual([rule]);
});

test.each([...CONSTANTS.entries()])('wants UPPER_CASE for constant %i: %s', (index) => {
	expect(brokenIn(fileOf('constant', index))).toEqual(['no-restricted-syntax']);
});

test.each([...VARIABLES.entries()])('leaves camelCase to variable %i: %s', (index) => {
	expect(brokenIn(fileOf('variable', index))).toEqual([]);
});
