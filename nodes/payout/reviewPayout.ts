import { BANK_CODES } from './destinations/accounts';
import { toUpperAscii } from './text/characters';
import { canBeIbanOf } from './formats/ibanRules';
import { asObject } from './json/jsonObject';
import type { JsonObject } from './json/jsonObject';

/** A payout as a person checks it before it is sent. Texts are empty where the request has none. */
export interface PayoutView {
	/** The recipient's name. */
	recipient: string;
	/** The account or card as the request names it. */
	account: string;
	/** Country and currency of the recipient, as in `GBR-GBP`, as far as the request names them. */
	destination: string;
}

/** What may be right, but is often a mistake. */
export type PayoutWarning =
	/** The API documents no such rule, and a person in Belgium may bank in Germany. */
	| { about: 'iban_country'; letters: string; country: string }
	| { about: 'currency'; currency: string; own: string };

/** The fields of a bank account that name it, in the order in which they are looked for. */
const ACCOUNT_NAMES = ['iban', 'bank_account_number', 'account_number'];

/**
 * Reads from a request body who is paid where.
 *
 * @param body checked, with the names of API v1
 */
export function describePayout(body: Readonly<JsonObject>): PayoutView {
	const { recipient, bankAccount, card, country, currency } = readParts(body);
	const { full_name, first_name, last_name } = recipient;
	const parts = [first_name, last_name].map(readText).filter(isFilled);
	const places = [country, currency].filter(isFilled);
	const isCard = asObject(body.payment_method).type === 'card';
	return {
		recipient: readText(full_name) || parts.join(' '),
		account: readAccount(bankAccount) || card,
		destination: places.length > 0 ? places.join('-') : isCard ? 'CARD' : '',
	};
}

/**
 * Finds what a person should look at before a payout is sent.
 *
 * @param body checked, with the names of API v1
 * @param amountCurrency in upper case; empty when the session holds it
 */
export function listWarnings(body: Readonly<JsonObject>, amountCurrency: string): PayoutWarning[] {
	const { bankAccount, country, currency: own } = readParts(body);
	const iban = toUpperAscii(readText(bankAccount.iban));
	const warnings: PayoutWarning[] = [];
	if (iban !== '' && country !== '' && !canBeIbanOf(iban, country)) {
		warnings.push({ about: 'iban_country', letters: iban.slice(0, 2), country });
	}
	if (own !== '' && amountCurrency !== '' && own !== amountCurrency) {
		warnings.push({ about: 'currency', currency: amountCurrency, own });
	}
	return warnings;
}

/**
 * Gives what two requests to the same account have in common; empty where none is named. An account
 * number names an account only together with its bank.
 */
export function identifyAccount(body: Readonly<JsonObject>): string {
	const { recipient, bankAccount, card } = readParts(body);
	const account = readAccount(bankAccount) || card;
	if (account === '' || bankAccount.iban !== undefined) return toUpperAscii(account);
	const codes = BANK_CODES.map((name) => readText(bankAccount[name]));
	const bank = codes.some(isFilled) ? codes : [readText(recipient.bank_name)];
	return [account, ...bank].map((part) => part.replace(/[^\p{L}\d]/gu, '')).join(' ');
}

function readParts(body: Readonly<JsonObject>) {
	const recipient = asObject(asObject(body.participant_details).recipient);
	const { bank_account, card } = asObject(body.payment_method);
	const { bank_card, encrypted_card } = asObject(card);
	return {
		recipient,
		bankAccount: asObject(asObject(bank_account).global),
		card: readText(asObject(bank_card).number) || readText(asObject(encrypted_card).number_hash),
		country: toUpperAscii(readText(recipient.country_iso3)),
		currency: toUpperAscii(readText(recipient.currency)),
	};
}

function readAccount(bankAccount: JsonObject): string {
	return ACCOUNT_NAMES.map((name) => readText(bankAccount[name])).find(isFilled) ?? '';
}

function readText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function isFilled(text: string): boolean {
	return text !== '';
}
