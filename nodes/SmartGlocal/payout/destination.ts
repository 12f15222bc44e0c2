import { cleanText } from './cells';
import type { RowProblem } from './columns';
import {
	CORRIDOR_IDS,
	CORRIDORS,
	COMMON_BANK_ACCOUNT_FIELDS,
	findCorridor,
	OTHER_DESTINATION,
	ROW_DESTINATION,
} from './corridors';
import type { Corridor } from './corridors';
import { FIELD_IDS } from './fields';
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

/** The cells that can name a destination. */
type DestinationCells = Partial<
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
	cells: DestinationCells,
): Requirements | RowProblem {
	const column = cleanText(String(cells.destination ?? ''));
	if (chosen === ROW_DESTINATION) return resolveRowDestination(column, cells);

	if (column !== '' && column.toUpperCase() !== chosen.toUpperCase()) {
		return {
			field: 'destination',
			message: `The row's destination is '${column}', but the node's is '${chosen}'. Correct the row, or set 'Destination' to 'Taken From Each Row'.`,
		};
	}
	return named(chosen) ?? unknownDestination(chosen);
}

function resolveRowDestination(column: string, cells: DestinationCells): Requirements | RowProblem {
	if (column !== '') return named(column) ?? unknownDestination(column);

	const country = cleanText(String(cells.recipient_country_iso3 ?? '')).toUpperCase();
	const currency = cleanText(String(cells.recipient_currency ?? '')).toUpperCase();
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
	if (destination.toUpperCase() === OTHER_DESTINATION) return ANY_BANK_ACCOUNT;
	return findCorridor(destination);
}

function unknownDestination(destination: string): RowProblem {
	return {
		field: 'destination',
		message: `The destination '${destination}' is unknown. Use one of ${CORRIDOR_IDS.join(', ')} or ${OTHER_DESTINATION}.`,
	};
}

/**
 * Lists the fields of a destination for the form.
 *
 * @param destination a corridor or `OTHER`
 * @returns required and optional field ids; undefined for a destination that is not known
 */
export function listFields(
	destination: string,
): { required: readonly FieldId[]; optional: readonly FieldId[] } | undefined {
	const requirements = named(destination);
	if (!requirements) return undefined;
	const { required, alternatives = [], optional = [], fixed = {}, country } = requirements;
	const filledIn: string[] = [
		...Object.keys(fixed),
		...(country === undefined ? [] : ['recipient_country_iso3', 'recipient_currency']),
	];
	// Smart Glocal may ask for more where its page was cut, so that the rest is offered, too.
	const offered = requirements.complete ? [...alternatives.flat(), ...optional] : FIELD_IDS;
	return { required, optional: offered.filter((id) => !filledIn.includes(id)) };
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
		description: 'Offers every field and requires only those that every country needs',
	},
	{
		name: 'Taken From Each Row',
		value: ROW_DESTINATION,
		description: 'The column "destination" of each row says where it goes, as in GBR-GBP',
	},
];
