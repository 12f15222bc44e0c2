import { toUpperAscii } from '../text/characters';
import type { RowProblem } from '../validationError';
import { CORRIDOR_IDS, CORRIDORS } from './corridors';
import { ROW_DESTINATIONS } from './destinations';
import {
	CARD_DESTINATION,
	findRequirements,
	OTHER_DESTINATION,
	ROW_DESTINATION,
} from './requirements';
import type { Requirements } from './requirements';
import { showValue } from '../text/shownValue';
import { readText } from '../text/readText';

/** The values that can name a destination. */
type DestinationValues = Partial<
	Record<'destination' | 'recipient_country_iso3' | 'recipient_currency', unknown>
>;

/**
 * Decides where a row is paid to and what that requires.
 *
 * @param chosen the node's destination: a corridor, `OTHER`, `CARD`, or `ROW`, which leaves it to the
 *   row's column `destination`, or to `recipient_country_iso3` and `recipient_currency`
 * @returns the requirements, or what is wrong with the row's destination
 */
export function resolveDestination(
	chosen: string,
	values: DestinationValues,
): Requirements | RowProblem {
	const read = readText(values.destination, 'text', 'The destination');
	if ('problem' in read) return { field: 'destination', message: read.problem };
	const column = read.value;
	if (chosen !== ROW_DESTINATION) {
		if (column !== '' && toUpperAscii(column) !== toUpperAscii(chosen)) {
			return {
				field: 'destination',
				message: `The row's destination is '${showValue(column)}', but the node's is '${showValue(chosen)}'. Correct the row, or set 'Destination' to 'Taken From Each Row'.`,
			};
		}
		return findRequirements(chosen) ?? unknownDestination(chosen);
	}
	if (column !== '') return findRequirements(column) ?? unknownDestination(column);
	return findByRecipient(codeOf(values.recipient_country_iso3), codeOf(values.recipient_currency));
}

/** A code in upper case; empty when it cannot be read: readFields reports what is wrong with it. */
export function codeOf(value: unknown): string {
	const read = readText(value, 'text', '');
	return 'value' in read ? toUpperAscii(read.value) : '';
}

function findByRecipient(country: string, currency: string): Requirements | RowProblem {
	if (country === '' || currency === '') {
		return {
			field: 'destination',
			message: `The row does not say where the payout goes. Fill in the column 'destination', as in ${CORRIDOR_IDS[0]}, or both 'recipient_country_iso3' and 'recipient_currency'.`,
		};
	}
	const requirements = findRequirements(`${country}-${currency}`);
	if (requirements) return requirements;
	return {
		field: 'destination',
		message: `There is no form for payouts to ${showValue(country)} in ${showValue(currency)} yet.${didYouMean(`${country} ${currency}`)} Enter ${OTHER_DESTINATION} in the column 'destination' to use 'Any Other Bank Account'.`,
	};
}

function unknownDestination(destination: string): RowProblem {
	if (destination === '') {
		return {
			field: 'destination',
			message: "'Destination' is empty. Choose where the money goes.",
		};
	}
	return {
		field: 'destination',
		message: `The destination '${showValue(destination)}' is unknown.${didYouMean(destination)} Use one of ${CORRIDOR_IDS.join(', ')}, or ${CARD_DESTINATION} for a bank card; for any other country write ${OTHER_DESTINATION} and fill in recipient_country_iso3 and recipient_currency.`,
	};
}

/** With a space in front; empty when nothing, or more than one thing, can have been meant. */
function didYouMean(written: string): string {
	const name = simplify(written.slice(0, MAX_NAME_CHARACTERS));
	const meant = NAMES.filter((each) => each.name === name).map(({ destination }) => destination);
	const [only, ...others] = new Set(meant);
	return only === undefined || others.length > 0 ? '' : ` Did you mean ${only}?`;
}

/** No name of a country is longer. */
const MAX_NAME_CHARACTERS = 60;

/** What people write for a destination: the country, the currency or both, by name or code. */
const NAMES: ReadonlyArray<{ name: string; destination: string }> = [
	...ROW_DESTINATIONS.flatMap(({ name, value: destination }) =>
		// The form writes the currency behind the name, as in "China, card (CNY)".
		[destination, name, name.replace(/ *\(.*$/, '')].map((each) => ({ name: each, destination })),
	),
	...CORRIDOR_IDS.flatMap((destination) => {
		const [country = '', currency = ''] = destination.split('-');
		const countries = [country, ...CORRIDORS[destination].otherNames];
		const withCurrency = countries.flatMap((name) => [name, name + currency, currency + name]);
		return [currency, ...withCurrency].map((name) => ({ name, destination }));
	}),
].map(({ name, destination }) => ({ name: simplify(name), destination }));

/** Letters only, in lower case and without accents. */
function simplify(name: string): string {
	return name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z]/g, '');
}
