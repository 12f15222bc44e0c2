import type { Item } from './ledgerRow.mts';

// SQLite allows a condition to be 1,000 deep.
const MAX_CONDITIONS = 500;

/**
 * Conditions that find the ledger's rows with the references of these items, for the node that
 * `findInLedger` makes: one item for each 500 references, and always at least one.
 */
export function toConditions(items: readonly Item[]): Item[] {
	const references = [...new Set(items.map(({ json }) => String(json.reference ?? '')))];
	const groups: Item[] = [];
	for (let start = 0; start === 0 || start < references.length; start += MAX_CONDITIONS) {
		const conditions = references
			.slice(start, start + MAX_CONDITIONS)
			.map((keyValue) => ({ keyName: 'reference', condition: 'eq', keyValue }));
		groups.push({ json: { conditions } });
	}
	return groups;
}
