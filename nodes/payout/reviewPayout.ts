import { createHash, createHmac } from 'node:crypto';
import type { Payout } from './buildPayout';
import { showLastDigits } from './cards/mask';
import { ACCOUNT_FIELDS, BANK_CODES } from './destinations/accounts';
import { PAYOUT_FIELDS } from './fields/fields';
import type { FieldId } from './fields/fields';
import { canBeIbanOf } from './formats/iban';
import { asText, getPath } from './json/jsonObject';
import type { JsonObject } from './json/jsonObject';
import { toUpperAscii } from './text/characters';

type RequestBody = Readonly<JsonObject>;

/** Reads from a body who is paid where, for a person: name, account or card, `GBR-GBP`; empty for none. */
export function viewPayout(body: RequestBody) {
	const names = [textOf(body, 'recipient_first_name'), textOf(body, 'recipient_last_name')];
	const codes = readDestination(body).filter((code) => code !== '');
	const isCard = getPath(body, 'payment_method.type') === 'card';
	return {
		recipient: textOf(body, 'recipient_full_name') || names.join(' ').trim(),
		account: readBankAccount(body) || readCard(body),
		destination: codes.join('-') || (isCard ? 'CARD' : ''),
	};
}

/** Says what is often a mistake, in words that follow "The"; an empty currency is the session's. */
export function listWarnings(body: RequestBody, amountCurrency: string): string[] {
	const [country = '', own = ''] = readDestination(body);
	const iban = toUpperAscii(textOf(body, 'iban'));
	const warnings: string[] = [];
	// The API documents no such rule, and a person in Belgium may bank in Germany.
	if (iban !== '' && country !== '' && !canBeIbanOf(iban, country)) {
		warnings.push(`IBAN begins with ${iban.slice(0, 2)}, but the payout goes to ${country}`);
	}
	if (own !== '' && amountCurrency !== '' && own !== amountCurrency) {
		warnings.push(`amount is in ${amountCurrency}, but the destination's currency is ${own}`);
	}
	// Banks refuse unstructured addresses since November 2026 (ISO 20022, SWIFT CBPR+).
	for (const whose of ['recipient', 'sender'] as const) {
		const warning = `${whose}'s address has no city, and many banks refuse it since November 2026; what Smart Glocal passes on is not known`;
		const hasCity = textOf(body, `${whose}_city`) !== '';
		if (textOf(body, `${whose}_address_line`) !== '' && !hasCity) warnings.push(warning);
	}
	return warnings;
}

/** What two requests to one account have in common: its number, with its bank; else empty. */
export function identifyAccount(body: RequestBody): string {
	const account = readBankAccount(body);
	if (account === '') return readCard(body);
	if (textOf(body, 'iban') !== '') return toUpperAscii(account);
	const codes = BANK_CODES.map((id) => textOf(body, id));
	const bank = codes.some((code) => code !== '') ? codes : [textOf(body, 'recipient_bank_name')];
	return [account, ...bank].map((part) => part.replace(/[^\p{L}\d]/gu, '').toUpperCase()).join(' ');
}

/** Fingerprints by HMAC-SHA-256, or by SHA-256 with an empty key, which takes a card's last digits only. */
export function fingerprintPayout(payout: Omit<Payout, 'idempotencyKey'>, key: string) {
	const { reference, body, amount, currency } = payout;
	const card = key === '' ? textOf(body, 'card_number') : '';
	const account = card === '' ? identifyAccount(body) : showLastDigits(card);
	const { recipient, destination } = viewPayout(body);
	const name = recipient.replace(/\s+/g, ' ').toUpperCase();
	const hash = (...parts: unknown[]) => {
		const start = key === '' ? createHash('sha256') : createHmac('sha256', key);
		return start.update(JSON.stringify(parts)).digest('hex');
	};
	const whole = ['payout-1', reference, name, account, amount, currency, destination];
	return {
		payout_fingerprint: account !== '' && amount > 0 ? hash(...whole) : null,
		account_fingerprint: account === '' ? null : hash('account-1', account),
	};
}

/** The IBAN or account number that a request pays to; empty where it names none. */
export function readBankAccount(body: RequestBody): string {
	return ACCOUNT_FIELDS.map((id) => textOf(body, id)).find(Boolean) ?? '';
}

function readCard(body: RequestBody): string {
	return textOf(body, 'card_number') || textOf(body, 'card_number_hash');
}

function readDestination(body: RequestBody): string[] {
	const ids = ['recipient_country_iso3', 'recipient_currency'] as const;
	return ids.map((id) => toUpperAscii(textOf(body, id)));
}

function textOf(body: RequestBody, id: FieldId) {
	return asText(getPath(body, PAYOUT_FIELDS[id].path));
}
