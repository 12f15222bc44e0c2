import { isIssuedCardNumber, isRoundedCardNumber, maskCardNumber } from './card';
import { explainPlace } from './cardData';
import type { CardData } from './cardData';
import { hideCardNumbers, listCandidates } from './cardNumbers';
import { MAX_SEARCHED_CHARACTERS, parseInnerJson } from '../json/jsonObject';
import { toCodePattern, toKnownPattern } from './knownNumbers';
import { hideLongNumbers } from './longNumbers';
import { mapJson, mapJsonInTurns } from './mapJson';
import { hideNamed } from './namedInText';

/**
 * Which numbers are taken for those of cards, besides the row's own card number: `any` whose check
 * digit matches, only those that card networks issue, or none.
 */
export type Suspects = 'any' | 'issued' | 'none';

/** Hides card data in whatever is shown of one row. What holds none is returned as it is. */
export interface CardMask {
	/** Hides it in a text; any number counts by default. */
	text(text: string, suspects?: Suspects): string;
	/**
	 * Hides it in JSON data, and in JSON inside texts.
	 *
	 * @param suspectsAt which numbers count in which place; any, everywhere, by default
	 */
	data<T>(data: T, suspectsAt?: (path: readonly string[]) => Suspects): T;
	/** The same for data of any size: `giveTurn` is called again and again, so that n8n gets its turn. */
	dataInTurns<T>(data: T, giveTurn: () => Promise<void>): Promise<T>;
}

const HIDDEN = '****';
/** Of a number that a spreadsheet has abbreviated, as in 4.242424E+15. */
const MIN_SUSPECT_LENGTH = 11;

/**
 * Makes the mask of a row. Card data is recognised by its value, wherever it is, and by its name.
 *
 * @param readCardData called once, when something is to be shown; most rows have no card
 */
export function createCardMask(readCardData: () => CardData = () => NO_CARD_DATA): CardMask {
	let known: Known | undefined;
	const readOnce = () => (known ??= prepare(readCardData()));

	const maskText = (text: string, suspects: Suspects = 'any'): string => {
		if (!/\p{N}/u.test(text)) return text;
		const { numbers, codes, harmless } = readOnce();
		const written = suspects === 'any' ? hideNamed(text) : text;
		// Most texts: they need not be searched.
		if (!numbers && !codes && (suspects === 'none' || written.length < MIN_SUSPECT_LENGTH)) {
			return written;
		}
		const masked =
			written.length > MAX_SEARCHED_CHARACTERS
				? hideLongNumbers(written, numbers, suspects !== 'none')
				: hideCardNumbers(written, numbers, (digits) => {
						if (suspects === 'none' || harmless.has(digits)) return false;
						return suspects === 'any' || isIssuedCardNumber(digits);
					});
		return codes && suspects === 'any' ? masked.replace(codes, HIDDEN) : masked;
	};
	const maskNumber = (number: number, suspects: Suspects): string | number => {
		const text = String(number);
		const masked = maskText(text, suspects);
		if (masked !== text) return masked;
		const isSuspect = suspects !== 'none' && isRoundedCardNumber(number);
		return isSuspect || readOnce().values.has(number) ? HIDDEN : number;
	};
	const maskValue = (
		scalar: string | number,
		path: readonly string[],
		suspectsAt: (path: readonly string[]) => Suspects,
	) => {
		const meaning = explainPlace(path);
		const isSecret = meaning === 'security code' || meaning === 'expiration date';
		if (isSecret || meaning === 'card number') {
			if (scalar === '') return '';
			return isSecret ? HIDDEN : maskCardNumber(String(scalar));
		}
		const suspects = suspectsAt(path);
		if (typeof scalar === 'number') return maskNumber(scalar, suspects);
		const inner = parseInnerJson(scalar);
		if (inner === undefined) return maskText(scalar, suspects);
		const masked = data(inner, (innerPath) => suspectsAt([...path, ...innerPath]));
		return maskText(masked === inner ? scalar : JSON.stringify(masked), suspects);
	};
	const maskKey = (key: string) => maskText(key);
	const data: CardMask['data'] = (value, suspectsAt = () => 'any') =>
		mapJson(value, (scalar, path) => maskValue(scalar, path, suspectsAt), maskKey);
	const dataInTurns: CardMask['dataInTurns'] = async (value, giveTurn) =>
		await mapJsonInTurns(
			value,
			(scalar, path) => maskValue(scalar, path, () => 'any'),
			maskKey,
			giveTurn,
		);
	return { text: maskText, data, dataInTurns };
}

/** What a row's card data is recognised by. */
interface Known {
	numbers: RegExp | undefined;
	/** The numbers as JSON has them, which may have lost digits. */
	values: ReadonlySet<number>;
	codes: RegExp | undefined;
	harmless: ReadonlySet<string>;
}

function prepare({ numbers, securityCodes, others }: CardData): Known {
	return {
		numbers: toKnownPattern(numbers),
		values: new Set(numbers.map(Number)),
		codes: toCodePattern(securityCodes),
		harmless: new Set([...new Set(others)].flatMap(listCandidates)),
	};
}

const NO_CARD_DATA: CardData = { numbers: [], securityCodes: [], others: [] };
