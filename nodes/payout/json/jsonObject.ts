/** A JSON object whose values have not been checked yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is an object with named fields: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses JSON text; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Longer texts would take too long to be searched; no cell of Excel is longer. */
export const MAX_SEARCHED_CHARACTERS = 32_767;

/** Parses a text that is an object or a list in JSON; undefined for any other, and for a long one. */
export function parseInnerJson(text: string): unknown {
	if (text.length > MAX_SEARCHED_CHARACTERS) return undefined;
	const json = text.trim();
	const isClosed = /^[[{]/.test(json) && (json.endsWith(']') || json.endsWith('}'));
	return isClosed ? parseJson(json) : undefined;
}

/** The value itself when it is an object, else an empty object. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The value itself when it is text, else an empty text. */
export function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
