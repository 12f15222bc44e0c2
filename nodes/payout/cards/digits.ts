/** The digits of a text, and where they are. */
export interface Digits {
	/** As ASCII, without anything between them. */
	readonly value: string;
	/** Where each digit starts in the text. */
	readonly starts: Uint32Array;
	/** Where each digit ends. */
	readonly ends: Uint32Array;
}

/** The code of the digit 0 in ASCII. */
const ZERO = 0x30;
const NO_DIGIT = -1;
const UNKNOWN = -2;
/** The digits of characters that were looked up before, by their codes: a text can have any of them. */
const knownDigits = new Int8Array(0x110000).fill(UNKNOWN);

/** Reads the digits of a text, of any script, in a circle, superscript or full-width. */
export function readDigits(text: string): Digits {
	// A cell can have a million characters: arrays that grow would take ten times as long.
	const codes = new Uint8Array(text.length);
	const starts = new Uint32Array(text.length);
	const ends = new Uint32Array(text.length);
	let count = 0;
	for (let start = 0, end = 0; start < text.length; start = end) {
		const code = text.codePointAt(start) as number;
		end = start + (code > 0xffff ? 2 : 1);
		const digit = toDigit(code);
		if (digit < 0) continue;
		codes[count] = ZERO + digit;
		starts[count] = start;
		ends[count++] = end;
	}
	const value = Buffer.from(codes.buffer, 0, count).toString('latin1');
	return { value, starts: starts.subarray(0, count), ends: ends.subarray(0, count) };
}

/** The digit that a character is, by its code point; below zero for any other character. */
export function toDigit(code: number): number {
	const known = knownDigits[code] as number;
	if (known !== UNKNOWN) return known;
	const digit = findDigit(String.fromCodePoint(code));
	knownDigits[code] = digit;
	return digit;
}

/** Other numbers, such as fractions and Roman numerals, are no digits. */
function findDigit(character: string): number {
	if (!/\p{N}/u.test(character)) return NO_DIGIT;
	const plain = character.normalize('NFKC');
	if (/^\d$/.test(plain)) return Number(plain);
	if (!isDigit(plain)) return NO_DIGIT;
	// Unicode lists the ten digits of each script in order.
	const code = plain.codePointAt(0) as number;
	let before = 0;
	while (isDigit(String.fromCodePoint(code - before - 1))) before++;
	return before % 10;
}

function isDigit(character: string): boolean {
	return /^\p{Nd}$/u.test(character);
}
