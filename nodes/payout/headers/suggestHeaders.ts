import { COLUMN_IDS, findColumn, labelColumn, simplifyHeader } from './matchColumns';
import type { ColumnId } from './matchColumns';
import { HEADER_SYNONYMS } from './synonyms';

const MAX_HEADERS = 200;
const MAX_CHARACTERS = 100;
const MAX_SUGGESTIONS = 3;
/** A shorter word says too little, and a shorter ending is chance; `betrag` in "Rechnungsbetrag" is not. */
const MIN_LETTERS_OF_WORD = 3;
const MIN_LETTERS_OF_ENDING = 5;

/** The payer's columns are not the recipient's. */
export const OF_SENDER =
	/sender|payer|auftraggeber|ordonnateur|ordenante|ordinante|zleceniodawca|debit|debtor|débit|belastung|(?<!\p{L})(?:our|own|from|ledger|nominal)(?!\p{L})/iu;

/** The columns that a name, simplified, can mean: first by their own names, then by synonyms. */
const COLUMNS_BY_NAME = [listOwnNames, listSynonyms].map((listNames) => {
	const columns = new Map<string, ColumnId[]>();
	for (const id of COLUMN_IDS) {
		for (const name of new Set(listNames(id).map(simplifyHeader))) {
			columns.set(name, [...(columns.get(name) ?? []), id]);
		}
	}
	return columns;
});

/** Also without "recipient", unless that leaves the name of another column. */
function listOwnNames(id: ColumnId): string[] {
	const short = id.replace(/^recipient_/, '');
	return [id, labelColumn(id), ...(findColumn(short) === undefined ? [short] : [])];
}

/** Also without umlauts, as in `Empfaenger`. */
function listSynonyms(id: ColumnId): string[] {
	const words = HEADER_SYNONYMS.get(id) ?? [];
	return [...words, ...words.map((word) => word.replace(/[äöü]/gi, '$&e').replace(/ß/g, 'ss'))];
}

/** A column that is missing, or one of several of which one will do. */
export type MissingColumn = Readonly<{ field: ColumnId }>;

/** Finds the nearest headers for columns that are missing (one of each list will do), none twice. */
export function suggestHeaders(
	missing: ReadonlyArray<readonly MissingColumn[]>,
	headers: readonly string[],
) {
	let free = headers.slice(0, MAX_HEADERS).map(explainHeader);
	return missing.flatMap((alternatives) => {
		for (const { field } of alternatives) {
			const meant = free.filter(({ columns }) => columns.includes(field));
			const least = Math.min(...meant.map(({ distance }) => distance));
			const nearest = meant.filter(({ distance }) => distance === least);
			if (nearest.length === 0) continue;
			free = free.filter((each) => !nearest.includes(each));
			return [{ field, headers: nearest.slice(0, MAX_SUGGESTIONS).map(({ header }) => header) }];
		}
		return [];
	});
}

const meanings = new Map<string, ReturnType<typeof explain>>();
const MAX_MEANINGS = 1_000;

/** The columns that a header can mean; nearest is a whole name (0: own, 1: synonym), then a part (2, 3). */
export function explainHeader(header: string): ReturnType<typeof explain> {
	if (header.length > MAX_CHARACTERS) return { header, columns: [], distance: -1 };
	const meaning = meanings.get(header) ?? explain(header);
	if (meanings.size < MAX_MEANINGS) meanings.set(header, meaning);
	return meaning;
}

function explain(header: string) {
	const whole = simplifyHeader(header);
	const found = [[whole], OF_SENDER.test(header) ? [] : listParts(header, whole)].flatMap(
		(written) => COLUMNS_BY_NAME.map((byName) => written.flatMap((name) => byName.get(name) ?? [])),
	);
	const distance = found.findIndex((columns) => columns.length > 0);
	return { header, columns: found[distance] ?? [], distance };
}

/** The words of a header, one by one and joined with those that follow, and its longer endings. */
function listParts(header: string, whole: string): string[] {
	const words = header.split(/[^\p{L}\p{M}\p{N}]+/u).map(simplifyHeader);
	const joined = words.flatMap((_, start) =>
		words.slice(start).map((_word, index) => words.slice(start, start + index + 1).join('')),
	);
	const endings = Array.from(whole, (_, start) => whole.slice(start));
	return [
		...joined.filter(({ length }) => length >= MIN_LETTERS_OF_WORD),
		...endings.filter(({ length }) => length >= MIN_LETTERS_OF_ENDING),
	];
}
