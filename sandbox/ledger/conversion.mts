import type { Conversion } from '../settings.mts';
import type { AmountDetails, SessionPayout } from './session.mts';

/** Fixes at which rate a payout is converted, when it becomes ready to be confirmed. */
export function convertPayout(payout: SessionPayout, conversion: Conversion | null): void {
	if (conversion?.from.toLowerCase() !== payout.order.amount_details.currency) return;
	payout.conversion = conversion;
}

/**
 * An amount of a payout as responses and webhooks show it: from `ready_to_confirm` on in the currency
 * that it was converted to (B131, /en/payouts/payout-currency: 10000 usd came back as 800000 rub).
 */
export function shownAmount({ conversion }: SessionPayout, ordered: AmountDetails): AmountDetails {
	if (conversion === null) return ordered;
	const amount = Math.max(1, Math.round(ordered.amount * conversion.rate));
	return {
		amount: Math.min(amount, Number.MAX_SAFE_INTEGER),
		currency: conversion.to.toLowerCase(),
	};
}
