import { asObject, parseJson } from '../../payout/json/jsonObject';
import { REFERENCES_PER_LOOK_UP } from '../tables';
import type { TableRow } from '../tables';

/** Smart Glocal's daily payouts report. Days are in UTC, such as `2026-11-25`. */
export interface Report {
	first_day: string;
	last_day: string;
	/** Whether the name of the file has the last day, and no line is of it. */
	is_last_day_open: boolean;
	lines: ReportLine[];
}

/** The columns that no report lacks, in both layouts (/docs/finance/payouts-daily-report). */
const KEYS = ['typeOfPayment', 'paymentSessionMerchantMetadata', 'operationId', 'paymentSessionId'];

/**
 * Reads a daily report.
 *
 * @param rows with the columns A, B, C … and `row`, the number; the first one has the headers
 * @param typedDays the first and the last day, where a person has filled them in
 * @returns a sentence where the file is none, or nothing says its days
 */
export function readReport(
	[header = {}, ...rows]: readonly TableRow[],
	fileName: string,
	typedDays: readonly [first: string, last: string],
): Report | string {
	const columns = new Map(Object.entries(header).map(([name, text]) => [normalize(text), name]));
	const missing = KEYS.filter((name) => !columns.has(normalize(name)));
	if (missing.length > 0) {
		return `This file is not a daily payouts report: it has no column called ${missing.join(', ')}. Upload the file as Smart Glocal has sent it.`;
	}
	const lines = rows.map((row) => {
		const read = (name: string) => row[columns.get(normalize(name)) ?? ''] ?? '';
		return readLine(Number(row.row), (name) => String(read(name)).trim());
	});
	const days = findDays(fileName, typedDays, lines);
	return typeof days === 'string' ? days : { ...days, lines };
}

function normalize(header: unknown): string {
	return String(header)
		.replaceAll(/[^a-z]/gi, '')
		.toLowerCase();
}

/** A line of a daily report. A text that it lacks is empty. */
export type ReportLine = ReturnType<typeof readLine>;

function readLine(row: number, read: (name: string) => string) {
	return {
		// As the file counts it.
		row,
		// `advice` (paid out) or `refund` (returned); anything else is for a person.
		type: read('typeOfPayment').toLowerCase(),
		reference: readReference(read('paymentSessionMerchantMetadata')),
		payout_id: read('operationId'),
		session_id: read('paymentSessionId'),
		// Such as `1250.00`, without a sign.
		amounts: [read('grossLocalAmount'), read('paymentLocalAmount')].flatMap(readAmount),
		// The older layout has one column for the currency.
		currency: (read('Currency amount') || read('currency')).toUpperCase(),
		finished_at: readDate(read('finishedAt')) || readDate(read('transactionDate')),
	};
}

/** Our reference, from metadata that are a text, or JSON with a `reference`. */
function readReference(metadata: string): string {
	const read = /^[{"]/.test(metadata) ? parseJson(metadata) : undefined;
	if (read === undefined) return metadata;
	return String(typeof read === 'string' ? read : (asObject(read).reference ?? '')).trim();
}

/** With two digits after the point; none where it is no such amount. */
function readAmount(text: string): string[] {
	const [, whole, cents = ''] = /^-?(\d+)(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
	return whole === undefined ? [] : [`${whole}.${cents.padEnd(2, '0')}`];
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/;
const DAY_MS = 86_400_000;

/** Excel counts days from 1899-12-30, which are so many before 1970. */
const EXCEL_DAYS = 25_569;

/** A date as ISO 8601, in UTC unless it names another zone; a day alone is its noon. Empty for none. */
function readDate(text: string): string {
	const iso = text.replace(/^(\d\d)\.(\d\d)\.(\d{4})/, '$3-$2-$1');
	const [, day, time = '12:00:00', zone = 'Z'] = DATE.exec(iso) ?? [];
	const isSerial = /^\d{5}(\.\d+)?$/.test(text);
	const serialMs = Math.round((Number(text) - EXCEL_DAYS) * DAY_MS);
	const date = new Date(isSerial ? serialMs : `${day}T${time}${zone}`);
	return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** The days that the report covers, or a sentence that asks for them. */
function findDays(
	fileName: string,
	[typedFirst, typedLast]: readonly [string, string],
	lines: readonly ReportLine[],
): Omit<Report, 'lines'> | string {
	const dated = lines.map(({ finished_at: at }) => at.slice(0, 10)).filter((day) => day !== '');
	const [, namedFirst, namedLast] = NAMED_DAYS.exec(fileName) ?? [];
	const [earliest = '', latest = ''] = [dated.sort()[0], dated.at(-1)];
	const first_day = typedFirst || (namedFirst ?? earliest);
	const last_day = typedLast || typedFirst || (namedLast ?? latest);
	if (readDate(first_day) === '' || readDate(last_day) === '') {
		return 'Neither the name of the file nor its lines say which days it covers. Upload it again, and fill in the first and the last day.';
	}
	if (last_day < first_day) {
		return 'The last day is before the first. Upload the file again, and correct the days.';
	}
	const isNamed = typedFirst + typedLast === '' && namedLast !== undefined;
	const is_last_day_open = isNamed && last_day > first_day && !dated.includes(last_day);
	return { first_day, last_day, is_last_day_open };
}

const NAMED_DAYS = /_(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)(?!\d)/;

/** No payout has it as its number, but many have none. */
const NO_NUMBER = '-';

/** Groups the numbers of lines for look-ups: those of 50 lines in one; at least one, of nothing. */
export function toReportLookUps(lines: readonly ReportLine[]): TableRow[] {
	const size = REFERENCES_PER_LOOK_UP;
	return Array.from({ length: Math.max(1, Math.ceil(lines.length / size)) }, (_, group) => {
		const own = Array.from({ length: size }, (__, index) => lines[group * size + index]);
		return {
			references: own.map((line) => line?.reference || NO_NUMBER),
			payout_ids: own.map((line) => line?.payout_id || NO_NUMBER),
			session_ids: own.map((line) => line?.session_id || NO_NUMBER),
		};
	});
}
