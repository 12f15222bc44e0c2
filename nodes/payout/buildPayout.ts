import { buildCustomer, readMetadata } from './fields/additionalFields';
import type { PayoutCustomer } from './fields/additionalFields';
import { toMinorUnits } from './money/amount';
import { isIssuedCardNumber } from './cards/cardNumber';
import type { AmountUnit } from './money/amount';
import { checkCurrency } from './fields/checkField';
import { matchColumns } from './headers/matchColumns';
import type { Columns } from './headers/matchColumns';
import type { ReportProblem, RowProblem } from './validationError';
import { PAYOUT_FIELDS } from './fields/fields';
import type { FieldId } from './fields/fields';
import { toIdempotencyKey } from './idempotencyKey';
import { isCurrency } from './formats/isoCodes';
import type { JsonObject } from './json/jsonObject';
import { readReference } from './formats/reference';
import type { Requirements } from './destinations/requirements';
import { codeOf, resolveDestination } from './destinations/resolveDestination';
import { readFields } from './fields/readFields';
import { addSender } from './fields/sender';
import { readText } from './text/readText';

/** A row, with the settings of the node that apply to it. */
export interface PayoutRow {
	/** The row's values by header, as the user mapped them or as the spreadsheet has them. */
	columns: Readonly<JsonObject>;
	/** A corridor, `OTHER`, `CARD` or `ROW`. */
	destination: string;
	/**
	 * Currency of the amount, unless the row has a column of its own. Empty means the destination's;
	 * undefined or null is what an expression gives that found nothing.
	 */
	currency: string | null | undefined;
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
	/** Where it goes, as in `RUS-RUB`, when the request body does not say so. */
	destination?: string;
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
	const report: ReportProblem = (field, message, more) => {
		problems.push({ field, message, ...more });
	};

	const reference = readReference(values.reference, report);
	const requirements = resolveDestination(row.destination, values);
	const currency = readCurrency(values.currency ?? row.currency, requirements, values, report);
	const amount = readAmount(values.amount, row.amountUnit, currency, report);
	const customer = buildCustomer(row.customer ?? {}, report);
	const metadata = readMetadata(row.metadata, report) ?? reference;

	const fields =
		'message' in requirements ? undefined : readFields(withSender, requirements, currency, report);
	if ('message' in requirements) problems.push(requirements);
	else reportCurrency(currency, requirements.amountCurrency, report);
	if (problems.length > 0 || !fields || amount === undefined || 'message' in requirements) {
		return { problems };
	}

	const body: JsonObject = {
		payment_method: startPaymentMethod(fields),
		amount_details: { amount, currency: currency.toLowerCase() },
		participant_details: { recipient: {}, sender: {} },
		...(customer ? { customer } : {}),
		metadata,
	};
	for (const [id, value] of fields) setPath(body, PAYOUT_FIELDS[id].path, value);
	const payout = { body, reference, idempotencyKey: toIdempotencyKey(reference), amount, currency };
	const { omitsCountry, fixed } = requirements;
	if (!omitsCountry) return payout;
	const codes = [fixed.recipient_country_iso3, fixed.recipient_currency];
	return { ...payout, destination: codes.join('-') };
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
		`The currency is ${currency}, but payouts to this destination must be in ${only}. Set 'Currency' to ${only}, or leave it empty.`,
	);
}

/**
 * Reads the currency of the amount. An empty one is the destination's own, where it has one.
 *
 * @returns empty when there is none; why has been reported
 */
function readCurrency(
	written: unknown,
	requirements: Requirements | RowProblem,
	values: Columns['values'],
	report: ReportProblem,
): string {
	const read = readText(written, 'text', 'The currency');
	if ('value' in read && read.value === '') {
		if (written === undefined || written === null) {
			report('currency', NOTHING_FOUND);
			return '';
		}
		// A destination that is not known has been reported.
		if ('message' in requirements) return '';
		const own = requirements.fixed.recipient_currency ?? values.recipient_currency;
		// An unknown one is reported as such.
		if (own !== undefined) return isCurrency(codeOf(own)) ? codeOf(own) : '';
		// A missing currency of the recipient is reported as such.
		if (!requirements.required.includes('recipient_currency')) report('currency', NO_OWN_CURRENCY);
		return '';
	}
	const checked = 'problem' in read ? read : checkCurrency(read.value, 'The currency');
	if ('value' in checked) return checked.value;
	report('currency', checked.problem);
	return '';
}

const NOTHING_FOUND =
	"The expression in 'Currency' finds nothing. Correct it, or clear the field to pay in the destination's own currency.";
const NO_OWN_CURRENCY =
	"The currency is missing, and this destination has none of its own. Choose one under 'Currency', or fill in the column 'currency', as in USD.";

function readAmount(
	value: unknown,
	unit: AmountUnit,
	currency: string,
	report: ReportProblem,
): number | undefined {
	const read = readText(value, 'amount', 'The amount');
	if ('problem' in read) {
		report('amount', read.problem, UNCLEAR_AMOUNT);
		return undefined;
	}
	if (isIssuedCardNumber(read.value.replace(/\.\d*$/, ''))) {
		report('amount', CARD_AS_AMOUNT, UNCLEAR_AMOUNT);
		return undefined;
	}
	// An unreadable currency has been reported; checking as USD reports what is wrong with the digits.
	const checked = toMinorUnits(read.value, unit, currency === '' ? 'USD' : currency);
	if ('minor' in checked) return checked.minor;
	report('amount', checked.problem, UNCLEAR_AMOUNT);
	return undefined;
}

const UNCLEAR_AMOUNT = { reason: 'unclear amount' };
const CARD_AS_AMOUNT =
	'The amount has the digits of a card number. Check that the columns are not mixed up.';

function setPath(target: JsonObject, path: string, value: string) {
	const segments = path.split('.');
	const last = segments.pop() ?? '';
	let place = target;
	for (const segment of segments) {
		place = (place[segment] ??= {}) as JsonObject;
	}
	place[last] = value;
}
