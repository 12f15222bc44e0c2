/** Needed on every page about payouts to bank accounts. */
export const PURPOSE_AND_RECIPIENT = [
	'description',
	'recipient_first_name',
	'recipient_last_name',
	'recipient_bank_name',
] as const;

/** Needed on almost every page about payouts to bank accounts (/docs/payouts, corridor pages). */
export const COMMON_BANK_ACCOUNT_FIELDS = [
	...PURPOSE_AND_RECIPIENT,
	'sender_company_name',
	'sender_registration_number',
	'sender_country_iso3',
	'sender_code',
] as const;

export const RECIPIENT_ADDRESS = ['recipient_address_line', 'recipient_city'] as const;

export const SENDER_ADDRESS = ['sender_address_line', 'sender_city'] as const;

/** A card is paid by its number, or by the hash that the tokenization widget makes of it. */
export const CARD_ALTERNATIVES = [['card_number'], ['card_number_hash']] as const;

/** In characters, on the pages that limit address lines. */
export const MAX_ADDRESS_LINES = { recipient_address_line: 256, sender_address_line: 256 } as const;
