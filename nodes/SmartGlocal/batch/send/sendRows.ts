import type { IExecuteFunctions } from 'n8n-workflow';
import { addFinality } from '../../../api/interpretResponse';
import type { Interpretation } from '../../../api/interpretResponse';
import { CONTRADICTORY_CODE, contradictSession, UNREADABLE_CODE } from '../../../api/outcomes';
import type { Failure } from '../../../api/outcomes';
import { orderThroughSession, STOPPED, waitUnless } from '../../../api/send';
import type { RequestQueue, Send } from '../../../api/send';
import { createStopError } from '../../messages/nodeErrors';
import type { FailedRow, RowResult } from '../../messages/nodeErrors';
import {
	describeFailedRow,
	describeSkippedRow,
	hasUnlistedCode,
} from '../../messages/failureTexts';
import type { RowLabel } from '../../messages/failureTexts';
import type { BatchSettings } from '../read/batchSettings';
import type { Operation } from '../defineOperation';
import { CircuitBreaker } from './circuitBreaker';
import { BatchQueue, runConcurrently } from './requestQueue';
import type { PreparedRow } from '../read/prepareRows';
import { recordCancellation } from '../report/reportRun';

/** The time between two looks at the same sessions: 2 s, 3 s, 4.5 s and so on, up to half a minute. */
const FIRST_GAP_MS = 2_000;
const GAP_GROWTH = 1.5;
const MAX_GAP_MS = 30_000;

/** How much longer the last look may take, before the rows that it did not reach keep their status. */
const MAX_OVERTIME_MS = 30_000;

export interface Sending {
	settings: BatchSettings;
	/** Opens the way to Smart Glocal for requests that wait in this queue. */
	connect: (queue: RequestQueue) => Send;
	/** The row that each session belongs to, by its id; of earlier tries, too. */
	owners?: Map<string, RowLabel>;
}

/** Sends the rows that are not sent yet. Throws at the first failure where On Error is Stop. */
export async function sendRows(
	context: IExecuteFunctions,
	operation: Operation,
	rows: readonly PreparedRow[],
	sending: Sending,
	results: RowResult[],
): Promise<void> {
	const cancelSignal = context.getExecutionCancelSignal();
	const isCancelled = () => cancelSignal?.aborted === true;
	const stopsAtFailure = !context.continueOnFail();
	const ended = new Map<number, RowResult>();
	let failed: FailedRow | undefined;
	const listEnded = () => [...ended.values()].sort((a, b) => a.label.index - b.label.index);
	const logCancellation =
		operation.kind === 'order' ? recordCancellation(context, listEnded) : undefined;

	const isStopped = () => isCancelled() || failed !== undefined;
	const endRow = (index: number, found: RowResult) => {
		const result = settle(results[index], found);
		ended.set(index, result);
		if (result.failure && stopsAtFailure) failed ??= result as FailedRow;
	};
	const obstacle = await sendConcurrently(operation, rows, sending, results, isStopped, endRow);
	await logCancellation?.();

	const otherwise = (failed ? undefined : obstacle) ?? 'other_row';
	const reason = isCancelled() ? 'cancelled' : otherwise;
	for (const [index, result] of ended) results[index] = result;
	for (const { label } of rows.filter((row) => !ended.has(row.label.index))) {
		const failure = describeSkippedRow(label, reason);
		const skipped = { label, outcome: failure.outcome, failure };
		results[label.index] = settle(results[label.index], skipped);
	}
	if (failed) throw createStopError(context.getNode(), results, failed);
}

/** Like `sendRows`, then looks again until all rows are final. A row keeps its last good answer. */
export async function lookUntilFinal(
	context: IExecuteFunctions,
	operation: Operation,
	rows: readonly PreparedRow[],
	sending: Sending,
	results: RowResult[],
): Promise<void> {
	const lookup = { ...operation, interpret: addFinality(operation.interpret) };
	await sendRows(context, lookup, rows, sending, results);

	const cancelSignal = context.getExecutionCancelSignal();
	const isCancelled = () => cancelSignal?.aborted === true;
	const end = Date.now() + (sending.settings.maxWaitMs ?? 0);
	const isStopped = () => isCancelled() || Date.now() > end + MAX_OVERTIME_MS;
	const endRow = (index: number, result: RowResult) => {
		if (result.items) results[index] = result;
	};
	let gapMs = FIRST_GAP_MS;
	for (let leftMs = end - Date.now(); leftMs > 0; leftMs = end - Date.now()) {
		const open = rows.filter(({ label }) => results[label.index]?.mayChange);
		if (open.length === 0) return;
		await waitUnless(isCancelled, Math.min(gapMs, leftMs));
		if (isCancelled()) return;
		// A queue for each look: a gap must not be taken for a slow answer, nor one bad look for the last.
		await sendConcurrently(lookup, open, sending, results, isStopped, endRow);
		gapMs = Math.min(gapMs * GAP_GROWTH, MAX_GAP_MS);
	}
}

