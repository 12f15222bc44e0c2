import { toUpperAscii } from '../text/characters';
import type { RowProblem } from '../validationError';
import { CORRIDOR_IDS, CORRIDORS } from './corridors';
import {
	CARD_DESTINATION,
	findRequirements,
	OTHER_DESTINATION,
	ROW_DESTINATION,
	ROW_DESTINATIONS,
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
	if ('problem' in read) return refuse(read.problem);
	const column = read.value;
	const isRow = chosen === ROW_DESTINATION;
	if (!isRow && column !== '' && toUpperAscii(column) !== toUpperAscii(chosen)) {
		return refuse(
			`The row's destination is '${showValue(column)}', but the node's is '${showValue(chosen)}'. Correct the row, or set 'Destination' to 'Taken From Each Row'.`,
		);
	}
	const destination = isRow ? column : chosen;
	const known = findRequirements(destination);
	if (known) return known;
	if (destination !== '') {
		return refuse(
			`The destination '${showValue(destination)}' is unknown.${didYouMean(destination)} Use one of ${CORRIDOR_IDS.join(', ')}, or ${CARD_DESTINATION} for a bank card; for any other country write ${OTHER_DESTINATION} and fill in recipient_country_iso3 and recipient_currency.`,
		);
	}
	if (!isRow) return refuse("'Destination' is empty. Choose where the money goes.");
	const country = codeOf(values.recipient_country_iso3);
	const currency = codeOf(values.recipient_currency);
	if (country === '' || currency === '') {
		return refuse(
			`The row does not say where the payout goes. Fill in the column 'destination', as in ${CORRIDOR_IDS[0]}, or both 'recipient_country_iso3' and 'recipient_currency'.`,
		);
	}
	return (
		findRequirements(`${country}-${currency}`) ??
		refuse(
			`There is no form for payouts to ${showValue(country)} in ${showValue(currency)} yet.${didYouMean(`${country} ${currency}`)} Enter ${OTHER_DESTINATION} in the column 'destination' to use 'Any Other Bank Account'.`,
		)
	);
}

function refuse(message: string): RowProblem {
	return { field: 'destination', message };
}

/** A code in upper case; empty when it cannot be read: readFields reports what is wrong with it. */
export function codeOf(value: unknown): string {
	const read = readText(value, 'text', '');
	return 'value' in read ? toUpperAscii(read.value) : '';
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
