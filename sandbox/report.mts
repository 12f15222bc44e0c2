import { majorUnits } from './currency.mts';
import { Rejection } from './errors.mts';
import { lastFour, reduceDestination } from './ledger/destination.mts';
import type { Destination } from './ledger/destination.mts';
import type { Ledger } from './ledger/ledger.mts';
import type { AmountDetails, Metadata } from './ledger/session.mts';
import type { SandboxState } from './state.mts';

/** The columns in their order (/docs/finance/payouts-daily-report). */
const COLUMNS = [
	'operationId',
	'transactionDate',
	'finishedAt',
	'typeOfPayment',
	'paymentFast',
	'paymentSessionId',
	'paymentSessionMerchantMetadata',
	'paymentMethodIdentity',
	'product',
	'grossLocalAmount',
	'paymentLocalAmount',
	'feesLocalAmount',
	'Currency amount',
	'Currency fee',
	'RRN',
];

/** A line of the report. */
interface Line {
	finishedAt: string;
	values: readonly string[];
}

/** Which report is wanted. */
export interface ReportRequest {
	/** YYYY-MM-DD in UTC; by default, today. */
	date?: string;
	/** The partner project; by default, the first one. */
	project?: string;
}

/** A report as a file. */
export interface ReportFile {
	name: string;
	csv: string;
}

/**
 * Writes the daily payouts report: one line for each payout that succeeded on that day and one for each
 * return, as Smart Glocal does it by e-mail.
 *
 * @throws Rejection when there is no such project
 */
export function dailyReport(state: SandboxState, request: ReportRequest = {}): ReportFile {
	const { ledger, projects } = state;
	const date = request.date ?? ledger.timestamp().slice(0, 10);
	const ids = projects.ids();
	const project = request.project ?? ids[0];
	if (project === undefined || !ids.includes(project)) {
		throw new Rejection('invalid_request', `There is no project ${project ?? 'yet'}.`);
	}
	const lines = ledger.books
		.payouts()
		.filter((payout) => payout.project === project)
		.flatMap(({ payoutId }) => linesOf(ledger, payoutId))
		.filter(({ finishedAt }) => finishedAt.startsWith(date))
		.sort((a, b) => a.finishedAt.localeCompare(b.finishedAt));
	return {
		name: `${project}_${date}_${date}.csv`,
		csv: [COLUMNS, ...lines.map(({ values }) => values)].map(csvLine).join(''),
	};
}

function linesOf(ledger: Ledger, payoutId: string): Line[] {
	const found = ledger.payout(payoutId);
	if (found?.payout.status !== 'succeeded') return [];
	const { session, payout } = found;
	const { createdAt, finishedAt = '', order, refunds } = payout;
	const line = (type: string, created: string, finished: string, money: AmountDetails) => {
		const { amount, currency } = money;
		const decimal = majorUnits(amount, currency);
		const code = currency.toUpperCase();
		const start = [payout.id, created, finished, type, '0', session.id];
		const what = [
			metadataText(order.metadata),
			identity(order.destination),
			order.destination.type,
		];
		const amounts = [decimal, decimal, majorUnits(0, currency), code, code];
		return { finishedAt: finished, values: [...start, ...what, ...amounts, ''] };
	};
	const returns = refunds.map((refund) =>
		line('Refund', refund.created_at, refund.finished_at, refund.amount_details),
	);
	return [line('Advice', createdAt, finishedAt, order.amount_details), ...returns];
}

function metadataText(metadata: Metadata | undefined): string {
	return typeof metadata === 'object' ? JSON.stringify(metadata) : String(metadata ?? '');
}

function identity(destination: Destination): string {
	return `****${lastFour(reduceDestination(destination))}`;
}

/** Quotes what RFC 4180 wants quoted. */
function csvLine(values: readonly string[]): string {
	const quoted = values.map((value) =>
		/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
	);
	return `${quoted.join(',')}\r\n`;
}
