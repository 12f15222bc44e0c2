import type { IDataObject } from 'n8n-workflow';

/** What a name or a text in quotes is made of, so that it ends where it seems to. */
const CHARACTER = /[^"'`\\{}\r\n\u2028\u2029]/.source;

/** A column of the row, as the editor writes it; its name is in one of three groups. */
const COLUMN = `\\$json(?:\\.([A-Za-z_$][\\w$]*)|\\[\\s*(?:"(${CHARACTER}+)"|'(${CHARACTER}+)')\\s*\\])`;

/** Methods of texts and numbers that are JavaScript's own, also in n8n's expressions (n8n 2.41). */
const METHODS = [
	'at|charAt|concat|endsWith|includes|indexOf|normalize|padEnd|padStart|replace|replaceAll|slice',
	'startsWith|substring|toFixed|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart',
].join('|');

/** Texts and patterns of which n8n rewrites nothing, and patterns that take no longer than the text. */
const TEXT = `"[\\w .,;:+/@#&-]*"|'[\\w .,;:+/@#&-]*'`;
const NUMBER = '-?(?:0|[1-9]\\d{0,2})';
const PATTERN = '/(?:\\\\[dDsSwW]|\\[\\^?(?:\\\\[dDsSwW]|[\\w ,;:.()+@#&-])+\\])\\+?/[gi]*';
const ARGUMENT = `(?:${TEXT}|${NUMBER}|${PATTERN})`;
const ARGUMENTS = `${ARGUMENT}(?:\\s*,\\s*${ARGUMENT})*`;
const CALL = `\\s*\\.\\s*(?:${METHODS})\\(\\s*(?:${ARGUMENTS}\\s*)?\\)`;
const EACH_CALL = new RegExp(`\\.\\s*(${METHODS})\\(\\s*(${ARGUMENTS})?`, 'g');
const EACH_ARGUMENT = new RegExp(ARGUMENT, 'g');
/** A column with methods, as in `{{ $json.iban.replace(/\s/g, '').trim() }}`. */
const COLUMN_WITH_CALLS = new RegExp(`^=\\{\\{\\s*${COLUMN}((?:${CALL})*)\\s*\\}\\}$`);

const MAX_CHARACTERS = 1_000;
const MAX_VALUE_CHARACTERS = 100_000;

type PlainValue = string | number | boolean;

function isPlain(value: unknown): value is PlainValue {
	return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** Takes an expression apart; undefined for one that is more than a column with calls. */
function parseColumn(expression: string): { name: string; calls: string } | undefined {
	// What n8n refuses, even in a text.
	if (expression.length > MAX_CHARACTERS || expression.includes('constructor')) return undefined;
	const [, one, two, three, calls = ''] = COLUMN_WITH_CALLS.exec(expression) ?? [];
	const name = one ?? two ?? three;
	return name === undefined || name in Object.prototype ? undefined : { name, calls };
}

/**
 * Reads `={{ $json.iban.trim() }}` without n8n's engine (0.7 ms each, n8n 2.41): only what cannot come
 * out otherwise, a plain value of the row and what JavaScript's methods make of it.
 */
export function readColumn(expression: string, row: IDataObject): PlainValue | undefined {
	const column = parseColumn(expression);
	let value: unknown = column && row[column.name];
	for (const [, method = '', written = ''] of column?.calls.matchAll(EACH_CALL) ?? []) {
		if (!isPlain(value) || String(value).length > MAX_VALUE_CHARACTERS) return undefined;
		value = callMethod(value, method, written.match(EACH_ARGUMENT) ?? []);
	}
	return isPlain(value) ? value : undefined;
}

/** Like `readColumn`, for `{{ $json.iban }}` and `{{ JSON.stringify($json.iban) }}`. */
export function readColumnPart(expression: string, row: IDataObject): PlainValue | undefined {
	const [, column] = /^\{\{\s*JSON\.stringify\((.*)\)\s*\}\}$/.exec(expression) ?? [];
	if (column === undefined) return readColumn(`=${expression}`, row);
	const value = readColumn(`={{ ${column} }}`, row);
	return value === undefined ? undefined : JSON.stringify(value);
}

function callMethod(value: PlainValue, method: string, written: readonly string[]): unknown {
	try {
		const methods = Object(value) as Record<string, (...values: unknown[]) => unknown>;
		return methods[method]?.(...written.map(readArgument));
	} catch {
		// n8n says why.
		return undefined;
	}
}

function readArgument(written: string): PlainValue | RegExp {
	if (/^["']/.test(written)) return written.slice(1, -1);
	const end = written.lastIndexOf('/');
	return end < 0 ? Number(written) : new RegExp(written.slice(1, end), written.slice(end + 1));
}
