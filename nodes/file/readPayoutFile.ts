import { simplifyHeader } from '../payout/headers/matchColumns';
import type { ColumnId } from '../payout/headers/matchColumns';
import { showValue } from '../payout/text/shownValue';
import { nameDelimiter, readCsv } from './csv/csv';
import { decodeText } from './csv/encoding';
import { FileError } from './fileError';
import { openWorkbook } from './kinds';
import type { Sheet, SheetRow } from './sheet';
import { ACCOUNTS, readColumns } from './table/columns';
import { findHeaderRow } from './table/headerRow';
import type { FoundHeader } from './table/headerRow';
import { readTable } from './table/readTable';
import { listSome } from './table/problems';
import type { Table, TableRow, TableSettings } from './table/readTable';
import { summarizeTable } from './table/summary';
import { readSheetXml } from './xlsx/sheetXml';
import { readWorkbook } from './xlsx/workbook';

export interface ReadSettings extends TableSettings {
	/** The name of a sheet, or the number of its tab; empty for the one with payouts. */
	sheet: string;
	/** Its number from 1, or none; `auto` finds it. */
	headerRow: number | 'auto' | 'none';
	/** A code page of Windows, such as `windows-1252`; empty for Unicode. */
	encoding: string;
	/** One character; empty to find it. */
	delimiter: string;
}

export interface PayoutFile {
	rows: TableRow[];
	summary: ReturnType<typeof summarizeTable>;
}

/** A sheet, and its headers as far as they were found. */
interface Candidate {
	sheet: Sheet;
	/** The number of its tab, from 1; 0 for a hidden sheet. */
	tab: number;
	found: (FoundHeader & { hasPayouts?: boolean }) | undefined;
}

const MAX_BYTES = 50 * 1024 * 1024;
const NO_ROWS = 'The file has no rows. Check that it is the right one.';

/**
 * Reads a file of payouts, XLSX or CSV, as a person sees it: one item per row, in order. Throws a
 * `FileError` that names everything in it that a person cannot have seen or meant.
 *
 * @param giveTurn lets others work; it is called often
 */
export async function readPayoutFile(
	bytes: Buffer,
	settings: ReadSettings,
	giveTurn: () => Promise<void>,
): Promise<PayoutFile> {
	if (bytes.length > MAX_BYTES) {
		throw new FileError(['The file has more than 50 MB. Split it into several files.']);
	}
	const archive = openWorkbook(bytes);
	const find = (rows: readonly SheetRow[]) => findHeader(rows, settings);
	const candidates: Candidate[] = [];
	let delimiter = '';
	if (archive) {
		const workbook = await readWorkbook(archive, giveTurn);
		for (const { name, path, tab } of workbook.sheets) {
			const sheet = await readSheetXml(archive.read(path), name, workbook, giveTurn);
			candidates.push({ sheet, tab, found: find(sheet.rows) });
		}
	} else {
		const text = await decodeText(bytes, settings.encoding, giveTurn);
		const csv = await readCsv(text, settings, find, giveTurn);
		candidates.push({ ...csv, tab: 1 });
		delimiter = nameDelimiter(csv.delimiter);
	}
	const chosen = chooseSheet(candidates, settings);
	const header = chosen.found?.header;
	const table = await readTable(chosen.sheet, header, settings, giveTurn);
	if (table.rows.length === 0) table.problems.push(describeNoRows(table));
	if (table.problems.length > 0) throw new FileError(table.problems);
	const others = candidates.filter(({ sheet }) => sheet !== chosen.sheet && sheet.rows.length > 0);
	const listNames = (isHidden: boolean) =>
		others.filter(({ tab }) => (tab === 0) === isHidden).map(({ sheet }) => sheet.name);
	const origin = { otherSheets: listNames(false), hiddenSheets: listNames(true), delimiter };
	return { rows: table.rows, summary: summarizeTable(table, header, chosen.sheet, origin) };
}

