import { findColumn, ROW_COLUMNS, simplifyHeader } from './matchColumns';
import type { ColumnId } from './matchColumns';
import { countTypos } from './editDistance';
import { FIELD_IDS, PAYOUT_FIELDS } from '../fields/fields';
import { HEADER_SYNONYMS } from './synonyms';

/** How many headers are looked at, and offered. */
const MAX_HEADERS = 200;
const MAX_SUGGESTIONS = 3;

/** A longer header is a text, and one of more words no name. */
const MAX_LETTERS = 60;
const MAX_WORDS = 8;

/** A shorter name at the end of a word is chance; `betrag` in "Rechnungsbetrag" is not. */
const MIN_LETTERS_AT_END = 5;

/** The payer's columns are not the recipient's. */
const OF_SENDER = /sender|payer|auftraggeber|ordonnateur|ordenante|ordinante|zleceniodawca/i;

/** What a column can be called, simplified. */
interface Names {
	own: readonly string[];
	synonyms: readonly string[];
}

const NAMES = new Map([...ROW_COLUMNS, ...FIELD_IDS].map((id) => [id, listNames(id)]));

function listNames(id: ColumnId): Names {
	const label = id in PAYOUT_FIELDS ? PAYOUT_FIELDS[id as keyof typeof PAYOUT_FIELDS].label : id;
	const own = [id, label, id.replace(/^recipient_/, '')];
	const synonyms = (HEADER_SYNONYMS[id] ?? '').split('|');
	return {
		own: [...new Set(own.map(simplifyHeader))],
		synonyms: [...synonyms, ...synonyms.map(writeWithoutUmlauts)].map(simplifyHeader),
	};
}

/** As in `Empfaenger`. */
function writeWithoutUmlauts(word: string): string {
	return word
		.replace(/[äöü]/gi, '$&e')
		.normalize('NFD')
		.replace(/\u0308/g, '')
		.replace(/ß/g, 'ss');
}

/**
 * Finds the headers that the user may have meant for a column: misspelt, called as other sheets and
 * languages call it, or with more words. They are for the user to judge; nothing is read by them.
 *
 * @param headers the user's own
 * @param wanted how the user writes the column, where it is not the column's own name
 * @returns the headers that fit equally well, at most three
 */
export function suggestHeaders(
	column: ColumnId,
	headers: readonly string[],
	wanted: string = column,
): string[] {
	let best = Infinity;
	let found: string[] = [];
	for (const header of headers.slice(0, MAX_HEADERS)) {
		const rank = Math.floor(rankHeader(header, column, simplifyHeader(wanted)));
		if (rank < best) found = [];
		best = Math.min(best, rank);
		if (rank === best && rank < Infinity) found.push(header);
	}
	return found.slice(0, MAX_SUGGESTIONS);
}

/**
 * How far a header is from a column: whole numbers are what the user is told apart by. Infinity for
 * one that is not meant, or that is nearer to another column.
 */
function rankHeader(header: string, column: ColumnId, wanted: string): number {
	const simple = simplifyHeader(header);
	if (simple === '' || simple.length > MAX_LETTERS) return Infinity;
	if (wanted !== '' && simple === wanted) return 0;
	const known = findColumn(header);
	if (known !== undefined) return known === column ? 0 : Infinity;
	if (OF_SENDER.test(header)) return Infinity;
	const words = joinWords(header);
	const rankFor = (id: ColumnId) => rankByNames(simple, words, NAMES.get(id));
	const isAsWanted = wanted !== simplifyHeader(column) && isTypoOf(simple, wanted);
	const rank = isAsWanted ? 1 : rankFor(column);
	return [...NAMES.keys()].some((id) => rankFor(id) < rank) ? Infinity : rank;
}

function rankByNames(simple: string, words: ReadonlySet<string>, names?: Names): number {
	if (!names) return Infinity;
	const { own, synonyms } = names;
	if (own.includes(simple)) return 1;
	if (synonyms.includes(simple)) return 1.1;
	if (own.some((name) => isTypoOf(simple, name))) return 1.2;
	const isPart = (name: string) =>
		name.length >= 3 &&
		(words.has(name) || (name.length >= MIN_LETTERS_AT_END && simple.endsWith(name)));
	if (own.some(isPart)) return 2;
	return synonyms.some(isPart) ? 3 : Infinity;
}

/** Whether a word differs by so little that it is probably the same one. */
function isTypoOf(written: string, meant: string): boolean {
	const allowed = [4, 8, 14].filter((length) => meant.length >= length).length;
	if (allowed === 0 || Math.abs(written.length - meant.length) > allowed) return false;
	return countTypos(written, meant) <= allowed;
}

/** The words of a header, one by one and joined with those that follow. */
function joinWords(header: string): Set<string> {
	const words = header.split(/[^\p{L}\p{M}\p{N}]+/u).map(simplifyHeader);
	const used = words.filter((word) => word !== '').slice(0, MAX_WORDS);
	return new Set(
		used.flatMap((_, start) =>
			used.slice(start).map((_word, index) => used.slice(start, start + index + 1).join('')),
		),
	);
}
