/** A cell's text, cleaned (empty when there is none), or a sentence that says why it is unusable. */
export type Cell = { text: string } | { problem: string };

/**
 * How a cell is read: `identifier` (an account number, where every digit decides who is paid),
 * `secret` (the same for a card number, which no message may show), `reference` (where two rows must
 * not become one), `amount`, or any other `text`.
 */
export type CellKind = 'amount' | 'identifier' | 'reference' | 'secret' | 'text';

const WIDE_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
const SPREADSHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|ERROR!|SPILL!|CALC!)$/i;
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e\+?\d+$/i;

/**
 * Cleans text of what copying and spreadsheets leave in it and nobody sees: outer spaces, line
 * breaks inside a cell, non-breaking and zero-width spaces; and brings composed letters into one
 * form (NFC), so that the same text always gives the same reference.
 */
export function cleanText(text: string): string {
	return text
		.normalize('NFC')
		.replace(INVISIBLE, '')
		.replace(WIDE_SPACES, ' ')
		.replace(/\s*[\r\n\t]+\s*/g, ' ')
		.trim();
}

/**
 * Reads a cell as it came from a spreadsheet, a form or an expression.
 *
 * Noise that cannot change who is paid is removed. What could have lost digits on the way is
 * refused, never repaired.
 *
 * @param label what messages call the field
 */
export function readCell(value: unknown, kind: CellKind, label: string): Cell {
	if (value === undefined || value === null) return { text: '' };
	if (typeof value === 'number') return readNumber(value, kind, label);
	if (typeof value !== 'string') {
		return {
			problem: `${label} is not text but ${describeType(value)}. Map a column that holds text.`,
		};
	}

	const text = cleanText(value);
	if (SPREADSHEET_ERROR.test(text)) {
		return { problem: `${label} holds the spreadsheet error ${text}. Repair the cell's formula.` };
	}
	if (kind !== 'amount' && kind !== 'text' && SCIENTIFIC.test(text)) {
		return { problem: lostDigits(label, kind, text) };
	}
	return { text: kind === 'reference' || kind === 'text' ? text : toPlainAscii(text) };
}

function readNumber(value: number, kind: CellKind, label: string): Cell {
	const text = String(value);
	const isIdentifier = kind === 'identifier' || kind === 'secret';
	const lost = isIdentifier || (kind !== 'amount' && !/^-?[\d.]+$/.test(text));
	if (lost || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
		return { problem: lostDigits(label, kind, text) };
	}
	return { text };
}

function lostDigits(label: string, kind: CellKind, text: string): string {
	const shown = kind === 'secret' ? '' : ` '${text}'`;
	return `${label}${shown} came as a number, which may have lost its leading zeros or last digits. Format the column as text in the sheet and enter the value again.`;
}

/** Full-width letters and digits (U+FF01 to U+FF5E) to ASCII, and quotes around the value off. */
function toPlainAscii(text: string): string {
	return text
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/^['"‘’“”]+|['"‘’“”]+$/g, '')
		.trim();
}

function describeType(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'true or false';
	if (value instanceof Date) return 'a date';
	return 'an object';
}
