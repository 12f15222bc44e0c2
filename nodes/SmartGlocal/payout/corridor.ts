import type { CheckName, FieldId } from './fields';

/** Fields that a payout needs only in some cases; all conditions that are given must hold. */
export interface ConditionalFields {
	readonly senderCountry?: string;
	readonly amountCurrency?: string;
	readonly fields: readonly FieldId[];
}

/** What Smart Glocal needs for payouts to one country in one currency. */
export interface Corridor {
	/** What the form calls it. */
	readonly name: string;
	/** Paid to a card instead of a bank account. */
	readonly method?: 'card';
	readonly required: readonly FieldId[];
	readonly requiredWhen?: readonly ConditionalFields[];
	/** Combinations of account fields, of which exactly one must be complete. */
	readonly alternatives?: readonly (readonly FieldId[])[];
	readonly optional?: readonly FieldId[];
	/** Values that the corridor fixes, filled in for the user. */
	readonly fixed?: Readonly<Partial<Record<FieldId, string>>>;
	/** The only currency that the amount can be in. */
	readonly amountCurrency?: string;
	/** True where the page knows neither the recipient's country nor currency. */
	readonly omitsCountry?: true;
	/** Allowed values of a field. */
	readonly choices?: Readonly<Partial<Record<FieldId, readonly string[]>>>;
	/** Checks that are this corridor's own. */
	readonly checks?: Readonly<Partial<Record<FieldId, CheckName>>>;
	/** Longest texts in characters, where the corridor's page gives them. */
	readonly maxLength?: Readonly<Partial<Record<FieldId, number>>>;
	/** The page of the API reference is cut off, so Smart Glocal may ask for more fields. */
	readonly incomplete?: true;
	/** Page of the API reference. */
	readonly source: string;
}
