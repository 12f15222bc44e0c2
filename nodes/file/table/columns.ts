import { COLUMN_IDS, findColumn, simplifyHeader } from '../../payout/headers/matchColumns';
import type { ColumnId } from '../../payout/headers/matchColumns';
import { explainHeader, suggestHeaders } from '../../payout/headers/suggestHeaders';
import { cleanText } from '../../payout/text/characters';
import { showValue } from '../../payout/text/shownValue';
import { nameColumn, valueOf } from '../sheet';
import { MAX_HEADERS } from './headerRow';
import type { SheetRow } from '../sheet';

/** What the user says about columns: the header that holds a field, or its value for all rows. */
export type ConfirmedColumns = Readonly<Record<string, string | { value: string | number }>>;

export interface Column {
	/** From 0. */
	index: number;
	/** As the sheet writes it; empty where the column has none. */
	header: string;
	/** What the item calls it. */
	key: string;
	/** What it is read as, for certain or as a proposal. */
	field?: ColumnId;
	/** Whether its header is a synonym of the field, or has a word that is one. */
	proposedBy?: 'synonym' | 'word';
}

export interface Columns {
	columns: Column[];
	/** The values that the user gives for all rows, by field. */
	fixed: Readonly<Partial<Record<ColumnId, string | number>>>;
	problems: string[];
}

/** What names an account or a card. */
export const ACCOUNTS: readonly ColumnId[] = [
	'iban',
	'bank_account_number',
	'account_number',
	'card_number',
	'card_number_hash',
];

/** The row's number, which this operation adds itself. */
export const ROW_KEY = 'row';

/**
 * Reads the headers of a sheet: those that are columns, and those that could be.
 *
 * @param filled the columns that have something in their rows
 */
export function readColumns(
	header: SheetRow | undefined,
	filled: ReadonlySet<number>,
	confirmed: ConfirmedColumns,
): Columns {
	const keys = new Set([ROW_KEY]);
	const width = Math.max(header?.values.length ?? 0, ...filled, -1) + 1;
	const columns = Array.from({ length: width }, (_, index): Column => {
		const written = cleanText(String(valueOf(header?.values[index])));
		const name = header ? `Column ${nameColumn(index)}` : nameColumn(index);
		const isFree = written !== '' && !keys.has(written);
		const key = isFree ? written : written === '' ? name : `${written} (${name})`;
		keys.add(key);
		return { index, header: written, key };
	}).filter(({ index, header: written }) => written !== '' || filled.has(index));
	const problems: string[] = [];
	const fixed: Partial<Record<ColumnId, string | number>> = {};
	for (const [name, meant] of Object.entries(confirmed)) {
		const field = COLUMN_IDS.find((id) => id === name);
		if (!field) {
			problems.push(`'Columns' names the field '${showValue(name)}', which no payout has.`);
		} else if (typeof meant === 'string') {
			const found = columns.filter(
				({ header: own, key, index }) =>
					[own, key, `Column ${nameColumn(index)}`].includes(meant.trim()) ||
					(own !== '' && toComparable(own) === toComparable(meant)),
			);
			if (found.length === 0) {
				problems.push(
					`'Columns' takes '${name}' from the column '${showValue(meant)}', which the sheet does not have. ${listHeaders(columns)}`,
				);
			}
			for (const column of found) {
				if (column.field) problems.push(`'Columns' uses the column '${showValue(meant)}' twice.`);
				Object.assign(column, { field, key: name });
			}
		} else {
			fixed[field] = meant.value;
		}
	}
	for (const column of columns) {
		const field = column.field ?? findColumn(column.header);
		if (field !== undefined) column.field = field;
	}
	for (const id of COLUMN_IDS) {
		const [first, second] = columns.filter(({ field }) => field === id);
		const isNamedAlike = first?.header === second?.header;
		if (first && fixed[id] !== undefined) {
			problems.push(
				`'Columns' gives '${id}' for all rows, but column ${nameColumn(first.index)} ('${showValue(first.header)}') has it, too. Keep one of them.`,
			);
		} else if (first && second) {
			const both = `columns ${nameColumn(first.index)} and ${nameColumn(second.index)}`;
			problems.push(
				isNamedAlike
					? `Two columns are called '${showValue(first.header)}': ${both}. Remove the one that is wrong, or rename it.`
					: `Two columns are read as '${id}': ${both} ('${showValue(first.header)}' and '${showValue(second.header)}'). Remove the one that is wrong, or rename it.`,
			);
		}
	}
	if (header) proposeColumns(columns, fixed);
	return { columns, fixed, problems };
}

