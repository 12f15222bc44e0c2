import { BANK_CODES } from './accounts';
import type { AccountRules } from './accounts';
import { toUpperAscii } from '../text/characters';
import {
	CARD_ALTERNATIVES,
	COMMON_BANK_ACCOUNT_FIELDS,
	CORRIDOR_IDS,
	CORRIDORS,
} from './corridors';
import type { Corridor } from './corridors';
import { FIELD_IDS, PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';

/** Any bank account in any country. */
export const OTHER_DESTINATION = 'OTHER';

/** Any card, wherever it was issued. */
export const CARD_DESTINATION = 'CARD';

/** Each row says where it is paid to. */
export const ROW_DESTINATION = 'ROW';

/** The rules of one corridor, or of any account or card. */
type Rules = Omit<Corridor, 'name' | 'otherNames' | 'source'> & Pick<AccountRules, 'bankCodes'>;

/** What a payout to one destination needs and accepts: three groups of fields that do not overlap. */
export interface Requirements extends Rules {
	readonly required: readonly FieldId[];
	/** The other fields that the destination's page names. */
	readonly optional: readonly FieldId[];
	/** Everything else that Smart Glocal may ask for where its page is incomplete. */
	readonly more: readonly FieldId[];
	/** Values that the destination sets: those of the corridor, its country and its currency. */
	readonly fixed: Readonly<Partial<Record<FieldId, string>>>;
}

/** What the corridor pages have in common (/docs/payouts). */
const ANY_BANK_ACCOUNT_RULES: Rules = {
	required: [...COMMON_BANK_ACCOUNT_FIELDS, 'recipient_country_iso3', 'recipient_currency'],
	bankCodes: BANK_CODES,
	incomplete: true,
};

/** /docs/restricted/bank-card */
const ANY_CARD_RULES: Rules = {
	method: 'card',
	required: ['recipient_full_name'],
	alternatives: CARD_ALTERNATIVES,
};

/** What any other bank account requires, and any other card. */
export const ANY_ACCOUNT = toRequirements(ANY_BANK_ACCOUNT_RULES, {});
export const ANY_CARD = toRequirements(ANY_CARD_RULES, {});

/** By destination in upper case: the corridors, then the general destinations. */
const REQUIREMENTS: ReadonlyMap<string, Requirements> = new Map([
	...CORRIDOR_IDS.map((id): [string, Requirements] => {
		const [recipient_country_iso3, recipient_currency] = id.split('-');
		return [id, toRequirements(CORRIDORS[id], { recipient_country_iso3, recipient_currency })];
	}),
	[OTHER_DESTINATION, ANY_ACCOUNT],
	[CARD_DESTINATION, ANY_CARD],
]);

function toRequirements(rules: Rules, codes: Partial<Record<FieldId, string>>): Requirements {
	const { required, requiredWhen = [], alternatives = [], optional = [], incomplete } = rules;
	const fixed = { ...rules.fixed, ...codes };
	const named = [...alternatives, optional, ...requiredWhen.map(({ fields }) => fields)].flat();
	const others = FIELD_IDS.filter((id) => !required.includes(id) && fixed[id] === undefined);
	const otherMethod = rules.method === 'card' ? 'bank_account' : 'card';
	const isOfOtherMethod = (id: FieldId) =>
		PAYOUT_FIELDS[id].path.startsWith(`payment_method.${otherMethod}.`);
	return {
		...rules,
		fixed,
		optional: others.filter((id) => named.includes(id)),
		more: others.filter((id) => incomplete && !named.includes(id) && !isOfOtherMethod(id)),
	};
}

/** Finds what a destination in any case needs and accepts; undefined for an unknown one. */
export function findRequirements(destination: string): Requirements | undefined {
	return REQUIREMENTS.get(toUpperAscii(destination));
}

/**
 * Whether a row may fill a field. Account fields that are not the destination's are refused, because
 * with a second account in the order, the money could go to the wrong one.
 */
export function acceptsField(requirements: Requirements, id: FieldId): boolean {
	const isOfAccount = PAYOUT_FIELDS[id].path.startsWith('payment_method.');
	if (!isOfAccount || requirements.fixed[id] !== undefined) return true;
	const { required, optional, more } = requirements;
	return [required, optional, more].some((ids) => ids.includes(id));
}

/**
 * Lists the fields that one payout must have, apart from its account where there is a choice.
 *
 * @param senderCountry ISO 3166-1 alpha-3 code in upper case, when the sender has one
 * @param amountCurrency ISO 4217 code in upper case
 */
export function listRequiredFields(
	{ required, requiredWhen = [] }: Pick<Corridor, 'required' | 'requiredWhen'>,
	senderCountry: string | undefined,
	amountCurrency: string,
): FieldId[] {
	const applying = requiredWhen.filter(
		(condition) =>
			(condition.senderCountry ?? senderCountry) === senderCountry &&
			(condition.amountCurrency ?? amountCurrency) === amountCurrency,
	);
	return [...required, ...applying.flatMap(({ fields }) => fields)];
}

/** The destinations of the form: the countries in alphabetical order, then the general ones. */
export const DESTINATIONS = [
	...CORRIDOR_IDS.map((value): { name: string; value: string; description?: string } => ({
		name: CORRIDORS[value].name,
		value,
	})).sort((a, b) => a.name.localeCompare(b.name)),
	{
		name: 'Any Other Bank Account',
		value: OTHER_DESTINATION,
		description:
			'For every country that is not listed: offers all fields, requires those that every country needs',
	},
	{
		name: 'Bank Card',
		value: CARD_DESTINATION,
		description: 'Any card, by its number or by the hash that the tokenization widget returns',
	},
	{
		name: 'Taken From Each Row',
		value: ROW_DESTINATION,
		description: 'The column "destination" of each row says where it is paid to, as in GBR-GBP',
	},
];

/** What a row's own column `destination` can hold. */
export const ROW_DESTINATIONS = DESTINATIONS.filter(({ value }) => value !== ROW_DESTINATION);

/** Lists the corridors and general destinations with certain requirements, as the form calls them. */
export function listDestinations(isWanted: (requirements: Requirements) => boolean): string[] {
	return [...REQUIREMENTS].filter(([, each]) => isWanted(each)).map(([destination]) => destination);
}