/**
 * Sends rows through one queue, each as soon as there is a place, and calls `endRow` for each. Gives
 * why it ended early, if a broken server would fail all rows, or Smart Glocal keeps asking to wait.
 * `results` are those of an earlier try, whose sessions are looked up.
 */
async function sendConcurrently(
	operation: Operation,
	rows: readonly PreparedRow[],
	{ settings, connect, owners = new Map() }: Sending,
	results: readonly RowResult[],
	isStopped: () => boolean,
	endRow: (index: number, result: RowResult) => void,
): Promise<Failure | 'asked_to_wait' | undefined> {
	const breaker = new CircuitBreaker();
	const findObstacle = () => (queue.isRefused ? 'asked_to_wait' : breaker.cause);
	const isOver = () => isStopped() || findObstacle() !== undefined;
	const queue = new BatchQueue(settings.parallelRequests, isOver, () => breaker.isFailing);
	const hasOwnSessions = operation.kind === 'order' || operation.kind === 'creation';
	const sendOne = async (row: PreparedRow, rowQueue: RequestQueue) => {
		const { label } = row;
		const { index } = label;
		const send = connect(rowQueue);
		const claim = (sessionId: string) => {
			const owner = hasOwnSessions ? (owners.get(sessionId) ?? label) : label;
			owners.set(sessionId, owner);
			return owner.index === index ? undefined : contradictSession(sessionId, owner.number);
		};
		const order: Send = async (call) =>
			await orderThroughSession(call, send, results[index]?.sessionId, claim);
		const way = settings.sessionFirst ? order : send;
		const { end, result } = await sendRow(row, operation, way, claim);
		if (end === STOPPED) return;
		breaker.record(end);
		endRow(index, result);
	};
	await runConcurrently(rows, settings, queue, sendOne, isOver);
	return findObstacle();
}

/** Sends one row's request and reads its response. Never throws. */
async function sendRow(
	{ label, request, output }: PreparedRow,
	{ path, interpret }: Operation,
	send: Send,
	claim: (sessionId: string) => Failure | undefined,
): Promise<{ end: Interpretation; result: RowResult }> {
	let end: Interpretation = { outcome: 'unknown', source: 'client', code: UNREADABLE_CODE };
	let found: string | undefined;
	try {
		const exchange = await send({ path, ...request });
		end = 'failure' in exchange ? exchange.failure : interpret(exchange.response, request, output);
		found = exchange.sessionId;
		const isNamed = 'items' in end || (end.outcome === 'unknown' && !end.contradiction);
		if (isNamed && end.sessionId !== undefined) end = claim(end.sessionId) ?? end;
	} catch {
		// Ours to mend, but the request has left by now: how it ended is not known.
	}
	return { end, result: toResult(label, end, found) };
}

/** `found` is the session that the row has become known by, beside the one that it names. */
function toResult(label: RowLabel, end: Interpretation, found: string | undefined): RowResult {
	if ('items' in end) {
		return { label, ...end, items: end.items.map((item) => ({ ...item, ...label.fingerprints })) };
	}
	const sessionId = found ?? label.sessionId ?? end.sessionId;
	const named = sessionId === undefined ? {} : { sessionId };
	const failure = describeFailedRow({ ...label, ...named }, end);
	return { label, ...named, outcome: end.outcome, failure, hasUnlistedCode: hasUnlistedCode(end) };
}

/** A row in doubt stays so until Smart Glocal has it: a refusal says nothing of the earlier try. */
function settle(earlier: RowResult | undefined, now: RowResult): RowResult {
	if (earlier?.outcome !== 'unknown' || now.outcome === 'submitted') return now;
	// That a payout was made with the key does not say that it is the right one.
	if (now.outcome === 'already_submitted') return isContradicted(earlier) ? earlier : now;
	if (now.outcome !== 'unknown') return earlier;
	// Neither an answer that contradicted its request nor a known session is forgotten.
	return isContradicted(now) || earlier.sessionId === undefined ? now : earlier;
}

function isContradicted({ failure }: RowResult): boolean {
	return failure?.code === CONTRADICTORY_CODE;
}
