import { BANK_CODES } from './destinations/accounts';
import { toUpperAscii } from './text/characters';
import { canBeIbanOf } from './formats/iban';
import { asObject, asText } from './json/jsonObject';
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

/** A checked request body, with the names of API v1. */
type RequestBody = Readonly<JsonObject>;

/** Reads from a request body who is paid where. */
export function viewPayout(body: RequestBody): PayoutView {
	const { country, currency } = readDestination(body);
	const { full_name, first_name, last_name } = readRecipient(body);
	const isCard = asObject(body.payment_method).type === 'card';
	return {
		recipient: asText(full_name) || joinTexts([first_name, last_name], ' '),
		account: readBankAccount(body) || readCard(body),
		destination: joinTexts([country, currency], '-') || (isCard ? 'CARD' : ''),
	};
}

/**
 * Finds what a person should look at before a payout is sent.
 *
 * @param amountCurrency in upper case; empty when the session holds it
 */
export function listWarnings(body: RequestBody, amountCurrency: string): PayoutWarning[] {
	const { country, currency: own } = readDestination(body);
	const iban = toUpperAscii(asText(readGlobalAccount(body).iban));
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
export function identifyAccount(body: RequestBody): string {
	const account = readBankAccount(body) || readCard(body);
	const bankAccount = readGlobalAccount(body);
	if (account === '' || bankAccount.iban !== undefined) return toUpperAscii(account);
	const codes = BANK_CODES.map((name) => asText(bankAccount[name]));
	const bank = codes.some((code) => code !== '') ? codes : [asText(readRecipient(body).bank_name)];
	return [account, ...bank].map((part) => part.replace(/[^\p{L}\d]/gu, '')).join(' ');
}

/** The IBAN or account number that a request pays to; empty where it names none. */
export function readBankAccount(body: RequestBody): string {
	const { iban, bank_account_number, account_number } = readGlobalAccount(body);
	return asText(iban) || asText(bank_account_number) || asText(account_number);
}

function readCard({ payment_method }: RequestBody): string {
	const { bank_card, encrypted_card } = asObject(asObject(payment_method).card);
	return asText(asObject(bank_card).number) || asText(asObject(encrypted_card).number_hash);
}

function readGlobalAccount({ payment_method }: RequestBody): JsonObject {
	return asObject(asObject(asObject(payment_method).bank_account).global);
}

function readRecipient({ participant_details }: RequestBody): JsonObject {
	return asObject(asObject(participant_details).recipient);
}

function readDestination(body: RequestBody): { country: string; currency: string } {
	const { country_iso3, currency } = readRecipient(body);
	return { country: toUpperAscii(asText(country_iso3)), currency: toUpperAscii(asText(currency)) };
}

function joinTexts(values: readonly unknown[], between: string): string {
	return values
		.map(asText)
		.filter((text) => text !== '')
		.join(between);
}
