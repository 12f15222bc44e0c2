import { isCurrency } from '../../payout/formats/isoCodes';
import { simplifyHeader } from '../../payout/headers/matchColumns';
import { explainHeader } from '../../payout/headers/suggestHeaders';
import type { Cell, ReadSettings, SheetRow } from '../sheet';
import { ACCOUNTS, hasField, MAX_HEADERS, readColumns } from './columns';

/** Above the headers, there can be a letterhead. */
export const MAX_ROWS_TO_LOOK_AT = 60;
/** How much a header says: a column's own name, a synonym, or a word that has one in it. */
const SCORES = [3, 2, 1, 1];
const NO_HEADER = -3;
/** Two synonyms, or a column's name and a word. */
const MIN_SCORE = 4;
export type FoundHeader = NonNullable<ReturnType<typeof findHeader>>;

/**
 * Finds the row with the headers: the one that is set, or the one that names most columns. A sheet of
 * suppliers or of terms has not both, amounts and somebody to pay.
 */
export function findHeader(rows: readonly SheetRow[], { headerRow, columns }: ReadSettings) {
	if (headerRow !== 'auto') {
		const header = rows.find(({ row }) => row === headerRow);
		return header && { header, score: header.values.length, hasPayouts: true };
	}
	const named = Object.values(columns).filter((meant) => typeof meant === 'string');
	const ownNames = new Set(named.map(simplifyHeader));
	let best: { header: SheetRow; score: number } | undefined;
	for (const header of rows.slice(0, MAX_ROWS_TO_LOOK_AT)) {
		const names = new Set(header.values.slice(0, MAX_HEADERS));
		const scores = [...names].map((value = '') => scoreHeader(value, ownNames));
		const score = scores.reduce((sum, points) => sum + points, 0);
		if (score >= MIN_SCORE && score > (best?.score ?? 0)) best = { header, score };
	}
	if (!best) return undefined;
	const read = readColumns(best.header, new Set(), columns);
	const isAnyPaid = ([...ACCOUNTS, 'reference'] as const).some((id) => hasField(read, id));
	return { ...best, hasPayouts: isAnyPaid && hasField(read, 'amount') };
}

function scoreHeader(value: Cell, ownNames: ReadonlySet<string>): number {
	const isValue =
		typeof value !== 'string' || /\d\D*\d\D*\d\D*\d\D*\d/.test(value) || isCurrency(value);
	if (isValue) return NO_HEADER;
	const distance = ownNames.has(simplifyHeader(value)) ? 0 : explainHeader(value).distance;
	return SCORES[distance] ?? 0;
}
