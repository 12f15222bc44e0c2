import { kindOfField } from '../fields/checkField';
import { isProse, readText } from '../text/readText';
import { findColumnAt, isTextOnly } from './jsonColumns';
import type { ReportAt } from './jsonColumns';
import { isObject } from './jsonObject';
import { readJson } from './readJson';
import type { JsonPath, JsonRules, ReadJson } from './readJson';

export type Evaluate = (expression: string) => unknown;
/** An expression as n8n 2.41 finds it; one without an end is matched to the end of all, to keep this linear. */
const EXPRESSION = /\{\{(?<=(?:^|[^\\])(?:\\\\)*\{\{)(?:\\[\s\S]|\\$|[^\\])*?(?:\}\}|$)/g;
/** Around an expression, and before a value without quotation marks: characters that no JSON needs. */
const MARK = '\ue000';
const UNQUOTED = '\ue001';
const WHOLE = /^\s*\ue000[^\ue000]*\ue000\s*$/;

/** A string with all in it, or a value without quotation marks that is or contains an expression. */
const STRING_OR_MARKED =
	/"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"{}[\],:\ue000]*(?:\ue000[^\ue000]*\ue000[^\s"{}[\],:\ue000]*)+/g;

/** Reads a request body with expressions, each evaluated alone, so that no value changes the structure. */
export function readTemplate(
	template: string,
	rules: JsonRules,
	evaluate: Evaluate,
	report: ReportAt,
): ReadJson {
	const marked = template.replace(
		EXPRESSION,
		(found) => MARK + JSON.stringify(found).slice(1, -1) + MARK,
	);
	if (WHOLE.test(marked)) return readJson(evaluate(template.trim()) ?? null, rules);
	const json = marked.replace(STRING_OR_MARKED, (part) =>
		part.startsWith('"') ? part : `"${UNQUOTED}${part}"`,
	);
	const read = readJson(json, rules);
	if ('problem' in read || !isObject(read.value)) return read;

	let hasPlainNames = true;
	const fill = (value: unknown, path: JsonPath): unknown => {
		const isMarked = typeof value === 'string' && value.includes(MARK);
		if (isMarked) return fillText(value, path, evaluate, report);
		if (typeof value !== 'object' || value === null) return value;
		const entries = Object.entries(value).map(([name, part]) => {
			hasPlainNames &&= !name.includes(MARK);
			return [name, fill(part, [...path, name])] as const;
		});
		return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
	};
	const value = fill(read.value, []);
	return { value: hasPlainNames ? value : undefined };
}

const EXPRESSION_RULES = {
	label: "The expression in '{path}'",
	notJson:
		"The expression in '{path}' gives text that is not JSON. Put it in with {{ JSON.stringify(…) }}.",
};

function fillText(marked: string, path: JsonPath, evaluate: Evaluate, report: ReportAt): unknown {
	const isQuoted = !marked.startsWith(UNQUOTED);
	const text = isQuoted ? marked : marked.slice(1);
	const evaluated = (part: string, index: number) => (index % 2 === 0 ? part : evaluate(part));
	const parts: unknown[] = text.split(MARK).map(evaluated);
	const filled = parts.join('');
	const value = WHOLE.test(text) ? parts[1] : filled;
	const column = findColumnAt(path);
	if (!isQuoted) {
		// The amount's own check reads text, in which 100.00 is not the same as 100.
		if (typeof value === 'string' && column === 'amount') return value;
		// As text, it has to be JSON, so that it ends where it should.
		const read = readJson(value, EXPRESSION_RULES);
		if ('value' in read) return read.value;
		report(path, read.problem);
		return undefined;
	}
	// Checked as in a column of a row, where a number has lost its zeros and a list is no text.
	const isLeftover = typeof value === 'number' && isTextOnly(path);
	if (typeof value !== 'string' && (column !== undefined || isLeftover)) return value ?? '';
	const kind = kindOfField(column);
	// Each digit of an identifier matters.
	const isCertain = (part: unknown) =>
		isProse(kind) ? typeof part === 'boolean' : Number.isSafeInteger(part);
	for (const part of parts.filter((each) => typeof each !== 'string' && !isCertain(each))) {
		const read = readText(part, kind, "The field '{path}'");
		if ('problem' in read) report(path, read.problem);
	}
	return filled;
}
