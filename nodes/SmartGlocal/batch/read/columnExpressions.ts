import type { IDataObject } from 'n8n-workflow';

/** What a name in quotes is made of, so that it ends where it seems to. */
const CHARACTER = /[^"'`\\{}\r\n\u2028\u2029]/.source;

/** A column of the row, as the editor writes it; its name is in one of three groups. */
const COLUMN = `\\$json(?:\\.([A-Za-z_$][\\w$]*)|\\[\\s*(?:"(${CHARACTER}+)"|'(${CHARACTER}+)')\\s*\\])`;

/** Methods that are JavaScript's own, also in n8n's expressions (n8n 2.41). */
const CALL = '\\s*\\.\\s*(?:toLowerCase|toString|toUpperCase|trim)\\(\\s*\\)';

/** As in `{{ $json.iban.toString().trim() }}`. */
const COLUMN_WITH_CALLS = new RegExp(`^=\\{\\{\\s*${COLUMN}((?:${CALL})*)\\s*\\}\\}$`);

type PlainValue = string | number | boolean;

/**
 * Reads `={{ $json.iban.trim() }}` without n8n's engine (0.7 ms each, n8n 2.41): only what cannot come
 * out otherwise, a plain value of the row and what these methods make of it. Undefined for all else.
 */
export function readColumn(expression: string, row: IDataObject): PlainValue | undefined {
	// n8n refuses this word, even in a text.
	if (expression.includes('constructor')) return undefined;
	const [, one, two, three, calls = ''] = COLUMN_WITH_CALLS.exec(expression) ?? [];
	const name = one ?? two ?? three;
	const found = name === undefined || name in Object.prototype ? undefined : row[name];
	const isPlain = ['string', 'boolean'].includes(typeof found) || Number.isFinite(found);
	let value = isPlain ? (found as PlainValue) : undefined;
	for (const [method] of calls.matchAll(/\w+/g)) {
		if (value === undefined) return undefined;
		if (method === 'toString') value = String(value);
		else if (typeof value !== 'string') return undefined;
		else value = value[method as 'toLowerCase' | 'toUpperCase' | 'trim']();
	}
	return value;
}

/** Like `readColumn`, for `{{ $json.iban }}` and `{{ JSON.stringify($json.iban) }}`. */
export function readColumnPart(expression: string, row: IDataObject): PlainValue | undefined {
	const [, column] = /^\{\{\s*JSON\.stringify\((.*)\)\s*\}\}$/.exec(expression) ?? [];
	if (column === undefined) return readColumn(`=${expression}`, row);
	const value = readColumn(`={{ ${column} }}`, row);
	return value === undefined ? undefined : JSON.stringify(value);
}
