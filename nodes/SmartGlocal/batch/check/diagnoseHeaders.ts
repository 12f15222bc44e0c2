import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RequestKind } from '../../../api/request';
import {
	describeMissing,
	describeNestedColumns,
	describeSeparator,
	NO_HEADER_ROW,
	NOTHING_TO_PAY,
	UNREAD_FILE,
} from '../../messages/headerTexts';
import type { Need } from '../../messages/headerTexts';
import { findColumn } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import type { JsonObject } from '../../../payout/json/jsonObject';
import { describeAccounts, listAccountFields } from '../../../payout/destinations/accounts';
import { findRequirements, ROW_DESTINATION } from '../../../payout/destinations/requirements';
import { SENDER_FIELD_IDS } from '../../../payout/fields/fields';
import { findNestedColumns, findSeparator } from '../../../payout/headers/rowShape';
import type { MissingColumn } from '../../../payout/headers/suggestHeaders';
import { isEmpty } from '../../../payout/text/characters';
import { readColumnName } from '../read/columnExpressions';
import type { RowReader } from '../read/readParameters';
import { createTurns } from '../send/eventLoop';

/** The kinds of requests that hold a payout. */
const WITH_PAYOUT: readonly RequestKind[] = ['order', 'creation'];

/** More headers than this are not collected. */
const MAX_HEADERS = 10_000;

/**
 * Says what is wrong with the headers of a batch, so that the user reads it once instead of once for
 * each row: a column that every payout needs, but no row has. What only some rows lack is left to
 * their own checks. A good batch costs a look at its first row.
 *
 * @returns complete sentences; undefined when nothing is wrong with the headers
 */
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
	const unsplit = findSeparator(headers);
	if (unsplit) return describeSeparator(unsplit.separator, unsplit.header);
	if (headers.length === 1 && Array.isArray(sample.row)) return NO_HEADER_ROW;
	const wanted = missing.flatMap(({ anyOf }) => anyOf.flatMap(({ field, name }) => [field, name]));
	const isWanted = (name: string) =>
		wanted.includes(name) || wanted.includes(findColumn(name) ?? name);
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

/** The fields that take a column; none where one of them is given in another way. */
function listReferences(fields: readonly ColumnId[], values: JsonObject): MissingColumn[] {
	const given = fields.filter((field) => !isEmpty(values[field]));
	const references = given.flatMap((field) => {
		const name = readColumnName(String(values[field]));
		return name === undefined ? [] : [{ field, name }];
	});
	return references.length === given.length ? references : [];
}
