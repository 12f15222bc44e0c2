import { type Metadata, referenceIn } from './ledger/session.mts';
import type { RequestEntry } from './received-requests.mts';

interface Told {
	metadata?: Metadata;
	amount_details?: { amount?: unknown; currency?: unknown };
}

function told(body: Buffer): Told {
	try {
		const parsed: unknown = JSON.parse(body.toString('utf8'));
		return typeof parsed === 'object' && parsed !== null ? parsed : {};
	} catch {
		return {};
	}
}

/**
 * What a request says about a payout, as far as that may be shown to anybody.
 *
 * @param entry a received request
 * @returns its reference (from the metadata, else the idempotency key) and its amount in minor
 *   units with the currency; a dash for what it does not say
 */
export function payoutInRequest(entry: RequestEntry): { reference: string; amount: string } {
	const { metadata, amount_details: money } = told(entry.rawBytes);
	const key = entry.headers['x-partner-idempotency-key'];
	return {
		reference: referenceIn(metadata) ?? (typeof key === 'string' ? key : '-'),
		amount: money ? `${String(money.amount)} ${String(money.currency)}` : '-',
	};
}

/**
 * Says in a word or two whether the signature of a request was right.
 *
 * @param entry a received request
 * @returns `ok`, `not ok`, or `not checked` when the body was not read
 */
export function signatureVerdict(entry: RequestEntry): string {
	if (entry.outcome === null) return 'not checked';
	return entry.signatureValid ? 'ok' : 'not ok';
}

/**
 * Describes a received request in one line, without card numbers and signatures.
 *
 * @param entry the request, once it is known what became of it
 * @returns time, method, outcome, reference, amount, whether the signature was right, the fault
 */
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
