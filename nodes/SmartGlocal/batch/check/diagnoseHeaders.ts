import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RequestKind } from '../../../api/request';
import { COLUMN_IDS, findColumn } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject, isObject } from '../../../payout/json/jsonObject';
import type { JsonObject } from '../../../payout/json/jsonObject';
import { describeAccounts, listAccountFields } from '../../../payout/destinations/accounts';
import { findRequirements, ROW_DESTINATION } from '../../../payout/destinations/requirements';
import { SENDER_FIELD_IDS } from '../../../payout/fields/fields';
import { OF_SENDER, suggestHeaders } from '../../../payout/headers/suggestHeaders';
import type { MissingColumn } from '../../../payout/headers/suggestHeaders';
import { isRowNumber } from '../../../payout/headers/rowNumber';
import { isEmpty } from '../../../payout/text/characters';
import { listSome, showValue } from '../../../payout/text/shownValue';
import { readColumnName } from '../read/columnExpressions';
import type { RowReader } from '../read/readParameters';
import { createTurns } from '../send/eventLoop';

/** How many of the user's columns a message names, and how much of each header. */
const MAX_NAMED = 12;
const MAX_HEADER_LENGTH = 40;

const MAP_MANUALLY = "'Map Each Column Manually' under 'Payout'";

const RENAME_IN_FILE =
	"Rename the headers in the file, or say in 'Columns' of Read Payout File which header is meant for which field.";
const RENAME = `Rename or add columns so that the names match, or choose ${MAP_MANUALLY}.`;
const MAP_AGAIN =
	'Drag the right column from the input into the field, or correct the headers of the rows.';

const NOTHING_TO_PAY =
	"There was nothing to pay: the input has no rows. Check the sheet, its name and the range that is read. If an empty sheet is normal, switch off 'Always Output Data' in the settings of the node before this one.";

const NOT_READ =
	"The input is a file, or rows of one that was not read as people see it. Read it with this node's operation 'Read Payout File' (resource 'File').";

/** What every row needs: one of some columns. */
interface Need {
	/** As people read it. */
	label: string;
	anyOf: readonly MissingColumn[];
}

/** Says once, instead of for each row, which column that every payout needs no row has. */
export async function diagnoseHeaders(
	context: IExecuteFunctions,
	reader: RowReader,
	kind: RequestKind,
): Promise<string | undefined> {
	const mapping = kind === 'order' || kind === 'creation' ? readMapping(reader) : undefined;
	if (!mapping || mapping.needs.length === 0) return undefined;
	const { isAutomatic } = mapping;
	const items = context.getInputData();
	const names = new Set<string>();
	/** The first row with a value. */
	let sample: IDataObject | undefined;
	let missing = mapping.needs;
	const giveTurn = createTurns();
	for (let index = 0; index < items.length && (!sample || missing.length > 0); index++) {
		await giveTurn();
		const { json } = reader.rowAt(index);
		if (!Object.values(json).every(isEmpty)) sample ??= json;
		for (const name of Object.keys(json).filter((each) => !names.has(each))) {
			names.add(name);
			const column = isAutomatic ? findColumn(name) : name;
			missing = missing.filter(({ anyOf }) => anyOf.every((each) => each.name !== column));
		}
	}
	if (sample && missing.length === 0) return undefined;
	const isFile = items[0]?.binary !== undefined;
	if (!sample) return isFile ? NOT_READ : NOTHING_TO_PAY;
	const headers = [...names].filter((name) => !isRowNumber(name, sample?.[name]));
	const hasColumns = headers.some((header) => findColumn(header) !== undefined);
	const nested = findNestedColumns(sample, missing);
	if (nested && !(nested.isList && hasColumns)) return describeNestedColumns(nested, isAutomatic);
	// Several columns in one header, a row without headers, a column without one (n8n 2.41).
	const isUnread =
		(isFile && !hasColumns) ||
		headers.every((header) => /[;\t|,]/.test(header)) ||
		Array.isArray(sample.row) ||
		headers.some((header) => header.startsWith('__EMPTY'));
	if (isUnread) return NOT_READ;
	const isRead = typeof sample.row === 'number';
	const advice = isAutomatic ? RENAME : MAP_AGAIN;
	return describeMissing(missing, headers, isRead ? RENAME_IN_FILE : advice);
}

