import { FIELD_IDS, PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import type { Columns } from '../headers/matchColumns';
import { toUpperAscii } from '../text/characters';
import { readText } from '../text/readText';
import { showValue } from '../text/shownValue';
import { BANK_CODES } from './accounts';
import {
	CARD_ALTERNATIVES,
	COMMON_BANK_ACCOUNT_FIELDS,
	CORRIDOR_IDS,
	CORRIDORS,
} from './corridors';
import type { Corridor } from './corridors';

/** Any bank account in any country. */
export const OTHER_DESTINATION = 'OTHER';
/** Any card, wherever it was issued. */
export const CARD_DESTINATION = 'CARD';
/** Each row says where it is paid to. */
export const ROW_DESTINATION = 'ROW';

/** The rules of one corridor, or of any account or card. */
type Rules = Omit<Corridor, 'name' | 'otherNames' | 'source'>;

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

/** What any bank account requires: what the corridor pages have in common (/docs/payouts). */
export const ANY_ACCOUNT = toRequirements({
	required: [...COMMON_BANK_ACCOUNT_FIELDS, 'recipient_country_iso3', 'recipient_currency'],
	bankCodes: BANK_CODES,
	incomplete: true,
});

/** What any card requires (/docs/restricted/bank-card). */
export const ANY_CARD = toRequirements({
	method: 'card',
	required: ['recipient_full_name'],
	alternatives: CARD_ALTERNATIVES,
});

/** By destination in upper case: the corridors, then the general destinations. */
const REQUIREMENTS: ReadonlyMap<string, Requirements> = new Map([
	...CORRIDOR_IDS.map((id): [string, Requirements] => {
		const [recipient_country_iso3, recipient_currency] = id.split('-');
		return [id, toRequirements(CORRIDORS[id], { recipient_country_iso3, recipient_currency })];
	}),
	[OTHER_DESTINATION, ANY_ACCOUNT],
	[CARD_DESTINATION, ANY_CARD],
]);

function toRequirements(rules: Rules, codes: Corridor['fixed'] = {}): Requirements {
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

/** Finds what a destination, in any case, needs and accepts; undefined for an unknown one. */
export function findRequirements(destination: string): Requirements | undefined {
	return REQUIREMENTS.get(toUpperAscii(destination));
}

/** Whether a row may fill a field: a second account in an order could be the one that is paid. */
export function acceptsField(requirements: Requirements, id: FieldId): boolean {
	const isOfAccount = PAYOUT_FIELDS[id].path.startsWith('payment_method.');
	if (!isOfAccount || requirements.fixed[id] !== undefined) return true;
	const { required, optional, more } = requirements;
	return [required, optional, more].some((ids) => ids.includes(id));
}

/** Lists the fields that one payout must have, apart from a choice of accounts. Codes are in upper case. */
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

/** What a row's destination requires, or what is wrong with it; `ROW` leaves it to the columns. */
export function resolveDestination(
	chosen: string,
	values: Columns['values'],
): Requirements | string {
	const read = readText(values.destination, 'text', 'The destination');
	if ('problem' in read) return read.problem;
	const column = read.value;
	const isRow = chosen === ROW_DESTINATION;
	if (!isRow && column !== '' && toUpperAscii(column) !== toUpperAscii(chosen)) {
		return `The row's destination is '${showValue(column)}', but the node's is '${showValue(chosen)}'. Correct the row, or set 'Destination' to 'Taken From Each Row'.`;
	}
	const destination = isRow ? column : chosen;
	const known = findRequirements(destination);
	if (known) return known;
	if (destination !== '') {
		return `The destination '${showValue(destination)}' is unknown.${didYouMean(destination)} Use one of ${CORRIDOR_IDS.join(', ')}, or ${CARD_DESTINATION} for a bank card; for any other country write ${OTHER_DESTINATION} and fill in recipient_country_iso3 and recipient_currency.`;
	}
	if (!isRow) return "'Destination' is empty. Choose where the money goes.";
	const country = codeOf(values.recipient_country_iso3);
	const currency = codeOf(values.recipient_currency);
	if (country === '' || currency === '') {
		return `The row does not say where the payout goes. Fill in the column 'destination', as in ${CORRIDOR_IDS[0]}, or both 'recipient_country_iso3' and 'recipient_currency'.`;
	}
	const corridor = findRequirements(`${country}-${currency}`);
	if (corridor) return corridor;
	return `There is no form for payouts to ${showValue(country)} in ${showValue(currency)} yet.${didYouMean(`${country} ${currency}`)} Enter ${OTHER_DESTINATION} in the column 'destination' to use 'Any Other Bank Account'.`;
}

/** A code in upper case; empty when it cannot be read: readFields reports what is wrong with it. */
export function codeOf(value: unknown): string {
	const read = readText(value, 'text', '');
	return 'value' in read ? toUpperAscii(read.value) : '';
}

/** With a space in front; empty when nothing, or more than one thing, can have been meant. */
function didYouMean(written: string): string {
	const name = simplify(written.slice(0, MAX_NAME_CHARACTERS));
	const [only, ...others] = NAMES.filter(({ names }) => name !== '' && names.includes(name));
	return only === undefined || others.length > 0 ? '' : ` Did you mean ${only.destination}?`;
}

/** Whether a text is a country's code or name, as far as it has a form (ISO 3166-1 alpha-3). */
export function isCountryNamed(text: string, country: string): boolean {
	const name = simplify(text.slice(0, MAX_NAME_CHARACTERS));
	return NAMES.some(
		(each) => each.destination.startsWith(`${country}-`) && each.countries.includes(name),
	);
}

/** No name of a country is longer. */
const MAX_NAME_CHARACTERS = 60;

/** What people write for a destination: the country, the currency or both, by name or code. */
const NAMES = ROW_DESTINATIONS.map(({ name, value: destination }) => {
	const corridors: Readonly<Record<string, Corridor>> = CORRIDORS;
	const [country = '', currency = ''] = destination.split('-');
	const countries = [country, ...(corridors[destination]?.otherNames ?? [])];
	const withCurrency = countries.flatMap((each) => [each, each + currency, currency + each]);
	// The form writes the currency behind the name, as in "China, card (CNY)".
	const own = [...countries, name.replace(/(?:, card)? *\(.*$/, '')];
	const names = [name, name.replace(/ *\(.*$/, ''), currency, ...withCurrency].map(simplify);
	return { destination, names, countries: own.map(simplify) };
});

/** Letters only, in lower case and without accents. */
function simplify(name: string): string {
	return name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z]/g, '');
}
