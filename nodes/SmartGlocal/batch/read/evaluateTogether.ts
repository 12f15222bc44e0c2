import type { IDataObject } from 'n8n-workflow';
import { COLUMN, isPlain, MAX_CHARACTERS, nameOf, readColumnName } from './columnReference';
import type { PlainValue } from './columnReference';

/**
 * Evaluates entries of one row.
 *
 * @param row the data that n8n calls `$json`
 * @param evaluate lets n8n evaluate an expression with braces, without an equals sign in front
 * @returns gives an entry's value, if n8n would give the same for it alone at that time
 */
export type EvaluateTogether = (
	row: IDataObject,
	evaluate: (expression: string) => unknown,
) => (key: string) => PlainValue | undefined;

/** Code of one entry that reads columns of its row. */
interface NativeCode {
	key: string;
	code: string;
	columns: readonly string[];
}

/**
 * Prepares for evaluating the entries of a row with one call of n8n's expression engine, which takes
 * no longer for a list of fifteen than for one (n8n 2.41). Only expressions that `readNativeCode`
 * knows take part, where their columns hold texts, numbers or booleans, and only what comes to such a
 * value counts. Where one of them fails, none has a value.
 *
 * @param entries a parameter's raw values
 */
export function prepareToEvaluateTogether(entries: IDataObject): EvaluateTogether {
	const codes = Object.entries(entries).flatMap(([key, value]): NativeCode[] => {
		const native = typeof value === 'string' ? readNativeCode(value) : undefined;
		return native ? [{ key, ...native }] : [];
	});

	return (row, evaluate) => {
		const before = { ...row };
		// An expression that is evaluated later can change the row, outside of the isolated VM.
		const isReady = ({ columns }: NativeCode) =>
			columns.every((name) => isPlain(row[name]) && Object.is(row[name], before[name]));
		const ready = codes.filter(isReady);
		// For a single one, nothing is gained.
		const results = ready.length > 1 ? evaluateList(ready, evaluate) : [];
		const ended = new Map(
			ready.map((native, index) => [native.key, { native, result: results[index] }]),
		);
		return (key) => {
			const { native, result } = ended.get(key) ?? {};
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

const TEXT = /"[^"'`\\{}\r\n\u2028\u2029]*"|'[^"'`\\{}\r\n\u2028\u2029]*'/.source;
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

/**
 * Reads an expression that uses nothing but columns of its row, fixed values, operators and methods
 * that are JavaScript's own. While its columns hold texts, numbers and booleans, its code has no
 * effects, and its value depends on nothing else: not on the code next to it either, because n8n
 * rewrites code only for optional chaining, functions and methods of its own.
 *
 * @param expression a parameter's raw value
 * @returns undefined for any other expression, and for a column alone, which needs no engine
 */
export function readNativeCode(expression: string): Omit<NativeCode, 'key'> | undefined {
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
