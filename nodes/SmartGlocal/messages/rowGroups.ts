import { listRowNumbers } from './rowNumbers';

/** One thing that is wrong with one row. */
export interface RowSentence {
	/** The number of its item, from 0. */
	index: number;
	/** What else tells the row, as in its reference; can be empty. */
	name: string;
	/** Complete sentences. */
	message: string;
}

/** How many groups a list has; n8n shows them as one paragraph. */
const MAX_GROUPS = 12;

/** A value in a sentence: quoted, but not an apostrophe inside a word, or a number. */
const VALUE =
	/(?<![\p{L}\p{N}])'[^']*'(?!\p{L})|(?<![\p{L}\p{N}])\d+(?:[.,]\d+)*(?![\p{L}\p{N}])/gu;
/** What a value can be left out after: a noun, as in "the IBAN '…' is mistyped". */
const CAN_STAND_ALONE =
	/(?<!\b(?:is|are|be|to|as|in|of|with|has|have|and|or|not|than|from|set)) $/i;
/** The end of the first sentence. */
const FIRST_END = /[.!?](?=\s+[\p{Lu}'"])|[.!?]$/u;

/** Rows with one reason. */
interface Group {
	first: RowSentence;
	indexes: number[];
	/** The values in the first sentence; undefined for those in which another one differs. */
	values: Array<string | undefined>;
}

/**
 * Lists what is wrong with rows, grouped by reason: "3 rows: The amount can be read in more than one
 * way: 4, 9, 17. Write it with …". Rows with the same sentence but for the values in it are a group.
 *
 * @param giveTurn called once a sentence
 * @returns one text for each group, the biggest first, then how many more there are
 */
export async function groupByReason(
	sentences: readonly RowSentence[],
	giveTurn: () => Promise<void>,
): Promise<string[]> {
	const groups = new Map<string, Group>();
	for (const first of sentences) {
		await giveTurn();
		const values = first.message.match(VALUE) ?? [];
		const key = first.message.replace(VALUE, '…');
		const known = groups.get(key);
		if (!known) groups.set(key, { first, indexes: [first.index], values: [...values] });
		else {
			known.indexes.push(first.index);
			for (const [place, value] of values.entries()) {
				if (known.values[place] !== value) known.values[place] = undefined;
			}
		}
	}
	const sorted = [...groups.values()].sort((a, b) => b.indexes.length - a.indexes.length);
	const rest = sorted.slice(MAX_GROUPS).reduce((count, { indexes }) => count + indexes.length, 0);
	return [
		...sorted.slice(0, MAX_GROUPS).map(describeGroup),
		...(rest > 0 ? [`${rest} more; the details list every one of them.`] : []),
	];
}

function describeGroup({ first, indexes, values }: Group): string {
	const { index, name, message } = first;
	if (indexes.length === 1)
		return `Row ${index + 1}${name === '' ? '' : ` ('${name}')`}: ${message}`;
	const shared = keepShared(message, values);
	const end = FIRST_END.exec(shared)?.index ?? shared.length;
	const numbers = listRowNumbers(indexes);
	const reason = shared.slice(0, end);
	// A sentence about rows that clash names them all.
	const named = reason.endsWith(`(${numbers})`) ? reason : `${reason}: ${numbers}`;
	return `${indexes.length} rows: ${named}.${shared.slice(end + 1)}`;
}

/** Leaves the values in which others differ out of a sentence. */
function keepShared(message: string, values: ReadonlyArray<string | undefined>): string {
	const written = message.match(VALUE) ?? [];
	return message
		.split(VALUE)
		.map((text, place) => {
			const value = written[place];
			if (value === undefined || values[place] !== undefined) return text + (value ?? '');
			return value.startsWith("'") && CAN_STAND_ALONE.test(text) ? text.trimEnd() : `${text}…`;
		})
		.join('');
}
