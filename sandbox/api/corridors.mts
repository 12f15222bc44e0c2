/** A format that a country's page gives for a field. */
interface Format {
	pattern: RegExp;
	says: string;
}

interface Corridor {
	/** The fields of the bank account. Where there are several lists, one complete list is enough. */
	readonly account: readonly (readonly string[])[];
	readonly recipient?: readonly string[];
	readonly sender?: readonly string[];
	/** Sender fields that are common to all corridors, but not needed in this one. */
	readonly senderMayOmit?: readonly string[];
	readonly formats?: Readonly<Record<string, Format>>;
}

const ofAll = {
	account: ['description'],
	recipient: ['bank_name', 'currency', 'country_iso3', 'first_name', 'last_name'],
	sender: ['company_name', 'registration_number', 'country_iso3', 'code'],
} as const;

const localNumber = [['bank_account_number']];

function oneOf(...values: string[]): Format {
	return { pattern: new RegExp(`^(${values.join('|')})$`), says: `one of ${values.join(', ')}` };
}

/**
 * What each country needs on top of what all bank accounts need, by `recipient.country_iso3`
 * (the corridor pages under /docs/payouts; Belgium is the example of session-init-payout).
 */
export const bankCorridors: Readonly<Record<string, Corridor>> = {
	AUS: {
		account: [['bank_account_number', 'bsb_number']],
		recipient: ['address_line', 'city', 'postal_code', 'state'],
		sender: ['address_line'],
		formats: { bsb_number: { pattern: /^\d\d-?\d-?\d{3}$/, says: 'six digits, XX-Y-ZZZ' } },
	},
	BEL: { account: [['iban']] },
	BRA: {
		account: [['bank_account_number', 'branch_number', 'account_type']],
		recipient: ['identity_document.id_number'],
		formats: {
			account_type: oneOf('CHECKING', 'SAVINGS', 'DEPOSIT', 'OTHERS'),
			'identity_document.id_number': { pattern: /^\d{11}$/, says: 'a CPF of 11 digits' },
		},
	},
	CAN: {
		account: [['routing_code', 'account_number']],
		formats: { routing_code: { pattern: /^0\d{8}$/, says: '0, institution and transit code' } },
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
			sort_code: { pattern: /^\d\d-\d\d-\d\d$/, says: 'like 12-34-56' },
		},
	},
	HKG: { account: localNumber, recipient: ['address_line'] },
	HUN: {
		account: [['iban']],
		recipient: ['address_line', 'city'],
		sender: ['address_line', 'city'],
	},
	IDN: { account: localNumber, sender: ['address_line'] },
	ISR: { account: [['iban'], ['bank_account_number', 'branch_number']] },
	KEN: { account: localNumber },
	KOR: { account: localNumber },
	PHL: {
		account: localNumber,
		senderMayOmit: ['company_name', 'registration_number', 'country_iso3'],
	},
	THA: { account: localNumber, sender: ['address_line'] },
	TUR: { account: [['iban']] },
	USA: {
		account: [['bank_account_number', 'account_type', 'routing_code']],
		recipient: ['address_line', 'city', 'postal_code', 'state'],
		sender: ['address_line', 'city'],
		formats: {
			account_type: oneOf('CHECKING', 'SAVINGS'),
			routing_code: { pattern: /^\d{9}$/, says: 'an ABA number of nine digits' },
		},
	},
	VNM: { account: localNumber },
};

/** What all bank accounts need (section "Corridors" of the reference). */
export const commonBankFields = ofAll;

/** The countries that have a page of their own for cards; elsewhere a card needs `full_name`. */
export const cardCorridors = {
	CHN: {
		recipient: [
			...['city', 'postal_code', 'state', 'bank_name', 'currency', 'country_iso3', 'full_name'],
			...['email', 'msisdn'],
		],
		recipientCurrency: 'cny',
		recipientForUsd: ['address_line', 'swift_bic_code', 'first_name', 'last_name'],
	},
	RUS: { orderCurrency: 'rub' },
} as const;
