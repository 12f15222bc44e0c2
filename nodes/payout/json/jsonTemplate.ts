import { kindOfField } from '../fields/checkField';
import { PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import { readText } from '../text/readText';
import { isProse } from '../text/suspectText';
import type { TextKind } from '../text/suspectText';
import { findColumnAt, isTextOnly } from './jsonColumns';
import type { ReportAt } from './jsonColumns';
import { isObject } from './jsonObject';
import { readJson } from './readJson';
import type { JsonPath, JsonRules } from './readJson';

/** Gives what an expression of n8n, such as `{{ $json.iban }}`, comes to for a row. */
export type Evaluate = (expression: string) => unknown;

/**
 * An expression of n8n: from `{{` after an even number of backslashes to the next such `}}` (n8n 2.41).
 * One without an end is matched up to the end of all, so that the end is not looked for again and again.
 */
const EXPRESSION = /\{\{(?<=(?:^|[^\\])(?:\\\\)*\{\{)(?:\\[\s\S]|\\$|[^\\])*?(\}\}|$)/g;

/** Around an expression, and before a value without quotation marks: characters that no JSON needs. */
const MARK = '\ue000';
const UNQUOTED = '\ue001';
const WHOLE = /^\s*\ue000[^\ue000]*\ue000\s*$/;

/** A string with all in it, or a value without quotation marks that is or contains an expression. */
const STRING_OR_MARKED =
	/"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"{}[\],:\ue000]*(?:\ue000[^\ue000]*\ue000[^\s"{}[\],:\ue000]*)+/g;

/**
 * Gives a request body with the values of its expressions. Each is evaluated alone and put in its
 * place in the JSON that the user wrote, so that no value can add, remove or move a name.
 *
 * @param template the parameter as the user wrote it, without the equals sign in front
 * @returns the value of a template that is one expression, else a JSON value; undefined where the
 *   template is no JSON, which has been reported
 */
export function fillTemplate(
	template: string,
	rules: JsonRules,
	evaluate: Evaluate,
	report: ReportAt,
): unknown {
	let isValid = true;
	const refuse: ReportAt = (path, message) => {
		isValid = false;
		report(path, message);
	};
	let isJson = true;
	const marked = template.replace(EXPRESSION, (found, end) => {
		isJson &&= end !== '';
		return MARK + JSON.stringify(found).slice(1, -1) + MARK;
	});
	if (isJson && WHOLE.test(marked)) return evaluate(template.trim()) ?? null;

	const fill = (value: unknown, path: JsonPath): unknown => {
		if (typeof value === 'string') {
			return value.includes(MARK) ? fillText(value, path, evaluate, refuse) : value;
		}
		if (Array.isArray(value)) return value.map((part, index) => fill(part, [...path, `${index}`]));
		if (!isObject(value)) return value;
		const entries = Object.entries(value);
		isJson &&= !entries.some(([name]) => name.includes(MARK));
		return Object.fromEntries(entries.map(([name, part]) => [name, fill(part, [...path, name])]));
	};
	const json = marked.replace(STRING_OR_MARKED, (part) =>
		part.startsWith('"') ? part : `"${UNQUOTED}${part}"`,
	);
	const read = readJson(json, rules);
	const filled = 'value' in read && isObject(read.value) ? fill(read.value, []) : undefined;
	if ('problem' in read) {
		refuse(read.path, read.problem);
	} else if (!isJson || filled === undefined) {
		refuse(
			['body'],
			`${rules.label} is not a JSON object in which expressions stand for values only. Put text from a row in with {{ JSON.stringify(…) }}, without quotation marks around it, or write the whole body as one expression.`,
		);
	}
	return isValid ? filled : undefined;
}

/** Evaluates what stands at one place: a text in quotation marks, or a value without them. */
function fillText(marked: string, path: JsonPath, evaluate: Evaluate, report: ReportAt): unknown {
	const isQuoted = !marked.startsWith(UNQUOTED);
	const text = isQuoted ? marked : marked.slice(1);
	const isWhole = WHOLE.test(text);
	const parts = text
		.split(MARK)
		.map((part, index): unknown => (index % 2 === 0 ? part : evaluate(part)));
	const [, only] = parts;
	if (!isQuoted) return readValue(isWhole ? only : parts.join(''), path, report);
	const column = findColumnAt(path);
	const isLeftover = column === undefined && typeof only === 'number' && isTextOnly(path);
	// Checked as in a column of a row, where a number has lost its zeros and a list is no text.
	if (isWhole && typeof only !== 'string' && (column !== undefined || isLeftover))
		return only ?? '';
	const kind =
		column !== undefined && column in PAYOUT_FIELDS ? kindOfField(column as FieldId) : 'text';
	for (const part of parts) {
		const problem = findPartProblem(part, kind);
		if (problem !== undefined) report(path, problem);
	}
	return parts.join('');
}

/** Reads a value that stands alone; as text, it has to be JSON, so that it ends where it should. */
function readValue(value: unknown, path: JsonPath, report: ReportAt): unknown {
	// The amount's own check reads text, in which 100.00 is not the same as 100.
	if (typeof value === 'string' && findColumnAt(path) === 'amount') return value;
	const read = readJson(value, { label: "The expression in '{path}'" });
	if ('value' in read && read.value !== undefined) return read.value;
	const noJson = `The expression in '{path}' gives text that is not JSON. Put it in with {{ JSON.stringify(…) }}.`;
	report(path, 'problem' in read ? read.problem : noJson);
	return undefined;
}

/** What is wrong with a value that becomes a part of a text, in which each digit must be certain. */
function findPartProblem(value: unknown, kind: TextKind): string | undefined {
	const isDate = typeof value === 'object' && value !== null && 'toJSON' in value;
	const isCertain = isProse(kind)
		? typeof value === 'boolean' || isDate
		: Number.isSafeInteger(value);
	if (typeof value === 'string' || isCertain) return undefined;
	const read = readText(value, kind, "The field '{path}'");
	return 'problem' in read ? read.problem : undefined;
}
