import { createHash, createHmac } from 'node:crypto';
import { showLastDigits } from './cards/mask';
import { BANK_CODES } from './destinations/accounts';
import { PAYOUT_FIELDS } from './fields/fields';
import type { FieldId } from './fields/fields';
import { canBeIbanOf } from './formats/iban';
import { asText, getPath } from './json/jsonObject';
import type { JsonObject } from './json/jsonObject';
import { toUpperAscii } from './text/characters';

/** A checked request body, with the names of API v1. */
type RequestBody = Readonly<JsonObject>;

/** Reads from a body who is paid where, for a person: name, account or card, `GBR-GBP`; empty for none. */
export function viewPayout(body: RequestBody) {
	const names = [textOf(body, 'recipient_first_name'), textOf(body, 'recipient_last_name')];
	const codes = Object.values(readDestination(body)).filter((code) => code !== '');
	const isCard = getPath(body, 'payment_method.type') === 'card';
	return {
		recipient: textOf(body, 'recipient_full_name') || names.join(' ').trim(),
		account: readBankAccount(body) || readCard(body),
		destination: codes.join('-') || (isCard ? 'CARD' : ''),
	};
}

/**
 * Says what may be right, but is often a mistake, in words that follow "The"; an empty currency is the
 * session's.
 */
export function listWarnings(body: RequestBody, amountCurrency: string): string[] {
	const { country, currency: own } = readDestination(body);
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
		if (!textOf(body, `${whose}_address_line`) || textOf(body, `${whose}_city`)) continue;
		warnings.push(
			`${whose}'s address has no city, and many banks refuse it since November 2026; what Smart Glocal passes on is not known`,
		);
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

/**
 * Makes fingerprints of a payout and its account, or null where the session holds them: HMAC-SHA-256, or
 * SHA-256 with an empty key. From that, card numbers could be found by trying: their last digits count.
 */
export function fingerprintPayout(
	payout: { reference: string; body: RequestBody; amount: number; currency: string },
	key: string,
) {
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
	return (
		textOf(body, 'iban') || textOf(body, 'bank_account_number') || textOf(body, 'account_number')
	);
}

function readCard(body: RequestBody): string {
	return textOf(body, 'card_number') || textOf(body, 'card_number_hash');
}

function readDestination(body: RequestBody): { country: string; currency: string } {
	return {
		country: toUpperAscii(textOf(body, 'recipient_country_iso3')),
		currency: toUpperAscii(textOf(body, 'recipient_currency')),
	};
}

function textOf(body: RequestBody, id: FieldId): string {
	return asText(getPath(body, PAYOUT_FIELDS[id].path));
}
