import { brokenRules, lint } from '../support/lintFiles.mts';

const GOOD_DOCS = `/**
 * Sends one payout.
 *
 * @param amount in minor units
 */
export function send(amount: number) {
	return amount;
}`;

/** Names of rules that many of the texts below break. */
const SYNTAX = 'no-restricted-syntax';
const WORDS = 'unicorn/prevent-abbreviations';
const DOCSTRING = 'jsdoc/require-jsdoc';

/** What the linter refuses: title, text, the rule that says so, and where it matters, the path. */
const REFUSED: ReadonlyArray<[title: string, text: string, rule: string, file?: string]> = [
	['a file in kebab-case', 'export {};', 'unicorn/filename-case', 'bench/one-run.mts'],
	['a file named utils', 'export {};', WORDS, 'nodes/api/utils.ts'],
	[
		'a type among the imports of values',
		"import { run, type Row } from 'x';\n\nexport const rows: Row = run();",
		'import-x/consistent-type-specifier-style',
	],
	[
		'a type imported like a value',
		"import { Row } from 'x';\n\nexport type Rows = Row[];",
		'@typescript-eslint/consistent-type-imports',
	],
	['a type among the exports of values', "export { run, type Row } from 'x';", SYNTAX],
	['a cache in UPPER_CASE', 'export const KEYS = new Map();', SYNTAX],
	['a function in UPPER_CASE', 'export const RUN = () => 1;', SYNTAX],
	['a limit named MOST_', 'export const MOST_ROWS = 1;', SYNTAX],
	['a forbidden word in a constant', 'export const BAD_CELLS = 1;', SYNTAX],
	['a forbidden word in a function', 'export function sealRow() {}', WORDS],
	['a forbidden word in a class', 'export class Parcels {}', WORDS],
	[
		'a list packed by a spread',
		"export const LIST = [...['a'], 'b'];",
		'unicorn/no-useless-spread',
	],
	[
		'a docstring that says nothing',
		GOOD_DOCS.replace('in minor units', 'the amount'),
		'jsdoc/informative-docs',
		'nodes/api/empty.ts',
	],
	[
		'a type in a docstring',
		GOOD_DOCS.replace('@param', '@param {number}'),
		'jsdoc/no-types',
		'nodes/api/typed.ts',
	],
	[
		'an exported function without a docstring',
		'export function send() {}',
		DOCSTRING,
		'nodes/api/bare.ts',
	],
	[
		'an exported arrow function without a docstring',
		'export const send = () => 1;',
		DOCSTRING,
		'credentials/bare.ts',
	],
	['a file of 351 lines', '\n'.repeat(350), 'max-lines', 'nodes/api/longer.ts'],
	['a silenced finding', '// eslint-disable-next-line no-empty\nexport {};', 'no-warning-comments'],
	[
		'a silenced compiler',
		'// @ts-expect-error: wrong\nexport {};',
		'@typescript-eslint/ban-ts-comment',
	],
	['a promise to finish later', '// TODO: more\nexport {};', 'no-warning-comments'],
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

const declare = (value: string) => `export const rows = ${value};`;

interface Case {
	title: string;
	text: string;
	/** The rules that it breaks. */
	rules: string[];
	file?: string;
}

const cases: Case[] = [
	...REFUSED.map(([title, text, rule, file]) => {
		return { title: `refuses ${title}`, text, rules: [rule], file };
	}),
	...CONSTANTS.map((value) => {
		return { title: `wants UPPER_CASE for ${value}`, text: declare(value), rules: [SYNTAX] };
	}),
];
const files = cases.map(({ file }, index) => file ?? `bench/case${index}.mts`);
const findings = lint(new Map(cases.map(({ text }, index) => [files[index] ?? '', `${text}\n`])));

test.each(cases.map(({ title, rules }, index) => [title, index, rules] as const))(
	'%s',
	(_title, index, rules) => {
		const found = findings.get(files[index] ?? '');
		// ESLint adds a note without a rule where a comment tries to disable one.
		expect(found && brokenRules(found.filter(({ ruleId }) => ruleId !== null))).toEqual(rules);
	},
);
