import { BANK_CODES } from '../destinations/accounts';
import { acceptsField, isCountryNamed } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import type { FieldId } from '../fields/fields';
import { checkIban } from '../formats/iban';
import { isCountry, isCurrency } from '../formats/isoCodes';
import type { JsonObject } from '../json/jsonObject';
import { isEmpty, toUpperAscii } from '../text/characters';
import { showValue } from '../text/shownValue';
import type { ReportProblem } from '../validationError';
import { findColumn, simplifyHeader } from './matchColumns';
import type { ColumnId, Columns } from './matchColumns';
import { explainHeader } from './suggestHeaders';

/** Of the columns that this node adds to a row, and that may come back in a results file. */
export const RESULT_PREFIX = 'smart_glocal_';

const CURRENCIES: readonly ColumnId[] = ['currency', 'recipient_currency'];
const ACCOUNTS: readonly ColumnId[] = ['iban', 'bank_account_number', 'account_number'];
const IDENTIFYING: readonly ColumnId[] = ['reference', 'amount', ...CURRENCIES, ...ACCOUNTS];

/** Account fields of countries without a form (API reference, section 12), simplified as headers are. */
const FOREIGN =
	/^(?:clabe|cbu|cbualias|cvu|cci|ifsc?|ifsc?code|bik|bikcode|cnaps|cnapscode|nuban|pix|pixkey|chavepix|upi|upiid|vpa|msisdn|correspondentaccount|institutionnumber|transitnumber)$/;

/** A longer value is no account that a person would write. */
const MAX_CHARACTERS = 100;
const MIN_ACCOUNT_DIGITS = 5;
const MIN_CARD_DIGITS = 12;

/**
 * Finds the columns of a row that are not read, and gives their names, but for those that say
 * something about the money: they are problems. The currency of the amount is in upper case.
 */
export function findUnreadColumns(
	row: Readonly<JsonObject>,
	values: Columns['values'],
	requirements: Requirements,
	currency: string,
	report: ReportProblem,
): string[] {
	const country = requirements.fixed.recipient_country_iso3 ?? '';
	const isPaid = (text: string) => toUpperAscii(text) === currency || isCountryNamed(text, country);
	const accepts = (id: FieldId) => values.iban === undefined && acceptsField(requirements, id);
	const unused: string[] = [];
	for (const [header, value] of Object.entries(row)) {
		if (isEmpty(value) || header.startsWith(RESULT_PREFIX)) continue;
		if (findColumn(header) !== undefined) continue;
		const text = typeof value === 'object' ? '' : String(value).slice(0, MAX_CHARACTERS).trim();
		const column = `The column '${showValue(header)}'`;
		const { columns, distance } = explainHeader(header);
		const isMeant = saysMoney(columns, distance < 2, text, accepts) && !isPaid(text);
		const [field = 'iban'] = columns;
		// As programs name the second of two columns called `amount`.
		const twin = findColumn(header.replace(/_\d+$/, ''));
		let message: string | undefined;
		if (twin && IDENTIFYING.includes(twin) && values[twin] !== value) {
			message = `${column} seems to be a second column '${twin}', with another value. Remove the one that is wrong.`;
		} else if (FOREIGN.test(simplifyHeader(header))) {
			message = `${column} names an account in a way that is not read here. Remove it if other columns name the account that is to be paid.`;
		} else if (isMeant && columns.every((id) => isEmpty(values[id]))) {
			const names = columns.map((id) => `'${id}'`).join(' or ');
			message = `${column} is not read, but seems to be ${names}. Rename it, or remove it if it means something else.`;
		} else if (isMeant && isOtherIban(text, values.iban)) {
			message = `${column} has another IBAN than 'iban'. Keep the column that is right, and remove the other.`;
		}
		if (message === undefined) unused.push(header);
		else report(field, message, { reason: 'unread column' });
	}
	return unused;
}

/** Whether a value under a header that can mean these columns says what is paid, in what, or where. */
function saysMoney(
	columns: readonly ColumnId[],
	isWholeName: boolean,
	text: string,
	accepts: (id: FieldId) => boolean,
): boolean {
	const means = (ids: readonly ColumnId[]) => columns.some((id) => ids.includes(id));
	const digits = text.replace(/\D/g, '').length;
	return (
		(means(CURRENCIES) && (isWholeName || isCurrency(toUpperAscii(text)))) ||
		(means(['recipient_country_iso3']) && (isWholeName || isCountry(toUpperAscii(text)))) ||
		(means(ACCOUNTS) && digits >= MIN_ACCOUNT_DIGITS) ||
		(means(['card_number']) && digits >= MIN_CARD_DIGITS) ||
		(means(BANK_CODES.filter(accepts)) && digits > 0)
	);
}

function isOtherIban(text: string, own: unknown): boolean {
	const [other, read] = [text, String(own)].map((iban) => JSON.stringify(checkIban(iban)));
	return own !== undefined && 'value' in checkIban(text) && other !== read;
}
