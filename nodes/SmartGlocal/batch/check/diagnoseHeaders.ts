import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RequestKind } from '../../../api/request';
import {
	describeMissingColumns,
	describeMissingReferences,
	describeNestedColumns,
	describeSeparator,
	NO_HEADER_ROW,
	NOTHING_TO_PAY,
	UNREAD_FILE,
} from '../../messages/headerTexts';
import type { MissingReference } from '../../messages/headerTexts';
import { findColumn, isEmpty } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import type { JsonObject } from '../../../payout/json/jsonObject';
import { listNeededColumns } from '../../../payout/destinations/neededColumns';
import type { NeededColumn } from '../../../payout/destinations/neededColumns';
import { findNestedColumns, findSeparator } from '../../../payout/headers/rowShape';
import { readColumnName } from '../read/columnReference';
import type { RowReader } from '../read/readParameters';
import { createTurns } from '../send/eventLoop';

/** The kinds of requests that hold a payout. */
const WITH_PAYOUT: readonly RequestKind[] = ['order', 'creation'];

/** More headers than this are not collected. */
const MAX_HEADERS = 10_000;

/** What the payouts need from the rows. */
interface Mapping {
	isAutomatic: boolean;
	/** Whether a row without values cannot be a payout. */
	takesAll: boolean;
	needs: readonly Need[];
}

interface Need {
	needed: NeededColumn;
	/** The fields that take a column, in 'Map Each Column Manually'. */
	references: readonly MissingReference[];
}

/** What all rows of a batch have. */
interface Survey {
	headers: readonly string[];
	/** The columns that are read in automatic mode. */
	columns: ReadonlySet<ColumnId>;
	/** The first row with a value; undefined where there is none. */
	sample: IDataObject | undefined;
	missing: readonly Need[];
}

/**
 * Says what is wrong with the headers of a batch, so that the user reads it once instead of once for
 * each row: a column that every payout needs, but no row has. What only some rows lack is left to
 * their own checks. A good batch costs a look at its first row.
 *
 * @returns complete sentences; undefined when nothing is wrong with the headers
 */
export async function diagnoseHeaders(
	context: IExecuteFunctions,
	reader: RowReader,
	kind: RequestKind,
): Promise<string | undefined> {
	const mapping = WITH_PAYOUT.includes(kind) ? readMapping(reader) : undefined;
	if (!mapping || (mapping.needs.length === 0 && !mapping.takesAll)) return undefined;
	const items = context.getInputData();
	const survey = await surveyRows(reader, items.length, mapping.needs);
	if (!survey) return undefined;
	const { headers, sample, missing } = survey;
	// What the nodes that fetch a file say about it.
	const isFile =
		items[0]?.binary !== undefined &&
		(headers.length === 0 || headers.some((name) => name === 'fileName' || name === 'mimeType'));
	if (sample) return describeHeaders(mapping, survey, sample, isFile);
	if (missing.length === 0 && !mapping.takesAll) return undefined;
	return isFile ? UNREAD_FILE : NOTHING_TO_PAY;
}

/** Undefined where rows get their payouts in different ways, or in none that needs columns. */
function readMapping({ rowAt, canDiffer }: RowReader): Mapping | undefined {
	const { read, readTemplate } = rowAt(0);
	try {
		if (canDiffer('specify') || canDiffer('payout.mappingMode')) return undefined;
		if (read('specify') !== 'fields') return undefined;
		const destination = canDiffer('destination') ? undefined : read('destination');
		const needed = listNeededColumns(destination ?? undefined);
		if (read('payout.mappingMode') === 'autoMapInputData') {
			const needs = needed.map((each) => ({ needed: each, references: [] }));
			return { isAutomatic: true, takesAll: true, needs };
		}
		const raw = asObject(readTemplate('payout.value'));
		const needs = needed
			.map((each) => ({ needed: each, references: listReferences(each, raw) }))
			.filter(({ references }) => references.length > 0);
		const takesAll = [raw.reference, raw.amount].every(isOfRow);
		return { isAutomatic: false, takesAll, needs };
	} catch {
		// A setting that cannot be read is reported with the rows.
		return undefined;
	}
}

/** The fields that take a column; none where one of them is given in another way. */
function listReferences({ anyOf }: NeededColumn, raw: JsonObject): MissingReference[] {
	const given = anyOf.filter((field) => !isEmpty(raw[field]));
	const references = given.flatMap((field) => {
		const name = readColumnName(String(raw[field]));
		return name === undefined ? [] : [{ field, name }];
	});
	return references.length === given.length ? references : [];
}

/** Whether an entry has no value without its row: an expression that reads it, without a fallback. */
function isOfRow(entry: unknown): boolean {
	if (typeof entry !== 'string' || !entry.startsWith('=')) return false;
	return /\$(?:json|input)\b/.test(entry) && !/\|\||\?(?!\.)/.test(entry);
}

/** Looks at the rows until nothing is missing any more; undefined in that case. */
async function surveyRows(
	{ rowAt }: RowReader,
	rowCount: number,
	needs: readonly Need[],
): Promise<Survey | undefined> {
	const headers = new Set<string>();
	const columns = new Set<ColumnId>();
	let sample: IDataObject | undefined;
	let missing = needs;
	const giveTurn = createTurns();
	for (let index = 0; index < rowCount; index++) {
		await giveTurn();
		const { json } = rowAt(index);
		const names = Object.keys(json);
		if (!sample && names.some((name) => !isEmpty(json[name]))) sample = json;
		for (const name of names) {
			if (headers.has(name)) continue;
			const id = findColumn(name);
			if (id !== undefined) columns.add(id);
			if (headers.size < MAX_HEADERS) headers.add(name);
		}
		const isThere = ({ needed, references }: Need) =>
			references.length > 0
				? references.some(({ name }) => Object.hasOwn(json, name))
				: needed.anyOf.some((id) => columns.has(id));
		missing = missing.filter((need) => !isThere(need));
		if (sample && missing.length === 0) return undefined;
	}
	return { headers: [...headers], columns, sample, missing };
}

/** Says what kind of rows they are where that explains it, else which columns are missing. */
function describeHeaders(
	{ isAutomatic }: Mapping,
	{ headers, columns, missing }: Survey,
	sample: IDataObject,
	isFile: boolean,
): string {
	const unsplit = findSeparator(headers);
	if (unsplit) return describeSeparator(unsplit.separator, unsplit.header);
	if (headers.length === 1 && Array.isArray(sample.row)) return NO_HEADER_ROW;
	const references = missing.map((need) => need.references);
	const needed = missing.map((need) => need.needed);
	const names = references.flat().map(({ name }) => name);
	const ids = needed.flatMap(({ anyOf }) => anyOf);
	const isWanted = (name: string) => {
		const id = findColumn(name);
		return names.includes(name) || (id !== undefined && ids.includes(id));
	};
	const nested = findNestedColumns(sample, isWanted);
	const hasColumns = columns.size > 0;
	if (nested && !(nested.isList && hasColumns)) {
		return describeNestedColumns(nested, isAutomatic, hasColumns);
	}
	if (isFile) return UNREAD_FILE;
	return isAutomatic
		? describeMissingColumns(needed, headers)
		: describeMissingReferences(references, headers);
}
