import type { ColumnId } from '../../payout/headers/matchColumns';
import { labelColumn } from '../../payout/destinations/neededColumns';
import type { NeededColumn } from '../../payout/destinations/neededColumns';
import type { NestedPlace, Separator } from '../../payout/headers/rowShape';
import { showValue } from '../../payout/text/shownValue';
import { suggestHeaders } from '../../payout/headers/suggestHeaders';

/** How many of the user's columns a message names, and how much of each header. */
const MAX_NAMED = 12;
const MAX_HEADER_LENGTH = 40;

const MAP_MANUALLY = "choose 'Map Each Column Manually' under 'Payout'";
const READER = "In the node that reads the file, such as 'Extract from File',";

export const NOTHING_TO_PAY =
	"There was nothing to pay: the input has no rows. Check the sheet, its name and the range that is read. If an empty sheet is normal, switch off 'Always Output Data' in the settings of the node before this one.";

export const UNREAD_FILE =
	"The input is a file that has not been read. Put the node 'Extract from File' before this one: it makes rows of the file.";

export const NO_HEADER_ROW =
	"The file was read without its headers. In the node 'Extract from File', switch on the option 'Header Row', or remove it.";

/** A field whose expression takes a column that is not there. */
export interface MissingReference {
	field: ColumnId;
	/** The column, as the expression writes it. */
	name: string;
}

/**
 * Says which columns no row has, and what the user can do.
 *
 * @param missing at least one
 * @param headers the headers of all rows
 */
export function describeMissingColumns(
	missing: readonly NeededColumn[],
	headers: readonly string[],
): string {
	const names = missing.filter(({ choice }) => !choice).map(({ anyOf: [id] }) => `'${id}'`);
	const choice = missing.find((needed) => needed.choice)?.choice;
	const account = `the recipient's account (${choice})`;
	const sentences = [
		...(names.length > 1 ? [`There are no columns ${joinNames(names, 'and')}.`] : []),
		...(names.length === 1 ? [`There is no column ${names[0]}.`] : []),
		...(choice === undefined ? [] : [`There is no column for ${account}.`]),
		listHeaders(headers),
	];
	const found = suggest(
		missing.map(({ anyOf }) => anyOf.map((field) => ({ field, name: field }))),
		headers,
	);
	const isOne = missing.length === 1;
	if (found.length === 0) {
		const add = isOne ? 'Add the column and fill it in' : 'Add the columns and fill them in';
		return [...sentences, `${add}, or ${MAP_MANUALLY}.`].join(' ');
	}
	const meant = found.map(({ field, meant }, index) =>
		isOne ? `${meant} is meant` : `${meant} ${index === 0 ? 'is meant ' : ''}for '${field}'`,
	);
	const it = found.length === 1 ? 'it' : 'them';
	const rename = isOne ? `rename it to '${found[0]?.field}'` : `rename ${it}`;
	const rest = found.length < missing.length ? ' and add the others' : '';
	const advice = `Perhaps ${joinNames(meant, 'and')}: ${rename}${rest}, or ${MAP_MANUALLY}.`;
	return [...sentences, advice].join(' ');
}

/**
 * Says which fields take a column that no row has, and what the user can do.
 *
 * @param missing at least one; for each, the fields of which one will do
 * @param headers the headers of all rows
 */
export function describeMissingReferences(
	missing: ReadonlyArray<readonly MissingReference[]>,
	headers: readonly string[],
): string {
	const all = missing.flat().map(({ field, name }) => ({ label: labelColumn(field), name }));
	const [first, ...others] = all;
	const inWords = all.map(({ label, name }) => `'${label}' takes '${showHeader(name)}'`);
	const found = suggest(missing, headers).map(
		({ field, meant }, index) =>
			`${meant} ${index === 0 ? 'is meant ' : ''}for '${labelColumn(field)}'`,
	);
	return [
		others.length === 0
			? `The field '${first?.label}' takes the column '${showHeader(first?.name ?? '')}', but no row has it.`
			: `These fields take columns that no row has: ${joinNames(inWords, 'and')}.`,
		listHeaders(headers),
		found.length === 0
			? 'Drag the right column from the input into the field, or correct the headers of the rows.'
			: `Perhaps ${joinNames(found, 'and')}: drag ${found.length === 1 ? 'it from the input into the field' : 'them from the input into the fields'}.`,
	].join(' ');
}

