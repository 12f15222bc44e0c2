import type { Item } from './ledgerRow.mts';

/** A line of Smart Glocal's daily payouts report. */
export interface ReportLine {
	/** As the file counts them: the headers are usually row 1. */
	row: number;
	/** `Advice` (paid out) or `Refund` (returned), as the report writes it. */
	type: string;
	reference: string;
	payoutId: string;
	sessionId: string;
	/** The amounts that the line has, such as `1250.00`, without a sign. */
	amounts: string[];
	currency: string;
	/** ISO 8601; empty where no date can be read. */
	finishedAt: string;
}

/** A daily report, or why the file is none. Days are written like `2026-11-25`. */
export interface Report {
	problem: string;
	lines: ReportLine[];
	firstDay: string;
	lastDay: string;
	/** Whether the last day comes from the file's name, and no line is of it. */
	isLastDayOpen: boolean;
}

/** What the person has filled in: the file's name, and the days if they are not in it. */
export interface Upload {
	fileName: string;
	firstDay?: string;
	lastDay?: string;
}

/** The columns of both layouts (/docs/finance/payouts-daily-report) that a payout is found by. */
const NEEDED_COLUMNS = [
	'typeOfPayment',
	'paymentSessionMerchantMetadata',
	'operationId',
	'paymentSessionId',
];

/**
 * Reads the rows of a daily report, of which the first has the headers.
 *
 * @param items with the columns A, B, C … and the number of the row, from the node that has read the file
 */
export function readReport(items: readonly Item[], upload: Upload): Report {
	const rows = items.map(({ json: { row, ...columns } }) => ({
		row: Number(row),
		values: Object.values(columns),
	}));
	const headers = (rows[0]?.values ?? []).map(normalizeHeader);
	const missing = NEEDED_COLUMNS.filter((name) => !headers.includes(normalizeHeader(name)));
	if (missing.length > 0) {
		return refuse(
			`This file is not a daily payouts report: it has no column called ${missing.join(', ')}. Upload the file as Smart Glocal has sent it.`,
		);
	}
	const lines = rows.slice(1).map(({ values, row }) => readLine(row, headers, values));
	const days = findDays(upload, lines);
	if (typeof days === 'string') return refuse(days);
	return { problem: '', lines, ...days };
}

function refuse(problem: string): Report {
	return { problem, lines: [], firstDay: '', lastDay: '', isLastDayOpen: false };
}

function normalizeHeader(header: unknown): string {
	return String(header ?? '')
		.toLowerCase()
		.replace(/[^a-z]/g, '');
}

function readLine(row: number, headers: readonly string[], values: readonly unknown[]): ReportLine {
	const value = (name: string) => values[headers.indexOf(normalizeHeader(name))];
	const text = (name: string) => String(value(name) ?? '').trim();
	return {
		row,
		type: text('typeOfPayment'),
		reference: readReference(text('paymentSessionMerchantMetadata')),
		payoutId: text('operationId'),
		sessionId: text('paymentSessionId'),
		amounts: ['grossLocalAmount', 'paymentLocalAmount']
			.map((name) => readAmount(text(name)))
			.filter((amount) => amount !== ''),
		// The older layout has one column for the currency.
		currency: (text('Currency amount') || text('currency')).toUpperCase(),
		finishedAt: readDate(value('finishedAt')) || readDate(value('transactionDate')),
	};
}

/** Our reference, from metadata that are a text, or JSON with a `reference`. */
function readReference(metadata: string): string {
	if (!/^[{"]/.test(metadata)) return metadata;
	try {
		const read = JSON.parse(metadata) as unknown;
		if (typeof read === 'string') return read.trim();
		return String((read as { reference?: unknown }).reference ?? '').trim();
	} catch {
		return metadata;
	}
}

/** With two digits after the point; empty where it is no such amount. */
function readAmount(text: string): string {
	const [, whole, cents = ''] = /^-?(\d+)(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
	return whole === undefined ? '' : `${whole}.${cents.padEnd(2, '0')}`;
}

/**
 * A date as ISO 8601, in UTC unless it names another zone.
 *
 * @param value a text, or the number of days since 1899-12-30 that Excel stores
 */
function readDate(value: unknown): string {
	const isSerial = typeof value === 'number' || /^\d{5}(\.\d+)?$/.test(String(value));
	if (isSerial) return toIso(Math.round((Number(value) - 25_569) * 86_400_000));
	const [, year, month, day, time = '12:00:00', zone = 'Z'] =
		/^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(
			String(value ?? '')
				.trim()
				.replace(/^(\d\d)\.(\d\d)\.(\d{4})/, '$3-$2-$1'),
		) ?? [];
	return year === undefined ? '' : toIso(Date.parse(`${year}-${month}-${day}T${time}${zone}`));
}

function toIso(timeMs: number): string {
	const date = new Date(timeMs);
	return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** The days that the report covers, or a sentence that asks for them. */
function findDays(
	{ fileName, firstDay, lastDay }: Upload,
	lines: readonly ReportLine[],
): Pick<Report, 'firstDay' | 'lastDay' | 'isLastDayOpen'> | string {
	const dated = lines.map(({ finishedAt }) => finishedAt.slice(0, 10)).filter(Boolean);
	dated.sort();
	const [, namedFirst, namedLast] =
		/_(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)(?!\d)/.exec(fileName) ?? [];
	const first = firstDay || namedFirst || dated[0];
	const last = lastDay || (firstDay ? firstDay : namedLast) || dated.at(-1);
	if (!first || !last || !readDate(first) || !readDate(last)) {
		return 'Neither the name of the file nor its lines say which days it covers. Upload it again, and fill in the first and the last day.';
	}
	if (last < first)
		return 'The last day is before the first. Upload the file again, and correct the days.';
	const isNamed = !firstDay && !lastDay && namedLast !== undefined && last > first;
	return { firstDay: first, lastDay: last, isLastDayOpen: isNamed && !dated.includes(last) };
}
