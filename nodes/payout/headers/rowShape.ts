import { findColumn } from './matchColumns';
import { isObject } from '../json/jsonObject';
import type { JsonObject } from '../json/jsonObject';

/**
 * Whether one of some headers holds several, because the file's lines were not split there. A header
 * can have a comma in it, and be one.
 */
export function isUnsplit(header: string, headers: readonly string[]): boolean {
	const text = header.slice(0, 10_000).replace(/["']/g, '');
	const split = (separator: RegExp) => text.split(separator).filter((part) => part.trim() !== '');
	if (headers.length === 1 && split(/[;\t|]/).length > 1) return true;
	const parts = split(/[;\t|,]/);
	return parts.length > 1 && parts.some((part) => findColumn(part) !== undefined);
}

export interface NestedPlace {
	path: readonly string[];
	isList: boolean;
	names: readonly string[];
}

const MAX_DEPTH = 4;
const MAX_NAMES = 100;

/**
 * Finds an object inside a row that has the columns which the row itself lacks, with their names only;
 * without any, the `body` of a request as n8n's Webhook node gives it.
 */
export function findNestedColumns(
	row: Readonly<JsonObject>,
	isWanted: (name: string) => boolean,
): NestedPlace | undefined {
	const places = listPlaces(row, []).filter(({ names }) => names.length > 0);
	const [best] = places
		.map((place) => ({ ...place, names: place.names.filter(isWanted) }))
		.filter(({ names }) => names.length > 0)
		.sort((a, b) => b.names.length - a.names.length);
	return (
		best ?? (isObject(row.headers) ? places.find(({ path }) => path[0] === 'body') : undefined)
	);
}

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
