import { ACCOUNT_FIELDS } from '../../payout/destinations/accounts';
import { COLUMN_IDS, findColumn, simplifyHeader } from '../../payout/headers/matchColumns';
import type { ColumnId } from '../../payout/headers/matchColumns';
import { explainHeader } from '../../payout/headers/suggestHeaders';
import { cleanText } from '../../payout/text/characters';
import { listSome, showValue } from '../../payout/text/shownValue';
import { nameColumn, valueOf } from '../sheet';
import type { ReadSettings, SheetRow } from '../sheet';

export interface Column {
	/** From 0. */
	index: number;
	/** As the sheet writes it; empty where the column has none. */
	header: string;
	/** What the item calls it. */
	key: string;
	field?: ColumnId | undefined;
	/** Whether its header is a synonym of the field, or has a word that is one. */
	proposedBy?: 'synonym' | 'word';
}

export interface Columns {
	columns: Column[];
	fixed: Readonly<Partial<Record<ColumnId, string | number>>>;
	problems: string[];
}

/** The account of a row has one of these; the first name that fits is proposed. */
export const BANK_ACCOUNTS: readonly ColumnId[] = ACCOUNT_FIELDS;
export const ACCOUNTS: readonly ColumnId[] = [...BANK_ACCOUNTS, 'card_number', 'card_number_hash'];
export const NAME_PARTS: readonly ColumnId[] = ['recipient_first_name', 'recipient_last_name'];
/** What is usually the same in all rows, so that one value will do. */
export const SAME_FOR_ALL: readonly string[] = ['destination', 'currency', 'description'];
/** What a destination says, too. */
export const PLACES: readonly ColumnId[] = ['recipient_country_iso3', 'recipient_currency'];
export const ROW_KEY = 'row';
/** Those of payouts do not stand further to the right. */
export const MAX_HEADERS = 200;
const MAX_LISTED = 30;

/** Whether a field has a column, or a value for all rows. */
export function hasField({ columns, fixed }: Omit<Columns, 'problems'>, id: ColumnId): boolean {
	return fixed[id] !== undefined || columns.some(({ field }) => field === id);
}

/** Names a column as Excel does, and as the sheet: `B (amount)`. */
export function describeColumn({ index, key }: Column): string {
	return `${nameColumn(index)} (${showValue(key)})`;
}

/** Reads the headers of a sheet: those that are columns, and those that could be; `filled` have values. */
export function readColumns(
	header: SheetRow | undefined,
	filled: ReadonlySet<number>,
	confirmed: ReadSettings['columns'],
): Columns {
	const columns = listColumns(header, filled);
	const problems: string[] = [];
	const fixed: Partial<Record<ColumnId, string | number>> = {};
	for (const [name, meant] of Object.entries(confirmed)) {
		const field = COLUMN_IDS.find((id) => id === name);
		if (!field) {
			problems.push(`'Columns' names the field '${showValue(name)}', which no payout has.`);
		} else if (typeof meant === 'object') {
			fixed[field] = meant.value;
		} else {
			const found = columns.filter((column) => isCalled(column, meant));
			if (found.length === 0) {
				const headers = columns.map((column) => showValue(column.header) || '(no name)');
				problems.push(
					`'Columns' takes '${name}' from the column '${showValue(meant)}', which the sheet does not have. Its columns: ${listSome(headers, MAX_LISTED)}.`,
				);
			}
			for (const column of found) {
				if (column.field) problems.push(`'Columns' uses the column '${showValue(meant)}' twice.`);
				Object.assign(column, { field, key: name });
			}
		}
	}
	for (const column of columns) column.field ??= findColumn(column.header);
	for (const id of COLUMN_IDS) {
		const [first, second] = columns.filter(({ field }) => field === id);
		if (first && fixed[id] !== undefined) {
			problems.push(
				`'Columns' gives '${id}' for all rows, but column ${nameColumn(first.index)} ('${showValue(first.header)}') has it, too. Keep one of them.`,
			);
		} else if (first && second) {
			const [name, other] = [showValue(first.header), showValue(second.header)];
			const what = name === other ? `called '${name}'` : `read as '${id}'`;
			problems.push(
				`Two columns are ${what}: columns ${nameColumn(first.index)} and ${nameColumn(second.index)} ('${name}' and '${other}'). Remove the one that is wrong, or rename it.`,
			);
		}
	}
	if (header) proposeColumns(columns, fixed);
	return { columns, fixed, problems };
}

