import { maskCardNumber } from './card';
import { blankEscapes, explainGap } from './digitGroups';
import { readDigits } from './digits';
import { findIbanLength, hasIbanCheckDigits } from '../formats/ibanRules';

/** The lengths of the card numbers that are recognised without being known. */
export const MIN_LENGTH = 13;
const MAX_LENGTH = 19;
/** Without so many digits, a text holds no card number, and not even a known one. */
const MANY_DIGITS = /(?:\p{N}[^\p{L}\p{N}]*){13}/u;
const SOME_DIGITS = /(?:\p{N}\P{N}*){8}/u;
/** What spreadsheets make of a number of 12 to 19 digits, as in 4.24242424242424E+15. */
const SCIENTIFIC = /\d[.,]\d{6,18}e\+?1[1-8]/gi;
const TIMESTAMP =
	/^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-[0-3]\d[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d\d:?\d\d)?$/;
/** A date of eight digits; no card number is written with one as a group of its own. */
const DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d\d(?: ?[A-Z\d]){11,30}/giu;

/** A UUID, with dashes or without, an id of 24 characters as MongoDB has it, or a hash. */
const HEX_ID =
	/(?<![\p{L}\p{N}])(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{24,64})(?![\p{L}\p{N}])/giu;

/** A part of a text. */
type Range = readonly [start: number, end: number];

/**
 * Hides the card numbers in a text, except for their last four digits.
 *
 * @param known finds the digits to hide wherever they are, whatever is between them
 * @param isCardNumber decides on each candidate (see `listCandidates`)
 */
export function hideCardNumbers(
	text: string,
	known: RegExp | undefined,
	isCardNumber: (digits: string) => boolean,
): string {
	const shown = text.replace(SCIENTIFIC, '****');
	const searched = blankEscapes(shown);
	const ranges: Range[] = [];
	visitCandidates(searched, (digits, range) => {
		if (!isCardNumber(digits)) return false;
		addRange(ranges, range);
		return true;
	});
	if (known && SOME_DIGITS.test(searched)) addKnown(searched, known, ranges);
	return ranges.length === 0 ? shown : replaceRanges(shown, searched, ranges);
}

/**
 * Lists what could be a card number in a text: 13 to 19 digits whose check digit matches (Luhn), in
 * one group or in several that belong together. A part of a longer group is none, nor is an IBAN.
 */
export function listCandidates(text: string): string[] {
	const candidates: string[] = [];
	visitCandidates(blankEscapes(text), (digits) => {
		candidates.push(digits);
		return false;
	});
	return candidates;
}

function addKnown(text: string, known: RegExp, ranges: Range[]) {
	const { value, starts, ends } = readDigits(text);
	for (const { index, 1: number = '' } of value.matchAll(known)) {
		addRange(ranges, [starts[index] as number, ends[index + number.length - 1] as number]);
	}
}

/** Adds to ranges that mostly come in order: a cell of digits alone has a million that overlap. */
function addRange(ranges: Range[], range: Range) {
	const last = ranges.at(-1);
	if (last && range[0] >= last[0] && range[0] < last[1]) {
		ranges[ranges.length - 1] = [last[0], Math.max(last[1], range[1])];
	} else {
		ranges.push(range);
	}
}

/** Ranges that overlap become one. `searched` is as long as the text. */
function replaceRanges(text: string, searched: string, ranges: Range[]): string {
	const parts: string[] = [];
	let shownTo = 0;
	ranges.sort(([a], [b]) => a - b);
	for (let next = 0; next < ranges.length; ) {
		const [start, first] = ranges[next++] as Range;
		let end = first;
		for (let range = ranges[next]; range && range[0] < end; range = ranges[++next]) {
			end = Math.max(end, range[1]);
		}
		parts.push(
			text.slice(shownTo, start),
			maskCardNumber(readDigits(searched.slice(start, end)).value),
		);
		shownTo = end;
	}
	return [...parts, text.slice(shownTo)].join('');
}

/**
 * Visits all candidates from left to right.
 *
 * @param visit says whether it takes the candidate, so that none within it is visited any more
 */
function visitCandidates(text: string, visit: (digits: string, range: Range) => boolean) {
	if (!MANY_DIGITS.test(text) || TIMESTAMP.test(text)) return;
	const visible = text.replace(IBAN, blankIban).replace(HEX_ID, blankHexId);
	const { value, starts, ends } = readDigits(visible);
	const isValid = createLuhnCheck(value);
	let takenTo = 0;
	for (const bounds of splitIntoGroups(visible, starts, ends)) {
		for (let first = 0; first < bounds.length; first++) {
			const from = bounds[first] as number;
			for (let last = first + 1; last < bounds.length; last++) {
				const to = bounds[last] as number;
				const start = bounds[last - 1] as number;
				if (to - from > MAX_LENGTH) break;
				if (to - start === 8 && DATE.test(value.slice(start, to))) break;
				if (to - from < MIN_LENGTH || to <= takenTo || !isValid(from, to)) continue;
				const range: Range = [starts[from] as number, ends[to - 1] as number];
				if (visit(value.slice(from, to), range)) takenTo = to;
			}
		}
	}
}

/** An IBAN is no card number. A mistyped one is recognised when it has more digits than a card. */
function blankIban(typed: string): string {
	const length = findIbanLength(typed.slice(0, 2).toUpperCase()) ?? Infinity;
	let end = 0;
	for (let count = 0; count < length && end < typed.length; end++) if (typed[end] !== ' ') count++;
	const iban = typed.slice(0, end);
	const compact = iban.replaceAll(' ', '').toUpperCase();
	const isWhole = compact.length === length && !/^[A-Z\d]/i.test(typed.slice(end));
	if (!isWhole || (length <= MAX_LENGTH + 2 && !hasIbanCheckDigits(compact))) return typed;
	return 'x'.repeat(end) + typed.slice(end);
}

/** Nor is an id in hexadecimal, in which letters and digits come as they like. */
function blankHexId(id: string): string {
	return /(?:[a-f].*){2}/i.test(id) ? 'x'.repeat(id.length) : id;
}

/**
 * Finds the groups of digits that belong together, as in `4242 4242`.
 *
 * @returns for each run of groups, the first digit of each group and the one after the last
 */
function splitIntoGroups(text: string, starts: Uint32Array, ends: Uint32Array): number[][] {
	const runs: number[][] = [[0]];
	for (let at = 1; at < starts.length; at++) {
		if (starts[at] === ends[at - 1]) continue;
		const gap = explainGap(text.slice(ends[at - 1], starts[at]));
		if (gap === 'nothing') continue;
		runs.at(-1)?.push(at);
		if (gap === 'other') runs.push([at]);
	}
	runs.at(-1)?.push(starts.length);
	return runs;
}

/** Makes a check of the digits from one position up to another by Luhn, in constant time. */
function createLuhnCheck(digits: string): (from: number, to: number) => boolean {
	// Sums from the start, with the digits at even positions doubled, and with those at odd ones.
	const even = new Uint32Array(digits.length + 1);
	const odd = new Uint32Array(digits.length + 1);
	for (let at = 0; at < digits.length; at++) {
		const digit = Number(digits[at]);
		const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
		even[at + 1] = (even[at] as number) + (at % 2 === 0 ? doubled : digit);
		odd[at + 1] = (odd[at] as number) + (at % 2 === 1 ? doubled : digit);
	}
	return (from, to) => {
		// The last digit is not doubled, the one before is.
		const sum = to % 2 === 0 ? even : odd;
		const total = (sum[to] as number) - (sum[from] as number);
		return total > 0 && total % 10 === 0;
	};
}
