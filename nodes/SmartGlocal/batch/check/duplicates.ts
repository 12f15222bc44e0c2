import type { PreparedRequest, RequestKind } from '../../../api/request';
import { identifyAccount, viewPayout } from '../../../payout/reviewPayout';
import type { RowProblem } from '../../../payout/validationError';
import { listRowNumbers } from '../../messages/rowGroups';
import { describeSimilarRows } from '../../messages/summary';

export interface FoundProblem extends RowProblem {
	index: number;
}

/** A row that is compared with others; one that failed its checks has no body. */
type ComparedRow = Pick<PreparedRequest, 'reference' | 'sessionId' | 'order'> &
	Partial<Pick<PreparedRequest, 'body'>>;

/** The kinds of requests of which a session takes one: it is started, confirmed or cancelled once. */
const ONCE_IN_A_SESSION: readonly RequestKind[] = ['order', 'confirmation', 'cancellation'];

const OWN_REFERENCE = 'Give each payout its own reference, or remove the duplicate rows.';
const REMOVE = 'Remove the duplicate rows.';

/** Finds rows with one reference, or that change one session. Bad rows count: they will be corrected. */
export async function findDuplicates(
	kind: RequestKind,
	rows: readonly ComparedRow[],
	giveTurn: () => Promise<void>,
): Promise<FoundProblem[]> {
	const find = async (field: 'reference' | 'sessionId', noun: string, advice: string) => {
		const groups = await groupRows(rows, giveTurn, (row) => row[field] ?? '');
		return groups.flatMap((group) =>
			group.map((index) => ({
				index,
				field,
				message: `${noun} '${rows[index]?.[field]}' appears in ${group.length} rows (${listRowNumbers(group)}). ${advice}`,
				reason: `duplicate ${noun.toLowerCase()}`,
			})),
		);
	};
	return [
		...(kind === 'order' ? await find('reference', 'Reference', OWN_REFERENCE) : []),
		...(ONCE_IN_A_SESSION.includes(kind) ? await find('sessionId', 'Session', REMOVE) : []),
	];
}

/** Finds good rows that pay one amount to one account under several references, in groups. */
export async function findSimilarRows(
	rows: readonly ComparedRow[],
	giveTurn: () => Promise<void>,
): Promise<Map<number, readonly number[]>> {
	const groups = await groupRows(rows, giveTurn, ({ body, order }) => {
		const account = body && order?.currency ? identifyAccount(body) : '';
		return account && `${account} ${order?.amount} ${order?.currency}`;
	});
	const similar = groups.filter(
		(group) => new Set(group.map((index) => rows[index]?.reference)).size > 1,
	);
	return byRow(similar);
}

/** Two people can share an account; for more, a column or an expression is perhaps the wrong one. */
const MIN_NAMES = 3;

/** Finds good rows that pay one account under three or more names, each with its whole group. */
export async function findSharedAccounts(
	rows: readonly ComparedRow[],
	giveTurn: () => Promise<void>,
): Promise<Map<number, readonly number[]>> {
	const groups = await groupRows(rows, giveTurn, ({ body }) => (body ? identifyAccount(body) : ''));
	const nameOf = (index: number) => {
		const { recipient } = viewPayout(rows[index]?.body ?? {});
		const letters = recipient.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
		return letters
			.split(/[^\p{L}]+/u)
			.sort()
			.join(' ');
	};
	const shared = groups.filter((group) => new Set(group.map(nameOf)).size >= MIN_NAMES);
	return byRow(shared);
}

function byRow(groups: readonly number[][]): Map<number, readonly number[]> {
	return new Map(groups.flatMap((group) => group.map((index) => [index, group] as const)));
}

/** What is wrong with a row that must not be sent because others are like it. */
export function refuseSimilarRow(group: readonly number[]): RowProblem {
	const message = `${describeSimilarRows(group)} Remove the rows that are there twice, or set the option 'Similar Rows' to 'Warn' if all of them are meant.`;
	return { field: 'amount', message, reason: 'similar row' };
}

/** The rows that have a key in common with others, by their indexes; rows with an empty one have none. */
async function groupRows(
	rows: readonly ComparedRow[],
	giveTurn: () => Promise<void>,
	keyOf: (row: ComparedRow) => string,
): Promise<number[][]> {
	const groups = new Map<string, number[]>();
	for (const [index, row] of rows.entries()) {
		await giveTurn();
		const key = keyOf(row);
		const group = groups.get(key);
		if (group) group.push(index);
		else if (key !== '') groups.set(key, [index]);
	}
	return [...groups.values()].filter((group) => group.length > 1);
}
