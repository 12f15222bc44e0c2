import { COLUMN, MAX_CHARACTERS, nameOf } from './columnReference';

/** Code between braces that reads columns of its row. */
export interface NativeCode {
	readonly code: string;
	/** How each column is written, by its name. */
	readonly columns: ReadonlyMap<string, string>;
}

/** JavaScript's own methods of texts, numbers and lists, without effects; none is n8n's, too. */
const METHODS = [
	'at|charAt|concat|endsWith|includes|indexOf|join|normalize|padEnd|padStart|replace|replaceAll',
	'slice|split|startsWith|substring|toFixed|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart',
].join('|');

const TEXT = /"[^"'`\\{}\r\n\u2028\u2029]*"|'[^"'`\\{}\r\n\u2028\u2029]*'/.source;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.$])/.source;
/** A regular expression, without the characters in which n8n looks for something else. */
const PATTERN =
	/\/(?!\*)(?:\\[^\r\n\u2028\u2029"'`{}]|\[(?:\\[^\r\n\u2028\u2029"'`{}]|[^\\/[\]"'`{}\r\n\u2028\u2029])*\]|[^\\/[\]"'`{}\r\n\u2028\u2029])+\/[gimsu]*(?![\w$])/
		.source;
const BRACKET = /(?:Number|String|parseFloat|parseInt)?\s*\(/.source;
const CALL = `\\.(?:${METHODS})\\s*\\(`;
/** `//`, `/*` and `--` would be something else. */
const OPERATOR = /[!=]==?|[<>]=?|&&|\|\||\?{1,2}|[:,+*%]|\/(?![/*])|-(?!-)/.source;

/** What can stand where a value must come; the names of a column are in groups. */
const VALUE = new RegExp(`\\s*(?:${COLUMN}|${TEXT}|${NUMBER}|${PATTERN}|${BRACKET})`, 'y');
/** What can follow a value. */
const AFTER_VALUE = new RegExp(
	`\\s*(?:${CALL}\\s*\\)|${CALL}|\\)|\\[\\s*\\d+\\s*\\]|${OPERATOR})`,
	'y',
);

/** Fixed text, and code between braces. */
const FORM = /^=(?:[^\\{}]|\{\{[^{}]*\}\})*$/;
/** What n8n takes for a call, also in the middle of a text. */
const ANY_CALL = /(?:\$if|\.\w+)\s*(?:\?\.)?\s*\(/g;
const KNOWN_CALL = new RegExp(`^${CALL}$`);

/**
 * Reads an expression that uses nothing but columns of its row, fixed values, operators and methods
 * that are JavaScript's own. While its columns hold texts, numbers and booleans, its code has no
 * effects, and its value depends on nothing else: not on the code next to it either, because n8n
 * rewrites code only for optional chaining, functions and methods of its own.
 *
 * @param expression a parameter's raw value
 * @returns fixed text and code in their order; undefined for any other expression
 */
export function readNativeExpression(expression: string): Array<string | NativeCode> | undefined {
	if (expression.length > MAX_CHARACTERS || !FORM.test(expression)) return undefined;
	// n8n refuses this word after a dot, in fixed text as well.
	if (expression.includes('constructor')) return undefined;
	if (!(expression.match(ANY_CALL) ?? []).every((call) => KNOWN_CALL.test(call))) return undefined;
	const parts: Array<string | NativeCode> = [];
	for (const [index, text] of expression
		.slice(1)
		.split(/\{\{|\}\}/)
		.entries()) {
		// Every second one was between braces.
		const part = index % 2 === 1 ? readCode(text) : text;
		if (part === undefined) return undefined;
		if (part !== '') parts.push(part);
	}
	return parts;
}

function readCode(code: string): NativeCode | undefined {
	const columns = new Map<string, string>();
	/** Brackets to be closed, and question marks that wait for a colon. */
	const open: string[] = [];
	const end = code.trimEnd().length;
	let isValueNext = true;
	for (let at = 0; at < end; ) {
		const pattern: RegExp = isValueNext ? VALUE : AFTER_VALUE;
		pattern.lastIndex = at;
		const match = pattern.exec(code);
		if (!match) return undefined;
		at = pattern.lastIndex;
		const token = match[0].trim();
		if (isValueNext && token.startsWith('$')) {
			const name = nameOf(match.slice(1));
			if (name === undefined) return undefined;
			columns.set(name, token);
		}
		if (token === ')' && open.pop() !== '(') return undefined;
		if (token === ':' && open.pop() !== '?') return undefined;
		if (token === ',' && open.at(-1) !== '(') return undefined;
		if (token === '?' || token.endsWith('(')) open.push(token.slice(-1));
		isValueNext = isValueNext ? token.endsWith('(') : !/[)\]]$/.test(token);
	}
	const isWhole = !isValueNext && open.length === 0;
	// Code without a column could be more than an expression, as "use strict" is.
	return isWhole && columns.size > 0 ? { code, columns } : undefined;
}
