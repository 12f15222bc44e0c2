import type { PreparedRequest, RequestKind } from '../../../api/request';
import { identifyAccount, viewPayout } from '../../../payout/reviewPayout';
import type { RowProblem } from '../../../payout/validationError';
import type { RowLabel } from '../../messages/failureTexts';
import { listRowNumbers } from '../../messages/rowGroups';
import { describeSimilarRows } from '../../messages/summary';

export interface FoundProblem extends RowProblem {
	index: number;
}

/** A row that is compared with others; one that failed its checks has no body. */
interface ComparedRow {
	label: Pick<RowLabel, 'index' | 'number'>;
	request: Pick<PreparedRequest, 'reference' | 'sessionId' | 'order'> &
		Partial<Pick<PreparedRequest, 'body'>>;
}

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
		const groups = await groupRows(rows, giveTurn, ({ request }) => request[field] ?? '');
		return groups.flatMap((group) => {
			const numbers = listRowNumbers(numbersOf(group));
			return group.map(({ label: { index }, request }) => ({
				index,
				field,
				message: `${noun} '${request[field]}' appears in ${group.length} rows (${numbers}). ${advice}`,
				reason: `duplicate ${noun.toLowerCase()}`,
			}));
		});
	};
	return [
		...(kind === 'order' ? await find('reference', 'Reference', OWN_REFERENCE) : []),
		...(ONCE_IN_A_SESSION.includes(kind) ? await find('sessionId', 'Session', REMOVE) : []),
	];
}

/** Finds good rows that pay one amount to one account under several references, in groups. */
export async function findSimilarRows(rows: readonly ComparedRow[], giveTurn: () => Promise<void>) {
	const keyOf = ({ request: { body, order } }: ComparedRow) => {
		const account = body && order?.currency ? identifyAccount(body) : '';
		return account && `${account} ${order?.amount} ${order?.currency}`;
	};
	const referenceOf = ({ request }: ComparedRow) => request.reference;
	return byRow(await groupRows(rows, giveTurn, keyOf), referenceOf, 2);
}

/** Two people can share an account; for more, a column or an expression is perhaps the wrong one. */
const MIN_NAMES = 3;

/** Finds good rows that pay one account under three or more names, each with its whole group. */
export async function findSharedAccounts(
	rows: readonly ComparedRow[],
	giveTurn: () => Promise<void>,
) {
	const keyOf = ({ request: { body } }: ComparedRow) => (body ? identifyAccount(body) : '');
	const nameOf = ({ request: { body = {} } }: ComparedRow) => {
		const letters = viewPayout(body).recipient.normalize('NFKD').toLowerCase();
		const words = letters.replace(/\p{M}/gu, '').split(/[^\p{L}]+/u);
		return words.sort().join(' ');
	};
	return byRow(await groupRows(rows, giveTurn, keyOf), nameOf, MIN_NAMES);
}

/** The numbers of each row's group, by the row's index, where the group has enough different values. */
function byRow(
	groups: ReadonlyArray<readonly ComparedRow[]>,
	valueOf: (row: ComparedRow) => string,
	minValues: number,
): Map<number, readonly number[]> {
	const found = groups.filter((group) => new Set(group.map(valueOf)).size >= minValues);
	const entries = found.flatMap((group) => {
		const numbers = numbersOf(group);
		return group.map(({ label }) => [label.index, numbers] as const);
	});
	return new Map(entries);
}

function numbersOf(group: readonly ComparedRow[]): number[] {
	return group.map(({ label }) => label.number);
}

/** What is wrong with a row that must not be sent because others are like it. */
export function refuseSimilarRow(group: readonly number[]): RowProblem {
	const message = `${describeSimilarRows(group)} Remove the rows that are there twice, or set the option 'Similar Rows' to 'Warn' if all of them are meant.`;
	return { field: 'amount', message, reason: 'similar row' };
}

/** The rows that have a key in common with others; rows with an empty one have none. */
async function groupRows(
	rows: readonly ComparedRow[],
	giveTurn: () => Promise<void>,
	keyOf: (row: ComparedRow) => string,
): Promise<ComparedRow[][]> {
	const groups = new Map<string, ComparedRow[]>();
	for (const row of rows) {
		await giveTurn();
		const key = keyOf(row);
		const group = groups.get(key);
		if (group) group.push(row);
		else if (key !== '') groups.set(key, [row]);
	}
	return [...groups.values()].filter((group) => group.length > 1);
}
