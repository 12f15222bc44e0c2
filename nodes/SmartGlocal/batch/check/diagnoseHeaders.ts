import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RequestKind } from '../../../api/request';
import { findColumn, labelColumn } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import type { JsonObject } from '../../../payout/json/jsonObject';
import { describeAccounts, listAccountFields } from '../../../payout/destinations/accounts';
import { findRequirements, ROW_DESTINATION } from '../../../payout/destinations/requirements';
import { SENDER_FIELD_IDS } from '../../../payout/fields/fields';
import { findNestedColumns, isUnsplit } from '../../../payout/headers/rowShape';
import type { NestedPlace } from '../../../payout/headers/rowShape';
import { explainHeader, suggestHeaders } from '../../../payout/headers/suggestHeaders';
import type { MissingColumn } from '../../../payout/headers/suggestHeaders';
import { isEmpty } from '../../../payout/text/characters';
import { showValue } from '../../../payout/text/shownValue';
import { readColumnName } from '../read/columnExpressions';
import type { RowReader } from '../read/readParameters';
import { createTurns } from '../send/eventLoop';

const WITH_PAYOUT: readonly RequestKind[] = ['order', 'creation'];

const MAX_HEADERS = 10_000;
/** How many of the user's columns a message names, and how much of each header. */
const MAX_NAMED = 12;
const MAX_HEADER_LENGTH = 40;

const MAP_MANUALLY = "'Map Each Column Manually' under 'Payout'";
// n8n takes a typed \t for two characters (2.41).
const SET_DELIMITER =
	"In the node that reads the file, such as 'Extract from File', add the option 'Delimiter' and set it to what stands between the columns, such as ; (for tabs, to the expression {{ \"\\t\" }}).";

const NOTHING_TO_PAY =
	"There was nothing to pay: the input has no rows. Check the sheet, its name and the range that is read. If an empty sheet is normal, switch off 'Always Output Data' in the settings of the node before this one.";

const UNREAD_FILE =
	"The input is a file that has not been read. Put the node 'Extract from File' before this one: it makes rows of the file.";

const NO_HEADER_ROW =
	"The file was read without its headers. In the node 'Extract from File', switch on the option 'Header Row', or remove it.";

/** What every row needs: one of some columns, which may be the choice of accounts in words. */
interface Need {
	anyOf: readonly MissingColumn[];
	choice?: string | undefined;
}

/** Says once, instead of for each row, which column that every payout needs no row has. */
export async function diagnoseHeaders(
	context: IExecuteFunctions,
	reader: RowReader,
	kind: RequestKind,
): Promise<string | undefined> {
	const mapping = WITH_PAYOUT.includes(kind) ? readMapping(reader) : undefined;
	if (!mapping || mapping.needs.length === 0) return undefined;
	const { isAutomatic } = mapping;
	const items = context.getInputData();
	const names = new Set<string>();
	const columns = new Set<ColumnId>();
	/** The first row with a value. */
	let sample: IDataObject | undefined;
	let missing = mapping.needs;
	const giveTurn = createTurns();
	for (let index = 0; index < items.length && (!sample || missing.length > 0); index++) {
		await giveTurn();
		const { json } = reader.rowAt(index);
		for (const [name, value] of Object.entries(json)) {
			if (!isEmpty(value)) sample ??= json;
			if (names.has(name)) continue;
			const id = findColumn(name);
			if (id !== undefined) columns.add(id);
			if (names.size < MAX_HEADERS) names.add(name);
		}
		const isThere = ({ field, name }: MissingColumn) =>
			isAutomatic ? columns.has(field) : Object.hasOwn(json, name);
		missing = missing.filter(({ anyOf }) => !anyOf.some(isThere));
	}

	if (sample && missing.length === 0) return undefined;
	const headers = [...names];
	// What the nodes that fetch a file say about it.
	const isFile =
		items[0]?.binary !== undefined &&
		(headers.length === 0 || headers.includes('fileName') || headers.includes('mimeType'));
	if (!sample) return isFile ? UNREAD_FILE : NOTHING_TO_PAY;
	const unsplit = headers.find((header) => isUnsplit(header, headers));
	if (unsplit !== undefined) {
		return `The file was not split into columns: '${showHeader(unsplit)}' is one column. ${SET_DELIMITER}`;
	}
	if (headers.length === 1 && Array.isArray(sample.row)) return NO_HEADER_ROW;
	const wanted = missing.flatMap(({ anyOf }) => anyOf.flatMap(({ field, name }) => [field, name]));
	const isWanted = (name: string) =>
		wanted.includes(name) ||
		wanted.includes(findColumn(name) ?? name) ||
		// Most objects have an id, which is seldom the reference.
		(name !== 'id' && explainHeader(name).columns.some((id) => wanted.includes(id)));
	const nested = findNestedColumns(sample, isWanted);
	const hasColumns = columns.size > 0;
	if (nested && !(nested.isList && hasColumns)) {
		return describeNestedColumns(nested, isAutomatic, hasColumns);
	}
	return isFile ? UNREAD_FILE : describeMissing(missing, headers, isAutomatic);
}

