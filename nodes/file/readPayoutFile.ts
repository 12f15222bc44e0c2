import { showValue } from '../payout/text/shownValue';
import { readCsv } from './csv/csv';
import { FileError } from './fileError';
import { decodeText, openWorkbook } from './kinds';
import type { GiveTurn, ReadSettings, Sheet } from './sheet';
import { findHeader } from './table/headerRow';
import type { FoundHeader } from './table/headerRow';
import { NO_ROWS, readTable } from './table/readTable';
import { summarizeTable } from './table/summary';
import { readSheetXml } from './xlsx/sheetXml';
import { readWorkbook } from './xlsx/workbook';

/** A sheet, the number of its tab, from 1 (0 for a hidden sheet), and its headers where they were found. */
type Candidate = { sheet: Sheet; tab: number; found: FoundHeader | undefined };
const MAX_BYTES = 50 * 1024 * 1024;

/**
 * Reads a file of payouts, XLSX or CSV, as a person sees it: one item per row, in order. Throws a
 * `FileError` that names everything in it that a person cannot have seen or meant.
 */
export async function readPayoutFile(bytes: Buffer, settings: ReadSettings, giveTurn: GiveTurn) {
	if (bytes.length > MAX_BYTES) {
		throw new FileError(['The file has more than 50 MB. Split it into several files.']);
	}
	const archive = openWorkbook(bytes, giveTurn);
	const candidates: Candidate[] = [];
	if (archive) {
		const workbook = await readWorkbook(archive);
		for (const { name, path, tab } of workbook.sheets) {
			const sheet = await readSheetXml(archive.read(path), name, workbook);
			candidates.push({ sheet, tab, found: findHeader(sheet.rows, settings) });
		}
	} else {
		const text = await decodeText(bytes, settings.encoding, giveTurn);
		candidates.push({ ...(await readCsv(text, settings, giveTurn)), tab: 1 });
	}
	const { sheet, found } = chooseSheet(candidates, settings);
	const table = await readTable(sheet, found?.header, settings, giveTurn);
	const others = candidates.filter((each) => each.sheet !== sheet && each.sheet.rows.length > 0);
	return { rows: table.rows, summary: summarizeTable(table, found?.header, sheet, others) };
}

/** Chooses the sheet with payouts. Throws a `FileError` where that is not exactly one that can be seen. */
function chooseSheet(candidates: readonly Candidate[], settings: ReadSettings): Candidate {
	const wanted = settings.sheet.trim().toLowerCase();
	const fit = ({ sheet: { rows }, found }: Candidate) => {
		if (rows.length === 0 || (!found && settings.headerRow !== 'none')) return 0;
		return 1 + (found?.hasPayouts ? 2 : 0) + (rows.at(-1) === found?.header ? 0 : 1);
	};
	const best = Math.max(1, ...candidates.map(fit));
	const fitting = candidates.filter((each) => fit(each) === best);
	const visible = fitting.filter(({ tab }) => tab > 0);
	const named =
		candidates.find(({ sheet }) => sheet.name.trim().toLowerCase() === wanted) ??
		candidates.find(({ tab }) => tab > 0 && String(tab) === wanted);
	const [chosen, another] = wanted === '' ? visible : [named];
	if (chosen && !another && fitting.includes(chosen)) return chosen;

	const nameAll = (list: readonly Candidate[]) =>
		list.map(({ sheet }) => `'${showValue(sheet.name)}'`).join(', ');
	let problem =
		settings.headerRow === 'auto'
			? 'No row has the headers of payouts. Write one header above each column, such as reference, amount, iban, recipient_first_name and recipient_last_name.'
			: `Row ${settings.headerRow}, which should have the headers, is empty.`;
	if (wanted !== '' && !named) {
		problem = `There is no sheet '${showValue(settings.sheet)}'. The workbook has ${nameAll(candidates)}.`;
	} else if (candidates.every(({ sheet }) => sheet.rows.length === 0)) {
		problem = NO_ROWS;
	} else if (another) {
		problem = `Several sheets have payouts: ${nameAll(visible)}. Keep the one that is to be paid, and move the others to another file.`;
	} else if (wanted === '' && fitting.length > 0) {
		problem = `Only hidden sheets have payouts: ${nameAll(fitting)}. Show the one that is to be paid (in Excel: right-click on a tab → Unhide), and check it; if the payouts are in another sheet, rename its headers.`;
	}
	throw new FileError([problem]);
}
