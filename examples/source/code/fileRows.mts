import type { Item } from './ledgerRow.mts';

/** What Read Payout File says of a file in its last item. */
export interface FileSummary {
	/** For people. */
	summary: string;
	/** The headers that could be meant for a column, by its name. */
	columns_proposed: Record<string, string>;
	/** What payouts need, and the file does not have. */
	columns_missing: string[];
}

/** The columns that the results file has beside those of the uploaded file. */
const RESULT_COLUMNS = ['payout_outcome', 'payout_message', 'payout_session_id'];

/**
 * The rows of a file, without the columns that an earlier results file has added.
 *
 * @param items of the node that has read the file
 */
export function takeRows(items: readonly Item[]): Item[] {
	const rows = findSummary(items) ? items.slice(0, -1) : items;
	return rows.map(({ json }) => ({
		json: Object.fromEntries(
			Object.entries(json).filter(([name]) => !RESULT_COLUMNS.includes(name.trim().toLowerCase())),
		),
	}));
}

/** What was read of a file; undefined where another node has read the rows, such as Google Sheets. */
export function findSummary(items: readonly Item[]): FileSummary | undefined {
	const last = items.at(-1)?.json;
	// No cell of a sheet is a list.
	return Array.isArray(last?.columns_missing) ? (last as unknown as FileSummary) : undefined;
}
