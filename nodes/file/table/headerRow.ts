import { isCurrency } from '../../payout/formats/isoCodes';
import { findColumn, simplifyHeader } from '../../payout/headers/matchColumns';
import { explainHeader } from '../../payout/headers/suggestHeaders';
import type { Cell, SheetRow } from '../sheet';

/** Above the headers, there can be a letterhead. */
export const MAX_ROWS_TO_LOOK_AT = 60;

/** Those of payouts do not stand further to the right. */
export const MAX_HEADERS = 200;

/** How much a header says: a column's own name, a synonym, or a word that has one in it. */
const SCORES = [3, 2, 1, 1];
const OWN_NAME = 3;
const NO_HEADER = -3;
/** Two synonyms, or a column's name and a word. */
const MIN_SCORE = 4;

export interface FoundHeader {
	header: SheetRow;
	/** How much it says, to compare it with other readings of the file. */
	score: number;
}

/**
 * Finds the row that names most columns; undefined where none does.
 *
 * @param ownNames headers that the user has named, simplified
 */
export function findHeaderRow(
	rows: readonly SheetRow[],
	ownNames: ReadonlySet<string>,
): FoundHeader | undefined {
	let best: FoundHeader | undefined;
	for (const header of rows.slice(0, MAX_ROWS_TO_LOOK_AT)) {
		const names = new Set(header.values.slice(0, MAX_HEADERS));
		const scores = [...names].map((value = '') => scoreHeader(value, ownNames));
		const score = scores.reduce((sum, points) => sum + points, 0);
		if (score >= MIN_SCORE && score > (best?.score ?? 0)) best = { header, score };
	}
	return best;
}

function scoreHeader(value: Cell, ownNames: ReadonlySet<string>): number {
	const isValue =
		typeof value !== 'string' || /\d\D*\d\D*\d\D*\d\D*\d/.test(value) || isCurrency(value);
	if (isValue) return NO_HEADER;
	if (findColumn(value) !== undefined || ownNames.has(simplifyHeader(value))) return OWN_NAME;
	return SCORES[explainHeader(value).distance] ?? 0;
}
