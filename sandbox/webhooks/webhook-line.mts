import type { DeliveryEntry } from './delivery.mts';

function upshot({ state, attempts }: DeliveryEntry, againInMs: number | null): string {
	const tries = attempts.length === 1 ? '1 try' : `${attempts.length} tries`;
	if (state === 'delivered') return `delivered after ${tries}`;
	if (state === 'given_up') return `given up after ${tries}`;
	if (againInMs === null) return `not sent again after ${tries}`;
	return `sent again in ${Math.round(againInMs / 1000)} s`;
}

/**
 * Describes what became of a webhook in one line, without its signature.
 *
 * @param entry the webhook, after a try or when it was given up
 * @param againInMs when it is sent again, by the clock of the redeliveries; null when it is not
 * @returns time, type, session, payouts, the latest answer and what follows from it
 */
export function webhookLine(entry: DeliveryEntry, againInMs: number | null): string {
	const latest = entry.attempts.at(-1);
	const status = latest?.status ?? null;
	return [
		new Date().toISOString().slice(11, 23),
		`webhook ${entry.type}`,
		`session ${entry.sessionId ?? '-'}`,
		`payouts ${entry.payoutIds.join(' ') || '-'}`,
		...(entry.copyOf === null ? [] : [`copy of ${entry.copyOf}`]),
		...(entry.forgery === null ? [] : [`forgery ${entry.forgery}`]),
		status === null ? `no answer (${latest?.error ?? 'not sent'})` : `answered ${status}`,
		upshot(entry, againInMs),
	].join('  ');
}
