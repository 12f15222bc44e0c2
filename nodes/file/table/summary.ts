import { describeAccounts, listAccountFields } from '../../payout/destinations/accounts';
import {
	ANY_ACCOUNT,
	ANY_CARD,
	resolveDestination,
	ROW_DESTINATION,
} from '../../payout/destinations/requirements';
import { SENDER_FIELD_IDS } from '../../payout/fields/fields';
import type { ColumnId } from '../../payout/headers/matchColumns';
import { listSome, showValue } from '../../payout/text/shownValue';
import { nameDelimiter } from '../csv/csv';
import { valueOf } from '../sheet';
import type { Sheet, SheetRow } from '../sheet';
import { hasField, PLACES, SAME_FOR_ALL } from './columns';
import { MAX_NAMED } from './problems';
import type { Table } from './readTable';

const MAX_DESTINATIONS = 100;

/** Sums up what was read of a file, and its other sheets, for people and workflows; `is_fine` needs no look. */
export function summarizeTable(
	table: Table,
	header: SheetRow | undefined,
	{ name: sheet, delimiter }: Sheet,
	others: ReadonlyArray<{ sheet: Sheet; tab: number }>,
) {
	const { columns, rows, emptyRows, hiddenRows, warnings, decimalSeparator = '' } = table;
	const otherSheets = others.flatMap(({ sheet: { name }, tab }) => (tab > 0 ? [name] : []));
	const hiddenSheets = others.flatMap(({ sheet: { name }, tab }) => (tab > 0 ? [] : [name]));
	const proposed = columns.filter(({ proposedBy }) => proposedBy);
	const read = columns.filter(({ field, proposedBy }) => field && !proposedBy);
	const unused = columns.filter(({ field }) => field === undefined).map(({ key }) => key);
	const leftOut = table.leftOut.map(({ row: { row, values }, kind }) => {
		const texts = values.map((value) => String(valueOf(value)).trim());
		return { row, kind, text: showValue(texts.filter((text) => text !== '').join(' ')) };
	});
	const notes = leftOut.map(({ row, kind, text }) => `row ${row} (${kind}: ${text})`);
	const missing = header ? findMissing(table) : [];
	const oneValue = missing.filter((name) => SAME_FOR_ALL.includes(name));
	const needed = missing.filter((name) => !SAME_FOR_ALL.includes(name));
	const meant = proposed.map(({ field, header: name }) => `'${showValue(name)}' → ${field}`);
	const list = (what: string, names: readonly string[], maxCount = MAX_NAMED) =>
		names.length > 0 ? `${what}: ${listSome(names, maxCount)}` : '';
	const show = (name: string) => showValue(name);
	const what = delimiter && `CSV file, separated by ${nameDelimiter(delimiter)}`;
	const parts = [
		what ?? `Sheet '${showValue(sheet)}'`,
		header ? `headers in row ${header.row}` : 'no headers',
		`${rows.length} ${rows.length === 1 ? 'row' : 'rows'} read`,
		emptyRows > 0 ? `${emptyRows} empty skipped` : '',
		list('hidden rows', hiddenRows.map(String)),
		list('left out', notes),
		list('other sheets', otherSheets.map(show)),
		list('hidden sheets', hiddenSheets.map(show)),
		decimalSeparator === ',' ? 'amounts have a decimal comma' : '',
		list('columns not used', unused.map(show)),
		proposed.length > 0
			? `these headers seem to mean fields: ${meant.join(', ')}; rename them in the sheet, or have them confirmed in the workflow`
			: '',
		list('missing', needed, Infinity),
		list('missing, unless the workflow gives one value for all rows', oneValue),
		...warnings,
	];
	const toHeaders = (shown: typeof columns) =>
		Object.fromEntries(shown.map(({ field, header: name }) => [field, name]));
	const values = Object.entries(table.fixed).map(([field, value]) => [field, { value }]);
	return {
		summary: parts.filter((part) => part !== '').join(' · '),
		sheet,
		header_row: header?.row ?? null,
		rows: rows.length,
		empty_rows: emptyRows,
		hidden_rows: hiddenRows.length,
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
		warnings,
		is_fine: proposed.length === 0 && needed.length === 0 && warnings.length === 0,
	};
}

/** Lists what payouts to their destinations need and a sheet does not have; a choice of accounts in words. */
function findMissing({ columns, fixed, rows }: Table): string[] {
	const has = (id: ColumnId) => hasField({ columns, fixed }, id);
	const place = columns.find(({ field }) => field === 'destination')?.key;
	const destinations = new Set(rows.map((row) => row[place ?? ''] ?? fixed.destination ?? ''));
	const needed = new Set<ColumnId>(['reference', 'amount']);
	if (!PLACES.every(has)) needed.add('destination');
	const isCard = has('card_number') || has('card_number_hash');
	const accounts = new Set<string>();
	for (const destination of [...destinations].slice(0, MAX_DESTINATIONS)) {
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
