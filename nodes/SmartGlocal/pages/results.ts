import { toRowOutcome } from '../../ledger/paying/decide';
import type { RowOutcome } from '../../ledger/paying/decide';
import { joinSentences } from '../../ledger/sentences';
import type { TableRow } from '../../ledger/tables';
import { showSums, sumByCurrency } from '../../payout/money/amount';
import { count, escapeHtml, toTable } from './html';

/** The columns that a results file has beside those of the rows. */
const RESULT_COLUMNS = ['payout_outcome', 'payout_message', 'payout_session_id'];

const NOT_REACHED = {
	outcome: 'not_sent',
	reason: 'not_reached',
	message: 'Nothing was paid for this row: the run ended before it.',
	next_step: 'Send it again as it is.',
};

const LOST = {
	outcome: 'unknown',
	reason: 'no_outcome',
	message: 'It may have been paid: the workflow that pays gave back no outcome.',
	next_step: 'Do not change it, and send it again as it is.',
};

/**
 * Gives every row an outcome, in order. Where anything was passed on to be paid, one that came back without
 * an outcome may have been paid, unless the run stopped before it.
 */
export function completeOutcomes(
	rows: readonly TableRow[],
	outcomes: readonly RowOutcome[],
	isOrdered: boolean,
): RowOutcome[] {
	const byPosition = new Map(outcomes.map((outcome) => [outcome.position, outcome]));
	const isStopped = outcomes.some(({ reason }) => reason === 'stopped');
	const missing = isOrdered && !isStopped ? LOST : NOT_REACHED;
	return rows.map(
		({ reference }, position) =>
			byPosition.get(position) ?? toRowOutcome(position, { ...missing, reference }),
	);
}

/** The rows of a results file, each with its outcome, and without that of an earlier results file. */
export function toResultRows(
	rows: readonly TableRow[],
	outcomes: readonly RowOutcome[],
): TableRow[] {
	return outcomes.map(({ outcome, message, next_step, session_id, reason }, position) => {
		const own = Object.entries(rows[position] ?? {}).filter(
			([header]) => header !== 'row' && !RESULT_COLUMNS.includes(header.trim().toLowerCase()),
		);
		const isSent = ['submitted', 'already_submitted'].includes(outcome) && reason === '';
		return {
			...Object.fromEntries(own),
			payout_outcome: outcome,
			payout_message: isSent ? '' : `${message} ${next_step}`.trim(),
			payout_session_id: session_id,
		};
	});
}

/** Follows the number of rows with an outcome. */
const MEANINGS: Readonly<Record<string, string>> = {
	submitted: 'sent to Smart Glocal.',
	already_submitted: 'sent before, and not paid again.',
	rejected: 'refused by Smart Glocal. Correct what is wrong, and send again.',
	not_sent: 'not sent. The results say why, and what to do.',
	unknown: 'may have been paid. Change nothing, and send again.',
};

/** Sums up how the rows ended: the last page for the person who pays, and the same in a sentence. */
export function describeResults(outcomes: readonly RowOutcome[]) {
	const counts = Object.entries(MEANINGS).flatMap(([outcome, meaning]) => {
		const number = outcomes.filter((ended) => ended.outcome === outcome).length;
		return number > 0 ? [[number.toLocaleString('en'), meaning]] : [];
	});
	const sent = outcomes.filter(({ outcome }) => outcome === 'submitted');
	const unclear = outcomes.filter(({ outcome }) => outcome === 'unknown').length;
	const titles = [
		...(sent.length > 0
			? [`${count(sent.length, 'payout was', 'payouts were')} sent: ${sumUp(sent)}`]
			: []),
		...(unclear > 0 ? [`${count(unclear, 'payout')} may have been paid`] : []),
	];
	const title = titles.join(', and ') || 'Nothing was paid';
	const stop = outcomes.find(({ reason }) => reason === 'stopped');
	const why = stop?.message ?? '';
	const others = counts.slice(sent.length > 0 ? 1 : 0).map((line) => line.join(' '));
	const file =
		'<p>The results file is downloaded now: it has every row with its outcome. The ledger shows how each payout ends.</p>';
	const table = toTable([['Rows', 'What happened'], ...counts]);
	return {
		title,
		message: `${why === '' ? '' : `<p>${escapeHtml(why)}</p>`}${table}${file}`,
		summary: joinSentences(title, why, ...others),
		stopped: stop !== undefined,
	};
}

function sumUp(sent: readonly RowOutcome[]): string {
	const amounts = sent.map(({ amount, currency }) => {
		return { amount: Number(amount.replace(/\D/g, '')), currency };
	});
	return showSums(sumByCurrency(amounts));
}

/**
 * Answers another system that has asked for payouts. One payout is answered with its own HTTP status, a list
 * with that of all its payouts, or with 207 where they differ.
 */
export function toHttpAnswer(outcomes: readonly RowOutcome[], isList: boolean) {
	const answers = outcomes.map((outcome): TableRow => {
		return { status_code: findStatusCode(outcome), ...outcome, position: undefined };
	});
	const [first, ...others] = new Set(outcomes.map(findStatusCode));
	const status_code = first === undefined || others.length > 0 ? 207 : first;
	return { status_code, body: isList ? answers : (answers[0] ?? answers) };
}

function findStatusCode({ outcome, reason }: RowOutcome): number {
	if (outcome === 'submitted' || outcome === 'already_submitted') return 200;
	if (outcome === 'unknown') return 202;
	if (outcome === 'rejected' || reason === 'wrong') return 422;
	return CONFLICTS.includes(reason) ? 409 : 503;
}

/** The reference belongs to something else; any other reason is not the payout's. */
const CONFLICTS = ['other_payout', 'waiting_for_approval', 'declined', 'refused'];
