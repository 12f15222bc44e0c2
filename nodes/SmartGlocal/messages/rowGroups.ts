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

/**
 * Lists what is wrong with rows, grouped by reason: "3 rows: The amount can be read in more than one
 * way: 4, 9, 17. Write it with …". Rows with the same sentence but for the values in it are a group.
 *
 * @returns one text for each group, the biggest first, then how many more there are
 */
export function groupByReason(sentences: readonly RowSentence[]): string[] {
	const groups = new Map<string, RowSentence[]>();
	for (const sentence of sentences) {
		const key = sentence.message.replace(VALUE, '…');
		const known = groups.get(key);
		if (known) known.push(sentence);
		else groups.set(key, [sentence]);
	}
	const sorted = [...groups.values()].sort((a, b) => b.length - a.length);
	const rest = sorted.slice(MAX_GROUPS).flat().length;
	return [
		...sorted.slice(0, MAX_GROUPS).map(describeGroup),
		...(rest > 0 ? [`${rest} more; the details list every one of them.`] : []),
	];
}

function describeGroup(group: readonly RowSentence[]): string {
	const [first, ...others] = group;
	if (!first) return '';
	const { index, name, message } = first;
	if (others.length === 0)
		return `Row ${index + 1}${name === '' ? '' : ` ('${name}')`}: ${message}`;
	const shared = keepShared(group.map((row) => row.message));
	const end = FIRST_END.exec(shared)?.index ?? shared.length;
	const numbers = listRowNumbers(group.map((row) => row.index));
	const reason = shared.slice(0, end);
	// A sentence about rows that clash names them all.
	const named = reason.endsWith(`(${numbers})`) ? reason : `${reason}: ${numbers}`;
	return `${group.length} rows: ${named}.${shared.slice(end + 1)}`;
}

/** The sentence that messages have in common, without the values in which they differ. */
function keepShared(messages: readonly string[]): string {
	const [first = ''] = messages;
	const values = messages.map((message) => message.match(VALUE) ?? []);
	const texts = first.split(VALUE);
	return texts
		.map((text, place) => {
			const value = values[0]?.[place];
			if (value === undefined || values.every((each) => each[place] === value)) {
				return text + (value ?? '');
			}
			return value.startsWith("'") && CAN_STAND_ALONE.test(text) ? text.trimEnd() : `${text}…`;
		})
		.join('');
}
