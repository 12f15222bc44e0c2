import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RequestKind } from '../../../api/request';
import { findColumn, isRowNumber } from '../../../payout/headers/matchColumns';
import type { ColumnId } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import { listAccountFields } from '../../../payout/destinations/accounts';
import { findRequirements, ROW_DESTINATION } from '../../../payout/destinations/requirements';
import { SENDER_FIELD_IDS } from '../../../payout/fields/fields';
import { OF_SENDER, suggestHeaders } from '../../../payout/headers/suggestHeaders';
import type { MissingColumn } from '../../../payout/headers/suggestHeaders';
import { isEmpty } from '../../../payout/text/characters';
import { listSome, showValue } from '../../../payout/text/shownValue';
import type { RowReader } from '../read/readParameters';
import { createTurns } from '../send/eventLoop';

/** How many of the user's columns a message names, and how much of each header. */
const MAX_NAMED = 12;
const MAX_HEADER_LENGTH = 40;

const AND = new Intl.ListFormat('en-GB');
const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const MAP_MANUALLY = "'Map Each Column Manually' under 'Payout'";
const RENAME = `Rename or add columns so that the names match, or choose ${MAP_MANUALLY}.`;
const RENAME_IN_FILE =
	"Rename the headers in the file, or say in 'Columns' of Read Payout File which header is meant for which field.";

const NOTHING_TO_PAY =
	"There was nothing to pay: the input has no rows. Check the sheet, its name and the range that is read. If an empty sheet is normal, switch off 'Always Output Data' in the settings of the node before this one.";

const NOT_READ =
	"The input is a file, or rows of one that was not read as people see it. Read it with this node's operation 'Read Payout File' (resource 'File').";

/** What every row needs: one of some columns. */
type Need = readonly MissingColumn[];

/** Says once, instead of for each row, that there are no rows, or which needed columns no row has. */
export async function diagnoseHeaders(
	context: IExecuteFunctions,
	reader: RowReader,
	kind: RequestKind,
): Promise<string | undefined> {
	const needs = kind === 'order' || kind === 'creation' ? listNeeds(reader) : undefined;
	if (!needs) return undefined;
	const items = context.getInputData();
	const names = new Set<string>();
	/** The first row with a value. */
	let sample: IDataObject | undefined;
	let missing = needs;
	const giveTurn = createTurns();
	for (let index = 0; index < items.length && (!sample || missing.length > 0); index++) {
		await giveTurn();
		const { json } = reader.rowAt(index);
		if (!Object.values(json).every(isEmpty)) sample ??= json;
		for (const name of Object.keys(json).filter((each) => !names.has(each))) {
			names.add(name);
			const column = findColumn(name);
			missing = missing.filter((need) => need.every(({ field }) => field !== column));
		}
	}
	const isFile = items[0]?.binary !== undefined;
	if (!sample) return isFile ? NOT_READ : NOTHING_TO_PAY;
	if (missing.length === 0) return undefined;
	const headers = [...names].filter((name) => !isRowNumber(name, sample?.[name]));
	const hasColumns = headers.some((header) => findColumn(header) !== undefined);
	const outer = findOuterColumn(sample, missing);
	if (outer !== undefined) {
		return `The columns of the payout are inside '${showHeader(outer)}'. Choose ${MAP_MANUALLY} and write each with that in front, as in {{ $json${access(outer)}.amount }}.`;
	}
	// Several columns in one header, a row without headers, a column without one (n8n 2.41).
	const isUnread =
		(isFile && !hasColumns) ||
		headers.every((header) => /[;\t|,]/.test(header)) ||
		Array.isArray(sample.row) ||
		headers.some((header) => header.startsWith('__EMPTY'));
	if (isUnread) return NOT_READ;
	const advice = typeof sample.row === 'number' ? RENAME_IN_FILE : RENAME;
	return describeMissing(missing, headers, advice);
}

/** Lists what is read from columns of these names; undefined where no column of the rows is read. */
function listNeeds({ rowAt, canDiffer }: RowReader): readonly Need[] | undefined {
	const { read, readTemplate } = rowAt(0);
	try {
		if (canDiffer('specify') || canDiffer('payout.mappingMode')) return undefined;
		if (read('specify') !== 'fields') return undefined;
		if (read('payout.mappingMode') !== 'autoMapInputData') {
			const isOfRow = JSON.stringify(readTemplate('payout.value')).includes('$json');
			return isOfRow ? [] : undefined;
		}
		const destination = canDiffer('destination') ? '' : read('destination');
		const needs: Array<readonly ColumnId[]> = [['reference'], ['amount']];
		if (destination === ROW_DESTINATION) {
			needs.push(['destination', 'recipient_country_iso3', 'recipient_currency']);
		}
		const requirements = findRequirements(destination ?? '');
		if (requirements) {
			// The sender can be the node's.
			const required = requirements.required.filter(
				(id) => !SENDER_FIELD_IDS.includes(id) && requirements.fixed[id] === undefined,
			);
			needs.push(...required.map((id) => [id]), listAccountFields(requirements));
		}
		return needs
			.filter(({ length }) => length > 0)
			.map((fields) => fields.map((field) => ({ field })));
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
	const labels = missing.map((need) => OR.format(need.map(({ field }) => `'${field}'`)));
	const columns = headers.map((header) => showHeader(header) || '(no name)');
	const meant = suggestHeaders(missing, headers).map(({ field, headers: nearest }, index) => {
		const shown = nearest.map((header) => `'${showHeader(header)}'`);
		return `${OR.format(shown)} ${index === 0 ? 'is meant ' : ''}for '${field}'`;
	});
	return [
		`There ${labels.length > 1 ? 'are no columns' : 'is no column'} ${AND.format(labels)}.`,
		`Your columns: ${listSome(columns, MAX_NAMED)}.`,
		...(meant.length > 0 ? [`Perhaps ${AND.format(meant)}.`] : []),
		advice,
	].join(' ');
}

/** Finds the column of which the value, an object, has columns that are missing. */
function findOuterColumn(row: IDataObject, missing: readonly Need[]): string | undefined {
	return Object.keys(row).find((name) => {
		// Most objects have an id, which is seldom the reference.
		const inner = Object.keys(asObject(row[name])).filter((key) => key !== 'id');
		const isOther = name === 'headers' || OF_SENDER.test(name);
		return !isOther && suggestHeaders(missing, inner).length > 0;
	});
}

function access(name: string): string {
	return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function showHeader(header: string): string {
	return showValue(header.replace(/\s+/g, ' ').trim(), MAX_HEADER_LENGTH);
}
