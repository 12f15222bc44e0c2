import { isPrintableAscii, OVERLOADED_LETTER, trimCharacters } from './characters';
import { showValue } from './shownValue';

/**
 * What a value is used for: an `identifier` such as an account number, where every digit decides who
 * is paid; a `secret`, which is a card number that no message may show; a `reference`, where two
 * different ones must never become the same; an `amount`; a `name`; or any other `text`.
 */
export type TextKind = 'amount' | 'identifier' | 'name' | 'reference' | 'secret' | 'text';

/** Whether a value is read as words, as against characters of which each one counts. */
export function isProse(kind: TextKind): boolean {
	return kind === 'name' || kind === 'text';
}

const TYPE_AGAIN = 'Type the value again by hand.';

/** Such as #N/A, #REF! and #DIV/0!, or #NV in German. */
const FORMULA_RESULT = /^#(?:[¡¿]?\p{L}[\p{L}\d/]*[!?]|N\/?[ADV])$/iu;

/** As spreadsheets show a number or a date that is too wide for its column. */
const TOO_NARROW = /^#{3,}$/;

/** Half of a surrogate pair, and what takes the place of an object that is not text. */
const DAMAGED = /[\p{Surrogate}\ufffc]/u;

/** Marks that change nothing at the ends of a text that runs from left to right. */
const HARMLESS_ENDS = /[\s\u00ad\u200b-\u200e\u2060-\u2064\ufeff]/;
/** The marks of text that runs from right to left, which belong to it. */
const PROSE_ENDS = /[\s\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]/;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/;
const DIRECTION_CHANGES = /[\u202a-\u202e\u2066-\u206f]/;

/**
 * Finds the characters that make a reader see another order than the one that is sent: with U+202E,
 * 1005 is shown as 5001.
 *
 * @param written as it came, before cleaning
 * @returns what to correct; undefined when the text is what it looks like
 */
export function findDirectionChange(
	written: string,
	kind: TextKind,
	label: string,
): string | undefined {
	if (isPrintableAscii(written)) return undefined;
	const inner = trimCharacters(written, isProse(kind) ? PROSE_ENDS : HARMLESS_ENDS);
	const pattern = kind === 'text' ? DIRECTION_CHANGES : DIRECTION_MARKS;
	if (!pattern.test(inner)) return undefined;
	return `${label} contains a hidden character that changes the direction of reading, so it may not be what it looks like. ${TYPE_AGAIN}`;
}

/** What JavaScript and n8n write where a value is missing or is not text. */
const NO_VALUE = /^(?:undefined|invalid date(?:time)?|\[(?:object|array|undefined|null)\b.*\])$/is;
/** As JavaScript spells it. `Nan` is a city and a first name, Infinity a company. */
const NO_PROSE = /^(?:null|NaN)$/;
const NO_CODE = /^(?:null|nan|none|n\/a|true|false|[+-]?infinity)$/i;
/** A part of a reference that was put together from several values. */
const NO_PART = /undefined|Invalid Date|\[object \w+\]|(?<![\p{L}\d])(?:NaN|null)(?![\p{L}\d])/u;

function isPlaceholder(text: string, kind: TextKind): boolean {
	if (NO_VALUE.test(text)) return true;
	if (kind === 'reference' && NO_PART.test(text)) return true;
	if (kind === 'text' && /^null$/i.test(text)) return true;
	return (isProse(kind) ? NO_PROSE : NO_CODE).test(text);
}

/** Fillers and other characters without a shape; the Braille blank looks like a space. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
const FOREIGN_DIGITS = /(?![0-9])\p{Nd}/u;
/** Cyrillic, Greek and Armenian letters that look like Latin ones or like a 3. */
const LATIN_ALIKE = 'АВЕЅІЈКМНОРСТУХҮԌԚԜӀЗаеорсухѕіјһԁԛԝүӏзΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳοϲՕՍօ';
/** Latin letters that look like those. */
const ALIKE_LATIN = 'ABCEGHIJKMNOPQSTUWXYZacdehijlopqswxy';
const ALIKE_SCRIPT = '[\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}]';
const ALIKE_LETTER = new RegExp(`[${LATIN_ALIKE}]`, 'u');
const OTHER_LETTER = new RegExp(`(?![${LATIN_ALIKE}])${ALIKE_SCRIPT}`, 'u');
const ALIKE_LATIN_WORD = new RegExp(`(?<!\\p{L})[${ALIKE_LATIN}]+(?!\\p{L})`, 'u');
/** A word with letters of two alphabets. */
const MIXED_WORD = new RegExp(
	`\\p{Script=Latin}[\\p{M}\\d]*${ALIKE_SCRIPT}|${ALIKE_SCRIPT}[\\p{M}\\d]*\\p{Script=Latin}`,
	'u',
);

function findUnclear(text: string): string | undefined {
	if (UNSEEN.test(text)) return `contains a character that cannot be seen. ${TYPE_AGAIN}`;
	if (/[\p{Co}\p{Cn}]/u.test(text)) {
		return `contains a character that most computers cannot show. ${TYPE_AGAIN}`;
	}
	if (FOREIGN_DIGITS.test(text)) return 'has digits of another script. Write it with 0 to 9.';
	const hasOther = OTHER_LETTER.test(text);
	if (MIXED_WORD.test(text) || (hasOther && ALIKE_LATIN_WORD.test(text))) {
		return 'has letters of two alphabets that can look alike. Type it again with one keyboard.';
	}
	if (ALIKE_LETTER.test(text) && !hasOther) {
		return 'has letters of another alphabet that look like Latin ones. Type it again with a Latin keyboard.';
	}
	return undefined;
}

/**
 * Finds the reason why a text cannot be what the user means.
 *
 * @param text clean
 * @returns a complete sentence that says what to correct; undefined when nothing is suspicious
 */
export function findSuspicion(text: string, kind: TextKind, label: string): string | undefined {
	const shown = kind === 'secret' ? 'a text' : showValue(text);
	if (FORMULA_RESULT.test(text)) {
		return `${label} contains ${shown}, the result of a broken formula. Correct the formula in the spreadsheet.`;
	}
	if (TOO_NARROW.test(text)) {
		return `${label} is ${shown}, as a spreadsheet shows a number in a column that is too narrow. Make the column wider, and copy or export the value again.`;
	}
	if (text.includes('{{') && text.includes('}}')) {
		return `${label} contains an expression that was not evaluated. Switch the field from Fixed to Expression, or correct the column.`;
	}
	if (kind !== 'amount' && isPlaceholder(text, kind)) {
		return `${label} is '${shown}', which stands for a missing value. Map the right column, or fill in the value.`;
	}
	if (text.startsWith('=') && !isProse(kind)) {
		return `${label} begins with =, as a formula does. Enter the value itself, as text.`;
	}
	if (isPrintableAscii(text)) return undefined;
	if (DAMAGED.test(text) || OVERLOADED_LETTER.test(text)) {
		return `${label} contains a damaged character. Type the value again.`;
	}
	if (/\p{Cc}/u.test(text)) return `${label} contains a control character. ${TYPE_AGAIN}`;
	const unclear = isProse(kind) ? undefined : findUnclear(text);
	return unclear === undefined ? undefined : `${label} ${unclear}`;
}
