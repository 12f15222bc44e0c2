import { buildCustomer, readMetadata } from './additionalFields';
import type { PayoutCustomer } from './additionalFields';
import { toMinorUnits } from './amount';
import type { AmountUnit } from './amount';
import { checkCurrency } from './checks';
import { matchColumns } from './columns';
import type { ReportProblem, RowProblem } from './columns';
import { PAYOUT_FIELDS } from './fields';
import type { FieldId } from './fields';
import { toIdempotencyKey } from './idempotencyKey';
import type { JsonObject } from './jsonObject';
import { readReference } from './reference';
import { resolveDestination } from './resolveDestination';
import { readFields } from './rowFields';
import { addSender } from './sender';
import { readText } from './text';

/** A row, with the settings of the node that apply to it. */
export interface PayoutRow {
	/** The row's values by header, as the user mapped them or as the spreadsheet has them. */
	columns: Readonly<JsonObject>;
	/** A corridor, `OTHER`, `CARD` or `ROW`. */
	destination: string;
	/** Currency of the amount, unless the row has a column of its own. */
	currency: string;
	amountUnit: AmountUnit;
	/** The payer's fields by column, unless the row names another payer (see `addSender`). */
	sender: Readonly<JsonObject>;
	customer?: PayoutCustomer | undefined;
	/** Text or JSON; the reference by default. */
	metadata?: unknown;
}

/** A payout ready to be sent. */
export interface Payout {
	/** The request body, with the names of API v1 (/docs/reference/methods/session-init-payout). */
	body: Readonly<JsonObject>;
	reference: string;
	idempotencyKey: string;
	/** In minor units. */
	amount: number;
	/** ISO 4217 code in upper case. */
	currency: string;
}

/**
 * Checks one row and builds its request body.
 *
 * @returns the payout, or everything that is wrong with the row
 */
export function buildPayout(row: PayoutRow): Payout | { problems: RowProblem[] } {
	const { values: own, problems } = matchColumns(row.columns);
	const withSender = addSender(own, matchColumns(row.sender).values);
	const { values } = withSender;
	const report: ReportProblem = (field, message, otherFields) => {
		problems.push({ field, message, ...(otherFields && { otherFields }) });
	};

	const reference = readReference(values.reference, report);
	const currency = readCurrency(values.currency ?? row.currency, report);
	const amount = readAmount(values.amount, row.amountUnit, currency, report);
	const customer = buildCustomer(row.customer ?? {}, report);
	const metadata = readMetadata(row.metadata, report) ?? reference;

	const requirements = resolveDestination(row.destination, values);
	const fields =
		'message' in requirements ? undefined : readFields(withSender, requirements, currency, report);
	if ('message' in requirements) problems.push(requirements);
	else reportCurrency(currency, requirements.amountCurrency, report);
	if (problems.length > 0 || !fields || amount === undefined) return { problems };

	const body: JsonObject = {
		payment_method: startPaymentMethod(fields),
		amount_details: { amount, currency: currency.toLowerCase() },
		participant_details: { recipient: {}, sender: {} },
		...(customer ? { customer } : {}),
		metadata,
	};
	for (const [id, value] of fields) setPath(body, PAYOUT_FIELDS[id].path, value);
	return { body, reference, idempotencyKey: toIdempotencyKey(reference), amount, currency };
}

/** Sets the types of the account or card, which are not fields (API reference, section 5). */
function startPaymentMethod(fields: ReadonlyMap<FieldId, string>): JsonObject {
	if (fields.has('card_number')) return { type: 'card', card: { type: 'bank_card' } };
	if (fields.has('card_number_hash')) return { type: 'card', card: { type: 'encrypted_card' } };
	return { type: 'bank_account', bank_account: { system_type: 'global' } };
}

function reportCurrency(currency: string, only: string | undefined, report: ReportProblem) {
	if (only === undefined || currency === '' || currency === only) return;
	report(
		'currency',
		`The currency is ${currency}, but payouts to this destination must be in ${only}. Set 'Currency' to ${only}, or add a column 'currency'.`,
	);
}

function readCurrency(value: unknown, report: ReportProblem): string {
	const read = readText(value, 'text', 'The currency');
	const checked = 'problem' in read ? read : checkCurrency(read.value, 'The currency');
	if ('value' in checked) return checked.value;
	report('currency', checked.problem);
	return '';
}

function readAmount(
	value: unknown,
	unit: AmountUnit,
	currency: string,
	report: ReportProblem,
): number | undefined {
	const read = readText(value, 'amount', 'The amount');
	if ('problem' in read) {
		report('amount', read.problem);
		return undefined;
	}
	// An unreadable currency has been reported; checking as USD reports what is wrong with the digits.
	const checked = toMinorUnits(read.value, unit, currency === '' ? 'USD' : currency);
	if ('minor' in checked) return checked.minor;
	report('amount', checked.problem);
	return undefined;
}

function setPath(target: JsonObject, path: string, value: string) {
	const segments = path.split('.');
	const last = segments.pop() ?? '';
	let place = target;
	for (const segment of segments) {
		place = (place[segment] ??= {}) as JsonObject;
	}
	place[last] = value;
}
