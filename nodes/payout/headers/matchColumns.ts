import { FIELD_IDS, PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId, PayoutField } from '../fields/fields';
import type { JsonObject } from '../json/jsonObject';
import { isEmpty, isPrintableAscii } from '../text/characters';
import type { RowProblem } from '../validationError';

/** The columns of a row besides the fields of the account, the recipient and the sender. */
export const ROW_COLUMNS = ['reference', 'amount', 'currency', 'destination'] as const;
export type ColumnId = FieldId | (typeof ROW_COLUMNS)[number];
export const COLUMN_IDS: readonly ColumnId[] = [...ROW_COLUMNS, ...FIELD_IDS];

export interface Columns {
	values: Partial<Record<ColumnId, unknown>>;
	problems: RowProblem[];
}

/** Longer headers name no column, nor do those with more letters; the longest column has 24. */
const MAX_HEADER_CHARACTERS = 200;
const MAX_HEADER_LETTERS = 40;
const SEPARATORS = /[\s._/\\-]/g;
/** With the slashes and the minus sign of Unicode, which are no dashes to it. */
const UNSEEN_OR_SEPARATOR = /[\s\p{M}\p{Cf}\p{Pd}._/\\\u2044\u2212\u2215-]+/gu;

/** By what the form calls a field, too: a form of n8n that is built from it has such headers. */
const COLUMNS_BY_NAME = new Map(
	COLUMN_IDS.flatMap((id) => [id, labelColumn(id)].map((name) => [simplifyHeader(name), id])),
);

/** What the form calls the field of a column. */
export function labelColumn(id: ColumnId): string {
	const fields: Readonly<Partial<Record<ColumnId, PayoutField>>> = PAYOUT_FIELDS;
	return fields[id]?.label ?? id.charAt(0).toUpperCase() + id.slice(1);
}

/** Reduces a header to its letters and digits in lower case, without accents; empty for too many. */
export function simplifyHeader(header: string): string {
	if (isPrintableAscii(header)) return header.toLowerCase().replace(SEPARATORS, '');
	const letters = header.replace(UNSEEN_OR_SEPARATOR, '');
	if (letters.length > MAX_HEADER_LETTERS) return '';
	return letters.normalize('NFKD').replace(UNSEEN_OR_SEPARATOR, '').toLowerCase();
}

/** Reads a row's columns by header (`simplifyHeader`). Others are left to `findUnreadColumns`. */
export function matchColumns(row: Readonly<Record<string, unknown>>): Columns {
	const values: Columns['values'] = {};
	const problems: RowProblem[] = [];
	for (const [header, value] of Object.entries(row)) {
		const id = findColumn(header);
		if (id === undefined || isEmpty(value)) continue;
		const message = `Two columns are both read as '${id}' but contain different values. Remove or rename one of them.`;
		if ((values[id] ?? value) !== value) problems.push({ field: id, message });
		values[id] = value;
	}
	return { values, problems };
}

/** Finds the column that a header names; undefined for an unknown header. */
export function findColumn(header: string): ColumnId | undefined {
	if (header.length > MAX_HEADER_CHARACTERS) return undefined;
	return COLUMNS_BY_NAME.get(header) ?? COLUMNS_BY_NAME.get(simplifyHeader(header));
}

/** Where nodes that read a sheet say which row of it this is: 'Read Payout File', Google Sheets. */
const COLUMNS: readonly string[] = ['row', 'row_number'];
/** No sheet has more rows. It is shown, and must not be the number of a card or an account. */
const MAX_ROW_NUMBER = 99_999_999;

/** Whether a column holds the number of its row: a number, and no text that looks like one. */
export function isRowNumber(header: string, value: unknown): boolean {
	const isNumber = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_ROW_NUMBER;
	return isNumber && COLUMNS.includes(header);
}

/** The number by which people know a row: its own, or else how many rows there are up to it. */
export function numberRow(row: Readonly<JsonObject>, index: number): number {
	const column = COLUMNS.find((name) => isRowNumber(name, row[name]));
	return column === undefined ? index + 1 : Number(row[column]);
}
