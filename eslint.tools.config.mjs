import js from '@eslint/js';
import { globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jsdoc from 'eslint-plugin-jsdoc';
import unicorn from 'eslint-plugin-unicorn';
import tseslint from 'typescript-eslint';

// n8n's own configuration (eslint.config.mjs) stays as n8n ships it. This one holds the project's
// rules: which room may import which, and one dialect for all TypeScript.

const PACKAGE = ['nodes/**/*.ts', 'credentials/**/*.ts'];
// Jest loads its global setup only from `.ts`.
const TOOLS = ['**/*.mts', 'test/**/*.ts'];

const NODE = 'nodes/SmartGlocal/SmartGlocal.node.ts';
const RESOURCES = 'nodes/SmartGlocal/resources';
const BATCH = 'nodes/SmartGlocal/batch';
const MESSAGES = 'nodes/SmartGlocal/messages';
const PAGES = 'nodes/SmartGlocal/pages';
const LEDGER = 'nodes/ledger';
const FILE = 'nodes/file';
const API = 'nodes/api';
const PAYOUT = 'nodes/payout';
const TRIGGER = 'nodes/SmartGlocalTrigger';
const CREDENTIALS = 'credentials';
const DIRECTION =
	'Imports go SmartGlocal.node → resources → batch → messages, pages → ledger, file → api → payout.';

/** Each room, and what it may import besides itself and packages. Everything else is refused. */
const ROOMS = {
	[NODE]: [RESOURCES, BATCH, MESSAGES, PAGES, LEDGER, FILE, API, PAYOUT, CREDENTIALS],
	[RESOURCES]: [BATCH, MESSAGES, PAGES, LEDGER, FILE, API, PAYOUT],
	[BATCH]: [MESSAGES, API, PAYOUT, CREDENTIALS],
	[MESSAGES]: [FILE, API, PAYOUT],
	[PAGES]: [LEDGER, PAYOUT],
	[LEDGER]: [PAYOUT],
	[FILE]: [PAYOUT],
	[API]: [PAYOUT, CREDENTIALS],
	[PAYOUT]: [],
	[TRIGGER]: [API, MESSAGES, CREDENTIALS],
	[CREDENTIALS]: [PAYOUT],
	sandbox: [],
};

const zones = Object.entries(ROOMS).map(([room, allowed]) => ({
	target: `./${room}`,
	from: '.',
	except: ['node_modules', room, ...allowed].map((path) => `./${path}`),
	message: `${room} may import ${allowed.join(', ') || 'no other room'}. ${DIRECTION}`,
}));

/** Words that no name may contain, each with names to use instead. */
const FORBIDDEN_WORDS = {
	courier: ['delivery', 'sender'],
	postman: ['delivery', 'sender'],
	parcel: ['delivery', 'webhook'],
	lane: ['queue', 'slot'],
	deed: ['entry', 'operation'],
	seal: ['signature', 'sign'],
	merchant: ['project', 'partner'],
	subject: ['operation', 'payout'],
	facts: ['request', 'outcome'],
	cells: ['columns', 'values'],
	wishing: ['requested', 'expected'],
	utils: ['text', 'rules'],
	helpers: ['steps', 'rules'],
	manager: ['queue', 'store'],
};

const replacements = Object.fromEntries(
	Object.entries(FORBIDDEN_WORDS).flatMap(([word, better]) => {
		const advice = Object.fromEntries(better.map((name) => [name, true]));
		return [word, `${word.replace(/s$/, '')}s`].map((form) => [form, advice]);
	}),
);
const forbiddenInConstants = Object.keys(replacements).join('|').toUpperCase();

// What must be a constant in UPPER_CASE: a value that depends on no call and on no variable, or
// that is declared `as const`. Pieces of a node's description stay camelCase, as n8n writes them.
const MODULE_CONST =
	':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator';
const NODE_PROPERTIES = ['typeName', 'elementType.typeName']
	.map((type) => `[id.typeAnnotation.typeAnnotation.${type}.name=/^INodePropert/]`)
	.join(', ');
const CAMEL_CASE = `${MODULE_CONST}[id.name=/[a-z]/]:not([id.name=/^showOnlyFor|Description$/]):not(${NODE_PROPERTIES})`;
const COMPUTED = [
	':matches(CallExpression, AwaitExpression, TaggedTemplateExpression, :function), * > NewExpression',
	':matches(Property, MemberExpression, ArrayExpression, SpreadElement, NewExpression, UnaryExpression, BinaryExpression, TemplateLiteral) > Identifier[name=/^[a-z]/]:not(.key, .property)',
].join(', ');
const FIXED_VALUES = [
	'Literal.init',
	`:matches(TemplateLiteral, UnaryExpression, BinaryExpression).init:not(:has(${COMPUTED}))`,
	// An empty list or table is there to be filled.
	`ArrayExpression[elements.length>0].init:not(:has(${COMPUTED}))`,
	`ObjectExpression[properties.length>0].init:not(:has(${COMPUTED}))`,
	`NewExpression[callee.name=/^(Set|Map)$/][arguments.length>0].init:not(:has(${COMPUTED}))`,
	'TSAsExpression[typeAnnotation.typeName.name="const"].init',
	'TSSatisfiesExpression.init > TSAsExpression[typeAnnotation.typeName.name="const"]',
];

const dialect = [
	...FIXED_VALUES.map((value) => ({
		selector: `${CAMEL_CASE} > ${value}`,
		message: 'A constant of a module is written in UPPER_CASE.',
	})),
	{
		selector: `${MODULE_CONST}[id.name=/^[A-Z][A-Z0-9_]+$/] > :matches(:function, NewExpression[arguments.length=0]).init`,
		message: 'UPPER_CASE is for constants. Functions, caches and other objects use camelCase.',
	},
	{
		selector:
			'VariableDeclarator > Identifier.id[name=/^(MOST|LONGEST|KEPT)_|_(MOST|LONGEST|KEPT)$/]',
		message: 'A limit is named MAX_….',
	},
	{
		selector: `VariableDeclarator > Identifier.id[name=/(^|_)(${forbiddenInConstants})(_|$)/]`,
		message:
			'This name has a word of FORBIDDEN_WORDS (eslint.tools.config.mjs), which names better ones.',
	},
	{
		selector: 'ExportSpecifier[exportKind="type"]',
		message: 'Write `export type { … }` on its own line.',
	},
];

export default tseslint.config(
	globalIgnores(['dist', 'node_modules', 'coverage']),
	{
		files: [...PACKAGE, ...TOOLS],
		extends: [js.configs.recommended, tseslint.configs.recommended],
		plugins: { 'import-x': importX, jsdoc, unicorn },
		settings: {
			'import-x/extensions': ['.ts', '.mts'],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.mts'] },
			'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mts', '.js'] })],
		},
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
		rules: {
			// TypeScript finds undefined names itself.
			'no-undef': 'off',

			// The rooms: a reader follows a row in one direction.
			'import-x/no-restricted-paths': ['error', { zones }],
			// Two files that need each other are one file, or three.
			'import-x/no-cycle': ['error', { ignoreExternal: true }],

			// `import type` shows at a glance what is still there at run time.
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports' },
			],
			'import-x/consistent-type-specifier-style': ['error', 'prefer-top-level'],

			// One style of names. PascalCase is for a file named after its class, as n8n demands it.
			'unicorn/filename-case': ['error', { cases: { camelCase: true, pascalCase: true } }],
			'no-restricted-syntax': ['error', ...dialect],
			// One word for one thing. Those allowed are n8n's own names.
			'unicorn/prevent-abbreviations': [
				'error',
				{
					extendDefaultReplacements: false,
					replacements,
					checkProperties: true,
					checkShorthandImports: false,
					allowList: { helpers: true, includeEmptyCells: true },
				},
			],

			// A list is not packed into fewer lines by spreading parts of it.
			'unicorn/no-useless-spread': 'error',

			// A line of a docstring says something that the name does not say.
			'jsdoc/informative-docs': [
				'error',
				{ uselessWords: ['a', 'an', 'the', 'of', 'given', 'object', 'state', 'value', 'its'] },
			],
			'jsdoc/no-blank-blocks': 'error',
			'jsdoc/check-tag-names': 'error',
			// The types are in the signature, where the compiler checks them.
			'jsdoc/no-types': 'error',

			// A finding is mended, not silenced; what is left to do is an issue, not a comment.
			'@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
			'no-warning-comments': [
				'error',
				{
					terms: ['eslint-disable', 'eslint-enable', 'todo', 'fixme'],
					location: 'anywhere',
				},
			],
		},
	},
	{
		files: PACKAGE,
		rules: {
			// A file that grows longer has a second thing in it.
			'max-lines': ['error', { max: 350 }],
			// What others call says what goes in, what comes out and what it throws.
			'jsdoc/require-jsdoc': [
				'error',
				{
					publicOnly: true,
					require: { FunctionDeclaration: true, ArrowFunctionExpression: true },
				},
			],
		},
	},
	{
		files: [`${PAYOUT}/**`, `${FILE}/**`],
		rules: {
			// What a payout is, and what a file holds, can be read and tested without n8n.
			'no-restricted-imports': [
				'error',
				{ patterns: [{ group: ['n8n-*'], message: 'payout/ and file/ import nothing of n8n.' }] },
			],
		},
	},
	{
		files: ['nodes/**/*.ts'],
		ignores: Object.keys(ROOMS).flatMap((room) => [room, `${room}/**`]),
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'Program', message: `This file lies in no room of ROOMS. ${DIRECTION}` },
			],
		},
	},
);
