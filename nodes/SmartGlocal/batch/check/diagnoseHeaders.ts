import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RequestKind } from '../../../api/request';
import {
	describeMissing,
	describeNestedColumns,
	describeSeparator,
	NO_HEADER_ROW,
	NOTHING_TO_PAY,
	UNREAD_FILE,
} from '../../messages/headerTexts';
import type { Need } from '../../messages/headerTexts';
import { findColumn } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import type { JsonObject } from '../../../payout/json/jsonObject';
import { listNeededColumns } from '../../../payout/destinations/neededColumns';
import { findNestedColumns, findSeparator } from '../../../payout/headers/rowShape';
import type { MissingColumn } from '../../../payout/headers/suggestHeaders';
import { isEmpty } from '../../../payout/text/characters';
import { readColumnName } from '../read/columnExpressions';
import type { RowReader } from '../read/readParameters';
import { createTurns } from '../send/eventLoop';

/** The kinds of requests that hold a payout. */
const WITH_PAYOUT: readonly RequestKind[] = ['order', 'creation'];

/** More headers than this are not collected. */
const MAX_HEADERS = 10_000;

/** How the payouts get what they need. */
interface Mapping {
	/** Whether columns are read by their headers; else fields of the form take them. */
	isAutomatic: boolean;
	needs: readonly Need[];
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
	const mapping = WITH_PAYOUT.includes(kind) ? readMapping(reader) : undefined;
	if (!mapping || mapping.needs.length === 0) return undefined;
	const items = context.getInputData();
	const survey = await surveyRows(reader, items.length, mapping);
	const { headers, sample, missing } = survey;
	if (sample && missing.length === 0) return undefined;
	// What the nodes that fetch a file say about it.
	const isFile =
		items[0]?.binary !== undefined &&
		(headers.length === 0 || headers.includes('fileName') || headers.includes('mimeType'));
	if (sample) return describeHeaders(survey, sample, mapping.isAutomatic, isFile);
	return isFile ? UNREAD_FILE : NOTHING_TO_PAY;
}

/** Undefined where rows get their payouts in different ways, or in one that needs no columns. */
function readMapping({ rowAt, canDiffer }: RowReader): Mapping | undefined {
	const { read, readTemplate } = rowAt(0);
	try {
		if (canDiffer('specify') || canDiffer('payout.mappingMode')) return undefined;
		if (read('specify') !== 'fields') return undefined;
		const destination = canDiffer('destination') ? undefined : read('destination');
		const columns = listNeededColumns(destination ?? undefined);
		const isAutomatic = read('payout.mappingMode') === 'autoMapInputData';
		const values = asObject(readTemplate('payout.value'));
		const needs = columns.map(({ anyOf, choice }) =>
			isAutomatic
				? { anyOf: anyOf.map((field) => ({ field, name: field })), choice }
				: { anyOf: listReferences(anyOf, values) },
		);
		return { isAutomatic, needs: needs.filter(({ anyOf }) => anyOf.length > 0) };
	} catch {
		// A setting that cannot be read is reported with the rows.
		return undefined;
	}
}

/** The fields that take a column; none where one of them is given in another way. */
function listReferences(fields: readonly ColumnId[], values: JsonObject): MissingColumn[] {
	const given = fields.filter((field) => !isEmpty(values[field]));
	const references = given.flatMap((field) => {
		const name = readColumnName(String(values[field]));
		return name === undefined ? [] : [{ field, name }];
	});
	return references.length === given.length ? references : [];
}

/** Looks at the rows until nothing is missing any more. */
async function surveyRows(
	{ rowAt }: RowReader,
	rowCount: number,
	{ isAutomatic, needs }: Mapping,
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
		const isThere = ({ field, name }: MissingColumn) =>
			isAutomatic ? columns.has(field) : Object.hasOwn(json, name);
		missing = missing.filter(({ anyOf }) => !anyOf.some(isThere));
	}
	return { headers: [...headers], hasColumns: columns.size > 0, sample, missing };
}

/** Says what kind of rows they are where that explains it, else which columns are missing. */
function describeHeaders(
	{ headers, hasColumns, missing }: Survey,
	sample: IDataObject,
	isAutomatic: boolean,
	isFile: boolean,
): string {
	const unsplit = findSeparator(headers);
	if (unsplit) return describeSeparator(unsplit.separator, unsplit.header);
	if (headers.length === 1 && Array.isArray(sample.row)) return NO_HEADER_ROW;
	const wanted = missing.flatMap(({ anyOf }) => anyOf.flatMap(({ field, name }) => [field, name]));
	const isWanted = (name: string) =>
		[name, findColumn(name)].some((id) => id && wanted.includes(id));
	const nested = findNestedColumns(sample, isWanted);
	if (nested && !(nested.isList && hasColumns)) {
		return describeNestedColumns(nested, isAutomatic, hasColumns);
	}
	return isFile ? UNREAD_FILE : describeMissing(missing, headers, isAutomatic);
}
