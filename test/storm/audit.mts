import type { IDataObject } from 'n8n-workflow';

import type { Books, ReceivedRequest } from '../../sandbox/server.mts';
import { auditItem } from './auditItem.mts';
import { REPEATED_SESSION } from './faults.mts';
import { MAX_FREEZE_MS } from './freezes.mts';
import { findLeaks, signaturePart } from './leaks.mts';
import type { Secrets } from './leaks.mts';
import type { RunPlan } from './plan.mts';
import type { ReportedOutcome } from './reportedOutcomes.mts';
import type { StormRow } from './rows.mts';

/** What an audit reads in the sandbox's books. */
export type AuditedBooks = Pick<Books, 'acceptedTimes' | 'summary' | 'totals'>;

/** One run of the workflow: what went in, what came out, what was sent. */
export interface AuditedRun {
	plan: RunPlan;
	/** Their `promised` is what is promised about them in this run. */
	rows: readonly StormRow[];
	reported: readonly ReportedOutcome[];
	/** Whether an error ended the execution. */
	stopped: boolean;
	/** How often each reference was accepted before the run. */
	acceptedBefore: ReadonlyMap<string, number>;
	requests: readonly ReceivedRequest[];
	/** Everything that n8n shows or stores of the node's run. */
	shown: unknown;
	secrets: Secrets;
	/** See `watchFreezes`. */
	longestFreezeMs: number;
}

const OUTCOMES = ['submitted', 'already_submitted', 'rejected', 'not_sent', 'unknown'];

/**
 * Compares one run with the sandbox's books.
 *
 * @returns a sentence for every violation of what the documentation promises
 */
export function auditRun(run: AuditedRun, books: AuditedBooks): string[] {
	const { plan, rows, reported, requests, longestFreezeMs } = run;
	const violations = [...auditRequests(run), ...auditItems(run), ...auditSessions(reported)];
	if (plan.setting && requests.length > 0) {
		violations.push(`A run whose setting cannot be used sent ${requests.length} requests.`);
	}
	for (const each of reported) {
		const row = rows[each.item];
		if (row) violations.push(...auditRow(each, row, run, books));
	}
	const signatures = requests.map(({ headers }) => signaturePart(headers['x-partner-sign']));
	const texts = [...run.secrets.texts, ...signatures.slice(0, MAX_SIGNATURES)];
	violations.push(...findLeaks(run.shown, { ...run.secrets, texts }));
	if (longestFreezeMs > MAX_FREEZE_MS) {
		violations.push(`Nothing else could run for ${longestFreezeMs} ms.`);
	}
	return violations;
}

/** Whether each session is that of one payout. */
function auditSessions(reported: readonly ReportedOutcome[]): string[] {
	const sessions = reported.flatMap(({ outcome, sessionId }) =>
		outcome === 'submitted' && sessionId !== undefined ? sessionId : [],
	);
	const again = sessions.filter((id, index) => sessions.indexOf(id) < index);
	return again.map((id) => `Session ${id} was reported for two payouts.`);
}

/** Whoever shows one signature shows all. */
const MAX_SIGNATURES = 20;

/** Whether the rows that must have an outcome have one each. */
function auditItems({ plan, rows, reported, requests, stopped }: AuditedRun): string[] {
	const items = reported.map(({ item }) => item).sort((a, b) => a - b);
	const promised = (wanted: StormRow['promised']) =>
		rows.flatMap((row, item) => (row.promised === wanted ? [item] : []));
	const [refused, either] = [promised('refused'), promised('either')];
	const violations: string[] = [];
	let expected = rows.map((_row, item) => item);
	if (plan.onError === 'stopWorkflow') {
		const isPart = stopped && requests.length === 0 && items.length < rows.length;
		const isChecked = refused.length > 0 || (isPart && either.length > 0);
		if (isChecked && !stopped) violations.push('A run with bad rows did not stop.');
		if (isChecked && requests.length > 0) {
			violations.push(`A run that stops at bad rows sent ${requests.length} requests.`);
		}
		if (isChecked) {
			// What is wrong with the whole run is said once, and not for each row.
			expected = plan.setting && items.length === 0 ? [] : refused;
			expected = [...expected, ...either.filter((item) => items.includes(item))];
		}
	}
	if (items.join() !== expected.sort((a, b) => a - b).join()) {
		violations.push(
			`${expected.length} rows should have one outcome each, ${items.length} came out.`,
		);
	}
	return violations;
}

