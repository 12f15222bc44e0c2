import { findDoubt, findReasonToHold, readChange, toStatusRow } from './followPayout.mts';
import type { Change, Entry } from './followPayout.mts';
import type { Item } from './ledgerRow.mts';

/**
 * Compares webhooks with the ledger.
 *
 * @param webhooks the trigger's items: those of one webhook are about one session
 * @param ledger the ledger's rows with their references
 * @param now as an ISO 8601 timestamp
 * @returns for each a row for the ledger, or a `notice` about one that the ledger does not know
 */
export function readWebhooks(
	webhooks: readonly Item[],
	ledger: readonly Item[],
	now: string,
): Item[] {
	const known = new Map(ledger.map(({ json }) => [String(json.reference ?? ''), json]));
	return webhooks.map(({ json }) => {
		const change = readChange(json);
		const entry = known.get(change.reference) ?? {};
		const doubt = findDoubt(change, entry) || findContradiction(change, entry);
		if (doubt !== '') return { json: { notice: describeUnknown(change, doubt) } };
		const reasonToHold = findReasonToHold(change, entry, webhooks.length);
		return { json: toStatusRow(change, reasonToHold, now) };
	});
}

/** Two ends that exclude each other: the first one stays, and a person must know. */
function findContradiction({ status, rank }: Change, entry: Entry): string {
	const isContradiction = rank === 30 && entry.status_rank === 30 && entry.status !== status;
	return isContradiction ? `In the ledger it has ${String(entry.status)}.` : '';
}

function describeUnknown(change: Change, doubt: string): string {
	const { reference, sessionId, amount, currency, status } = change;
	const money = amount === null ? currency : `${currency} ${amount.toFixed(2)}`;
	const states: Record<string, string> = {
		ready_to_confirm: 'waits for its confirmation',
		succeeded: 'has succeeded',
		failed: 'has failed',
		returned: 'came back',
	};
	const state = states[status] ?? 'is in progress';
	const advice =
		status === 'ready_to_confirm'
			? `It was not confirmed. Find out whose it is, and confirm or cancel session ${sessionId} within 240 minutes.`
			: 'Find out whose it is.';
	const name = reference === '' ? 'A payout without a reference' : `Payout ${reference}`;
	return `${name} (${money}, session ${sessionId}) ${state}. ${doubt} ${advice}`;
}
