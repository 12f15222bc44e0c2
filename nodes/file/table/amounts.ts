import { showValue } from '../../payout/text/shownValue';
import { findSign, isMoney, isOtherCurrency } from '../currencies';
import { ADVICE, nameColumn, valueOf } from '../sheet';
import type { GiveTurn, ReadSettings, SheetRow } from '../sheet';
import type { Column } from './columns';
import { describePlaces } from './problems';

/** Digits, or groups (in India, 1,25,000) with one sign between them, and two decimal places or a dash. */
const AMOUNT =
	/^(\d+|\d{1,2}(?=(,)\d)(?:,\d\d)+,\d{3}|\d{1,3}(?:([.,'’ \u00a0\u2009\u202f])\d{3})(?:\3\d{3})*)(?:([.,])(?:(\d{1,2})|[-–—]{1,2}))?$/;
const WITH_SIGN = /^([^\d\s.,'’+-]{0,5})\.?[ \u00a0]?(\d.*?)[ \u00a0]?([^\d\s.,'’+–—-]{0,5})\.?$/u;

function splitAmount(text: string): { sign: string; digits: string } {
	const [, before = '', digits = '', behind = ''] = WITH_SIGN.exec(text) ?? [];
	const sign = before + behind;
	return digits !== '' && isMoney(sign) ? { sign, digits } : { sign: '', digits: text };
}

function readAmount(text: string) {
	const [amount, whole = '', inIndia, elsewhere = '', separator, cents] =
		AMOUNT.exec(splitAmount(text).digits) ?? [];
	const thousands = inIndia ?? elsewhere;
	if (amount === undefined || separator === thousands) return undefined;
	const other = { '.': ',', ',': '.' }[thousands];
	// `1,250` can be a thousand or a fraction, `0,250` only a fraction, `1,250,000` only a million.
	if (other !== undefined && separator === undefined && whole.startsWith('0')) return undefined;
	return {
		separator: separator ?? (whole.split(thousands).length > 2 ? other : undefined),
		needs: separator === undefined ? other : undefined,
		plain: whole.replace(/\D/g, '') + (cents === undefined ? '' : `.${cents}`),
	};
}

/** Thousands, millions and cents, as headers write them. */
const UNITS =
	/(?<!\p{L})(?:[km]\p{Sc}|k(?:EUR|USD|GBP|CHF)|tsd|tausend|thousands?|mio|millions?|cents?)(?!\p{L})/iu;

/**
 * Looks at all amounts of a column: whether they are written in one way and in full, and in the currency
 * of their row, which can be empty. Gives what stands before the cents, if it is `chosen` or one shows it.
 */
export async function checkAmounts(
	{ index, key, header }: Column,
	rows: readonly SheetRow[],
	chosen: ReadSettings['decimalSeparator'],
	currencyOf: (row: SheetRow) => string,
	giveTurn: GiveTurn,
) {
	/** Each with an amount that shows it. */
	const separators = new Map<string, string>();
	const inHeader = findSign(header);
	const unclear = new Set<string>();
	const pairs = new Map<string, { problem: string; isOther: boolean; places: string[] }>();
	for (const row of rows) {
		await giveTurn();
		const cell = row.values[index];
		const text = String(valueOf(cell)).trim();
		const separator = typeof cell === 'string' ? readAmount(text)?.separator : undefined;
		if (separator !== undefined && !separators.has(separator)) {
			separators.set(separator, `'${showValue(text)}' in ${nameColumn(index)}${row.row}`);
		}
		const isMoneyCell = typeof cell === 'object' && cell.kind === 'money';
		const shown = isMoneyCell ? cell.problem : splitAmount(text).sign;
		const sign = shown === '' ? inHeader : shown;
		if (sign === '') continue;
		const currency = currencyOf(row);
		if (currency === '') unclear.add(sign);
		const pair = pairs.get(`${sign} ${currency}`) ?? {
			problem: `shows ${showValue(sign)}, but the currency of its row is ${showValue(currency)}`,
			isOther: isOtherCurrency(sign, currency),
			places: [],
		};
		pairs.set(`${sign} ${currency}`, pair);
		if (pair.isOther) pair.places.push(nameColumn(index) + row.row);
	}
	const problems = [...pairs.values()]
		.filter(({ isOther }) => isOther)
		.map(({ problem, places }) => describePlaces(places, key, problem, ADVICE.money));
	const inPart = `The header '${showValue(header)}' says that its amounts are not written in full. Write them in full, and rename it.`;
	if (UNITS.test(header)) problems.push(inPart);
	const signs = [...unclear].join(', ');
	const several = `The amounts are in several currencies (${signs}). Add a column 'currency' with the code of each.`;
	if (unclear.size > 1) problems.push(several);
	const [first] = separators.keys();
	const separator = chosen === 'auto' ? first : chosen;
	const [other] = [...separators].flatMap(([each, amount]) => (each === separator ? [] : [amount]));
	const inTwoWays =
		chosen === 'auto'
			? `The amounts are written in two ways: ${[...separators.values()].join(', and ')}. Write all of them in one way, such as 1250.00.`
			: `The decimal separator is set to '${chosen}', but the amount ${other} has another one. Correct the amount or the setting.`;
	if (other !== undefined) problems.push(inTwoWays);
	const warnings = [`amounts are in ${signs}, and no column says the currency`];
	return { separator, problems, warnings: unclear.size === 1 ? warnings : [] };
}

/** Writes an amount with a decimal point and without thousands; as it stands where that is not certain. */
export function normalizeAmount(text: string, separator: string | undefined): string {
	const amount = readAmount(text);
	return amount && [undefined, separator].includes(amount.needs) ? amount.plain : text;
}