function auditRow(
	reported: ReportedOutcome,
	row: StormRow,
	run: AuditedRun,
	books: AuditedBooks,
): string[] {
	const { outcome, json } = reported;
	const { plan } = run;
	const violations: string[] = [];
	const violation = (text: string) =>
		violations.push(`'${row.reference.slice(0, 60)}', ${row.kind} (${outcome}): ${text}`);
	const accepted = books.acceptedTimes(row.reference);
	const before = run.acceptedBefore.get(row.reference) ?? 0;

	if (!OUTCOMES.includes(outcome)) violation('there is no such outcome.');
	const isNamed = reported.reference === row.reference;
	const isUnread = reported.reference === '' && row.promised !== 'paid';
	if (!isNamed && !isUnread) violation(`its outcome names '${reported.reference}'.`);
	if (row.promised === 'refused' && outcome !== 'not_sent') {
		violation('a bad row can only be not_sent.');
	}
	for (const text of auditItem(reported, row, plan)) violation(text);

	if (accepted > 1) violation(`it was accepted ${accepted} times.`);
	if (outcome === 'submitted' || outcome === 'already_submitted') {
		if (accepted !== 1) violation(`it was accepted ${accepted} times.`);
	}
	if (outcome === 'submitted') {
		const sessions = books.summary(row.reference).payouts.map(({ sessionId }) => sessionId);
		const isRepeated = reported.sessionId === REPEATED_SESSION;
		if (json && !isRepeated && !sessions.includes(String(reported.sessionId)))
			violation(`${reported.sessionId} is not its session.`);
		if (reported.amount !== undefined && reported.amount !== row.amount)
			violation('the amount is wrong.');
		// With Session First, the session's status can prove what the answer to the start contradicted.
		if (isContradicted(row, run.requests) && plan.options.sessionFirst !== true)
			violation('the answer contradicted its order.');
	}
	const nothingSent = outcome === 'rejected' || outcome === 'not_sent';
	if (nothingSent && accepted !== before) violation('it was sent.');
	return violations;
}

/** Whether the last answer to an order of a row was one that contradicts it. */
function isContradicted({ key }: StormRow, requests: readonly ReceivedRequest[]): boolean {
	const last = requests
		.filter(({ headers }) => headers['x-partner-idempotency-key'] === key)
		.at(-1);
	return last?.fault === 'contradict' && last.outcome === 'ok';
}

/** Every keyed request must carry the key of its reference, whatever happened before. */
function auditRequests({ rows, requests }: AuditedRun): string[] {
	const keys = new Map(rows.map(({ reference, key }) => [reference, key]));
	const allowed = rows.filter(({ promised }) => promised !== 'refused');
	const allowedKeys = new Set(allowed.map(({ key }) => key));
	const violations: string[] = [];
	for (const { path, headers, rawBody, signatureValid } of requests) {
		const key = headers['x-partner-idempotency-key'];
		const starts = path.endsWith('/session/start/payout');
		const orders = path.endsWith('/session/init/payout');
		if (starts || orders) {
			if (!allowedKeys.has(String(key)))
				violations.push(`No good row has the key '${String(key)}'.`);
		} else if (key !== undefined) violations.push(`A key was sent to ${path}.`);
		// The sandbox did not read the body of a request that met reset_before_reading.
		if (rawBody === '') continue;
		if (!signatureValid) violations.push(`A request to ${path} has a wrong signature.`);
		const { metadata } = JSON.parse(rawBody) as IDataObject;
		// With Session First, the session holds the metadata and not its start.
		const isOrder = orders || (starts && metadata !== undefined);
		if (isOrder && keys.get(String(metadata)) !== key) {
			violations.push(`'${String(metadata)}' was sent with the key '${String(key)}'.`);
		}
	}
	return violations;
}

/** How often a row may have been accepted when the storm is over. */
const ACCEPTED_IN_THE_END = { paid: [1], refused: [0], either: [0, 1] } as const;

/** Audits the books when the storm is over: every good row paid once, no bad row ever. */
export function auditBooks(rows: readonly StormRow[], books: AuditedBooks): string[] {
	const violations: string[] = [];
	let count = 0;
	let sum = 0;
	for (const { reference, kind, promised, amount } of rows) {
		const { accepted, payouts } = books.summary(reference);
		const allowed: readonly number[] = ACCEPTED_IN_THE_END[promised];
		const name = `'${reference.slice(0, 60)}', ${kind},`;
		if (!allowed.includes(accepted)) {
			violations.push(`${name} was accepted ${accepted} times in the end.`);
		} else if (accepted > 0 && payouts[0]?.amount !== amount) {
			violations.push(`${name} was paid ${payouts[0]?.amount} instead of ${amount}.`);
		}
		const isMade = promised === 'paid' || (promised === 'either' && accepted > 0);
		count += isMade ? 1 : 0;
		sum += isMade ? amount : 0;
	}
	// Euros are paid to rows that only one run has, which was audited.
	const { usd, ...others } = books.totals();
	const foreign = Object.keys(others).filter((currency) => currency !== 'eur');
	const { accepted = 0, paidAmount = 0 } = usd ?? {};
	if (accepted !== count || paidAmount !== sum || foreign.length > 0) {
		violations.push(
			`${accepted} payouts of ${paidAmount} were made instead of ${count} of ${sum}.`,
		);
	}
	return violations;
}
