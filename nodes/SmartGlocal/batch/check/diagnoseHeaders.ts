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
import { findColumn, isEmpty } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import type { JsonObject } from '../../../payout/json/jsonObject';
import { listNeededColumns } from '../../../payout/destinations/neededColumns';
import type { NeededColumn } from '../../../payout/destinations/neededColumns';
import { findNestedColumns, findSeparator } from '../../../payout/headers/rowShape';
import type { MissingColumn } from '../../../payout/headers/suggestHeaders';
import { readColumnName } from '../read/columnReference';
import type { RowReader } from '../read/readParameters';
import { createTurns } from '../send/eventLoop';

/** The kinds of requests that hold a payout. */
const WITH_PAYOUT: readonly RequestKind[] = ['order', 'creation'];

/** More headers than this are not collected. */
const MAX_HEADERS = 10_000;

/** What every payout needs from its row. */
interface Need {
	needed: NeededColumn;
	/** The fields that take a column, in 'Map Each Column Manually'; empty in automatic mode. */
	references: readonly MissingColumn[];
}

/** What all rows of a batch have. */
interface Survey {
	headers: readonly string[];
	/** Whether one of the headers is read in automatic mode. */
	hasColumns: boolean;
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
	const needs = WITH_PAYOUT.includes(kind) ? listNeeds(reader) : [];
	if (needs.length === 0) return undefined;
	const items = context.getInputData();
	const survey = await surveyRows(reader, items.length, needs);
	const { headers, sample, missing } = survey;
	if (sample && missing.length === 0) return undefined;
	// What the nodes that fetch a file say about it.
	const isFile =
		items[0]?.binary !== undefined &&
		(headers.length === 0 || headers.includes('fileName') || headers.includes('mimeType'));
	if (sample) return describeHeaders(survey, sample, isFile);
	return isFile ? UNREAD_FILE : NOTHING_TO_PAY;
}

/** None where rows get their payouts in different ways, or in one that needs no columns. */
function listNeeds({ rowAt, canDiffer }: RowReader): Need[] {
	const { read, readTemplate } = rowAt(0);
	try {
		if (canDiffer('specify') || canDiffer('payout.mappingMode')) return [];
		if (read('specify') !== 'fields') return [];
		const destination = canDiffer('destination') ? undefined : read('destination');
		const columns = listNeededColumns(destination ?? undefined);
		if (read('payout.mappingMode') === 'autoMapInputData') {
			return columns.map((needed) => ({ needed, references: [] }));
		}
		const mapping = asObject(readTemplate('payout.value'));
		return columns
			.map((needed) => ({ needed, references: listReferences(needed, mapping) }))
			.filter(({ references }) => references.length > 0);
	} catch {
		// A setting that cannot be read is reported with the rows.
		return [];
	}
}

/** The fields that take a column; none where one of them is given in another way. */
function listReferences({ anyOf }: NeededColumn, mapping: JsonObject): MissingColumn[] {
	const given = anyOf.filter((field) => !isEmpty(mapping[field]));
	const references = given.flatMap((field) => {
		const name = readColumnName(String(mapping[field]));
		return name === undefined ? [] : [{ field, name }];
	});
	return references.length === given.length ? references : [];
}

/** Looks at the rows until nothing is missing any more. */
async function surveyRows(
	{ rowAt }: RowReader,
	rowCount: number,
	needs: readonly Need[],
): Promise<Survey> {
	const headers = new Set<string>();
	const columns = new Set<ColumnId>();
	let sample: IDataObject | undefined;
	let missing = needs;
	const giveTurn = createTurns();
	for (let index = 0; index < rowCount && (!sample || missing.length > 0); index++) {
		await giveTurn();
		const { json } = rowAt(index);
		const names = Object.keys(json);
		if (names.some((name) => !isEmpty(json[name]))) sample ??= json;
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
	}
	return { headers: [...headers], hasColumns: columns.size > 0, sample, missing };
}

/** Says what kind of rows they are where that explains it, else which columns are missing. */
function describeHeaders(
	{ headers, hasColumns, missing }: Survey,
	sample: IDataObject,
	isFile: boolean,
): string {
	const unsplit = findSeparator(headers);
	if (unsplit) return describeSeparator(unsplit.separator, unsplit.header);
	if (headers.length === 1 && Array.isArray(sample.row)) return NO_HEADER_ROW;
	const needed = missing.map((need) => need.needed);
	const references = missing.map((need) => need.references).filter(({ length }) => length > 0);
	const wanted: ReadonlyArray<string | undefined> = [
		...references.flat().map(({ name }) => name),
		...needed.flatMap(({ anyOf }) => anyOf),
	];
	const isWanted = (name: string) => wanted.includes(name) || wanted.includes(findColumn(name));
	const nested = findNestedColumns(sample, isWanted);
	if (nested && !(nested.isList && hasColumns)) {
		return describeNestedColumns(nested, references.length === 0, hasColumns);
	}
	if (isFile) return UNREAD_FILE;
	return references.length === 0
		? describeMissingColumns(needed, headers)
		: describeMissingReferences(references, headers);
}