const SEPARATOR_NAMES: Readonly<Record<Separator, readonly [plural: string, setting: string]>> = {
	';': ['semicolons', 'set it to ; (a semicolon)'],
	',': ['commas', 'set it to , (a comma)'],
	'|': ['vertical bars', 'set it to | (a vertical bar)'],
	// n8n takes a typed \t for two characters (2.41).
	'\t': ['tabs', 'set it to the expression {{ "\\t" }}'],
};

/** Says that a file was not split into columns, and which setting of n8n does it. */
export function describeSeparator(separator: Separator, header: string): string {
	const [plural, setting] = SEPARATOR_NAMES[separator];
	return `The file is separated by ${plural}, but was not split there: '${showHeader(header)}' is one column. ${READER} add the option 'Delimiter' and ${setting}.`;
}

/** Says that the columns are inside an object of the row, and how to get at them. */
export function describeNestedColumns(
	{ path, isList, column = 'amount' }: NestedPlace,
	isAutomatic: boolean,
	hasOtherColumns: boolean,
): string {
	const place = path.map(showHeader).join('.');
	if (isList) {
		return `The payouts are a list inside '${place}'. Put the node 'Split Out' before this one, with ${place} as 'Fields To Split Out': it makes one row of each.`;
	}
	const inside = `The columns of the payout are inside '${place}'.`;
	const write = `write {{ $json${toPath([...path, column])} }} for its column '${showHeader(column)}'`;
	if (!isAutomatic) return `${inside} In the field that takes it, ${write}.`;
	const map = `${MAP_MANUALLY} and ${write}`;
	if (hasOtherColumns) return `${inside} ${map[0]?.toUpperCase()}${map.slice(1)}.`;
	return `${inside} Put the node 'Edit Fields' before this one, with 'JSON' as its mode and {{ $json${toPath(path)} }} as its JSON; or ${map}.`;
}

/** Names that lead to a value, as an expression of n8n writes them. */
function toPath(path: readonly string[]): string {
	return path
		.map(showHeader)
		.map((name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`))
		.join('');
}

function listHeaders(headers: readonly string[]): string {
	const named = headers.slice(0, MAX_NAMED).map((header) => showHeader(header) || '(no name)');
	const more = headers.length - named.length;
	const columns = `Your columns: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
	if (!headers.some((header) => /^__EMPTY(?:_\d+)?$/.test(header))) return columns;
	return `${columns} A column called '__EMPTY' has no header: if the headers are further down in the sheet, set the option 'Range' of the node that reads it to where they begin.`;
}

function showHeader(header: string): string {
	return showValue(header.slice(0, 1_000).replace(/\s+/g, ' ').trim(), MAX_HEADER_LENGTH);
}

/** Finds what may be meant for each field, or one of its alternatives; no header is offered twice. */
function suggest(missing: ReadonlyArray<readonly MissingReference[]>, headers: readonly string[]) {
	const found: Array<{ field: ColumnId; meant: string }> = [];
	const used = new Set<string>();
	for (const alternatives of missing) {
		for (const { field, name } of alternatives) {
			const free = headers.filter((header) => !used.has(header));
			const meant = suggestHeaders(field, free, name);
			if (meant.length === 0) continue;
			for (const header of meant) used.add(header);
			const shown = meant.map((header) => `'${showHeader(header)}'`);
			found.push({ field, meant: joinNames(shown, 'or') });
			break;
		}
	}
	return found;
}

function joinNames(names: readonly string[], word: 'and' | 'or'): string {
	const before = names.slice(0, -1).join(', ');
	return [before, names.at(-1) ?? ''].filter((part) => part !== '').join(` ${word} `);
}
