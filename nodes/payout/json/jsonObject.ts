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

/** The value itself when it is an object, else an empty object. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The value itself when it is text, else an empty text. */
export function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