function describeNoRows({ leftOut }: Table): string {
	const rows = leftOut.map(({ row, kind }) => `row ${row.row} (${kind})`);
	return rows.length === 0 ? NO_ROWS : `No row is a payout. Left out: ${listSome(rows)}.`;
}

/** The row with the headers: the one that the user has set, or the one that says most. */
function findHeader(
	rows: readonly SheetRow[],
	{ headerRow, columns }: ReadSettings,
): Candidate['found'] {
	if (headerRow === 'none') return undefined;
	const named = Object.values(columns).filter((meant) => typeof meant === 'string');
	if (headerRow === 'auto') {
		const found = findHeaderRow(rows, new Set(named.map(simplifyHeader)));
		return found && { ...found, hasPayouts: hasPayouts(found.header, columns) };
	}
	const header = rows.find(({ row }) => row === headerRow);
	return header && { header, score: header.values.length, hasPayouts: true };
}

/** Whether a sheet has amounts, and somebody to pay: one of suppliers or of terms has not both. */
function hasPayouts(header: SheetRow, confirmed: ReadSettings['columns']): boolean {
	const { columns, fixed } = readColumns(header, new Set(), confirmed);
	const has = (id: ColumnId) => id in fixed || columns.some(({ field }) => field === id);
	return has('amount') && ([...ACCOUNTS, 'reference'] as const).some(has);
}

/** Chooses the sheet with payouts. Throws a `FileError` where that is not exactly one that can be seen. */
function chooseSheet(
	candidates: readonly Candidate[],
	{ sheet: wanted, headerRow }: ReadSettings,
): Candidate {
	const nameAll = (list: readonly Candidate[]) =>
		list.map(({ sheet }) => `'${showValue(sheet.name)}'`).join(', ');
	const filled = candidates.filter(({ sheet }) => sheet.rows.length > 0);
	const all = filled.filter(({ found }) => headerRow === 'none' || found !== undefined);
	const withPayouts = all.filter(({ found }) => found?.hasPayouts);
	const withHeader = withPayouts.length > 0 ? withPayouts : all;
	const withRows = withHeader.filter(({ sheet, found }) => sheet.rows.at(-1) !== found?.header);
	const fitting = withRows.length > 0 ? withRows : withHeader;
	const visible = fitting.filter(({ tab }) => tab > 0);
	const named =
		candidates.find(
			({ sheet }) => sheet.name.trim().toLowerCase() === wanted.trim().toLowerCase(),
		) ?? candidates.find(({ tab }) => tab > 0 && String(tab) === wanted.trim());
	const chosen = wanted === '' ? visible[0] : named;
	let problem: string | undefined;
	if (wanted !== '' && !named) {
		problem = `There is no sheet '${showValue(wanted)}'. The workbook has ${nameAll(candidates)}.`;
	} else if (wanted === '' && visible.length > 1) {
		problem = `Several sheets have payouts: ${nameAll(visible)}. Keep the one that is to be paid, and move the others to another file.`;
	} else if (wanted === '' && visible.length === 0 && fitting.length > 0) {
		const seen = nameAll(filled.filter(({ tab }) => tab > 0));
		const advice =
			seen === '' ? 'Show' : `If payouts are in ${seen}, rename the headers there; otherwise show`;
		problem = `Only hidden sheets have payouts: ${nameAll(fitting)}. ${advice} the hidden one that is to be paid (in Excel: right-click on a tab → Unhide), and check it.`;
	} else if (filled.length === 0) {
		problem = NO_ROWS;
	} else if (!chosen || !fitting.includes(chosen)) {
		problem =
			headerRow === 'auto'
				? 'No row has the headers of payouts. Write one header above each column, such as reference, amount, iban, recipient_first_name and recipient_last_name.'
				: `Row ${headerRow}, which should have the headers, is empty.`;
	} else {
		return chosen;
	}
	throw new FileError([problem]);
}
