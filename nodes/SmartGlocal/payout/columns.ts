import { cleanText } from './text';
import { FIELD_IDS } from './fields';
import type { FieldId } from './fields';

/** Columns that are not fields of the account, the recipient or the sender. */
export const ROW_COLUMNS = ['reference', 'amount', 'currency', 'destination'] as const;

/** What a spreadsheet's column can be called. */
export type ColumnId = FieldId | (typeof ROW_COLUMNS)[number];

/** The values of one row, by column, and what is wrong with the row's headers. */
export interface Columns {
	values: Partial<Record<ColumnId, unknown>>;
	problems: RowProblem[];
}

/** One thing that is wrong with a row: the column it is about and a complete sentence. */
export interface RowProblem {
	field: string;
	message: string;
	/** Further columns that the sentence is about. */
	otherFields?: readonly string[];
}

/** Takes one thing that is wrong with a row: the column and a complete sentence. */
export type ReportProblem = (
	field: string,
	message: string,
	otherFields?: readonly string[],
) => void;

const COLUMNS_BY_NAME = new Map<string, ColumnId>(
	[...ROW_COLUMNS, ...FIELD_IDS].map((id) => [simplifyHeader(id), id]),
);

function simplifyHeader(header: string): string {
	return cleanText(header)
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[\s._-]/g, '');
}

/**
 * Finds the columns that a row's keys name. Case, spaces, dots, dashes and underscores do not
 * matter: "Recipient First Name" is `recipient_first_name`. Keys that name no column are ignored.
 *
 * @param row one row as it came from a spreadsheet, a form or the mapping
 */
export function matchColumns(row: Readonly<Record<string, unknown>>): Columns {
	const columns: Columns = { values: {}, problems: [] };
	const { values, problems } = columns;
	for (const [header, value] of Object.entries(row)) {
		const id = findColumn(header);
		if (id === undefined || isEmpty(value)) continue;
		if (values[id] !== undefined && values[id] !== value) {
			problems.push({
				field: id,
				message: `Two columns are both read as '${id}' and hold different values. Remove or rename one of them.`,
			});
		}
		values[id] = value;
	}
	return columns;
}

/** The column that a header names, in whatever spelling; undefined when it names none. */
export function findColumn(header: string): ColumnId | undefined {
	return COLUMNS_BY_NAME.get(header) ?? COLUMNS_BY_NAME.get(simplifyHeader(header));
}

/** Whether a value is missing or blank. */
export function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && cleanText(value) === '')
	);
}
