import { cleanText } from '../text/characters';
import { showValue } from '../text/shownValue';
import { parseJson } from './jsonObject';

/** The longest JSON that is read, in characters; the request body of a payout has about a thousand. */
const MAX_CHARACTERS = 262_144;

/** How many objects and lists may lie in each other; a request body has five. */
const MAX_DEPTH = 64;

/** How much of a name or a path a message repeats. */
const MAX_NAME_CHARACTERS = 40;
const MAX_PATH_CHARACTERS = 400;

/** What JavaScript needs at most for a number, as in -0.0000012345678901234567. */
const MAX_NUMBER_CHARACTERS = 25;

/** Every number of so many digits is still the same after it was read as a 64-bit number (IEEE 754). */
const CERTAIN_DIGITS = 15;
const MIN_FRACTION = 1e-300;

/** Where a value lies: names, and positions in lists; empty for the whole. */
export type JsonPath = readonly string[];

/**
 * The value, undefined for text that is not JSON; or a complete sentence that says what is wrong, and
 * what it is about.
 */
export type ReadJson = { value: unknown } | { problem: string; path: JsonPath };

/** What messages call the text, and what it must hold. */
export interface JsonRules {
	/** As in "The 'Request Body'". */
	label: string;
	/** The place of a number that must be written with digits only. */
	wholeNumber?: JsonPath;
}

/** An object or a list that has begun and not ended. */
interface Frame {
	/** The names that an object has so far; undefined for a list. */
	readonly names: Set<string> | undefined;
	/** Where in it the reading is: a name, or a position in a list. */
	at: string | number | undefined;
}

/** Strings, numbers and signs of JSON; `true`, `false` and `null` never matter here. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],]/g;

/**
 * Reads JSON and refuses what `JSON.parse` would change without a word: a name that an object has
 * twice, of which the last would win, and numbers that would lose digits. Takes time in proportion to
 * the text's length.
 *
 * @param given JSON text; or another value, which is read as the JSON that would be sent for it
 */
export function readJson(given: unknown, rules: JsonRules): ReadJson {
	const { label } = rules;
	const text = typeof given === 'string' ? given : toJson(given);
	if (text === undefined) {
		const problem = `${label} holds a value that JSON does not have, such as NaN, or one that contains itself. Correct its expression.`;
		return { problem, path: [] };
	}
	if (text.length > MAX_CHARACTERS) {
		const problem = `${label} has ${text.length} characters, but at most ${MAX_CHARACTERS} are read. Shorten it.`;
		return { problem, path: [] };
	}
	const value = parseJson(text);
	return (value === undefined ? undefined : findProblem(text, rules)) ?? { value };
}

/** Writes a path for a message, as in `amount_details.amount`: names cut, without a card number. */
export function showPath(path: JsonPath): string {
	const names = path.map((name) =>
		showValue(cleanText(name.slice(0, 4 * MAX_NAME_CHARACTERS)), MAX_NAME_CHARACTERS),
	);
	return showValue(names.join('.'), MAX_PATH_CHARACTERS);
}

/** Undefined for a value that JSON cannot hold. */
function toJson(value: unknown): string | undefined {
	let isExact = true;
	try {
		const text = JSON.stringify(value, (_name, part: unknown) => {
			if (typeof part === 'number' && !Number.isFinite(part)) isExact = false;
			return part;
		}) as string | undefined;
		return isExact ? text : undefined;
	} catch {
		return undefined;
	}
}

/** Looks for what is wrong with text that is JSON, token by token. */
function findProblem(
	text: string,
	rules: JsonRules,
): { problem: string; path: JsonPath } | undefined {
	const frames: Frame[] = [];
	for (const [token] of text.matchAll(TOKEN)) {
		const problem = readToken(token, frames, rules);
		if (problem !== undefined) return { problem, path: pathOf(frames) };
	}
	return undefined;
}

function readToken(token: string, frames: Frame[], rules: JsonRules): string | undefined {
	const { label } = rules;
	const frame = frames.at(-1);
	if (token === '{' || token === '[') {
		if (frames.length === MAX_DEPTH) {
			return `${label} has more than ${MAX_DEPTH} objects or lists in each other. Make it simpler.`;
		}
		frames.push(token === '{' ? { names: new Set(), at: undefined } : { names: undefined, at: 0 });
	} else if (token === '}' || token === ']') {
		frames.pop();
	} else if (token === ',') {
		if (frame) frame.at = typeof frame.at === 'number' ? frame.at + 1 : undefined;
	} else if (!token.startsWith('"')) {
		return checkNumber(token, frames, rules);
	} else if (frame?.names && frame.at === undefined) {
		const name = JSON.parse(token) as string;
		frame.at = name;
		if (name === '__proto__') {
			return `${label} has the name '${showPath(pathOf(frames))}'. Remove it.`;
		}
		if (frame.names.has(name)) {
			return `${label} has '${showPath(pathOf(frames))}' twice. Remove one of them. If you wrote it once, a value from the row has a quotation mark in it: put such values in with {{ JSON.stringify(…) }}, without quotation marks around it.`;
		}
		frame.names.add(name);
	}
	return undefined;
}

function checkNumber(
	written: string,
	frames: readonly Frame[],
	{ label, wholeNumber }: JsonRules,
): string | undefined {
	const mustBeWhole =
		wholeNumber?.length === frames.length &&
		frames.every(({ at }, index) => at === wholeNumber[index]);
	if (keepsDigits(written) && (!mustBeWhole || /^-?\d+$/.test(written))) return undefined;
	const shown = showValue(written);
	const path = showPath(pathOf(frames));
	if (mustBeWhole) {
		return `The field '${path}' must be a whole number of minor units, in digits only and not too large to be exact: 10050 is 100.50. It is ${shown}.`;
	}
	const where = path === '' ? '' : ` in '${path}'`;
	return `${label} has the number ${shown}${where}, of which digits would be lost. Write it in quotation marks.`;
}

function pathOf(frames: readonly Frame[]): JsonPath {
	return frames.map(({ at }) => String(at ?? ''));
}

/** Whether a number of JSON is still the same after it was read as a 64-bit number. */
function keepsDigits(written: string): boolean {
	const value = Number(written);
	if (written.length > MAX_NUMBER_CHARACTERS || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
		return false;
	}
	const [mantissa = ''] = written.split(/e/i);
	const digits = mantissa.replace(/\D/g, '').replace(/^0+|0+$/g, '');
	if (digits === '' || String(value) === written) return true;
	return digits.length <= CERTAIN_DIGITS && Math.abs(value) >= MIN_FRACTION;
}
