/** A format that a country's page requires of a field. */
interface Format {
	pattern: RegExp;
	/** Completes the sentence "The field must be …". */
	description: string;
}

interface Corridor {
	/** The required fields of the bank account; of several lists, one complete list is enough. */
	readonly account: readonly (readonly string[])[];
	readonly recipient?: readonly string[];
	readonly sender?: readonly string[];
	/** Common sender fields that this corridor does not need. */
	readonly senderMayOmit?: readonly string[];
	readonly formats?: Readonly<Record<string, Format>>;
}

/** What every bank account needs (section "Corridors" of the reference). */
export const COMMON_BANK_FIELDS = {
	account: ['description'],
	recipient: ['bank_name', 'currency', 'country_iso3', 'first_name', 'last_name'],
	sender: ['company_name', 'registration_number', 'country_iso3', 'code'],
} as const;

const LOCAL_NUMBER = [['bank_account_number']];

function oneOf(...values: string[]): Format {
	return {
		pattern: new RegExp(`^(${values.join('|')})$`),
		description: `one of ${values.join(', ')}`,
	};
}

/**
 * What each country needs beside the common fields, by `recipient.country_iso3` (the corridor pages
 * under /docs/payouts; Belgium is the example of session-init-payout).
 */
export const BANK_CORRIDORS: Readonly<Record<string, Corridor>> = {
	AUS: {
		account: [['bank_account_number', 'bsb_number']],
		recipient: ['address_line', 'city', 'postal_code', 'state'],
		sender: ['address_line'],
		formats: { bsb_number: { pattern: /^\d\d-?\d-?\d{3}$/, description: 'six digits, XX-Y-ZZZ' } },
	},
	BEL: { account: [['iban']] },
	BRA: {
		account: [['bank_account_number', 'branch_number', 'account_type']],
		recipient: ['identity_document.id_number'],
		formats: {
			account_type: oneOf('CHECKING', 'SAVINGS', 'DEPOSIT', 'OTHERS'),
			'identity_document.id_number': { pattern: /^\d{11}$/, description: 'a CPF of 11 digits' },
		},
	},
	CAN: {
		account: [['routing_code', 'account_number']],
		formats: {
			routing_code: { pattern: /^0\d{8}$/, description: '0, institution and transit code' },
		},
	},
	CZE: { account: [['iban'], ['bank_account_number', 'branch_number']] },
	GBR: {
		account: [
			['account_type', 'sort_code', 'account_number'],
			['account_type', 'iban', 'swift_bic_code'],
		],
		recipient: ['address_line', 'city', 'postal_code'],
		formats: {
			account_type: oneOf('CHECKING'),
			sort_code: { pattern: /^\d\d-\d\d-\d\d$/, description: 'like 12-34-56' },
		},
	},
	HKG: { account: LOCAL_NUMBER, recipient: ['address_line'] },
	HUN: {
		account: [['iban']],
		recipient: ['address_line', 'city'],
		sender: ['address_line', 'city'],
	},
	IDN: { account: LOCAL_NUMBER, sender: ['address_line'] },
	ISR: { account: [['iban'], ['bank_account_number', 'branch_number']] },
	KEN: { account: LOCAL_NUMBER },
	KOR: { account: LOCAL_NUMBER },
	PHL: {
		account: LOCAL_NUMBER,
		senderMayOmit: ['company_name', 'registration_number', 'country_iso3'],
	},
	THA: { account: LOCAL_NUMBER, sender: ['address_line'] },
	TUR: { account: [['iban']] },
	USA: {
		account: [['bank_account_number', 'account_type', 'routing_code']],
		recipient: ['address_line', 'city', 'postal_code', 'state'],
		sender: ['address_line', 'city'],
		formats: {
			account_type: oneOf('CHECKING', 'SAVINGS'),
			routing_code: { pattern: /^\d{9}$/, description: 'an ABA number of nine digits' },
		},
	},
	VNM: { account: LOCAL_NUMBER },
};

/** The countries with a page of their own for cards; elsewhere a card only needs `full_name`. */
export const CARD_CORRIDORS = {
	CHN: {
		recipient: [
			'city',
			'postal_code',
			'state',
			'bank_name',
			'currency',
			'country_iso3',
			'full_name',
			'email',
			'msisdn',
		],
		recipientCurrency: 'cny',
		recipientForUsd: ['address_line', 'swift_bic_code', 'first_name', 'last_name'],
	},
	RUS: { orderCurrency: 'rub' },
} as const;
