import type { Books, ReceivedRequest } from '../../sandbox/server.mts';
import type { RunPlan } from './plan.mts';
import type { ReportedOutcome } from './reportedOutcomes.mts';
import type { StormRow } from './rows.mts';

/** What an audit reads in the sandbox's books. */
export type AuditedBooks = Pick<Books, 'acceptedTimes' | 'summary' | 'totals'>;

/** One run of the workflow: what went in, what came out, what was sent. */
export interface AuditedRun {
	plan: RunPlan;
	rows: readonly StormRow[];
	reported: readonly ReportedOutcome[];
	/** How often each reference was accepted before the run. */
	acceptedBefore: ReadonlyMap<string, number>;
	requests: readonly ReceivedRequest[];
}

const OUTCOMES = ['submitted', 'already_submitted', 'rejected', 'not_sent', 'unknown'];

/**
 * Compares one run with the sandbox's books.
 *
 * @returns a sentence for every violation of what the documentation promises
 */
export function auditRun(run: AuditedRun, books: AuditedBooks): string[] {
	const { plan, rows, reported } = run;
	const checkedOnly = plan.onError === 'stopWorkflow' && rows.some(({ good }) => !good);
	const expected = rows.flatMap((row, item) => (checkedOnly && row.good ? [] : [item]));
	const items = reported.map(({ item }) => item).sort((a, b) => a - b);
	const violations = auditRequests(run);
	if (checkedOnly && run.requests.length > 0) {
		violations.push(`A run that stops at bad rows sent ${run.requests.length} requests.`);
	}
	if (items.join() !== expected.join()) {
		violations.push(
			`${expected.length} rows should have one outcome each, ${items.length} came out.`,
		);
	}
	for (const each of reported) {
		const row = rows[each.item];
		if (row) violations.push(...auditRow(each, row, run, books));
	}
	return violations;
}

function auditRow(
	reported: ReportedOutcome,
	row: StormRow,
	run: AuditedRun,
	books: AuditedBooks,
): string[] {
	const { outcome, success, json } = reported;
	const violations: string[] = [];
	const violation = (text: string) => violations.push(`'${row.reference}' (${outcome}): ${text}`);
	const accepted = books.acceptedTimes(row.reference);
	const before = run.acceptedBefore.get(row.reference) ?? 0;

	if (!OUTCOMES.includes(outcome)) violation('there is no such outcome.');
	if (reported.reference !== row.reference) violation(`its outcome names '${reported.reference}'.`);
	if (!row.good && outcome !== 'not_sent') violation('a bad row can only be not_sent.');
	if (success && 'error' in (json ?? {})) violation('a success has a key error.');
	if (success && !['submitted', 'already_submitted'].includes(outcome)) violation('no success.');
	if (!success && json && json.note !== row.json.note)
		violation('the columns of the row are lost.');

	if (outcome === 'submitted' || outcome === 'already_submitted') {
		if (accepted !== 1) violation(`it was accepted ${accepted} times.`);
	}
	if (outcome === 'submitted') {
		const sessions = books.summary(row.reference).payouts.map(({ sessionId }) => sessionId);
		if (!sessions.includes(String(reported.sessionId)))
			violation(`${reported.sessionId} is not its session.`);
		if (reported.amount !== undefined && reported.amount !== row.amount)
			violation('the amount is wrong.');
	}
	// With Retry On Fail, the first try may have sent what the second try reports.
	const nothingSent = outcome === 'rejected' || outcome === 'not_sent';
	if (nothingSent && !run.plan.retryOnFail && accepted !== before) violation('it was sent.');
	return violations;
}

/** Every keyed request must carry the key of its reference, whatever happened before. */
function auditRequests({ rows, requests }: AuditedRun): string[] {
	const keys = new Map(rows.map(({ reference, key }) => [reference, key]));
	const goodKeys = new Set(rows.filter(({ good }) => good).map(({ key }) => key));
	const violations: string[] = [];
	for (const { path, headers, rawBody, signatureValid } of requests) {
		const key = headers['x-partner-idempotency-key'];
		const starts = path.endsWith('/session/start/payout');
		const orders = path.endsWith('/session/init/payout');
		if (starts || orders) {
			if (!goodKeys.has(String(key))) violations.push(`No good row has the key '${String(key)}'.`);
		} else if (key !== undefined) violations.push(`A key was sent to ${path}.`);
		// The sandbox did not read the body of a request that met reset_before_reading.
		if (rawBody === '') continue;
		if (!signatureValid) violations.push(`A request to ${path} has a wrong signature.`);
		const { metadata } = JSON.parse(rawBody) as { metadata?: string };
		if (orders && keys.get(String(metadata)) !== key) {
			violations.push(`'${String(metadata)}' was sent with the key '${String(key)}'.`);
		}
	}
	return violations;
}

/** Audits the books when the storm is over: every good row paid once, no bad row ever. */
export function auditBooks(rows: readonly StormRow[], books: AuditedBooks): string[] {
	const violations: string[] = [];
	for (const { reference, good, amount } of rows) {
		const { accepted, payouts } = books.summary(reference);
		if (accepted !== (good ? 1 : 0)) {
			violations.push(`'${reference}' was accepted ${accepted} times in the end.`);
		} else if (good && payouts[0]?.amount !== amount) {
			violations.push(`'${reference}' was paid ${payouts[0]?.amount} instead of ${amount}.`);
		}
	}
	const good = rows.filter((row) => row.good);
	const sum = good.reduce((total, { amount }) => total + amount, 0);
	const totals = books.totals();
	const { accepted = 0, paidAmount = 0 } = totals.usd ?? {};
	if (accepted !== good.length || paidAmount !== sum || Object.keys(totals).length > 1) {
		violations.push(
			`${accepted} payouts of ${paidAmount} were made instead of ${good.length} of ${sum}.`,
		);
	}
	return violations;
}
