import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RequestKind } from '../../../api/request';
import { findColumn, labelColumn } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import { describeAccounts, listAccountFields } from '../../../payout/destinations/accounts';
import { findRequirements, ROW_DESTINATION } from '../../../payout/destinations/requirements';
import { SENDER_FIELD_IDS } from '../../../payout/fields/fields';
import { findNestedColumns } from '../../../payout/headers/nestedColumns';
import type { NestedPlace } from '../../../payout/headers/nestedColumns';
import { explainHeader, suggestHeaders } from '../../../payout/headers/suggestHeaders';
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

const NOTHING_TO_PAY =
	"There was nothing to pay: the input has no rows. Check the sheet, its name and the range that is read. If an empty sheet is normal, switch off 'Always Output Data' in the settings of the node before this one.";

const NOT_READ =
	"The input is a file, or rows of one that was not read as people see it. Read it with this node's operation 'Read Payout File' (resource 'File').";

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
		for (const [name, value] of Object.entries(json)) {
			if (!isEmpty(value)) sample ??= json;
			if (names.has(name)) continue;
			names.add(name);
			const id = findColumn(name);
			const isIt = (each: MissingColumn) => (isAutomatic ? each.field === id : each.name === name);
			missing = missing.filter(({ anyOf }) => !anyOf.some(isIt));
		}
	}
	if (sample && missing.length === 0) return undefined;
	const isFile = items[0]?.binary !== undefined;
	if (!sample) return isFile ? NOT_READ : NOTHING_TO_PAY;
	const headers = [...names].filter((name) => !isRowNumber(name, sample?.[name]));
	const wanted = missing.flatMap(({ anyOf }) => anyOf.flatMap(({ field, name }) => [field, name]));
	const isWanted = (name: string) =>
		wanted.includes(name) ||
		wanted.includes(findColumn(name) ?? name) ||
		// Most objects have an id, which is seldom the reference.
		(name !== 'id' && explainHeader(name).columns.some((id) => wanted.includes(id)));
	const nested = findNestedColumns(sample, isWanted);
	const hasColumns = headers.some((header) => findColumn(header) !== undefined);
	if (nested && !(nested.isList && hasColumns)) {
		return describeNestedColumns(nested, isAutomatic, hasColumns);
	}
	const isUnread =
		(isFile && !hasColumns) || Array.isArray(sample.row) || headers.some(isUnreadHeader);
	if (isUnread) return NOT_READ;
	return describeMissing(missing, headers, isAutomatic, typeof sample.row === 'number');
}

/** Whether one of some headers holds several, or stands for a column without one (n8n 2.41). */
function isUnreadHeader(header: string, _index: number, { length }: readonly string[]): boolean {
	const parts = header.split(/[;\t|,]/);
	const isSeveral = length === 1 || parts.some((part) => findColumn(part) !== undefined);
	return (parts.length > 1 && isSeveral) || header.startsWith('__EMPTY');
}

/** Undefined where rows get their payouts in different ways, or in one that needs no columns. */
function readMapping({ rowAt, canDiffer }: RowReader) {
	const { read, readTemplate } = rowAt(0);
	try {
		if (canDiffer('specify') || canDiffer('payout.mappingMode')) return undefined;
		if (read('specify') !== 'fields') return undefined;
		const isAutomatic = read('payout.mappingMode') === 'autoMapInputData';
		const values = asObject(readTemplate('payout.value'));
		const toNeed = (fields: readonly ColumnId[], choice?: string): Need => {
			if (isAutomatic) return { anyOf: fields.map((field) => ({ field, name: field })), choice };
			const given = fields.filter((field) => !isEmpty(values[field]));
			const nameOf = (field: ColumnId) => readColumnName(String(values[field])) ?? '';
			const anyOf = given.map((field) => ({ field, name: nameOf(field) }));
			// What is more than a column can have a value without it.
			return { anyOf: anyOf.every(({ name }) => name !== '') ? anyOf : [] };
		};
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

/** Says which columns no row has, and what the user can do; `isRead` from a file by this node. */
function describeMissing(
	missing: readonly Need[],
	headers: readonly string[],
	isAutomatic: boolean,
	isRead: boolean,
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
	const columns = headers.map((header) => showHeader(header) || '(no name)');
	let advice = `Rename or add columns so that the names match, or choose ${MAP_MANUALLY}.`;
	if (isRead) {
		advice =
			"Rename the headers in the file, or say in 'Columns' of Read Payout File which header is meant for which field.";
	} else if (!isAutomatic) {
		advice =
			'Drag the right column from the input into the field, or correct the headers of the rows.';
	}
	return [
		...(names.length > 1 ? [`There are no columns ${joinNames(names, 'and')}.`] : []),
		...(names.length === 1 ? [`There is no column ${names[0]}.`] : []),
		...choices.map((choice) => `There is no column for the recipient's account (${choice}).`),
		`Your columns: ${listSome(columns, MAX_NAMED)}.`,
		...(meant.length > 0 ? [`Perhaps ${joinNames(meant, 'and')}.`] : []),
		advice,
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

function showHeader(header: string): string {
	return showValue(header.replace(/\s+/g, ' ').trim(), MAX_HEADER_LENGTH);
}

function joinNames(names: readonly string[], word: 'and' | 'or'): string {
	const last = names.slice(-2).join(` ${word} `);
	return [...names.slice(0, -2), last].join(', ');
}
