const NOT_JSON =
	'Smart Glocal takes JSON only, and nothing was sent. Set the body content type to JSON.';

/** A request whose body is in one of the fields that n8n's ways of sending use. */
interface RequestWithBody {
	body?: unknown;
	form?: unknown;
	formData?: unknown;
}

/**
 * The body of a request as it goes over the wire, and so as it is signed.
 *
 * A text, or the text in a buffer, stays as it is, except that it is trimmed: the HTTP client
 * underneath n8n trims string bodies, too (axios 1.x). No body at all is `{}`.
 *
 * @returns a JSON object, the only kind of body that Smart Glocal takes (/docs/reference/format)
 * @throws {Error} with a sentence that holds nothing of the body: a form or another kind of content,
 *   a text that is not JSON or not UTF-8, a list or a single value, a value that JSON cannot hold
 */
export function serializeBody(request: RequestWithBody): string {
	const body = request.body ?? '';
	if ('form' in request || 'formData' in request) throw new Error(NOT_JSON);
	const isText = typeof body === 'string' || Buffer.isBuffer(body);
	const text = isText ? readJsonText(body) : stringify(body);
	if (!text.startsWith('{')) {
		throw new Error(
			'The body must be one JSON object, from { to }, and not a list or a single value. Nothing was sent. Send one request for each payout.',
		);
	}
	return text;
}

function readJsonText(body: string | Buffer): string {
	const bytes = Buffer.from(body as string);
	const whole = bytes.toString();
	// Encoding replaces halves of characters, and decoding replaces bytes that are not UTF-8.
	if (whole !== body.toString() || !Buffer.from(whole).equals(bytes)) {
		throw new Error(
			'The body holds characters that are not valid UTF-8, so other text would be sent than was written. Nothing was sent. Save the text as UTF-8.',
		);
	}
	const text = whole.trim() || '{}';
	if (!isJson(text)) {
		throw new Error(
			'The body is not valid JSON, so nothing was signed or sent. Check its quotation marks, commas and braces.',
		);
	}
	return text;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function stringify(body: unknown): string {
	if (typeof body === 'object' && !isPlain(body as object)) throw new Error(NOT_JSON);
	const text = toJson(body);
	if (text !== undefined) return text;
	throw new Error(
		'The body holds a value that JSON cannot hold, such as a function or an infinite number, so it would be left out or changed. Nothing was sent. Write it as text.',
	);
}

/** Whether an object is a list or has just fields: no form, stream, bytes or date. */
function isPlain(body: object): boolean {
	if (Array.isArray(body)) return true;
	const prototype = Object.getPrototypeOf(body) as object | null;
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Undefined when JSON would drop or change a value, and for objects that hold themselves. */
function toJson(body: unknown): string | undefined {
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
