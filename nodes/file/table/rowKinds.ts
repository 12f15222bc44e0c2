import { isCurrency } from '../../payout/formats/isoCodes';
import { simplifyHeader } from '../../payout/headers/matchColumns';
import type { ColumnId } from '../../payout/headers/matchColumns';
import { explainHeader } from '../../payout/headers/suggestHeaders';
import { isEmpty } from '../../payout/text/characters';
import { valueOf } from '../sheet';
import type { SheetRow } from '../sheet';
import { ACCOUNTS, NAME_PARTS, PLACES, SAME_FOR_ALL } from './columns';
import type { Column } from './columns';

/** What a row under the headers is; only a `payout` becomes an item. */
export type RowKind = 'payout' | 'empty' | 'headers' | 'otherHeaders' | 'total' | 'note';

/** The first word of what people write beside a sum, simplified as headers are. */
const TOTALS =
	/^(?:Σ|∑|(?:grand|sub|net|control)?tota(?:l|al|le|les|ls|ux)|(?:eind|sub)totaal(?:bedrag)?|\p{L}*summe|gesamt(?:betrag|ergebnis)?|insgesamt|endbetrag|ergebnis|ubertrag|saldo|balance|razem|suma|soma|somma|sum|łacznie|ogołem|celkem|celkov\p{L}{0,3}|soucet|spolu|osszesen|vegosszeg|(?:genel)?toplam|yhteensa|ialt|samtals|kokku|kopa|isviso|ukupno|skupaj|общо|итого|всего|сума|сумма|разом|(?:γενικο)?συνολο|合計|合计|总计|합계)$/u;
/** The same, where it begins with other words. */
const PHRASES =
	/^(?:(?:net)?apayer|apagar|aperceivoir|dozapłaty|kuhrade|fizetendo|carriedforward|numberof|soustotal|montanttotal|importetotal|(?:grand|sub|net|control|monthly|overall)total|amountdue|sumtotal|γενικοσυνολο)/u;
const NAMES: readonly ColumnId[] = ['recipient_full_name', ...NAME_PARTS];
/** What is often filled in for rows to come. */
export const PREFILLED: readonly string[] = [...SAME_FOR_ALL, ...PLACES];
const MIN_ACCOUNT_DIGITS = 5;

/** Tells payouts from totals, notes, repeated headers and empty rows, by the columns that are read. */
export function classifyRow(
	{ row, values }: SheetRow,
	header: SheetRow | undefined,
	columns: readonly Column[],
): RowKind {
	const filled = columns.filter(({ index }) => !isEmpty(values[index]));
	if (filled.length === 0) return 'empty';
	if (!header) return 'payout';
	const textOf = ({ index }: Column) => String(valueOf(values[index])).trim();
	const texts = filled.map(textOf);
	const isOwn = ({ index }: Column) => values[index] === header.values[index];
	if (filled.length > 1 && filled.every(isOwn)) return 'headers';
	const hasNoDigits = !texts.some((text) => /\d/.test(text));
	if (hasNoDigits && texts.filter(isHeader).length > 1) return 'otherHeaders';
	const isAmount = ({ field }: Column) => field === 'amount';
	const accounts = columns.filter(({ field }) => field && ACCOUNTS.includes(field));
	const isAccount = (column: Column) => accounts.includes(column);
	const digits = accounts.map((column) => textOf(column).replace(/\D/g, ''));
	const hasAccount = digits.some(({ length }) => length >= MIN_ACCOUNT_DIGITS);
	if (hasAccount || (accounts.length === 0 && !columns.some(isAmount))) return 'payout';
	const words = texts.filter((text) => /\p{L}|Σ/u.test(text) && !isCurrency(text));
	const [word = ''] = words;
	const fields = filled.filter((column) => textOf(column) === word).map(({ field }) => field);
	const isIn = (ids: readonly ColumnId[]) => ids.some((id) => fields.includes(id));
	const isNumbered = filled.some(({ field }) => field === 'reference') && !isIn(['reference']);
	if (words.length === 1 && !isNumbered && isTotal(word, isIn(NAMES))) return 'total';
	const hasAmount = filled.some(isAmount);
	const isZero = (column: Column) => isAmount(column) && Number(textOf(column)) === 0;
	const isToCome = (column: Column) => PREFILLED.includes(column.field ?? '') || isZero(column);
	if (filled.every(isToCome)) return 'empty';
	// "Approved by:" with a name, a line of units, or remarks beside the columns that are read.
	const isNamed = filled.length === 2 && /:\s*$/.test(texts[0] ?? '');
	const isOutside = filled.every(({ field }) => field === undefined);
	const isMeant = hasAmount && filled.some(isAccount);
	const isWords = hasNoDigits && (!isMeant || row === header.row + 1);
	const isShort = filled.length === 1 && (hasNoDigits || !hasAmount);
	return isNamed || isOutside || isWords || isShort ? 'note' : 'payout';
}

function isHeader(text: string): boolean {
	const { distance } = explainHeader(text);
	return distance === 0 || distance === 1;
}

/** In a column of names, only a word alone is a total: "Total Energies" is a company. */
function isTotal(word: string, isName: boolean): boolean {
	const words = word.split(/[^\p{L}\p{M}Σ∑]+/u).filter((part) => part !== '');
	const isFirst = TOTALS.test(simplifyHeader(words[0] ?? ''));
	return isName ? isFirst && words.length === 1 : isFirst || PHRASES.test(simplifyHeader(word));
}
