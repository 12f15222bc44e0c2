import { maskCardNumber } from './card';
import { MIN_LENGTH } from './cardNumbers';
import { blankEscapes, explainGap, findEscapeEnd } from './digitGroups';
import { readDigits, toDigit } from './digits';
import { MIN_KNOWN_LENGTH } from './knownNumbers';

/** What separates the groups of one number in a long text is shorter, whatever is invisible in it. */
const MAX_GAP = 50;
/** In these last characters of a number are its last four digits. */
const MAX_TAIL = 4 * (MAX_GAP + 2);
const BACKSLASH = 0x5c;
const PERCENT = 0x25;

/**
 * Hides the long numbers of a text of any length, for which looking for check digits would take too
 * long: every 13 digits or more that belong together, and those that hold a known number.
 *
 * @param isAnyHidden otherwise only those with a known number are hidden
 */
export function hideLongNumbers(
	text: string,
	known: RegExp | undefined,
	isAnyHidden: boolean,
): string {
	const parts: string[] = [];
	let shownTo = 0;
	for (const { start, end, count } of findRuns(text, known ? MIN_KNOWN_LENGTH : MIN_LENGTH)) {
		const isHidden = (isAnyHidden && count >= MIN_LENGTH) || holdsKnown(text, start, end, known);
		if (!isHidden) continue;
		parts.push(text.slice(shownTo, start), maskCardNumber(readLastDigits(text, start, end)));
		shownTo = end;
	}
	return parts.length === 0 ? text : [...parts, text.slice(shownTo)].join('');
}

function holdsKnown(text: string, start: number, end: number, known: RegExp | undefined): boolean {
	if (!known) return false;
	const part = text.slice(start, end);
	const plain = part.replace(/[ -]/g, '');
	const digits = /^\d+$/.test(plain) ? plain : readDigits(blankEscapes(part)).value;
	return digits.search(known) >= 0;
}

/** The digits that end a part of a text, whatever its length. */
function readLastDigits(text: string, start: number, end: number): string {
	return readDigits(blankEscapes(text.slice(Math.max(start, end - MAX_TAIL), end))).value;
}

/** Groups of digits that belong together, as in `4242 4242`: where they are in a text. */
interface Run {
	readonly start: number;
	readonly end: number;
	/** How many digits they have. */
	readonly count: number;
}

/** Finds all runs of so many digits, without keeping more than one of a text of any length. */
function* findRuns(text: string, minCount: number): Generator<Run> {
	const areJoined = createGapCheck(text);
	let start = 0;
	let end = 0;
	let count = 0;
	for (let at = 0, next = 0; at < text.length; at = next) {
		const code = text.codePointAt(at) as number;
		next = at + (code > 0xffff ? 2 : 1);
		if ((code === BACKSLASH || code === PERCENT) && at - end < MAX_GAP) {
			next = findEscapeEnd(text, at) ?? next;
		}
		if (toDigit(code) < 0) continue;
		if (count > 0 && at > end && !areJoined(end, at)) {
			if (count >= minCount) yield { start, end, count };
			count = 0;
		}
		if (count === 0) start = at;
		end = next;
		count++;
	}
	if (count >= minCount) yield { start, end, count };
}

/** Makes a check of what is between two digits; most of it occurs again and again. */
function createGapCheck(text: string): (start: number, end: number) => boolean {
	const known = new Map<string, boolean>();
	return (start, end) => {
		if (end - start > MAX_GAP) return false;
		const gap = text.slice(start, end);
		const isJoined = known.get(gap) ?? explainGap(blankEscapes(gap)) !== 'other';
		known.set(gap, isJoined);
		return isJoined;
	};
}
