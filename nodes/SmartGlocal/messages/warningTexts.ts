import type { PayoutWarning } from '../../payout/reviewPayout';
import type { RowLabel } from './rowFailures';
import { listRowNumbers } from './rowGroups';

/** What the panel says about a reference that can be another one each time. */
export const VOLATILE_REFERENCE =
	"The expression in 'Reference' can give another value in each run (current time, random number, number of the run or the row). Running a row again would then pay it again. Use a value that belongs to the row, such as its invoice number.";

/** What the panel says about several rows. n8n does not tell it what 'On Error' is set to (n8n 2.41). */
export const SEVERAL_ROWS =
	"Several rows: while 'On Error' in this node's settings is 'Stop Workflow', one wrong or refused row stops the run. Choose 'Continue (using error output)' to pay the other rows anyway.";

/** A row that passed its checks, with what a person should look at. */
type CheckedRow = Pick<RowLabel, 'index' | 'order' | 'similarTo'>;

/** How many groups of similar rows a summary names. */
const MAX_GROUPS = 5;

/** Says for one row of a dry run what to look at; null where there is nothing. */
export function describeWarnings({ order, similarTo }: CheckedRow): string | null {
	const texts = (order?.warnings ?? []).map((warning) => `The ${nameWarning(warning)}.`);
	if (similarTo) texts.push(describeSimilarRows(similarTo));
	return texts.length > 0 ? texts.join(' ') : null;
}

/** Says that rows pay the same amount to the same account. */
export function describeSimilarRows(group: readonly number[]): string {
	return `Rows ${listRowNumbers(group)} pay the same amount to the same account under different references.`;
}

/** Sums up what to look at in a run, each kind of warning once, with the numbers of its rows. */
export function sumUpWarnings(rows: readonly CheckedRow[]): string[] {
	const kinds = new Map<string, number[]>();
	const groups = new Set<readonly number[]>();
	for (const { index, order, similarTo } of rows) {
		for (const warning of order?.warnings ?? []) {
			const name = nameWarning(warning);
			const indexes = kinds.get(name);
			if (indexes) indexes.push(index);
			else kinds.set(name, [index]);
		}
		if (similarTo) groups.add(similarTo);
	}
	const more = groups.size - MAX_GROUPS;
	return [
		...[...kinds].map(([name, indexes]) => `${name} (${nameRows(indexes)})`),
		...[...groups]
			.slice(0, MAX_GROUPS)
			.map((group) => `same account, amount and currency (${nameRows(group)})`),
		...(more > 0 ? [`${more} more groups of similar rows`] : []),
	];
}

function nameRows(indexes: readonly number[]): string {
	return `${indexes.length === 1 ? 'row' : 'rows'} ${listRowNumbers(indexes)}`;
}

/** Continues both a sentence that begins with "The" and a list of what to check. */
function nameWarning(warning: PayoutWarning): string {
	return warning.about === 'iban_country'
		? `IBAN begins with ${warning.letters}, but the payout goes to ${warning.country}`
		: `amount is in ${warning.currency}, but the destination's currency is ${warning.own}`;
}
