import { CORRIDOR_IDS } from './corridors';
import type { RowProblem } from './columns';
import {
	CARD_DESTINATION,
	findRequirements,
	OTHER_DESTINATION,
	ROW_DESTINATION,
} from './requirements';
import type { Requirements } from './requirements';
import { readText, toUpperAscii } from './text';
import type { TextOrProblem } from './text';

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
		return findRequirements(chosen) ?? unknownDestination(chosen);
	}
	if (column !== '') return findRequirements(column) ?? unknownDestination(column);
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
	const requirements = findRequirements(`${country}-${currency}`);
	if (requirements) return requirements;
	return {
		field: 'destination',
		message: `There is no form for payouts to ${country} in ${currency} yet. Write ${OTHER_DESTINATION} into the column 'destination' to send it as any other bank account.`,
	};
}

function unknownDestination(destination: string): RowProblem {
	return {
		field: 'destination',
		message: `The destination '${destination}' is unknown. Use one of ${CORRIDOR_IDS.join(', ')}, ${OTHER_DESTINATION} or ${CARD_DESTINATION}.`,
	};
}
