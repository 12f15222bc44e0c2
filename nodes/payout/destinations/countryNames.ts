import { COUNTRIES, isCurrency } from '../formats/isoCodes';
import { toUpperAscii } from '../text/characters';

const MAX_NAME_CHARACTERS = 60;
/** For "not available" rather than for Namibia: only its other code and its name are read. */
const NOT_AVAILABLE = 'NA';

/** What else people write for a country, behind its code; a name of several could be any of them. */
const OTHER_NAMES = new Map(
	`ARE UAE, Emirates; BEL Belgique, België, Belgien; BRA Brasil; BRN Brunei Darussalam;
	CHN People's Republic of China, PRC, Mainland China; CIV Ivory Coast;
	COD Congo, DR Congo, DRC, Congo DRC, Democratic Republic of the Congo, Congo (Kinshasa);
	COG Congo, Republic of the Congo, Congo (Brazzaville); CPV Cabo Verde, Cape Verde;
	CZE Czech Republic, Česko; FLK Falkland Islands (Malvinas); FSM Federated States of Micronesia;
	GBR UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland;
	GMB Republic of The Gambia; GNB Guinea; GNQ Guinea; GRC Macedonia;
	HKG Hong Kong, Hongkong, Hong Kong SAR; HUN Magyarország; IRL Republic of Ireland, Éire;
	IRN Islamic Republic of Iran; KOR Korea, Republic of Korea;
	LAO Lao PDR, Lao People's Democratic Republic; MAC Macao, Macau, Macao SAR, Macau SAR;
	MDA Republic of Moldova; MKD Macedonia, Republic of North Macedonia; MMR Myanmar, Burma;
	NLD Holland, Kingdom of the Netherlands; PCN Pitcairn;
	PRK Korea, Democratic People's Republic of Korea; PSE Palestine, State of Palestine;
	RUS Russian Federation; SWZ Eswatini, Swaziland; SXM St. Martin; SYR Syrian Arab Republic;
	TLS East Timor; TUR Turkey, Türkiye; TWN Taiwan Province of China;
	TZA United Republic of Tanzania; USA United States of America, America, Georgia;
	VAT Holy See, Vatican; VGB Virgin Islands; VIR Virgin Islands; VNM Viet Nam`
		.split(/;\s+/)
		.map((names) => [names.slice(0, 3), names.slice(4).split(', ')] as const),
);

/** A country (ISO 3166-1 alpha-3), its name in English (Unicode's CLDR), and a currency or an empty text. */
type Place = Readonly<{ country: string; name: string; currency: string }>;

const countriesByName = new Map<string, Array<Omit<Place, 'currency'>>>();
const english = new Intl.DisplayNames('en', { type: 'region' });
for (const [country, alpha2] of COUNTRIES) {
	const name = english.of(alpha2) ?? country;
	const codes = alpha2 === NOT_AVAILABLE ? [country] : [country, alpha2];
	const keys = [...codes, name, ...(OTHER_NAMES.get(country) ?? [])].map(toNameKey);
	for (const key of new Set(keys)) {
		countriesByName.set(key, [...(countriesByName.get(key) ?? []), { country, name }]);
	}
}

/** The English name of the country that a destination begins with, as in `BEL-EUR`; otherwise the destination. */
export function nameCountry(destination: string): string {
	const alpha2 = COUNTRIES.get(destination.slice(0, 3));
	return (alpha2 && english.of(alpha2)) ?? destination;
}

/** Finds the places that a text names, by code or English name; several when it could be either. */
export function findPlaces(written: string): Place[] {
	const words = splitIntoWords(written);
	const find = (name: readonly string[], currency: string) =>
		(countriesByName.get(joinWords(name)) ?? []).map((found) => ({ ...found, currency }));
	const whole = find(words, '');
	if (whole.length > 0) return whole;
	return words.flatMap((word, at) => {
		const currency = toUpperAscii(word);
		const rest = words.filter((_word, index) => index !== at);
		return isCurrency(currency) ? find(rest, currency) : [];
	});
}

/** Whether a text is the code or a name of a country, which is named by its alpha-3 code. */
export function isCountryNamed(text: string, code: string): boolean {
	return findPlaces(text).some(({ country, currency }) => country === code && currency === '');
}

/** What different ways to write one name have in common; empty for what is no name. */
export function toNameKey(name: string): string {
	return joinWords(splitIntoWords(name));
}

/** Their order does not matter: "Korea, Republic of" is "Republic of Korea". */
function joinWords(words: readonly string[]): string {
	return [...words].sort().join(' ');
}

/** Splits a name into words in lower case, without accents, articles and the dots of abbreviations. */
function splitIntoWords(name: string): string[] {
	if (name.length > MAX_NAME_CHARACTERS) return [];
	const plain = name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[\p{M}'’]|(?<!\.)\.(?!\.)/gu, '');
	const words = plain.split(/[\s,;:&()[\]"/_\p{Pd}]+/u).filter(Boolean);
	// At either end, it is the code of Andorra.
	const isAnd = (word: string, at: number) => word === 'and' && at > 0 && at < words.length - 1;
	return words
		.filter((word, at) => word !== 'the' && word !== 'of' && !isAnd(word, at))
		.map((word) => (word === 'saint' ? 'st' : word));
}
