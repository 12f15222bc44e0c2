const GAP = '  ';
const MIN_LAST_COLUMN = 30;

/**
 * Lays out a table as text, with a line under its headings. Wraps the last column so that no line
 * is longer than `width` characters.
 */
export function layOutTable(headings: string[], rows: string[][], width: number): string {
	const all = [headings, ...rows];
	const last = headings.length - 1;
	const widths = headings.map((_, column) =>
		Math.max(...all.map((texts) => [...(texts[column] ?? '')].length)),
	);
	const others = widths.slice(0, last).reduce((sum, one) => sum + one + GAP.length, 0);
	const room = Math.max(width - others, MIN_LAST_COLUMN);
	widths[last] = Math.min(widths[last] ?? 0, room);

	const line = (texts: string[]) =>
		texts
			.map((text, column) => text + ' '.repeat((widths[column] ?? 0) - [...text].length))
			.join(GAP)
			.trimEnd();
	const lines = (texts: string[]) =>
		breakLines(texts[last] ?? '', room).map((text, index) =>
			line([...texts.slice(0, last).map((before) => (index === 0 ? before : '')), text]),
		);
	const underline = line(widths.map((columnWidth) => '-'.repeat(columnWidth)));
	return [line(headings), underline, ...rows.flatMap(lines)].join('\n');
}

function breakLines(text: string, width: number): string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of text.split(' ')) {
		const longer = current === '' ? word : `${current} ${word}`;
		if (current !== '' && [...longer].length > width) {
			lines.push(current);
			current = word;
		} else current = longer;
	}
	return [...lines, current];
}
