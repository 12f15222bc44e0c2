import type { Payout } from './entry';

/** Names a payout, as in `Payout INV-1 (EUR 10.00 to Ann Lee)`. */
export function describePayout(reference: string, { currency, amount, recipient }: Payout): string {
	return `Payout ${reference} (${currency} ${amount} to ${recipient})`;
}

/** Says what a person does about a payout that is not confirmed. */
export function askToDecide(session: string): string {
	return `Confirm or cancel session ${session}: Smart Glocal cancels it after 240 minutes.`;
}

/** Puts sentences beside each other, each with one full stop at its end; empty ones are left out. */
export function joinSentences(...sentences: string[]): string {
	const written = sentences.map((text) => text.trim()).filter((text) => text !== '');
	return written.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ');
}