function listColumns(header: SheetRow | undefined, filled: ReadonlySet<number>): Column[] {
	const keys = new Set([ROW_KEY]);
	const width = Math.max(header?.values.length ?? 0, ...filled, -1) + 1;
	const columns = Array.from({ length: width }, (_, index): Column => {
		const written = cleanText(String(valueOf(header?.values[index])));
		const name = header ? `Column ${nameColumn(index)}` : nameColumn(index);
		const own = written === '' ? name : written;
		const key = keys.has(own) ? `${own} (${name})` : own;
		keys.add(key);
		return { index, header: written, key };
	});
	return columns.filter(({ index, header: written }) => written !== '' || filled.has(index));
}

function isCalled({ header, key, index }: Column, name: string): boolean {
	// Headers of many letters are simplified to nothing.
	const simplify = (text: string) => simplifyHeader(text) || cleanText(text).toLowerCase();
	const names = [header, key, `Column ${nameColumn(index)}`];
	return names.includes(name.trim()) || (header !== '' && simplify(header) === simplify(name));
}

/** Words beside a synonym that make it mean something else: "Employee ID", "Invoice date". */
const OTHER_THINGS =
	/(?<!\p{L})(?:id|code|date|datum|fecha|data|vom|company|contact|manager|project|proyecto|client|kunde|vat|tax|hours|bonus)(?!\p{L})|brut|gross/iu;
/** Where one of these stands beside the only known word for an amount, a person must say which is paid. */
const AMOUNTS =
	/brut|gross|(?<!\p{L})net|netto|(?<!\p{L})(?:vat|tva|mwst|ust|iva|tax|fee|hours|stunden|bonus|due|payable|payout|refund|solde|gesamt|pay)(?!\p{L})|payer|pagar|percibir|wypłaty|auszahl/iu;
/** How near the meaning of a header is to a field: its own name, a synonym, or a word of either. */
const PROPOSALS = ['synonym', 'synonym', 'word', 'word'] as const;

/** Marks the columns whose headers are synonyms, the nearest first, where only one column can be meant. */
function proposeColumns(columns: Column[], fixed: Columns['fixed']): void {
	const has = (id: ColumnId) => hasField({ columns, fixed }, id);
	let missing = COLUMN_IDS.filter((id) => !has(id));
	if (BANK_ACCOUNTS.some(has)) missing = missing.filter((id) => !BANK_ACCOUNTS.includes(id));
	let free = columns
		.filter(({ field, header }) => field === undefined && header !== '')
		.slice(0, MAX_HEADERS)
		.map((column) => ({ column, ...explainHeader(column.header) }));
	for (const [nearness, proposedBy] of PROPOSALS.entries()) {
		for (const field of missing) {
			const near = free.filter(({ distance }) => distance === nearness);
			const meant = near.filter((each) => each.columns.includes(field));
			const [only] = meant;
			if (!only) continue;
			missing = missing.filter((id) => id !== field);
			free = free.filter((each) => !meant.includes(each));
			const isOther = proposedBy === 'word' && OTHER_THINGS.test(only.header);
			const others = columns.filter(({ header }) => header !== only.header);
			const isUnclear = field === 'amount' && others.some(({ header }) => AMOUNTS.test(header));
			const isCertain = meant.length === 1 && !isOther && !isUnclear;
			if (isCertain) Object.assign(only.column, { field, proposedBy });
		}
	}
	const proposed = columns.filter((column) => column.proposedBy !== undefined);
	const whole = proposed.find(({ field }) => field === 'recipient_full_name');
	const [part, other] = NAME_PARTS.filter((id) => !missing.includes(id));
	// Beside "Cognome", "Nome" is the first name.
	if (whole && part) whole.field = NAME_PARTS.find((id) => id !== part);
	if (whole && other) withdraw(whole);
	const accounts = proposed.filter(({ field }) => field && BANK_ACCOUNTS.includes(field));
	// One of them can be the payer's own.
	if (accounts.length > 1) accounts.forEach(withdraw);
}

/** Takes a proposal back. */
export function withdraw(column: Column): void {
	delete column.field;
	delete column.proposedBy;
}
