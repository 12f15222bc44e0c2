import type { CheckName, FieldId } from '../fields/fields';

/** Fields that a payout needs only when every condition given here is met. */
export interface ConditionalFields {
	readonly senderCountry?: string;
	readonly amountCurrency?: string;
	readonly fields: readonly FieldId[];
}

/** What Smart Glocal requires for payouts to one country in one currency. */
export interface Corridor {
	/** What the form calls it. */
	readonly name: string;
	/** Paid to a card instead of a bank account. */
	readonly method?: 'card';
	readonly required: readonly FieldId[];
	readonly requiredWhen?: readonly ConditionalFields[];
	/** Sets of account fields, of which a payout must fill exactly one. */
	readonly alternatives?: readonly (readonly FieldId[])[];
	readonly optional?: readonly FieldId[];
	/** Values that are always the same, filled in for the user. */
	readonly fixed?: Readonly<Partial<Record<FieldId, string>>>;
	/** The only currency in which the amount may be given. */
	readonly amountCurrency?: string;
	/** The page has no fields for the recipient's country and currency, so they are not sent. */
	readonly omitsCountry?: true;
	/** Allowed values of a field. */
	readonly choices?: Readonly<Partial<Record<FieldId, readonly string[]>>>;
	/** Checks that differ from the field's own in this corridor. */
	readonly checks?: Readonly<Partial<Record<FieldId, CheckName>>>;
	/** In characters, where the corridor's page has a limit. */
	readonly maxLength?: Readonly<Partial<Record<FieldId, number>>>;
	/** The page of the API reference is cut off, so Smart Glocal may ask for more fields. */
	readonly incomplete?: true;
	/** Page of the API reference. */
	readonly source: string;
}
