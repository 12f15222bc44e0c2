import type { PreparedRequest, RequestKind } from '../../../api/request';
import type { RowProblem } from '../../../payout/validationError';
import { toIdempotencyKey } from '../../../payout/idempotencyKey';
import { listRowNumbers } from '../../messages/rowNumbers';

/** What is wrong with one row of a batch because of the others, or of a limit. */
export interface FoundProblem extends RowProblem {
	/** The number of the row's item, from 0. */
	index: number;
}

/** What a request is known by: its reference, and the session that it is about. */
type Identity = Pick<PreparedRequest, 'reference' | 'sessionId'>;

/** The kinds of requests of which a session takes one: it is started, confirmed or cancelled once. */
const ONCE_IN_A_SESSION: readonly RequestKind[] = ['order', 'confirmation', 'cancellation'];

/**
 * Finds rows that must not be sent together: payouts with one reference, and requests that change one
 * session. Every one of them is refused.
 *
 * @param rows all rows of the batch, also bad ones: one that is corrected and sent later must not have
 *   the reference of another
 */
export function findDuplicates(kind: RequestKind, rows: readonly Identity[]): FoundProblem[] {
	const sharedReferences =
		kind === 'order'
			? findShared(rows, ({ reference }) => reference && toIdempotencyKey(reference))
			: [];
	const sharedSessions = ONCE_IN_A_SESSION.includes(kind)
		? findShared(rows, ({ sessionId }) => sessionId)
		: [];
	return [
		...sharedReferences.map(({ index, row, where }) => ({
			index,
			field: 'reference',
			message: `Reference '${row.reference}' ${where}. Give each payout its own reference, or remove the duplicate rows.`,
			reason: 'duplicate reference',
		})),
		...sharedSessions.map(({ index, row, where }) => ({
			index,
			field: 'sessionId',
			message: `Session '${row.sessionId}' ${where}. Remove the duplicate rows.`,
			reason: 'duplicate session',
		})),
	];
}

/** The rows that have a key in common with others, and where that is, as in "appears in 2 rows (1, 3)". */
function findShared(
	rows: readonly Identity[],
	keyOf: (row: Identity) => string | undefined,
): Array<{ index: number; row: Identity; where: string }> {
	const groups = new Map<string, Array<{ index: number; row: Identity }>>();
	for (const [index, row] of rows.entries()) {
		const key = keyOf(row);
		if (!key) continue;
		const group = groups.get(key);
		if (group) group.push({ index, row });
		else groups.set(key, [{ index, row }]);
	}
	return [...groups.values()].flatMap((group) => {
		if (group.length < 2) return [];
		const where = `appears in ${group.length} rows (${listRowNumbers(group.map(({ index }) => index))})`;
		return group.map((each) => ({ ...each, where }));
	});
}
