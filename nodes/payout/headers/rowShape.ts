import { findColumn } from './matchColumns';
import { isObject } from '../json/jsonObject';
import type { JsonObject } from '../json/jsonObject';

/** What stands between the columns of a file. */
export type Separator = ';' | ',' | '|' | '\t';

const SEPARATORS: readonly Separator[] = [';', '\t', '|', ','];
const MAX_HEADER_LENGTH = 10_000;

/**
 * Recognises a file whose lines were not split into columns, because it is separated by something else.
 *
 * @param headers the headers of all rows
 * @returns what it is separated by, and the header that holds it
 */
export function findSeparator(
	headers: readonly string[],
): { separator: Separator; header: string } | undefined {
	for (const header of headers) {
		const text = header.slice(0, MAX_HEADER_LENGTH);
		const [widest] = SEPARATORS.map((separator) => ({ separator, parts: text.split(separator) }))
			.filter(({ parts }) => parts.filter((part) => part.trim() !== '').length > 1)
			.sort((a, b) => b.parts.length - a.parts.length);
		if (!widest) continue;
		const { separator, parts } = widest;
		// A header can have a comma or a line in it, and be one.
		const isSingle = headers.length === 1 && separator !== ',';
		const isKnown = parts.some((part) => findColumn(unquote(part)) !== undefined);
		if (isSingle || isKnown) return { separator, header };
	}
	return undefined;
}

function unquote(text: string): string {
	return text.trim().replace(/^["']|["']$/g, '');
}

/** A place inside a row where its columns are. */
export interface NestedPlace {
	/** The names that lead to it. */
	path: readonly string[];
	/** Whether there is a list of payouts. */
	isList: boolean;
	/** One of the columns there, as it is written; undefined where none was recognised. */
	column: string | undefined;
}

/** How much of a row is searched. */
const MAX_DEPTH = 4;
const MAX_PLACES = 500;
const MAX_NAMES = 500;

/**
 * Finds an object inside a row, such as the `body` of a webhook, that has the columns which the row
 * itself lacks.
 *
 * @param isWanted whether a name is that of a column that is looked for
 */
export function findNestedColumns(
	row: Readonly<JsonObject>,
	isWanted: (name: string) => boolean,
): NestedPlace | undefined {
	const places = listPlaces(row);
	const [best] = places
		.map(({ path, isList, names }) => ({ path, isList, columns: names.filter(isWanted) }))
		.filter(({ columns }) => columns.length > 0)
		.sort((a, b) => b.columns.length - a.columns.length);
	if (best) return { path: best.path, isList: best.isList, column: best.columns[0] };
	const isWebhook = isObject(row.headers) && isObject(row.query) && 'body' in row;
	const only = isWebhook ? 'body' : getOnlyName(row);
	const place = places.find(({ path }) => path.length === 1 && path[0] === only);
	if (!place || place.names.length === 0) return undefined;
	return { path: place.path, isList: place.isList, column: undefined };
}

function getOnlyName(row: Readonly<JsonObject>): string | undefined {
	const names = Object.keys(row);
	return names.length === 1 ? names[0] : undefined;
}

/** Lists the objects and the lists of objects in a row, the outer ones first. */
function listPlaces(row: Readonly<JsonObject>) {
	const places: Array<{ path: readonly string[]; isList: boolean; names: readonly string[] }> = [];
	const open: Array<{ object: Readonly<JsonObject>; path: readonly string[] }> = [
		{ object: row, path: [] },
	];
	for (const { object, path } of open) {
		for (const name of Object.keys(object).slice(0, MAX_NAMES)) {
			const value = object[name];
			const isList = Array.isArray(value);
			const inner: unknown = isList ? value[0] : value;
			if (!isObject(inner)) continue;
			if (places.length >= MAX_PLACES) return places;
			const innerPath = [...path, name];
			places.push({ path: innerPath, isList, names: Object.keys(inner).slice(0, MAX_NAMES) });
			if (!isList && innerPath.length < MAX_DEPTH) open.push({ object: inner, path: innerPath });
		}
	}
	return places;
}
