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

/** The value at a path such as `payment_method.type`; undefined where there is none. */
export function getPath(source: Readonly<JsonObject>, path: string): unknown {
	return path.split('.').reduce<unknown>((parent, name) => asObject(parent)[name], source);
}

/** Sets the value at a path, in objects that it makes where needed. */
export function setPath(target: JsonObject, path: string, value: string | number) {
	const dot = path.indexOf('.');
	if (dot < 0) target[path] = value;
	else setPath((target[path.slice(0, dot)] ??= {}) as JsonObject, path.slice(dot + 1), value);
}

/** The value itself when it is an object, else an empty object. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The value itself when it is text, else an empty text. */
export function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
