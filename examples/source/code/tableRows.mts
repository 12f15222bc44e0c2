import type { Item } from './ledgerRow.mts';

/** The rows of a Data Table as payouts: without n8n's own columns, empty cells and empty rows. */
export function takeTableRows(items: readonly Item[]): Item[] {
	const own = ['id', 'createdAt', 'updatedAt'];
	return items.flatMap(({ json }) => {
		const filled = Object.entries(json).filter(
			([name, value]) => !own.includes(name) && value !== null && value !== '',
		);
		return filled.length > 0 ? [{ json: Object.fromEntries(filled) }] : [];
	});
}
