import { isIssuedCardNumber } from './cards/mask';
import { codeOf, resolveDestination } from './destinations/requirements';
import type { Requirements } from './destinations/requirements';
import { readAdditionalFields } from './fields/additionalFields';
import type { AdditionalFields } from './fields/additionalFields';
import { checkCurrency } from './fields/checkField';
import { PAYOUT_FIELDS } from './fields/fields';
import type { FieldId } from './fields/fields';
import { addSender, readFields } from './fields/readFields';
import { isCurrency } from './formats/isoCodes';
import { readReference } from './formats/reference';
import { matchColumns } from './headers/matchColumns';
import type { Columns } from './headers/matchColumns';
import { findUnreadColumns } from './headers/unreadColumns';
import { toIdempotencyKey } from './idempotencyKey';
import { setPath } from './json/jsonObject';
import type { JsonObject } from './json/jsonObject';
import { toMinorUnits } from './money/amount';
import type { AmountUnit, CheckedAmount } from './money/amount';
import { readText } from './text/readText';
import type { ReportProblem, RowProblem } from './validationError';

export interface PayoutRow {
	columns: Readonly<JsonObject>;
	/** A corridor, `OTHER`, `CARD` or `ROW`. */
	destination: string;
	/** Of the amount; empty means the destination's, undefined or null an expression that found nothing. */
	currency: string | null | undefined;
	amountUnit: AmountUnit;
	/** The company that pays, by column, unless the row names another one (see `addSender`). */
	sender: Readonly<JsonObject>;
	/** For a node that names none. */
	senderOfCredential?: Readonly<JsonObject>;
	/** Without metadata among them, the metadata is the reference. */
	additional?: AdditionalFields;
}

export interface Payout {
	/** The request body, with the names of API v1 (/docs/reference/methods/session-init-payout). */
	body: Readonly<JsonObject>;
	reference: string;
	idempotencyKey: string;
	/** In minor units. */
	amount: number;
	/** ISO 4217 code in upper case. */
	currency: string;
	destination?: string;
	unusedColumns?: readonly string[];
}

/** Checks one row and builds its request body, or says everything that is wrong with the row. */
export function buildPayout(row: PayoutRow): Payout | { problems: RowProblem[] } {
	const { values: own, problems } = matchColumns(row.columns);
	const ofNode = matchColumns(row.sender).values;
	const withSender = addSender(own, ofNode, matchColumns(row.senderOfCredential ?? {}).values);
	const { values } = withSender;
	const report: ReportProblem = (field, message, more) =>
		problems.push({ field, message, ...more });

	const reference = readReference(values.reference, report);
	const requirements = resolveDestination(row.destination, values);
	const currency = readCurrency(values.currency ?? row.currency, requirements, values, report);
	const amount = checkAmount(values.amount, row.amountUnit, currency);
	if ('problem' in amount) report('amount', amount.problem, { reason: 'unclear amount' });
	const { customer, metadata = reference } = readAdditionalFields(row.additional ?? {}, report);
	if (typeof requirements === 'string') {
		report('destination', requirements);
		return { problems };
	}

	const unusedColumns = findUnreadColumns(row.columns, values, requirements, currency, report);
	const fields = readFields(withSender, requirements, currency, report);
	const wrongCurrency = describeWrongCurrency(currency, requirements);
	if (wrongCurrency !== undefined) report('currency', wrongCurrency);
	if (problems.length > 0 || 'problem' in amount) return { problems };

	const body: JsonObject = {
		payment_method: startPaymentMethod(fields),
		amount_details: { amount: amount.minor, currency: currency.toLowerCase() },
		participant_details: { recipient: {}, sender: {} },
		...(customer && { customer }),
		metadata,
	};
	for (const [id, value] of fields) setPath(body, PAYOUT_FIELDS[id].path, value);
	const { omitsCountry, fixed } = requirements;
	const codes = [fixed.recipient_country_iso3, fixed.recipient_currency];
	return {
		body,
		reference,
		idempotencyKey: toIdempotencyKey(reference),
		amount: amount.minor,
		currency,
		...(omitsCountry && { destination: codes.join('-') }),
		...(unusedColumns.length > 0 && { unusedColumns }),
	};
}

/** Sets the types of the account or card, which are not fields (API reference, section 5). */
function startPaymentMethod(fields: ReadonlyMap<FieldId, string>): JsonObject {
	if (fields.has('card_number')) return { type: 'card', card: { type: 'bank_card' } };
	if (fields.has('card_number_hash')) return { type: 'card', card: { type: 'encrypted_card' } };
	return { type: 'bank_account', bank_account: { system_type: 'global' } };
}

/** Says what is wrong with the currency of an amount, in upper case; an empty one is not known. */
export function describeWrongCurrency(currency: string, { amountCurrency }: Requirements) {
	if (!amountCurrency || currency === '' || currency === amountCurrency) return undefined;
	return `The currency is ${currency}, but payouts to this destination must be in ${amountCurrency}. Change the currency to ${amountCurrency}.`;
}

const NOTHING_FOUND =
	"The expression in 'Currency' finds nothing. Correct it, or clear the field to pay in the destination's own currency.";
const NO_OWN_CURRENCY =
	"The currency is missing, and this destination has none of its own. Choose one under 'Currency', or fill in the column 'currency', as in USD.";

/** Reads the currency of the amount; empty when there is none, and why has been reported. */
function readCurrency(
	written: unknown,
	requirements: Requirements | string,
	values: Columns['values'],
	report: ReportProblem,
): string {
	const label = 'The currency';
	const read = readText(written, 'text', label);
	const isGiven = 'value' in read && read.value !== '';
	const checked = isGiven ? checkCurrency(read.value, label) : read;
	if ('problem' in checked) {
		report('currency', checked.problem);
	} else if (checked.value !== '') {
		return checked.value;
	} else if (written === undefined || written === null) {
		report('currency', NOTHING_FOUND);
	} else if (typeof requirements !== 'string') {
		const own = requirements.fixed.recipient_currency ?? values.recipient_currency;
		if (isCurrency(codeOf(own))) return codeOf(own);
		// An unknown or missing currency of the recipient is reported as such.
		const isReported = own !== undefined || requirements.required.includes('recipient_currency');
		if (!isReported) report('currency', NO_OWN_CURRENCY);
	}
	return '';
}

const CARD_NUMBER =
	'The amount has the digits of a card number. Check that the columns are not mixed up.';

/** Checks an amount. One whose currency (ISO 4217, upper case) is not known is checked as in USD. */
export function checkAmount(value: unknown, unit: AmountUnit, currency: string): CheckedAmount {
	const read = readText(value, 'amount', 'The amount');
	if ('problem' in read) return read;
	const isCard = isIssuedCardNumber(read.value.replace(/\.\d*$/, ''));
	if (isCard) return { problem: CARD_NUMBER };
	return toMinorUnits(read.value, unit, currency === '' ? 'USD' : currency);
}
