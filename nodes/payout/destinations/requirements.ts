import { FIELD_IDS, isOfAccount, PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import { isCountry, isCurrency } from '../formats/isoCodes';
import type { Columns } from '../headers/matchColumns';
import { toUpperAscii } from '../text/characters';
import { readText } from '../text/readText';
import { showValue } from '../text/shownValue';
import type { Checked } from '../validationError';
import { BANK_CODES } from './accounts';
import {
	CARD_ALTERNATIVES,
	COMMON_BANK_ACCOUNT_FIELDS,
	CORRIDOR_IDS,
	CORRIDORS,
} from './corridors';
import type { Corridor } from './corridors';
import { findPlaces, toNameKey } from './countryNames';

export const OTHER_DESTINATION = 'OTHER';
export const CARD_DESTINATION = 'CARD';
export const ROW_DESTINATION = 'ROW';
type Rules = Omit<Corridor, 'name' | 'source'>;
type Values = Columns['values'];

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

export const ANY_CARD = toRequirements({
	method: 'card',
	required: ['recipient_full_name'],
	alternatives: CARD_ALTERNATIVES,
});

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
	if (!isOfAccount(id) || requirements.fixed[id] !== undefined) return true;
	const { required, optional, more } = requirements;
	return [required, optional, more].some((ids) => ids.includes(id));
}

/** Lists the fields that one payout must have, apart from a choice of accounts. Codes are in upper case. */
export function listRequiredFields(rules: Rules, senderCountry = '', amountCurrency = '') {
	const { required, requiredWhen = [] } = rules;
	const applying = requiredWhen.filter(
		(condition) =>
			(condition.senderCountry ?? senderCountry) === senderCountry &&
			(condition.amountCurrency ?? amountCurrency) === amountCurrency,
	);
	return [...required, ...applying.flatMap(({ fields }) => fields)];
}

/** The destinations of the form: the countries in alphabetical order, then the general ones. */
export const DESTINATIONS: Array<{ name: string; value: string; description?: string }> = [
	...CORRIDOR_IDS.map((value) => ({ name: CORRIDORS[value].name, value })).sort((a, b) =>
		a.name.localeCompare(b.name),
	),
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
		description: 'The column "destination" says where each row is paid to, as in GBR-GBP or Kenya',
	},
];

export const ROW_DESTINATIONS = DESTINATIONS.filter(({ value }) => value !== ROW_DESTINATION);

/** Lists the corridors and general destinations with certain requirements, as the form calls them. */
export function listDestinations(isWanted: (requirements: Requirements) => boolean): string[] {
	return [...REQUIREMENTS].filter(([, each]) => isWanted(each)).map(([destination]) => destination);
}

/** What a row's destination requires, or a problem. A country without a form of its own means any account. */
export function resolveDestination(chosen: string, values: Values): Requirements | string {
	const read = readText(values.destination, 'text', 'The destination');
	if ('problem' in read) return read.problem;
	const { value: column } = read;
	if (chosen === '') return "'Destination' is empty. Choose where the money goes.";
	if (chosen === ROW_DESTINATION) {
		return column === '' ? findByColumns(values) : toResolved(readDestination(column));
	}
	const ofNode = readDestination(chosen);
	if (column === '' || 'problem' in ofNode) return toResolved(ofNode);
	const ofRow = readDestination(column);
	// A country without a form of its own is any other account, too.
	if ('value' in ofRow) {
		const isRefined = ofNode.value === OTHER_DESTINATION && !REQUIREMENTS.has(ofRow.value);
		if (ofRow.value === ofNode.value || isRefined) return toResolved(ofRow);
	}
	return `The row's destination is '${showValue(column)}', but the node's is '${showValue(chosen)}'. Correct the row, or set 'Destination' to 'Taken From Each Row'.`;
}

/** By the country and the currency of the row; readFields reports what is wrong with a code. */
function findByColumns(values: Values): Requirements | string {
	const country = codeOf(values.recipient_country_iso3);
	const currency = codeOf(values.recipient_currency);
	if (country === '' || currency === '') {
		return `The row does not say where the payout goes. Fill in the column 'destination', as in ${CORRIDOR_IDS[0]}, or both 'recipient_country_iso3' and 'recipient_currency'.`;
	}
	const isPlace = isCountry(country) && isCurrency(currency);
	return isPlace ? toResolved(readDestination(`${country}-${currency}`)) : ANY_ACCOUNT;
}

function toResolved(read: Checked): Requirements | string {
	if ('problem' in read) return read.problem;
	const [recipient_country_iso3, recipient_currency] = read.value.split('-');
	const fixed = { recipient_country_iso3, ...(recipient_currency && { recipient_currency }) };
	return REQUIREMENTS.get(read.value) ?? { ...ANY_ACCOUNT, fixed };
}

const USE_OTHER = `${OTHER_DESTINATION} and fill in recipient_country_iso3 and recipient_currency`;

/** By value, by what the form calls it, and as in "China, card". */
const DESTINATIONS_BY_NAME: ReadonlyMap<string, string> = new Map(
	ROW_DESTINATIONS.flatMap(({ name, value }) =>
		[value, name, name.replace(/(, card) .*/, '$1')].map((each) => [toNameKey(each), value]),
	),
);

/** Reads a destination into that of the form, else into a country, as in `DEU` and `DEU-EUR`. */
function readDestination(written: string): Checked {
	const known = DESTINATIONS_BY_NAME.get(toNameKey(written));
	if (known !== undefined) return { value: known };
	const places = findPlaces(written);
	const [place] = places;
	const shown = `The destination '${showValue(written)}'`;
	const unknown = `${shown} is unknown. Write a country by its English name or its code, as in Belgium, BE or BEL-EUR, ${CARD_DESTINATION} for a bank card, or ${USE_OTHER}.`;
	if (!place) return { problem: unknown };
	const { country, currency } = place;
	if (places.some((each) => each.country !== country)) {
		const choices = places.map((each) => `'${each.country} (${each.name})'`).join(' or ');
		return { problem: `${shown} could be ${choices}. Write the code of the one that is meant.` };
	}
	const code = currency === '' ? country : `${country}-${currency}`;
	const forms = CORRIDOR_IDS.filter((id) => id.startsWith(`${country}-`));
	if (forms.length === 0) return { value: code };
	const [form, ...more] = forms.filter((id) => id.startsWith(code));
	// A country alone does not say that its money goes to a card.
	const isClear = currency !== '' || findRequirements(form ?? '')?.method !== 'card';
	if (form !== undefined && more.length === 0 && isClear) return { value: form };
	const choices = forms.map((id) => `'${id}' for '${CORRIDORS[id].name}'`).join(' or ');
	const problem = `${shown} names a country with a form of its own: ${choices}. Write that code as the destination, or ${USE_OTHER} to pay any bank account there.`;
	return { problem };
}

/** A code in upper case; empty when it cannot be read: readFields reports what is wrong with it. */
export function codeOf(value: unknown): string {
	const read = readText(value, 'text', '');
	return 'value' in read ? toUpperAscii(read.value) : '';
}
