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
		for (const separator of SEPARATORS) {
			const parts = header.slice(0, MAX_HEADER_LENGTH).replace(/["']/g, '').split(separator);
			if (parts.filter((part) => part.trim() !== '').length < 2) continue;
			// A header can have a comma or a line in it, and be one.
			const isSingle = headers.length === 1 && separator !== ',';
			if (isSingle || parts.some((part) => findColumn(part) !== undefined)) {
				return { separator, header };
			}
		}
	}
	return undefined;
}

/** A place inside a row where its columns are. */
export interface NestedPlace {
	/** The names that lead to it. */
	path: readonly string[];
	/** Whether there is a list of payouts. */
	isList: boolean;
	/** The names there. */
	names: readonly string[];
}

/** How much of a row is searched. */
const MAX_DEPTH = 4;
const MAX_NAMES = 100;

/**
 * Finds an object inside a row, such as the `body` of a webhook, that has the columns which the row
 * itself lacks.
 *
 * @param isWanted whether a name is that of a column that is looked for
 * @returns with the wanted names only, where it has some
 */
export function findNestedColumns(
	row: Readonly<JsonObject>,
	isWanted: (name: string) => boolean,
): NestedPlace | undefined {
	const places = listPlaces(row, []);
	const [best] = places
		.map((place) => ({ ...place, names: place.names.filter(isWanted) }))
		.filter(({ names }) => names.length > 0)
		.sort((a, b) => b.names.length - a.names.length);
	if (best) return best;
	// A request as n8n's Webhook node gives it, or a row that is nothing but an object.
	const [only, ...others] = 'body' in row && isObject(row.headers) ? ['body'] : Object.keys(row);
	return others.length > 0
		? undefined
		: places.find(({ path, names }) => path.length === 1 && path[0] === only && names.length > 0);
}

/** Lists the objects and the lists of objects in a row. */
function listPlaces(row: Readonly<JsonObject>, path: readonly string[]): NestedPlace[] {
	return Object.entries(row)
		.slice(0, MAX_NAMES)
		.flatMap(([name, value]) => {
			const isList = Array.isArray(value);
			const inner: unknown = isList ? value[0] : value;
			if (!isObject(inner)) return [];
			const place = { path: [...path, name], isList, names: Object.keys(inner) };
			const isDeepest = isList || place.path.length >= MAX_DEPTH;
			return isDeepest ? [place] : [place, ...listPlaces(inner, place.path)];
		});
}