/** Headers of many letters are simplified to nothing. */
function toComparable(header: string): string {
	return simplifyHeader(header) || cleanText(header).toLowerCase();
}

/** The account of a row has one of these; the first name that fits is proposed. */
const PROPOSED_ACCOUNTS: readonly ColumnId[] = ['iban', 'bank_account_number', 'account_number'];

const MAX_LISTED = 30;

function listHeaders(columns: readonly Column[]): string {
	const named = columns.slice(0, MAX_LISTED).map(({ header }) => showValue(header) || '(no name)');
	const more = columns.length - named.length;
	return `Its columns: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** Words beside a synonym that make it mean something else: "Employee ID", "Invoice date". */
const OTHER_THINGS =
	/(?<!\p{L})(?:id|code|date|datum|fecha|data|vom|company|contact|manager|project|proyecto|client|kunde|vat|tax|hours|bonus)(?!\p{L})|brut|gross/iu;
/** Where one of these stands beside the only known word for an amount, a person must say which is paid. */
const AMOUNTS =
	/brut|gross|(?<!\p{L})net|netto|(?<!\p{L})(?:vat|tva|mwst|ust|iva|tax|fee|hours|stunden|bonus|due|payable|payout|refund|solde|gesamt|pay)(?!\p{L})|payer|pagar|percibir|wypłaty|auszahl/iu;

/** Marks the columns whose headers are synonyms, where only one column can be meant. */
function proposeColumns(columns: readonly Column[], fixed: Columns['fixed']): void {
	const has = (id: ColumnId) =>
		fixed[id] !== undefined || columns.some(({ field }) => field === id);
	const hasAccount = PROPOSED_ACCOUNTS.some(has);
	const missing = COLUMN_IDS.filter(
		(id) => !has(id) && !(hasAccount && PROPOSED_ACCOUNTS.includes(id)),
	);
	const free = columns
		.filter(({ field, header }) => field === undefined && header !== '')
		.slice(0, MAX_HEADERS);
	const byDistance = missing
		.map((field) => ({ field, distance: nearest(field, free) }))
		.sort((a, b) => a.distance - b.distance);
	const suggestions = suggestHeaders(
		byDistance.map(({ field }) => [{ field, name: field }]),
		free.map(({ header }) => header),
	);
	const hasOne = (['recipient_first_name', 'recipient_last_name'] as const).filter(
		(id) => has(id) || suggestions.some(({ field }) => field === id),
	);
	for (const { field: suggested, headers } of suggestions) {
		// Beside "Cognome", "Nome" is the first name.
		const isWhole = suggested === 'recipient_full_name';
		if (isWhole && hasOne.length === 2) continue;
		const isPart = isWhole && hasOne.length === 1;
		const isLast = hasOne[0] === 'recipient_first_name';
		const partner = isLast ? 'recipient_last_name' : 'recipient_first_name';
		const field = isPart ? partner : suggested;
		const meant = free.filter(({ header }) => headers.includes(header));
		const [only] = meant;
		if (!only || meant.length > 1) continue;
		const isSynonym = explainHeader(only.header).distance < 2;
		const isOther = !isSynonym && OTHER_THINGS.test(only.header);
		const isUnclear =
			field === 'amount' && columns.some((each) => each !== only && AMOUNTS.test(each.header));
		if (isOther || isUnclear) continue;
		Object.assign(only, { field, proposedBy: isSynonym ? 'synonym' : 'word' });
	}
	const accounts = columns.filter(
		({ field, proposedBy }) => proposedBy && field && PROPOSED_ACCOUNTS.includes(field),
	);
	// One of them can be the payer's own.
	for (const column of accounts.length > 1 ? accounts : []) {
		delete column.field;
		delete column.proposedBy;
	}
}

function nearest(field: ColumnId, free: readonly Column[]): number {
	const distances = free
		.map(({ header }) => explainHeader(header))
		.filter((meaning) => meaning.columns.includes(field))
		.map(({ distance }) => distance);
	return Math.min(...distances);
}
