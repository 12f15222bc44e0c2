import type { PreparedRequest } from '../../../api/request';
import { describeSimilarRows } from '../../messages/warningTexts';
import type { RowProblem } from '../../../payout/validationError';
import { identifyAccount } from '../../../payout/reviewPayout';

/** What similar rows are compared by. */
type ComparedRow = Pick<PreparedRequest, 'reference' | 'order'> &
	Partial<Pick<PreparedRequest, 'body'>>;

/**
 * Finds rows that pay the same amount in the same currency to the same account, under more than one
 * reference: often one invoice that was entered twice.
 *
 * @param rows all rows of the batch; those that failed their checks are not compared
 * @param giveTurn called once a row
 * @returns the indexes of its whole group, for each row that has one
 */
export async function findSimilarRows(
	rows: readonly ComparedRow[],
	giveTurn: () => Promise<void>,
): Promise<Map<number, readonly number[]>> {
	const groups = new Map<string, number[]>();
	for (const [index, { body, order }] of rows.entries()) {
		await giveTurn();
		const account = body && order?.currency ? identifyAccount(body) : '';
		if (account === '') continue;
		const key = `${account} ${order?.amount} ${order?.currency}`;
		const known = groups.get(key);
		if (known) known.push(index);
		else groups.set(key, [index]);
	}
	const similar = new Map<number, readonly number[]>();
	for (const group of groups.values()) {
		const references = new Set(group.map((index) => rows[index]?.reference));
		if (references.size < 2) continue;
		for (const index of group) similar.set(index, group);
	}
	return similar;
}

/** What is wrong with a row that must not be sent because others are like it. */
export function refuseSimilarRow(group: readonly number[]): RowProblem {
	const message = `${describeSimilarRows(group)} Remove the rows that are there twice, or set the option 'Similar Rows' to 'Warn' if all of them are meant.`;
	return { field: 'amount', message, reason: 'similar row' };
}
