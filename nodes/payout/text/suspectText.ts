import { isPrintableAscii, OVERLOADED_LETTER } from './characters';
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

/** Whether a value is an account number or a code. */
export function isIdentifier(kind: TextKind): boolean {
	return kind === 'identifier' || kind === 'secret';
}

const TYPE_AGAIN = 'Type the value again by hand.';

/** With these, a reader sees another order than the one that is sent: U+202E shows 1005 as 5001. */
const DIRECTION_CHANGES = /[\u202a-\u202e\u2066-\u206f]/;
/** Also those that belong to words which run from right to left. */
const DIRECTION_MARKS = /[\u061c\u200f\u202a-\u202e\u2066-\u206f]/;

/** Such as #N/A, #REF! and #DIV/0!, or #NV in German. */
const FORMULA_RESULT = /^#(?:[¡¿]?\p{L}[\p{L}\d/]*[!?]|N\/?[ADV])$/iu;

/** As spreadsheets show a number or a date that is too wide for its column. */
const TOO_NARROW = /^#{3,}$/;

/** What JavaScript and n8n write where a value is missing or is not text. */
const NO_VALUE = /^(?:undefined|invalid date(?:time)?|\[(?:object|array|undefined|null)\b.*\])$/is;
const NO_CODE = /^(?:null|nan|none|n\/a|true|false|[+-]?infinity)$/i;
/** A part of a reference that was put together from several values. */
const NO_PART = /undefined|Invalid Date|\[object \w+\]|(?<![\p{L}\d])(?:NaN|null)(?![\p{L}\d])/u;

function isPlaceholder(text: string, kind: TextKind): boolean {
	if (NO_VALUE.test(text)) return true;
	// As JavaScript spells it: `Nan` is a city and a first name, and Null a family name.
	if (kind === 'name') return /^(?:null|NaN)$/.test(text);
	if (kind === 'text') return /^null$/i.test(text) || text === 'NaN';
	return NO_CODE.test(text) || (kind === 'reference' && NO_PART.test(text));
}

/** Half of a surrogate pair, and what takes the place of an object that is not text. */
const DAMAGED = /[\p{Surrogate}\ufffc]/u;

/**
 * The characters of references: ASCII, letters and accents of any script, and signs that look like no
 * other. Letters that copy Latin ones, punctuation and other digits are not among them.
 */
const OF_REFERENCE =
	/^(?:[\x20-\x7e\p{No}\p{Sc}\p{Extended_Pictographic}№°§]|(?![\p{DI}ǀ-ǃꞌ\p{scx=Zyyy}\p{sc=Lisu}\p{sc=Cher}])[\p{L}\p{M}])*$/u;
/** Cyrillic, Greek and Armenian letters that look like Latin ones or like a 3. */
const LATIN_ALIKE = 'АВЕЅІЈКМНОРСТУХҮԌԚԜӀЗаеорсухѕіјһԁԛԝүӏзΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳοϲՕՍօ';
/** Latin letters that look like those. */
const ALIKE_LATIN = 'ABCEGHIJKMNOPQSTUWXYZacdehijlopqswxy';
const ALIKE_SCRIPT = '[\\p{sc=Cyrillic}\\p{sc=Greek}\\p{sc=Armenian}]';
const OTHER_ALPHABET = new RegExp(ALIKE_SCRIPT, 'u');
const OTHER_LETTER = new RegExp(`(?![${LATIN_ALIKE}])${ALIKE_SCRIPT}`, 'u');
/** A word with letters of two alphabets, and one that could be of either. */
const UNCERTAIN_WORD = new RegExp(
	`\\p{sc=Latin}[\\p{M}\\d]*${ALIKE_SCRIPT}|${ALIKE_SCRIPT}[\\p{M}\\d]*\\p{sc=Latin}|(?<!\\p{L})[${ALIKE_LATIN}]+(?!\\p{L})`,
	'u',
);

/** What is wrong with a reference that could be taken for another one; completes a sentence. */
function findUncertainty(reference: string): string | undefined {
	if (!OF_REFERENCE.test(reference)) {
		return 'contains a character that cannot be told from others. Type it again, with letters, the digits 0 to 9 and plain signs.';
	}
	if (!OTHER_ALPHABET.test(reference)) return undefined;
	if (OTHER_LETTER.test(reference) && !UNCERTAIN_WORD.test(reference)) return undefined;
	return 'has letters that look like those of another alphabet. Type it again with one keyboard.';
}

/**
 * Finds the reason why a text cannot be what the user means.
 *
 * @param written as it came
 * @param text the same, clean
 * @returns a complete sentence that says what to correct; undefined when nothing is suspicious
 */
export function findSuspicion(
	written: string,
	text: string,
	kind: TextKind,
	label: string,
): string | undefined {
	if ((isProse(kind) ? DIRECTION_CHANGES : DIRECTION_MARKS).test(written)) {
		return `${label} contains a hidden character that changes the direction of reading, so it may not be what it looks like. ${TYPE_AGAIN}`;
	}
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
	// toMinorUnits says what an amount may be written with.
	if (isPrintableAscii(text) || kind === 'amount') return undefined;
	if (isIdentifier(kind)) {
		return `${label} contains a character that is not a plain letter (A to Z), digit or sign, although it may look like one. Type it again with an English keyboard.`;
	}
	if (DAMAGED.test(text) || OVERLOADED_LETTER.test(text)) {
		return `${label} contains a damaged character. ${TYPE_AGAIN}`;
	}
	if (/\p{Cc}/u.test(text)) return `${label} contains a control character. ${TYPE_AGAIN}`;
	const uncertainty = kind === 'reference' ? findUncertainty(text) : undefined;
	return uncertainty === undefined ? undefined : `${label} ${uncertainty}`;
}
