import type { Books, ReceivedRequest } from '../../sandbox/server.mts';
import type { Said } from './outcomes.mts';
import type { RunPlan } from './plan.mts';
import type { StormRow } from './rows.mts';

/** What the judge asks the sandbox's books. */
export type JudgedBooks = Pick<Books, 'acceptedTimes' | 'summary' | 'totals'>;

/** One run of the workflow, as the judge sees it. */
export interface JudgedRun {
	plan: RunPlan;
	rows: readonly StormRow[];
	said: readonly Said[];
	/** How often each reference was accepted before the run. */
	acceptedBefore: ReadonlyMap<string, number>;
	requests: readonly ReceivedRequest[];
}

const OUTCOMES = ['submitted', 'already_submitted', 'rejected', 'not_sent', 'unknown'];

/**
 * Judges one run by the sandbox's books.
 *
 * @returns a sentence for everything that is not as the documentation promises
 */
export function judgeRun(run: JudgedRun, books: JudgedBooks): string[] {
	const { plan, rows, said } = run;
	const checkedOnly = plan.onError === 'stopWorkflow' && rows.some(({ good }) => !good);
	const expected = rows.flatMap((row, item) => (checkedOnly && row.good ? [] : [item]));
	const told = said.map(({ item }) => item).sort((a, b) => a - b);
	const broken = judgeRequests(run);
	if (checkedOnly && run.requests.length > 0) {
		broken.push(`A run that stops at bad rows has sent ${run.requests.length} requests.`);
	}
	if (told.join() !== expected.join()) {
		broken.push(`${expected.length} rows should have one outcome each, ${told.length} came out.`);
	}
	for (const each of said) {
		const row = rows[each.item];
		if (row) broken.push(...judgeRow(each, row, run, books));
	}
	return broken;
}

function judgeRow(said: Said, row: StormRow, run: JudgedRun, books: JudgedBooks): string[] {
	const { outcome, success, json } = said;
	const broken: string[] = [];
	const report = (text: string) => broken.push(`'${row.reference}' (${outcome}): ${text}`);
	const accepted = books.acceptedTimes(row.reference);
	const before = run.acceptedBefore.get(row.reference) ?? 0;

	if (!OUTCOMES.includes(outcome)) report('there is no such outcome.');
	if (said.reference !== row.reference) report(`it says it is '${said.reference}'.`);
	if (!row.good && outcome !== 'not_sent') report('a bad row can only be not_sent.');
	if (success && 'error' in (json ?? {})) report('a success has a key error.');
	if (success && !['submitted', 'already_submitted'].includes(outcome)) report('no success.');
	if (!success && json && json.note !== row.json.note) report('the fields of the row are lost.');

	if (outcome === 'submitted' || outcome === 'already_submitted') {
		if (accepted !== 1) report(`it was accepted ${accepted} times.`);
	}
	if (outcome === 'submitted') {
		const sessions = books.summary(row.reference).payouts.map(({ sessionId }) => sessionId);
		if (!sessions.includes(String(said.sessionId))) report(`${said.sessionId} is not its session.`);
		if (said.amount !== undefined && said.amount !== row.amount) report('the amount is wrong.');
	}
	// With Retry On Fail the first try may have sent what the second one reports on.
	const nothingSent = outcome === 'rejected' || outcome === 'not_sent';
	if (nothingSent && !run.plan.retryOnFail && accepted !== before) report('it was sent.');
	return broken;
}

/** Every keyed request carries the key that belongs to its reference, whatever came before. */
function judgeRequests({ rows, requests }: JudgedRun): string[] {
	const keys = new Map(rows.map(({ reference, key }) => [reference, key]));
	const goodKeys = new Set(rows.filter(({ good }) => good).map(({ key }) => key));
	const broken: string[] = [];
	for (const { path, headers, rawBody, signatureValid } of requests) {
		const key = headers['x-partner-idempotency-key'];
		const starts = path.endsWith('/session/start/payout');
		const orders = path.endsWith('/session/init/payout');
		if (starts || orders) {
			if (!goodKeys.has(String(key))) broken.push(`No good row has the key '${String(key)}'.`);
		} else if (key !== undefined) broken.push(`A key was sent to ${path}.`);
		// The body of a request that met reset_before_reading was not read.
		if (rawBody === '') continue;
		if (!signatureValid) broken.push(`A request to ${path} was signed wrongly.`);
		const { metadata } = JSON.parse(rawBody) as { metadata?: string };
		if (orders && keys.get(String(metadata)) !== key) {
			broken.push(`'${String(metadata)}' was sent with the key '${String(key)}'.`);
		}
	}
	return broken;
}

/** Judges the books when the storm is over: every good row paid once, no bad row ever. */
export function judgeEnd(rows: readonly StormRow[], books: JudgedBooks): string[] {
	const broken: string[] = [];
	for (const { reference, good, amount } of rows) {
		const { accepted, payouts } = books.summary(reference);
		if (accepted !== (good ? 1 : 0)) {
			broken.push(`'${reference}' was accepted ${accepted} times in the end.`);
		} else if (good && payouts[0]?.amount !== amount) {
			broken.push(`'${reference}' was paid ${payouts[0]?.amount} for ${amount}.`);
		}
	}
	const good = rows.filter((row) => row.good);
	const sum = good.reduce((total, { amount }) => total + amount, 0);
	const totals = books.totals();
	const { accepted = 0, paidAmount = 0 } = totals.usd ?? {};
	if (accepted !== good.length || paidAmount !== sum || Object.keys(totals).length > 1) {
		broken.push(`${paidAmount} was paid to ${accepted}, for ${sum} to ${good.length}.`);
	}
	return broken;
}
