import type { IDataObject } from 'n8n-workflow';
import { isPlain, readColumnName } from './columnReference';
import type { PlainValue } from './columnReference';
import { readNativeExpression } from './nativeExpression';
import type { NativeCode } from './nativeExpression';

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

/**
 * Prepares for evaluating the entries of a row with one call of n8n's expression engine, which takes
 * no longer for a list of fifteen than for one (n8n 2.41). Only expressions that
 * `readNativeExpression` knows take part, where their columns hold texts, numbers or booleans, and
 * only what comes to such a value counts. Where one of them fails, none has a value.
 *
 * @param entries a parameter's raw values
 */
export function prepareToEvaluateTogether(entries: IDataObject): EvaluateTogether {
	const codes: NativeCode[] = [];
	/** An entry's fixed texts, and the places of its code in `codes`. */
	const partsByKey = new Map<string, Array<string | number>>();
	for (const [key, value] of Object.entries(entries)) {
		const parts = isComputed(value) ? readNativeExpression(value) : undefined;
		if (!parts) continue;
		const place = (part: string | NativeCode) =>
			typeof part === 'string' ? part : codes.push(part) - 1;
		partsByKey.set(key, parts.map(place));
	}
	const list = `{{ [${codes.map(guardCode).join(', ')}] }}`;

	return (row, evaluate) => {
		const before = { ...row };
		// An expression that is evaluated later can change the row, outside of the isolated VM.
		const isReady = ({ columns }: NativeCode) =>
			[...columns.keys()].every((name) => isPlain(row[name]) && Object.is(row[name], before[name]));
		// For a single one, nothing is gained.
		const isWorthwhile = codes.filter(isReady).length > 1;
		const results = isWorthwhile ? evaluateList(list, codes.length, evaluate) : [];
		const valueOf = (part: string | number) => {
			if (typeof part === 'string') return part;
			const code = codes[part];
			return code && isReady(code) ? results[part] : undefined;
		};
		return (key) => {
			const parts = partsByKey.get(key);
			return parts && joinParts(parts.map(valueOf));
		};
	};
}

/** Whether it is an expression that is more than a column. */
function isComputed(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=') && readColumnName(value) === undefined;
}

/** Keeps a method of a column that this row does not have from failing for all. */
function guardCode({ code, columns }: NativeCode): string {
	const isMissing = [...columns.values()].map((column) => `${column} == null`).join(' || ');
	return `${isMissing} ? null : (${code})`;
}

function evaluateList(
	list: string,
	length: number,
	evaluate: (expression: string) => unknown,
): readonly unknown[] {
	try {
		const results = evaluate(list);
		return Array.isArray(results) && results.length === length ? results : [];
	} catch {
		return [];
	}
}

/** Gives an only value as it is, and text of several, as n8n does; undefined for what is not plain. */
function joinParts(values: unknown[]): PlainValue | undefined {
	const [only] = values;
	if (values.length === 1) return isPlain(only) ? only : undefined;
	const isText = values.every((part) => isPlain(part) && typeof part !== 'boolean');
	return isText ? values.join('') : undefined;
}
