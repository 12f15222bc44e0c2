const NOT_JSON =
	'Smart Glocal takes JSON only, and nothing was sent. Set the body content type to JSON.';

/** A request whose body is in one of the fields that n8n's ways of sending use. */
interface RequestWithBody {
	body?: unknown;
	form?: unknown;
	formData?: unknown;
}

/**
 * The body of a request as it goes over the wire, and so as it is signed: a JSON object, the only kind
 * that Smart Glocal takes (/docs/reference/format).
 *
 * A text stays as it is, except that it is trimmed: the HTTP client underneath n8n trims string bodies,
 * too (axios 1.x). No body at all is `{}`.
 *
 * @throws {Error} with a sentence that holds nothing of the body
 */
export function serializeBody(request: RequestWithBody): string {
	const { body } = request;
	if ('form' in request || 'formData' in request) throw new Error(NOT_JSON);
	const text = typeof body === 'string' ? body.trim() || '{}' : stringify(body ?? {});
	if (text === undefined) {
		throw new Error(
			'The body holds a value that JSON cannot hold, such as a function or an infinite number, so it would be left out or changed. Nothing was sent. Write it as text.',
		);
	}
	if (typeof body === 'string' && !isJson(text)) {
		throw new Error(
			'The body is not valid JSON, so nothing was signed or sent. Check its quotation marks, commas and braces.',
		);
	}
	if (!text.startsWith('{')) {
		throw new Error(
			'The body must be one JSON object, from { to }, and not a list or a single value. Nothing was sent. Send one request for each payout.',
		);
	}
	return text;
}

/** Whether a text is JSON, and has no half of a character, which would be replaced on its way. */
function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return !/\p{Surrogate}/u.test(text);
	} catch {
		return false;
	}
}

/** Writes what has just fields; undefined when JSON would drop or change a value of it. */
function stringify(body: object): string | undefined {
	const prototype = Object.getPrototypeOf(body) as object | null;
	const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
	// No form, stream, bytes or date.
	if (!isPlain && !Array.isArray(body)) throw new Error(NOT_JSON);
	try {
		return JSON.stringify(body, (_name, value: unknown) => {
			const isLost = typeof value === 'function' || typeof value === 'symbol';
			if (isLost || (typeof value === 'number' && !Number.isFinite(value))) throw new TypeError();
			return value;
		});
	} catch {
		return undefined;
	}
}
