import { asObject, isObject, parseJson } from './jsonObject';
import type { JsonPath } from './readJson';

/**
 * An expression of n8n in a text: up to the first `}}` that no backslash goes before. One without an
 * end is text; it is matched up to the end of all, so that the end is not looked for again and again.
 */
const EXPRESSION = /(?<!\\)\{\{(?:\\[\s\S]|\\$|[^\\])*?(\}\}|$)/g;
/** Stands for an expression, with its number; from Unicode's private use area, which no JSON needs. */
const MARK = '\ue000';
const END_OF_MARK = '\ue002';
const MARKS = /\ue000(\d+)\ue002/g;
const ONE_MARK = /^\s*\ue000\d+\ue002\s*$/;
/** A string with all in it, or a value without quotation marks that is or contains an expression. */
const STRING_OR_MARKED = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"{}[\],:]*\ue000[^\s"{}[\],:]*/g;
/** A whole value that comes from an expression. */
const ANY_VALUE = '\ue001';

/**
 * Whether JSON has the objects, lists and names of the template that it was made from. A value from a
 * row with a quotation mark in it can close its text and add names, move those of the template to
 * where nobody reads them, and so change the amount or the account.
 *
 * @param template a parameter as the user wrote it, with or without expressions
 * @param value the JSON that came out
 */
export function matchesTemplate(template: unknown, value: unknown): boolean {
	const read = readTemplate(template);
	return read === undefined || hasForm(value, read.form);
}

/** A text between quotation marks in a template, with the expressions in it. */
export interface TemplateText {
	path: JsonPath;
	/** With their braces. */
	expressions: string[];
	/** Whether there is one expression and nothing else. */
	isWhole: boolean;
}

/** Lists the texts of a template that hold expressions; n8n makes text of whatever those give. */
export function listTemplateTexts(template: unknown): TemplateText[] {
	const { form, expressions = [] } = readTemplate(template) ?? {};
	const texts: TemplateText[] = [];
	const visit = (part: unknown, path: JsonPath) => {
		if (typeof part === 'object' && part !== null) {
			for (const [name, inner] of Object.entries(part)) visit(inner, [...path, name]);
		} else if (typeof part === 'string') {
			const found = [...part.matchAll(MARKS)].map(
				([, number]) => expressions[Number(number)] ?? '',
			);
			if (found.length === 0) return;
			texts.push({ path, expressions: found, isWhole: ONE_MARK.test(part) });
		}
	};
	visit(form, []);
	return texts;
}

/** Undefined for a parameter without expressions; the form is undefined when it is not JSON. */
function readTemplate(template: unknown): { form: unknown; expressions: string[] } | undefined {
	if (typeof template !== 'string' || !template.startsWith('=')) return undefined;
	const expressions: string[] = [];
	const marked = template
		.slice(1)
		.replace(EXPRESSION, (found, end) =>
			end === '' ? found : `${MARK}${expressions.push(found) - 1}${END_OF_MARK}`,
		)
		.replace(STRING_OR_MARKED, (part) => (part.startsWith('"') ? part : `"${ANY_VALUE}"`));
	return { form: parseJson(marked), expressions };
}

/** False for an undefined form: the template is not JSON, so that nobody can tell what it should be. */
function hasForm(value: unknown, form: unknown): boolean {
	if (form === ANY_VALUE) return true;
	if (typeof form === 'string') return typeof value === 'string';
	if (Array.isArray(form)) {
		return (
			Array.isArray(value) &&
			value.length === form.length &&
			form.every((part, index) => hasForm(value[index], part))
		);
	}
	if (!isObject(form)) return value === form;
	const names = Object.keys(form);
	return (
		isObject(value) &&
		Object.keys(value).length === names.length &&
		names.every((name) => Object.hasOwn(value, name) && hasForm(asObject(value)[name], form[name]))
	);
}
