import type { Item } from './ledgerRow.mts';

/**
 * The rows that this run pays, where several runs share a table. Rows with one reference always belong
 * to the same part, so that no two runs pay them at once.
 *
 * @param rows items with what the node `checked` of each row
 * @param part from 1 to `parts`
 * @throws Error when that is no part
 */
export function takePart(rows: readonly Item[], part: unknown, parts: unknown): Item[] {
	const [own, all] = [Number(part), Number(parts)];
	if (!Number.isInteger(own) || !Number.isInteger(all) || own < 1 || own > all) {
		throw new Error(
			`This run should pay part ${String(part)} of ${String(parts)}, which is no part. ` +
				'Nothing was sent. In the node Which Part?, part must be a whole number from 1 to parts.',
		);
	}
	return rows.filter(({ json }) => {
		const { reference } = (json.checked ?? {}) as Record<string, unknown>;
		return sumOf(String(reference ?? '')) % all === own - 1;
	});
}

/** A number that follows from the text, and is spread evenly. */
function sumOf(text: string): number {
	let sum = 0;
	for (let index = 0; index < text.length; index++) {
		sum = (sum * 31 + text.charCodeAt(index)) % 1_000_003;
	}
	return sum;
}
