import { ACCOUNT_FIELDS, BANK_CODES } from '../destinations/accounts';
import { isCountryNamed } from '../destinations/countryNames';
import { acceptsField } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import { SENDER_FIELD_IDS } from '../fields/fields';
import { checkIban } from '../formats/iban';
import { isCountry, isCurrency } from '../formats/isoCodes';
import type { JsonObject } from '../json/jsonObject';
import { isEmpty, toUpperAscii } from '../text/characters';
import { showValue } from '../text/shownValue';
import type { ReportProblem } from '../validationError';
import { findColumn, isRowNumber, simplifyHeader } from './matchColumns';
import type { ColumnId, Columns } from './matchColumns';
import { explainHeader } from './suggestHeaders';

/** Of the columns that this node adds to a row, and that may come back in a results file. */
export const RESULT_PREFIX = 'smart_glocal_';
const CURRENCIES: readonly ColumnId[] = ['currency', 'recipient_currency'];
const ACCOUNTS: readonly ColumnId[] = ACCOUNT_FIELDS;
const OTHERS = ['reference', 'amount', 'destination', 'card_number'] as const;
const IDENTIFYING: readonly ColumnId[] = [...OTHERS, ...CURRENCIES, ...ACCOUNTS, ...BANK_CODES];

/** Account fields of countries without a form (API reference, section 12), simplified as headers are. */
const FOREIGN =
	/^(?:clabe|cbu|cbualias|cvu|cci|ifsc?|ifsc?code|bik|bikcode|cnaps|cnapscode|nuban|pix|pixkey|chavepix|upi|upiid|vpa|msisdn|correspondentaccount)$/;

/** The company that pays, by other names than those of its columns. */
const PAYER =
	/^(?:sender|payer|payor|orderingparty|auftraggeber|ordonnateur|ordenante|ordinante|zleceniodawca)(?:company|firma|legal)?(?:name|nom|nombre|nazwa|regno|registrationno|code)?\d?$/;

/** A longer value is no account that a person would write. */
const MAX_CHARACTERS = 100;
const MIN_ACCOUNT_DIGITS = 5;
const MIN_CARD_DIGITS = 12;

/** Names the columns that are not read, and reports those that say something about the money. */
export function findUnreadColumns(
	row: Readonly<JsonObject>,
	values: Columns['values'],
	requirements: Requirements,
	currency: string,
	report: ReportProblem,
) {
	const country = requirements.fixed.recipient_country_iso3 ?? '';
	const hasBank = [...BANK_CODES, 'iban' as const].some((id) => !isEmpty(values[id]));
	const bankCodes = BANK_CODES.filter((id) => !hasBank && acceptsField(requirements, id));
	const unused: string[] = [];
	for (const [header, value] of Object.entries(row)) {
		if (isEmpty(value) || header.startsWith(RESULT_PREFIX)) continue;
		if (findColumn(header) !== undefined || isRowNumber(header, value)) continue;
		const text = typeof value === 'object' ? '' : String(value).slice(0, MAX_CHARACTERS).trim();
		const code = toUpperAscii(text);
		const digits = text.replace(/\D/g, '');
		const column = `The column '${showValue(header)}'`;
		const { columns, distance } = explainHeader(header);
		const [field = 'iban'] = columns;
		const find = (ids: readonly ColumnId[], isSaid: boolean) =>
			isSaid ? columns.filter((id) => ids.includes(id)) : [];
		const isCountryOf = isCountryNamed(text, country);
		const meant = [
			find(CURRENCIES, code !== currency && (distance < 2 || isCurrency(code))),
			find(['recipient_country_iso3'], !isCountryOf && (distance < 2 || isCountry(code))),
			find(ACCOUNTS, digits.length >= MIN_ACCOUNT_DIGITS),
			find(['card_number'], digits.length >= MIN_CARD_DIGITS),
			find(bankCodes, digits !== ''),
		].find((ids) => ids.length > 0);
		// As programs and people name the second of two columns called `amount`.
		const twin = findColumn(header.replace(/[\s._(-]*\d+\)?\s*$/, ''));
		const name = simplifyHeader(header);
		const { bank_account_number: own = values.account_number } = values;
		const isOther = typeof own === 'string' && own.replace(/\D/g, '') !== digits;
		const isOtherAccount = isOther && distance < 3 && meant?.some((id) => ACCOUNTS.includes(id));
		let message: string | undefined;
		if (PAYER.test(name) && !SENDER_FIELD_IDS.some((id) => [value, text].includes(values[id]))) {
			message = `${column} is not read, but seems to name the company that pays. Rename it to 'sender_company_name' or the like, or remove it.`;
		} else if (twin && IDENTIFYING.includes(twin) && values[twin] !== value) {
			message = `${column} seems to be a second column '${twin}', with another value. Remove the one that is wrong.`;
		} else if (FOREIGN.test(name)) {
			message = `${column} names an account that this node cannot pay. Remove it if the row names the right account in another column, or send the payout as JSON.`;
		} else if (meant?.every((id) => isEmpty(values[id]))) {
			const names = meant.map((id) => `'${id}'`).join(' or ');
			message = `${column} is not read, but seems to be ${names}. Rename it to that, or remove it if it means something else.`;
		} else if (isOtherAccount || (meant?.includes('iban') && isOtherIban(text, values.iban))) {
			message = `${column} has another account than the row. Keep the column that is right, and remove the other.`;
		}
		if (message === undefined) unused.push(header);
		else report(meant?.[0] ?? field, message, { reason: 'unread column' });
	}
	return unused;
}

function isOtherIban(text: string, own: unknown): boolean {
	if (typeof own !== 'string' || 'problem' in checkIban(text)) return false;
	return JSON.stringify(checkIban(text)) !== JSON.stringify(checkIban(own));
}
