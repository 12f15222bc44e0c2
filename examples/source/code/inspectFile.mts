/** How a file is to be read, or why it cannot be. */
export interface FileKind {
	kind: 'csv' | 'spreadsheet' | 'refused';
	delimiter: string;
	/** The line with the headers, from 1. */
	fromLine: number;
	problem: string;
}

/**
 * Finds out what kind of file was uploaded, and what separates the columns of a CSV file.
 *
 * A text that is not UTF-8 is refused: nothing in it says which of Windows's code pages it has, and with
 * the wrong one people would be paid under names that are not theirs.
 */
export function inspectFile(file: Buffer): FileKind {
	const refuse = (problem: string): FileKind => ({
		kind: 'refused',
		delimiter: ',',
		fromLine: 1,
		problem,
	});
	if (file.length === 0) return refuse('The file is empty.');
	const start = file.subarray(0, 4).toString('hex');
	// A ZIP file (XLSX, ODS), or the older format of Excel.
	if (start === '504b0304' || start === 'd0cf11e0') {
		return { kind: 'spreadsheet', delimiter: ',', fromLine: 1, problem: '' };
	}
	if (start.startsWith('fffe') || start.startsWith('feff') || file.includes(0)) {
		return refuse(
			'The file is neither a spreadsheet nor a CSV file in UTF-8. In Excel, choose File → Save As and the type Excel Workbook (*.xlsx) or CSV UTF-8 (Comma delimited), and upload that file.',
		);
	}
	const text = file.toString('utf8');
	if (!Buffer.from(text, 'utf8').equals(file)) {
		return refuse(
			'The file has letters in an older Windows encoding, which could be read wrongly. In Excel, choose File → Save As and the type CSV UTF-8 (Comma delimited) or Excel Workbook (*.xlsx), and upload that file.',
		);
	}
	// Excel's own way to name the delimiter.
	const [, named] = /^\uFEFF?sep=([^\r\n])\r?\n/i.exec(text) ?? [];
	if (named !== undefined) return { kind: 'csv', delimiter: named, fromLine: 2, problem: '' };
	return { kind: 'csv', delimiter: findDelimiter(text), fromLine: 1, problem: '' };
}

/** The delimiter that makes the most columns of the headers; a comma where there is one column. */
function findDelimiter(text: string): string {
	const headers = /^\s*((?:"[^"]*"|[^"\r\n])*)/.exec(text.replace(/^\uFEFF/, ''))?.[1] ?? '';
	const outsideQuotes = headers.replace(/"[^"]*"/g, '');
	const candidates = [',', ';', '\t', '|'];
	const columns = (delimiter: string) => outsideQuotes.split(delimiter).length;
	return candidates.reduce((best, other) => (columns(other) > columns(best) ? other : best));
}
