const MAX_NAMED_ROWS = 10;

/** How many groups a list has; n8n shows them as one paragraph. */
const MAX_GROUPS = 12;

/** A value in a sentence: quoted, but not an apostrophe inside a word, or a number. */
const VALUE =
	/(?<![\p{L}\p{N}])'[^']*'(?!\p{L})|(?<![\p{L}\p{N}])\d+(?:[.,]\d+)*(?![\p{L}\p{N}])/gu;

export interface RowSentence {
	/** As people count rows. */
	number: number;
	/** Its reference; can be empty. */
	name: string;
	message: string;
}

/** As in "1 row" and "5 rows". */
export function countRows(count: number): string {
	return count === 1 ? '1 row' : `${count} rows`;
}

/** Lists the numbers of rows: "4, 9, 17", or at most ten "and 40 more". */
export function listRowNumbers(numbers: readonly number[]): string {
	const named = numbers.slice(0, MAX_NAMED_ROWS);
	const rest = numbers.length - named.length;
	return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Lists what is wrong with rows, sentences that differ only in values as one, the biggest first. */
export async function groupByReason(
	sentences: readonly RowSentence[],
	giveTurn: () => Promise<void>,
): Promise<string[]> {
	const groups = new Map<string, [RowSentence, ...RowSentence[]]>();
	for (const sentence of sentences) {
		await giveTurn();
		const reason = sentence.message.replace(VALUE, '…');
		const group = groups.get(reason);
		if (group) group.push(sentence);
		else groups.set(reason, [sentence]);
	}
	const sorted = [...groups.values()].sort((a, b) => b.length - a.length);
	const rest = sorted.slice(MAX_GROUPS).flat().length;
	const texts = sorted.slice(0, MAX_GROUPS).map((group) => {
		const [{ number, name, message }] = group;
		const row = `${number}${name === '' ? '' : ` ('${name}')`}`;
		if (group.length === 1) return `Row ${row}: ${message}`;
		const numbers = listRowNumbers(group.map((sentence) => sentence.number));
		const isShared = group.every((sentence) => sentence.message === message);
		return `${countRows(group.length)} (${numbers})${isShared ? '' : `, as in row ${row}`}: ${message}`;
	});
	return rest > 0 ? [...texts, `${rest} more; the details list every one of them.`] : texts;
}
