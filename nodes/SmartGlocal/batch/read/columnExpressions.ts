import type { IDataObject } from 'n8n-workflow';

/** What a name or a text in quotes is made of, so that it ends where it seems to. */
const CHARACTER = /[^"'`\\{}\r\n\u2028\u2029]/.source;

/** A column of the row, as the editor writes it; its name is in one of three groups. */
const COLUMN = `\\$json(?:\\.([A-Za-z_$][\\w$]*)|\\[\\s*(?:"(${CHARACTER}+)"|'(${CHARACTER}+)')\\s*\\])`;

/** A column and nothing else, as the editor writes it when a column is dragged into a field. */
const COLUMN_REFERENCE = new RegExp(`^=\\{\\{\\s*${COLUMN}\\s*\\}\\}$`);

/** Longer expressions are left to n8n. */
const MAX_CHARACTERS = 1_000;

/** What can only be what it looks like. */
type PlainValue = string | number | boolean;

function isPlain(value: unknown): value is PlainValue {
	return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** Reads which column an expression is; undefined for anything more, or a name that n8n refuses. */
export function readColumnName(expression: string): string | undefined {
	if (expression.length > MAX_CHARACTERS) return undefined;
	return nameOf(COLUMN_REFERENCE.exec(expression)?.slice(1) ?? []);
}

/** Picks the name out of the groups of `COLUMN`, unless it reaches into an object's machinery. */
function nameOf(groups: ReadonlyArray<string | undefined>): string | undefined {
	const name = groups.find((group) => group !== undefined);
	return name === undefined || name in Object.prototype ? undefined : name;
}

/**
 * Reads an expression such as `={{ $json.iban }}` without n8n's expression engine, whose isolated VM
 * takes about 0.7 ms for each (n8n 2.41). Only what cannot come out otherwise is read: a text, number
 * or boolean that the row itself holds under that name; else undefined.
 */
export function readColumnReference(expression: string, row: IDataObject): PlainValue | undefined {
	const name = readColumnName(expression);
	if (name === undefined) return undefined;
	const value = row[name];
	return isPlain(value) ? value : undefined;
}

/** Like `readColumnReference`, for `{{ $json.iban }}` and `{{ JSON.stringify($json.iban) }}`. */
export function readColumnPart(expression: string, row: IDataObject): PlainValue | undefined {
	const [, column] = /^\{\{\s*JSON\.stringify\((.*)\)\s*\}\}$/.exec(expression) ?? [];
	if (column === undefined) return readColumnReference(`=${expression}`, row);
	const value = readColumnReference(`={{ ${column} }}`, row);
	return value === undefined ? undefined : JSON.stringify(value);
}

/**
 * Prepares for evaluating the entries of a row with one call of n8n's expression engine, which takes
 * no longer for a list of fifteen than for one (n8n 2.41). Only expressions that `readNativeCode`
 * knows take part, where their columns hold texts, numbers or booleans, and only what comes to such a
 * value counts. Where one of them fails, none has a value.
 *
 * @returns for each row, what gives an entry's value if n8n would give the same for it alone
 */
export function prepareToEvaluateTogether(entries: IDataObject) {
	const codes = Object.entries(entries).flatMap(([key, value]) => {
		const native = typeof value === 'string' ? readNativeCode(value) : undefined;
		return native ? [{ key, ...native }] : [];
	});

	return (row: IDataObject, evaluate: (expression: string) => unknown) => {
		const before = { ...row };
		// An expression that is evaluated later can change the row, outside of the isolated VM.
		const isReady = ({ columns }: NativeCode) =>
			columns.every((name) => isPlain(row[name]) && Object.is(row[name], before[name]));
		const ready = codes.filter(isReady);
		// For a single one, nothing is gained.
		const results = ready.length > 1 ? evaluateList(ready, evaluate) : [];
		return (key: string): PlainValue | undefined => {
			const index = ready.findIndex((native) => native.key === key);
			const native = ready[index];
			const result = results[index];
			return native && isReady(native) && isPlain(result) ? result : undefined;
		};
	};
}

function evaluateList(
	codes: readonly NativeCode[],
	evaluate: (expression: string) => unknown,
): readonly unknown[] {
	try {
		const results = evaluate(`{{ [${codes.map(({ code }) => `(${code})`).join(', ')}] }}`);
		return Array.isArray(results) && results.length === codes.length ? results : [];
	} catch {
		return [];
	}
}

/** Methods of texts, numbers and lists that are JavaScript's own, without effects. */
const METHODS = [
	'at|charAt|concat|endsWith|includes|indexOf|join|normalize|padEnd|padStart|replace|replaceAll',
	'slice|split|startsWith|substring|toFixed|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart',
].join('|');

const TEXT = `"${CHARACTER}*"|'${CHARACTER}*'`;
const NUMBER = /(?:(?<=[(,]\s*)-)?(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.$])/.source;
/** A regular expression, only as the first argument of a method. */
const PATTERN =
	/(?<=\(\s*)\/(?![*/])(?:\\[^\r\n\u2028\u2029"'`{}]|\[(?:\\[^\r\n\u2028\u2029"'`{}]|[^\\\]"'`{}\r\n\u2028\u2029])*\]|[^\\/[\]"'`{}\r\n\u2028\u2029])+\/[gimsu]*(?![\w$])/
		.source;
/** A value; the name of a column is in one of three groups. */
const ATOM = new RegExp(`(?<![\\w.$])(?:${COLUMN}|${TEXT}|${NUMBER}|${PATTERN})`, 'g');
/** Of what `split` gives, as in `[0]`. */
const PLACE = /(?<=\)\s*)\[\s*\d+\s*\]/g;

/** What becomes one value where values are written `#` and spaces are left out. */
const COMPOUND = new RegExp(
	[
		`#\\.(?:${METHODS})\\((?:#(?:,#)*)?\\)`,
		'(?<![\\w$.#)])(?:Number|String|parseFloat|parseInt)?\\(#\\)',
		'#(?:[!=]==?|[<>]=?|&&|\\|\\||\\?\\?|[-+*/%])#',
		'#\\?#:#',
	].join('|'),
	'g',
);

/** What n8n refuses, or takes for a function of its own even in the middle of a text. */
const FOREIGN = new RegExp(`constructor|\\$if|\\.(?!(?:${METHODS})\\()\\w+\\s*(?:\\?\\.)?\\s*\\(`);

/** Code that reads columns of its row. */
interface NativeCode {
	code: string;
	columns: readonly string[];
}

/**
 * Reads an expression that uses nothing but columns of its row, fixed values, operators and methods
 * that are JavaScript's own. While its columns hold texts, numbers and booleans, its code has no
 * effects, and its value depends on nothing else: not on the code next to it either, because n8n
 * rewrites code only for optional chaining, functions and methods of its own.
 *
 * @returns undefined for any other expression, and for a column alone, which needs no engine
 */
export function readNativeCode(expression: string): NativeCode | undefined {
	if (expression.length > MAX_CHARACTERS || FOREIGN.test(expression)) return undefined;
	const [, code] = /^=\{\{([^{}]*)\}\}$/.exec(expression) ?? [];
	if (code === undefined || readColumnName(expression) !== undefined) return undefined;
	let form = code.replaceAll('#', '@').replace(PLACE, '').replace(ATOM, '#').replace(/\s/g, '');
	for (let before = ''; form !== before; ) {
		before = form;
		form = form.replace(COMPOUND, '#');
	}
	if (form !== '#') return undefined;
	const found = [...code.matchAll(ATOM)].filter(([atom]) => atom.startsWith('$'));
	const columns = found.flatMap(([, ...groups]) => nameOf(groups) ?? []);
	// Code without a column could be more than an expression, as "use strict" is.
	const isRead = columns.length > 0 && columns.length === found.length;
	return isRead ? { code, columns } : undefined;
}
