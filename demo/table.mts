const GAP = '  ';
const NARROWEST_LAST_COLUMN = 30;

/**
 * Lines up the cells of a table, with a line under its headings. The last column is broken between
 * words so that no line is longer than `width` characters.
 */
export function formatTable(headings: string[], rows: string[][], width: number): string {
	const all = [headings, ...rows];
	const last = headings.length - 1;
	const widths = headings.map((_, column) =>
		Math.max(...all.map((cells) => [...(cells[column] ?? '')].length)),
	);
	const before = widths.slice(0, last).reduce((sum, one) => sum + one + GAP.length, 0);
	const room = Math.max(width - before, NARROWEST_LAST_COLUMN);
	widths[last] = Math.min(widths[last] ?? 0, room);

	const line = (cells: string[]) =>
		cells
			.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
			.join(GAP)
			.trimEnd();
	const lines = (cells: string[]) =>
		breakLines(cells[last] ?? '', room).map((text, index) =>
			line([...cells.slice(0, last).map((cell) => (index === 0 ? cell : '')), text]),
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
