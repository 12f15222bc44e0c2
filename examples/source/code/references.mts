import type { Item } from './ledgerRow.mts';

/** As many as the node that `findInLedger` makes has conditions. */
const GROUP = 50;

/**
 * The references of these items, for the node that `findInLedger` makes: one item for each 50, and always
 * at least one. The last group is filled up with its first reference.
 */
export function toReferences(items: readonly Item[]): Item[] {
	const references = [...new Set(items.map(({ json }) => String(json.reference ?? '')))];
	const groups: Item[] = [];
	for (let start = 0; start === 0 || start < references.length; start += GROUP) {
		const group = references.slice(start, start + GROUP);
		const filled = Array.from({ length: GROUP }, (_, index) => group[index] ?? group[0] ?? '');
		groups.push({ json: { references: filled } });
	}
	return groups;
}
