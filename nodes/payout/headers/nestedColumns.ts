import { OF_SENDER } from './suggestHeaders';
import { asObject, asText, getPath, isObject, parseJson } from '../json/jsonObject';
import type { JsonObject } from '../json/jsonObject';

export interface NestedPlace {
	/** The names that lead there, for people. */
	path: readonly string[];
	/** Whether it is a list of rows. */
	isList: boolean;
	/** It as a whole, as n8n's expressions write it; undefined where its columns are entries of a list. */
	expression?: string;
	/** The expression for each of its columns, by the column's name. */
	columns: ReadonlyMap<string, string>;
}

const MAX_DEPTH = 4;
const MAX_NAMES = 100;
const MAX_JSON_CHARACTERS = 100_000;

/** Finds what a row lacks inside it: in objects, JSON as text, or lists of questions with their answers. */
export function findNestedColumns(row: Readonly<JsonObject>, isWanted: (name: string) => boolean) {
	const [best] = listPlaces(row, [], '$json')
		.map((place) => {
			const columns = [...place.columns].filter(([name]) => isWanted(name));
			return { ...place, columns: new Map(columns) };
		})
		.filter(({ columns }) => columns.size > 0)
		.sort((a, b) => b.columns.size - a.columns.size);
	return best;
}

function listPlaces(
	row: Readonly<JsonObject>,
	outer: readonly string[],
	parent: string,
): NestedPlace[] {
	return Object.entries(row)
		.slice(0, MAX_NAMES)
		.flatMap(([name, written]) => {
			const isJson = typeof written === 'string' && /^\s*[[{]/.test(written);
			const value = isJson ? parseJson(written.slice(0, MAX_JSON_CHARACTERS)) : written;
			const inside = parent + access(name);
			const expression = isJson ? `JSON.parse(${inside})` : inside;
			const path = [...outer, name];
			if (Array.isArray(value)) return listEntries(value, path, expression);
			if (!isObject(value) || OF_SENDER.test(name)) return [];
			const names = Object.keys(value).map((key): [string, string] => [
				key,
				expression + access(key) + accessText(value[key]),
			]);
			const place = { path, isList: false, expression, columns: new Map(names) };
			return path.length >= MAX_DEPTH ? [place] : [place, ...listPlaces(value, path, expression)];
		});
}

/** What form builders call a question, and its answer; some name the answer after its type. */
const QUESTIONS = ['label', 'name', 'title', 'question', 'key', 'ref', 'field?.ref'];
const ANSWERS = ['value', 'answer'];

/** The entries of a list: questions with their answers, or else the columns of its first row. */
function listEntries(list: unknown[], path: readonly string[], inside: string): NestedPlace[] {
	const columns = new Map<string, string>();
	for (const entry of list.slice(0, MAX_NAMES).map(asObject)) {
		const answer = [...ANSWERS, asText(entry.type)].find((key) => key in entry) ?? '';
		for (const key of answer === '' ? [] : QUESTIONS) {
			const question = asText(getPath(entry, key.replace('?', '')));
			if (question === '' || columns.has(question)) continue;
			const found = `${inside}.find((entry) => entry.${key} === ${JSON.stringify(question)})`;
			columns.set(question, found + access(answer) + accessText(entry[answer]));
		}
	}
	if (columns.size > 0) return [{ path, isList: false, columns }];
	const names = isObject(list[0]) ? Object.keys(list[0]) : [];
	return [{ path, isList: true, columns: new Map(names.map((name) => [name, inside])) }];
}

/** What leads from a list of one text, or an object with a value, to the text. */
function accessText(value: unknown): string {
	if (Array.isArray(value)) return value.length === 1 ? '[0]' : '';
	return isObject(value) && 'value' in value ? '.value' : '';
}

function access(name: string): string {
	return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
