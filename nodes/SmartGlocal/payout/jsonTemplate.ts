import { asObject, isObject, parseJson } from './jsonObject';

/**
 * An expression of n8n in a text: up to the first `}}` that no backslash goes before. One without an
 * end is text; it is matched up to the end of all, so that the end is not looked for again and again.
 */
const EXPRESSION = /(?<!\\)\{\{(?:\\[\s\S]|\\$|[^\\])*?(\}\}|$)/g;
/** Stands for an expression; from the private use area of Unicode, so that no JSON needs it. */
const MARK = '\ue000';
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
	if (typeof template !== 'string' || !template.startsWith('=')) return true;
	const marked = template
		.slice(1)
		.replace(EXPRESSION, (found, end) => (end === '' ? found : MARK))
		.replace(STRING_OR_MARKED, (part) => (part.startsWith('"') ? part : `"${ANY_VALUE}"`));
	return hasForm(value, parseJson(marked));
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
