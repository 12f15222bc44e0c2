import { cleanText } from '../text/characters';
import { showValue } from '../text/shownValue';
import { parseJson } from './jsonObject';

const MAX_CHARACTERS = 262_144;
const MAX_DEPTH = 64;
const MAX_PATH_CHARACTERS = 400;
/** What JavaScript needs at most for a number, as in -0.0000012345678901234567. */
const MAX_NUMBER_CHARACTERS = 25;
/** Where a value lies; empty for the whole. */
export type JsonPath = readonly string[];
/** The value; or a complete sentence that says what is wrong, and the names that lead there. */
export type ReadJson = { value: unknown } | { problem: string; path: JsonPath };

export interface JsonRules {
	label: string;
	notJson: string;
	/** The place of a number that must be written with digits only. */
	wholeNumber?: JsonPath;
}

/** Strings, with the colon behind a name, numbers and brackets. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|-?\d[\d.eE+-]*|[{}[\]]/g;

/** Reads JSON, without a name twice or a number that would lose digits. Linear in the length. */
export function readJson(given: unknown, rules: JsonRules): ReadJson {
	const { label, notJson } = rules;
	const text = typeof given === 'string' ? given : toJson(given);
	const noJson = `${label} holds a value that JSON does not have, such as NaN, or one that contains itself. Correct its expression.`;
	if (text === undefined) return { problem: noJson, path: [] };
	const tooLong = `${label} has ${text.length} characters, but at most ${MAX_CHARACTERS} are read. Shorten it.`;
	if (text.length > MAX_CHARACTERS) return { problem: tooLong, path: [] };
	const value = parseJson(text);
	return value === undefined
		? { problem: notJson, path: [] }
		: (findProblem(text, rules) ?? { value });
}

/** Writes a path for a message, as in `amount_details.amount`, without a card number. */
export function showPath(path: JsonPath): string {
	return showValue(cleanText(path.join('.')), MAX_PATH_CHARACTERS);
}

/** Writes a value as JSON; undefined when JSON would drop or change a part of it. */
export function toJson(value: unknown): string | undefined {
	try {
		return JSON.stringify(value, (_name, part: unknown) => {
			const isLost = typeof part === 'function' || typeof part === 'symbol';
			if (isLost || (typeof part === 'number' && !Number.isFinite(part))) throw new TypeError();
			return part;
		}) as string | undefined;
	} catch {
		return undefined;
	}
}

function findProblem(text: string, { label, wholeNumber }: JsonRules): ReadJson | undefined {
	/** The objects and lists that have begun and not ended, each with its names and the last of them. */
	const open: Array<{ names: Set<string>; name?: string }> = [];
	for (const [token, string, colon] of text.matchAll(TOKEN)) {
		const inner = open.at(-1);
		let problem: string | undefined;
		if (token === '{' || token === '[') {
			open.push({ names: new Set() });
			const tooDeep = `${label} has more than ${MAX_DEPTH} objects or lists in each other. Make it simpler.`;
			if (open.length > MAX_DEPTH) problem = tooDeep;
		} else if (token === '}' || token === ']') {
			open.pop();
		} else if (string === undefined) {
			const isWholeNumber =
				open.length === wholeNumber?.length &&
				open.every(({ name }, index) => name === wholeNumber[index]);
			if (isWholeNumber && !(keepsDigits(token) && /^-?\d+$/.test(token))) {
				problem = `The field '{name}' must be a whole number of minor units, in digits only and not too large to be exact: 10050 is 100.50. It is ${showValue(token)}.`;
			} else if (!keepsDigits(token)) {
				problem = `${label} has the number ${showValue(token)}, of which digits would be lost. Write it in quotation marks.`;
			}
		} else if (inner && colon !== undefined) {
			inner.name = JSON.parse(string) as string;
			if (inner.name === '__proto__') problem = `${label} has the name '{name}'. Remove it.`;
			if (inner.names.has(inner.name)) {
				problem = `${label} has '{name}' twice. Remove one of them. If you wrote it once, a value from the row has a quotation mark in it: put such values in with {{ JSON.stringify(…) }}, without quotation marks around it.`;
			}
			inner.names.add(inner.name);
		}
		if (problem === undefined) continue;
		const path = open.flatMap(({ name }) => name ?? []);
		return { problem: problem.replace('{name}', () => showPath(path)), path };
	}
	return undefined;
}

/** Whether a number of JSON is written as it will be sent, but for zeros at the end of a fraction. */
function keepsDigits(written: string): boolean {
	if (written.length > MAX_NUMBER_CHARACTERS) return false;
	const value = Number(written);
	const short = written.includes('.') ? written.replace(/\.?0+$/, '') : written;
	return Math.abs(value) <= Number.MAX_SAFE_INTEGER && [written, short].includes(String(value));
}
