import { CORRIDOR_IDS } from './corridors';
import { ROW_DESTINATIONS } from './destinations';
import { isCountry, isCurrency } from '../formats/isoCodes';

/** Longer text is no misspelt destination. */
const MAX_CHARACTERS = 60;
/** With fewer letters, one letter more or less makes another name. */
const MIN_LETTERS_OF_MISSPELT = 5;

/** What else people call the countries of the corridors: ISO 3166-1 alpha-2 code, then other names. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
	AUS: ['AU'],
	BEL: ['BE', 'Belgique', 'België', 'Belgien'],
	BRA: ['BR', 'Brasil'],
	CAN: ['CA'],
	CHN: ['CN', 'China', "People's Republic of China", 'PRC'],
	CZE: ['CZ', 'Czech Republic', 'Česko'],
	GBR: ['GB', 'UK', 'Great Britain', 'Britain', 'England', 'Scotland', 'Wales'],
	HKG: ['HK', 'Hong Kong SAR'],
	HUN: ['HU', 'Magyarország'],
	IDN: ['ID'],
	ISR: ['IL'],
	KEN: ['KE'],
	KOR: ['KR', 'Korea', 'Republic of Korea'],
	PHL: ['PH', 'The Philippines'],
	RUS: ['RU', 'Russia', 'Russian Federation'],
	THA: ['TH'],
	TUR: ['TR', 'Türkiye'],
	USA: ['US', 'United States of America', 'America'],
	VNM: ['VN', 'Viet Nam'],
};

/** In the form, as in "China, card (CNY)". */
const CURRENCY_OF_LABEL = / *\(.*$/;

/** The destinations that a name can mean, by the name in its simplest form. */
const DESTINATIONS_BY_NAME = nameDestinations();

function nameDestinations(): ReadonlyMap<string, ReadonlySet<string>> {
	const byName = new Map<string, Set<string>>();
	const add = (name: string, value: string) => {
		const key = simplify(name);
		byName.set(key, (byName.get(key) ?? new Set()).add(value));
	};
	for (const { name, value } of ROW_DESTINATIONS) {
		add(name, value);
		add(value, value);
		add(name.replace(CURRENCY_OF_LABEL, ''), value);
	}
	for (const id of CORRIDOR_IDS) {
		const [country = '', currency = ''] = id.split('-');
		add(currency, id);
		for (const name of [country, ...(OTHER_NAMES[country] ?? [])]) {
			add(name, id);
			add(name + currency, id);
			add(currency + name, id);
		}
	}
	return byName;
}

/** Letters only, in lower case and without accents. */
function simplify(name: string): string {
	return name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z]/g, '');
}

/**
 * Finds the destination that somebody meant who wrote a country or a currency, by name or code, or
 * misspelt one by a letter.
 *
 * @returns undefined unless there is exactly one
 */
export function suggestDestination(written: string): string | undefined {
	if (written.length > MAX_CHARACTERS) return undefined;
	const name = simplify(written);
	return only(DESTINATIONS_BY_NAME.get(name)) ?? only(findMisspelt(name));
}

function only(destinations: ReadonlySet<string> | undefined): string | undefined {
	return destinations?.size === 1 ? [...destinations][0] : undefined;
}

function findMisspelt(name: string): ReadonlySet<string> | undefined {
	if (name.length < MIN_LETTERS_OF_MISSPELT || DESTINATIONS_BY_NAME.has(name)) return undefined;
	// Two real codes are not misspelt: they name a country and a currency without a form.
	const codes = name.toUpperCase();
	if (codes.length === 6 && isCountry(codes.slice(0, 3)) && isCurrency(codes.slice(3))) {
		return undefined;
	}
	const found = [...DESTINATIONS_BY_NAME].filter(([key]) => differByOneSlip(key, name));
	return new Set(found.flatMap(([, destinations]) => [...destinations]));
}

/** Whether two names differ by one letter that is wrong, missing, too many, or in its neighbour's place. */
function differByOneSlip(one: string, other: string): boolean {
	const [short, long] = one.length <= other.length ? [one, other] : [other, one];
	if (long.length - short.length > 1) return false;
	let start = 0;
	while (start < short.length && short[start] === long[start]) start++;
	const [a, b] = [short.slice(start), long.slice(start)];
	if (long.length > short.length) return a === b.slice(1);
	const isSwap = a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
	return isSwap || a.slice(1) === b.slice(1);
}