/** Undefined where rows get their payouts in different ways, or in one that needs no columns. */
function readMapping({
	rowAt,
	canDiffer,
}: RowReader): { isAutomatic: boolean; needs: Need[] } | undefined {
	const { read, readTemplate } = rowAt(0);
	try {
		if (canDiffer('specify') || canDiffer('payout.mappingMode')) return undefined;
		if (read('specify') !== 'fields') return undefined;
		const isAutomatic = read('payout.mappingMode') === 'autoMapInputData';
		const values = asObject(readTemplate('payout.value'));
		const toNeed = (fields: readonly ColumnId[], choice?: string): Need =>
			isAutomatic
				? { anyOf: fields.map((field) => ({ field, name: field })), choice }
				: { anyOf: listReferences(fields, values) };
		const destination = canDiffer('destination') ? undefined : read('destination');
		const needs = [toNeed(['reference']), toNeed(['amount'])];
		if (destination === ROW_DESTINATION) {
			needs.push(toNeed(['destination', 'recipient_country_iso3', 'recipient_currency']));
		}
		const requirements = findRequirements(destination ?? '');
		if (requirements) {
			// The sender can be the node's.
			const required = requirements.required.filter(
				(id) => !SENDER_FIELD_IDS.includes(id) && requirements.fixed[id] === undefined,
			);
			const choice = describeAccounts(requirements, (id) => `'${id}'`);
			needs.push(...required.map((id) => toNeed([id])));
			needs.push(toNeed(listAccountFields(requirements), choice));
		}
		return { isAutomatic, needs: needs.filter(({ anyOf }) => anyOf.length > 0) };
	} catch {
		// A setting that cannot be read is reported with the rows.
		return undefined;
	}
}

function listReferences(fields: readonly ColumnId[], values: JsonObject): MissingColumn[] {
	const given = fields.filter((field) => !isEmpty(values[field]));
	const references = given.flatMap((field) => {
		const name = readColumnName(String(values[field]));
		return name === undefined ? [] : [{ field, name }];
	});
	return references.length === given.length ? references : [];
}

/**
 * Says which columns no row has, and what the user can do; where not `isAutomatic`, fields take them.
 */
function describeMissing(
	missing: readonly Need[],
	headers: readonly string[],
	isAutomatic: boolean,
): string {
	const names = missing
		.filter(({ choice }) => choice === undefined)
		.flatMap(({ anyOf }) => (isAutomatic ? anyOf.slice(0, 1) : anyOf))
		.map(
			({ field, name }) => `'${showHeader(name)}'${isAutomatic ? '' : ` for ${nameField(field)}`}`,
		);
	const choices = missing.flatMap(({ choice }) => choice ?? []);
	const meant = suggestHeaders(
		missing.map(({ anyOf }) => anyOf),
		headers,
	).map(({ field, headers: nearest }, index) => {
		const shown = nearest.map((header) => `'${showHeader(header)}'`);
		const target = isAutomatic ? `'${field}'` : nameField(field);
		return `${joinNames(shown, 'or')} ${index === 0 ? 'is meant ' : ''}for ${target}`;
	});
	return [
		...(names.length > 1 ? [`There are no columns ${joinNames(names, 'and')}.`] : []),
		...(names.length === 1 ? [`There is no column ${names[0]}.`] : []),
		...choices.map((choice) => `There is no column for the recipient's account (${choice}).`),
		listHeaders(headers),
		...(meant.length > 0 ? [`Perhaps ${joinNames(meant, 'and')}.`] : []),
		isAutomatic
			? `Rename or add columns so that the names match, or choose ${MAP_MANUALLY}.`
			: 'Drag the right column from the input into the field, or correct the headers of the rows.',
	].join(' ');
}

function nameField(id: ColumnId): string {
	return `the field '${labelColumn(id)}'`;
}

/** Says that the columns are inside an object of the row, and how to get at them. */
function describeNestedColumns(
	{ path, isList, expression, columns }: NestedPlace,
	isAutomatic: boolean,
	hasOtherColumns: boolean,
): string {
	const place = path.map(showHeader).join('.');
	if (isList) {
		return `The payouts are a list inside '${place}'. Put the node 'Split Out' before this one, with ${place} as 'Fields To Split Out': it makes one row of each.`;
	}
	const [[column, value] = ['', '']] = columns;
	const inside = `The columns of the payout are inside '${place}'.`;
	const write = `write {{ ${value} }} for its column '${showHeader(column)}'`;
	if (!isAutomatic) return `${inside} In the field that takes it, ${write}.`;
	const advice = `${inside} Choose ${MAP_MANUALLY} and ${write}`;
	if (hasOtherColumns || expression === undefined) return `${advice}.`;
	return `${advice}; or put the node 'Edit Fields' before this one, with 'JSON' as its mode and {{ ${expression} }} as its JSON.`;
}

function listHeaders(headers: readonly string[]): string {
	const named = headers.slice(0, MAX_NAMED).map((header) => showHeader(header) || '(no name)');
	const more = headers.length - named.length;
	const columns = `Your columns: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
	if (!headers.some((header) => /^__EMPTY(?:_\d+)?$/.test(header))) return columns;
	return `${columns} A column called '__EMPTY' has no header: if the headers are further down in the sheet, set the option 'Range' of the node that reads it to where they begin.`;
}

function showHeader(header: string): string {
	return showValue(header.replace(/\s+/g, ' ').trim(), MAX_HEADER_LENGTH);
}

function joinNames(names: readonly string[], word: 'and' | 'or'): string {
	const last = names.slice(-2).join(` ${word} `);
	return [...names.slice(0, -2), last].join(', ');
}