/** Undefined where rows get their payouts in different ways, or in one that needs no columns. */
function readMapping({ rowAt, canDiffer }: RowReader) {
	const { read, readTemplate } = rowAt(0);
	try {
		if (canDiffer('specify') || canDiffer('payout.mappingMode')) return undefined;
		if (read('specify') !== 'fields') return undefined;
		const isAutomatic = read('payout.mappingMode') === 'autoMapInputData';
		const values = isAutomatic
			? Object.fromEntries(COLUMN_IDS.map((id) => [id, `={{ $json.${id} }}`]))
			: asObject(readTemplate('payout.value'));
		const toNeeds = (fields: readonly ColumnId[], choice?: string): Need[] => {
			const anyOf = fields
				.filter((field) => !isEmpty(values[field]))
				.map((field) => ({ field, name: readColumnName(String(values[field])) ?? '' }));
			const [first] = anyOf;
			// What is more than a column can have a value without it.
			if (!first || anyOf.some(({ name }) => name === '')) return [];
			const label = `'${showHeader(first.name)}' for '${first.field}'`;
			return [{ anyOf, label: isAutomatic ? (choice ?? `'${first.field}'`) : label }];
		};
		const destination = canDiffer('destination') ? undefined : read('destination');
		const needs = [...toNeeds(['reference']), ...toNeeds(['amount'])];
		if (destination === ROW_DESTINATION) {
			needs.push(...toNeeds(['destination', 'recipient_country_iso3', 'recipient_currency']));
		}
		const requirements = findRequirements(destination ?? '');
		if (requirements) {
			// The sender can be the node's.
			const required = requirements.required.filter(
				(id) => !SENDER_FIELD_IDS.includes(id) && requirements.fixed[id] === undefined,
			);
			const choice = describeAccounts(requirements, (id) => `'${id}'`);
			needs.push(...required.flatMap((id) => toNeeds([id])));
			needs.push(...toNeeds(listAccountFields(requirements), choice));
		}
		return { isAutomatic, needs };
	} catch {
		// A setting that cannot be read is reported with the rows.
		return undefined;
	}
}

/** Says which columns no row has, and which of the others could be meant. */
function describeMissing(
	missing: readonly Need[],
	headers: readonly string[],
	advice: string,
): string {
	const labels = missing.map(({ label }) => label);
	const columns = headers.map((header) => showHeader(header) || '(no name)');
	const meant = suggestHeaders(
		missing.map(({ anyOf }) => anyOf),
		headers,
	).map(({ field, headers: nearest }, index) => {
		const shown = nearest.map((header) => `'${showHeader(header)}'`);
		return `${joinNames(shown, 'or')} ${index === 0 ? 'is meant ' : ''}for '${field}'`;
	});
	return [
		`There ${labels.length > 1 ? 'are no columns' : 'is no column'} ${joinNames(labels, 'and')}.`,
		`Your columns: ${listSome(columns, MAX_NAMED)}.`,
		...(meant.length > 0 ? [`Perhaps ${joinNames(meant, 'and')}.`] : []),
		advice,
	].join(' ');
}

/** An object inside a row, or a list of them, with the columns that could be meant. */
interface NestedPlace {
	path: readonly string[];
	isList: boolean;
	columns: readonly string[];
}

const MAX_DEPTH = 4;
const MAX_NAMES = 100;

/** Finds the place inside a row that has most of the missing columns. */
function findNestedColumns(row: IDataObject, missing: readonly Need[]): NestedPlace | undefined {
	const wanted = missing.map(({ anyOf }) => anyOf);
	const listPlaces = (parent: JsonObject, outer: readonly string[]): NestedPlace[] =>
		Object.entries(parent)
			.slice(0, MAX_NAMES)
			.flatMap(([name, value]) => {
				const path = [...outer, name];
				const isList = Array.isArray(value);
				const object: unknown = isList ? value[0] : value;
				if (!isObject(object) || OF_SENDER.test(name) || path.length > MAX_DEPTH) return [];
				// Most objects have an id, which is seldom the reference.
				const names = Object.keys(object).filter((key) => key !== 'id');
				const columns = suggestHeaders(wanted, names).flatMap(({ headers }) => headers);
				return [{ path, isList, columns }, ...(isList ? [] : listPlaces(object, path))];
			});
	const [best] = listPlaces(row, []).sort((a, b) => b.columns.length - a.columns.length);
	return best?.columns.length ? best : undefined;
}

/** Says that the columns are inside an object of the row, and how to get at them. */
function describeNestedColumns({ path, isList, columns }: NestedPlace, isAutomatic: boolean) {
	const place = path.map(showHeader).join('.');
	if (isList) {
		return `The payouts are a list inside '${place}'. Put the node 'Split Out' before this one, with ${place} as 'Fields To Split Out': it makes one row of each.`;
	}
	const [column = ''] = columns;
	const expression = `$json${[...path, column].map(access).join('')}`;
	const where = isAutomatic ? `Choose ${MAP_MANUALLY} and` : 'In the field that takes it,';
	return `The columns of the payout are inside '${place}'. ${where} write {{ ${expression} }} for its column '${showHeader(column)}'.`;
}

function access(name: string): string {
	return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function showHeader(header: string): string {
	return showValue(header.replace(/\s+/g, ' ').trim(), MAX_HEADER_LENGTH);
}

function joinNames(names: readonly string[], word: 'and' | 'or'): string {
	const last = names.slice(-2).join(` ${word} `);
	return [...names.slice(0, -2), last].join(', ');
}
