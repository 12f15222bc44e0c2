import { describeAccounts, listAccountFields } from '../../payout/destinations/accounts';
import {
	ANY_ACCOUNT,
	ANY_CARD,
	resolveDestination,
	ROW_DESTINATION,
} from '../../payout/destinations/requirements';
import { SENDER_FIELD_IDS } from '../../payout/fields/fields';
import type { ColumnId } from '../../payout/headers/matchColumns';
import { showValue } from '../../payout/text/shownValue';
import { valueOf } from '../sheet';
import type { Sheet, SheetRow } from '../sheet';
import { listSome } from './problems';
import type { Table } from './readTable';

/** What is usually the same in all rows, so that one value will do. */
const SAME_FOR_ALL = ['destination', 'currency', 'description'];
const MAX_DESTINATIONS = 100;
/** What a destination says, too. */
const PLACES: readonly ColumnId[] = ['recipient_country_iso3', 'recipient_currency'];

/** Where a table was found; other sheets are those with something in them. */
interface Origin {
	otherSheets: string[];
	hiddenSheets: string[];
	/** Empty for a workbook. */
	delimiter: string;
}

/** Sums up what was read of a file, for people (`summary`) and for workflows; `is_fine` needs no look. */
export function summarizeTable(
	{ columns, fixed, rows, ...table }: Table,
	header: SheetRow | undefined,
	sheet: Sheet,
	{ otherSheets, hiddenSheets, delimiter }: Origin,
) {
	const showAll = (names: readonly string[]) => listSome(names.map((name) => showValue(name)));
	const proposed = columns.filter(({ field, proposedBy }) => field && proposedBy);
	const read = columns.filter(({ field, proposedBy }) => field && !proposedBy);
	const unused = columns.filter(({ field }) => field === undefined).map(({ key }) => key);
	const leftOut = table.leftOut.map(({ row: { row, values }, kind }) => {
		const texts = values.map((value) => String(valueOf(value)).trim());
		return { row, kind, text: showValue(texts.filter((text) => text !== '').join(' ')) };
	});
	const place = columns.find(({ field }) => field === 'destination')?.key;
	const destinations = new Set(rows.map((row) => row[place ?? ''] ?? fixed.destination ?? ''));
	const has = (id: ColumnId) => id in fixed || columns.some(({ field }) => field === id);
	const missing = header ? findMissing(has, [...destinations]) : [];
	const oneValue = missing.filter((name) => SAME_FOR_ALL.includes(name));
	const isMissing = missing.length > oneValue.length;
	const decimalSeparator = table.decimalSeparator ?? '';
	const parts: Array<[boolean, string]> = [
		[delimiter !== '', `CSV file, separated by ${delimiter}`],
		[delimiter === '', `Sheet '${showValue(sheet.name)}'`],
		[true, header ? `headers in row ${header.row}` : 'no headers'],
		[true, `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} read`],
		[table.emptyRows > 0, `${table.emptyRows} empty skipped`],
		[table.hiddenRows.length > 0, `hidden rows: ${listSome(table.hiddenRows)}`],
		[
			leftOut.length > 0,
			`left out: ${listSome(leftOut.map(({ row, kind, text }) => `row ${row} (${kind}: ${text})`))}`,
		],
		[otherSheets.length > 0, `other sheets: ${showAll(otherSheets)}`],
		[hiddenSheets.length > 0, `hidden sheets: ${showAll(hiddenSheets)}`],
		[decimalSeparator === ',', 'amounts have a decimal comma'],
		[unused.length > 0, `columns not used: ${showAll(unused)}`],
		[
			proposed.length > 0,
			`these headers seem to mean fields: ${proposed.map(({ field, header: name }) => `'${showValue(name)}' → ${field}`).join(', ')}; rename them in the sheet, or have them confirmed in the workflow`,
		],
		[isMissing, `missing: ${missing.filter((name) => !oneValue.includes(name)).join(', ')}`],
		[
			oneValue.length > 0,
			`missing, unless the workflow gives one value for all rows: ${oneValue.join(', ')}`,
		],
		[table.warnings.length > 0, table.warnings.join(' · ')],
	];
	const toHeaders = (list: typeof columns) =>
		Object.fromEntries(list.map(({ field, header: name }) => [field, name]));
	const values = Object.entries(fixed).map(([field, value]) => [field, { value }]);
	return {
		summary: parts.flatMap(([isSaid, text]) => (isSaid ? [text] : [])).join(' · '),
		sheet: sheet.name,
		header_row: header?.row ?? null,
		rows: rows.length,
		empty_rows: table.emptyRows,
		hidden_rows: table.hiddenRows.length,
		left_out: leftOut,
		other_sheets: otherSheets,
		hidden_sheets: hiddenSheets,
		// As the parameter Columns has them.
		columns: { ...toHeaders(read), ...Object.fromEntries(values) },
		columns_proposed: toHeaders(proposed),
		columns_not_used: unused,
		columns_missing: missing,
		one_value_will_do: oneValue,
		decimal_separator: decimalSeparator,
		warnings: table.warnings,
		is_fine: proposed.length === 0 && !isMissing && table.warnings.length === 0,
	};
}

/** Lists what payouts to these destinations need and a sheet does not have; a choice of accounts in words. */
function findMissing(
	has: (id: ColumnId) => boolean,
	destinations: ReadonlyArray<string | number>,
): string[] {
	const isSplit = PLACES.every(has);
	const needed = new Set<ColumnId>(['reference', 'amount']);
	if (!isSplit) needed.add('destination');
	const isCard = has('card_number') || has('card_number_hash');
	const accounts = new Set<string>();
	for (const destination of destinations.slice(0, MAX_DESTINATIONS)) {
		const known = resolveDestination(ROW_DESTINATION, { destination });
		const isKnown = typeof known !== 'string';
		const requirements = isKnown ? known : isCard ? ANY_CARD : ANY_ACCOUNT;
		const given = isKnown ? Object.keys(known.fixed) : PLACES;
		for (const id of requirements.required) {
			if (!given.includes(id) && !SENDER_FIELD_IDS.includes(id)) needed.add(id);
		}
		const choice = listAccountFields(requirements);
		if (choice.length > 0 && !choice.some(has)) accounts.add(describeAccounts(requirements));
	}
	return [...[...needed].filter((id) => !has(id)), ...accounts];
}
