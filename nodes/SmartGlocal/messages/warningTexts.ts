import type { PayoutWarning } from '../../payout/reviewPayout';
import { listRowNumbers, nameRows } from './rowNumbers';

/** What a person should look at in one row. */
export interface RowWarnings {
	/** The number of its item, from 0. */
	index: number;
	warnings: readonly PayoutWarning[];
	/** The indexes of the rows that are like it, its own among them. */
	similarTo?: readonly number[] | undefined;
}

/** Says for one row of a dry run what to look at; null where there is nothing. */
export function describeWarnings({ index, warnings, similarTo }: RowWarnings): string | null {
	const texts = warnings.map(describeWarning);
	if (similarTo)
		texts.push(`Same account, amount and currency as in ${nameRows(similarTo, index)}.`);
	return texts.length > 0 ? texts.join(' ') : null;
}

/** Says that rows pay the same amount to the same account. */
export function describeSimilarRows(group: readonly number[]): string {
	return `Rows ${listRowNumbers(group)} pay the same amount to the same account under different references.`;
}

/** Sums up what to look at in a run, each kind of warning once, with the numbers of its rows. */
export function sumUpWarnings(rows: readonly RowWarnings[]): string[] {
	const kinds = new Map<string, number[]>();
	const add = (text: string, index: number) => {
		const known = kinds.get(text);
		if (known) known.push(index);
		else kinds.set(text, [index]);
	};
	const groups = new Set<readonly number[]>();
	for (const { index, warnings, similarTo } of rows) {
		for (const warning of warnings) add(nameWarning(warning), index);
		if (similarTo) groups.add(similarTo);
	}
	return [
		...[...kinds].map(([text, indexes]) => `${text} (${nameRows(indexes)})`),
		...[...groups]
			.slice(0, MAX_GROUPS)
			.map((group) => `same account, amount and currency (${nameRows(group)})`),
		...(groups.size > MAX_GROUPS
			? [`${groups.size - MAX_GROUPS} more groups of similar rows`]
			: []),
	];
}

/** How many groups of similar rows a summary names. */
const MAX_GROUPS = 5;

function describeWarning(warning: PayoutWarning): string {
	switch (warning.about) {
		case 'iban_country':
			return `The IBAN begins with ${warning.letters}, but the payout goes to ${warning.country}.`;
		case 'currency':
			return `The amount is in ${warning.currency}, but the destination's currency is ${warning.own}.`;
	}
}

function nameWarning(warning: PayoutWarning): string {
	switch (warning.about) {
		case 'iban_country':
			return `IBAN of ${warning.letters} for a payout to ${warning.country}`;
		case 'currency':
			return `amount in ${warning.currency} for a destination in ${warning.own}`;
	}
}
