import { referenceIn } from './ledger/session.mts';
import type { Metadata } from './ledger/session.mts';
import type { RequestEntry } from './receivedRequests.mts';
import type { DeliveryEntry } from './webhooks/delivery.mts';

interface OrderBody {
	metadata?: Metadata;
	amount_details?: { amount?: unknown; currency?: unknown };
}

function parseBody(body: Buffer): OrderBody {
	try {
		const parsed: unknown = JSON.parse(body.toString('utf8'));
		return typeof parsed === 'object' && parsed !== null ? parsed : {};
	} catch {
		return {};
	}
}

/**
 * Reads from a request what may be shown of its payout. Nothing here has been validated.
 *
 * @returns the reference (from the metadata, else the idempotency key) and the amount in minor
 *   units with its currency; a dash for what is missing
 */
export function payoutInRequest(entry: RequestEntry) {
	const { metadata, amount_details: money } = parseBody(entry.rawBytes);
	const key = entry.headers['x-partner-idempotency-key'];
	return {
		reference: referenceIn(metadata) ?? (typeof key === 'string' ? key : '-'),
		amount: money ? `${String(money.amount)} ${String(money.currency)}` : '-',
	};
}

/** Says whether the signature of a request was right; it is not checked on an unread body. */
export function signatureVerdict(entry: RequestEntry): 'valid' | 'invalid' | 'not checked' {
	if (entry.outcome === null) return 'not checked';
	return entry.signatureValid ? 'valid' : 'invalid';
}

/** Describes a finished request in one line, without card numbers and signatures. */
export function requestLine(entry: RequestEntry): string {
	const { reference, amount } = payoutInRequest(entry);
	return [
		entry.at.slice(11, 23),
		entry.path.replace('/api/', ''),
		entry.outcome ?? 'not read',
		`reference ${reference}`,
		`amount ${amount}`,
		`signature ${signatureVerdict(entry)}`,
		...(entry.fault === null ? [] : [`fault ${entry.fault}`]),
	].join('  ');
}

function nextStepText({ state, attempts }: DeliveryEntry, waitMs: number | null): string {
	const count = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
	if (state === 'delivered') return `delivered after ${count}`;
	if (state === 'given_up') return `given up after ${count}`;
	if (waitMs === null) return `no redelivery after ${count}`;
	return `redelivery in ${Math.round(waitMs / 1000)} s`;
}

/**
 * Describes the latest attempt to deliver a webhook in one line, without its signature.
 *
 * @param waitMs the time until the next attempt by the sandbox's clock; null when there is none
 */
export function webhookLine(entry: DeliveryEntry, waitMs: number | null): string {
	const { status = null, error = null } = entry.attempts.at(-1) ?? {};
	return [
		new Date().toISOString().slice(11, 23),
		`webhook ${entry.type}`,
		`session ${entry.sessionId}`,
		`payouts ${entry.payoutIds.join(' ')}`,
		status === null ? `no response (${error})` : `HTTP ${status}`,
		nextStepText(entry, waitMs),
	].join('  ');
}
