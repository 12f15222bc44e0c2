import { readText, toUpperAscii } from './text';
import type { TextOrProblem } from './text';
import type { RowProblem } from './columns';
import {
	CARD_ALTERNATIVES,
	CARD_DESTINATION,
	COMMON_BANK_ACCOUNT_FIELDS,
	CORRIDOR_IDS,
	CORRIDORS,
	findCorridor,
	OTHER_DESTINATION,
	ROW_DESTINATION,
} from './corridors';
import type { Corridor } from './corridor';
import { FIELD_IDS, PAYOUT_FIELDS } from './fields';
import type { FieldId } from './fields';

/** What a payout needs, whether a corridor or the row itself names its country and currency. */
export type Requirements = Omit<Corridor, 'country' | 'currency' | 'name'> & {
	readonly country?: string;
	readonly currency?: string;
};

const ANY_BANK_ACCOUNT: Requirements = {
	required: [...COMMON_BANK_ACCOUNT_FIELDS, 'recipient_country_iso3', 'recipient_currency'],
	complete: false,
	source: '/docs/payouts, what all corridor pages have in common',
};

const ANY_CARD: Requirements = {
	method: 'card',
	required: ['recipient_full_name'],
	alternatives: CARD_ALTERNATIVES,
	complete: true,
	source: '/docs/restricted/bank-card',
};

/** The values that can name a destination. */
type DestinationValues = Partial<
	Record<'destination' | 'recipient_country_iso3' | 'recipient_currency', unknown>
>;

/**
 * Decides what a row needs.
 *
 * @param chosen the node's destination: a corridor, `OTHER`, or `ROW`, where the row's column
 *   `destination` decides, or else its columns `recipient_country_iso3` and `recipient_currency`
 * @returns the requirements, or what is wrong with the row's destination
 */
export function resolveDestination(
	chosen: string,
	values: DestinationValues,
): Requirements | RowProblem {
	const read = {
		destination: readText(values.destination, 'text', 'The destination'),
		country: readText(values.recipient_country_iso3, 'text', 'Recipient Country'),
		currency: readText(values.recipient_currency, 'text', 'Recipient Currency'),
	};
	if ('problem' in read.destination) {
		return { field: 'destination', message: read.destination.problem };
	}
	const column = read.destination.text;
	if (chosen !== ROW_DESTINATION) {
		if (column !== '' && toUpperAscii(column) !== toUpperAscii(chosen)) {
			return {
				field: 'destination',
				message: `The row's destination is '${column}', but the node's is '${chosen}'. Correct the row, or set 'Destination' to 'Taken From Each Row'.`,
			};
		}
		return named(chosen) ?? unknownDestination(chosen);
	}
	if (column !== '') return named(column) ?? unknownDestination(column);
	return findByRecipient(textOf(read.country), textOf(read.currency));
}

/** What is wrong with these values is reported with the other fields. */
function textOf(read: TextOrProblem): string {
	return 'text' in read ? toUpperAscii(read.text) : '';
}

function findByRecipient(country: string, currency: string): Requirements | RowProblem {
	if (country === '' || currency === '') {
		return {
			field: 'destination',
			message: `The row does not say where the payout goes. Fill the column 'destination', as in ${CORRIDOR_IDS[0]}, or both 'recipient_country_iso3' and 'recipient_currency'.`,
		};
	}
	const corridor = findCorridor(`${country}-${currency}`);
	if (corridor) return corridor;
	return {
		field: 'destination',
		message: `There is no form for payouts to ${country} in ${currency} yet. Write ${OTHER_DESTINATION} into the column 'destination' to send it as any other bank account.`,
	};
}

function named(destination: string): Requirements | undefined {
	if (toUpperAscii(destination) === OTHER_DESTINATION) return ANY_BANK_ACCOUNT;
	if (toUpperAscii(destination) === CARD_DESTINATION) return ANY_CARD;
	return findCorridor(destination);
}

function unknownDestination(destination: string): RowProblem {
	return {
		field: 'destination',
		message: `The destination '${destination}' is unknown. Use one of ${CORRIDOR_IDS.join(', ')}, ${OTHER_DESTINATION} or ${CARD_DESTINATION}.`,
	};
}

/** The fields of a destination for the form; none stands in two lists. */
export interface DestinationFields {
	required: readonly FieldId[];
	/** What the destination's page names beside them. */
	optional: readonly FieldId[];
	/** All others, where the page was cut and Smart Glocal may ask for more. */
	more: readonly FieldId[];
}

/**
 * Lists the fields of a destination for the form.
 *
 * @param destination a corridor, `OTHER` or `CARD`
 * @returns undefined for a destination that is not known
 */
export function listFields(destination: string): DestinationFields | undefined {
	const requirements = named(destination);
	if (!requirements) return undefined;
	const { required, requiredWhen = [], alternatives = [], fixed = {}, country } = requirements;
	const filledIn: string[] = [
		...Object.keys(fixed),
		...(country === undefined ? [] : ['recipient_country_iso3', 'recipient_currency']),
	];
	const isOffered = (id: FieldId) => !required.includes(id) && !filledIn.includes(id);
	const optional = [
		...alternatives.flat(),
		...(requirements.optional ?? []),
		...requiredWhen.flatMap(({ fields }) => fields),
	].filter(isOffered);
	const isForOtherMethod = (id: FieldId) =>
		PAYOUT_FIELDS[id].path.startsWith('payment_method.') &&
		PAYOUT_FIELDS[id].path.startsWith('payment_method.card.') !== (requirements.method === 'card');
	const more = requirements.complete
		? []
		: FIELD_IDS.filter((id) => isOffered(id) && !optional.includes(id) && !isForOtherMethod(id));
	return { required, optional, more };
}

/** The corridors whose page was cut, so that Smart Glocal may ask for more than the form requires. */
export const INCOMPLETE_DESTINATIONS: string[] = CORRIDOR_IDS.filter(
	(id) => !CORRIDORS[id].complete,
);

/** In words, for each destination that takes one account or another, what can be filled in. */
export const ACCOUNT_CHOICES: ReadonlyArray<{ destination: string; choice: string }> = [
	...CORRIDOR_IDS,
	CARD_DESTINATION,
].flatMap((destination) => {
	const alternatives = named(destination)?.alternatives;
	if (!alternatives) return [];
	const choice = alternatives
		.map((fields) => fields.map((id) => PAYOUT_FIELDS[id].label).join(' and '))
		.join(', or ');
	return [{ destination, choice }];
});

/** The destinations that are paid to a card. */
export const CARD_DESTINATIONS: string[] = [
	...CORRIDOR_IDS.filter((id) => findCorridor(id)?.method === 'card'),
	CARD_DESTINATION,
];

/** The destinations of the form: the countries in alphabetical order, then the general ones. */
export const DESTINATIONS = [
	...CORRIDOR_IDS.map((value): { name: string; value: string; description?: string } => ({
		name: CORRIDORS[value].name,
		value,
	})).sort((a, b) => a.name.localeCompare(b.name)),
	{
		name: 'Any Other Bank Account',
		value: OTHER_DESTINATION,
		description: 'Offers every field and requires only those that every country needs',
	},
	{
		name: 'Bank Card',
		value: CARD_DESTINATION,
		description: 'Any card, by its number or by the hash of the tokenization widget',
	},
	{
		name: 'Taken From Each Row',
		value: ROW_DESTINATION,
		description: 'The column "destination" of each row says where it goes, as in GBR-GBP',
	},
];
