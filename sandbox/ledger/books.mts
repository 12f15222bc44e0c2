import type { PayoutStatus } from './session.mts';

/** An accepted payout and its present state. */
export interface BookedPayout {
	payoutId: string;
	sessionId: string;
	project: string;
	idempotencyKey: string | null;
	/** The partner's reference, from the metadata. */
	reference: string | null;
	/** In minor units of the currency. */
	amount: number;
	currency: string;
	status: PayoutStatus;
	/** How much of it the recipient's bank returned, in minor units. */
	returned: number;
	/** A description without card numbers. */
	destination: string;
}

/** The totals of a currency; amounts in minor units. */
export interface CurrencyTotals {
	accepted: number;
	paid: number;
	paidAmount: number;
	returnedAmount: number;
}

/** The payouts under an idempotency key or a reference. */
export interface KeySummary {
	key: string;
	accepted: number;
	paid: number;
	/** In minor units, the sum over all currencies. */
	paidAmount: number;
	payouts: BookedPayout[];
}

/**
 * Counts what was really paid: tests ask the books, not the client, how often a reference was paid.
 * A payout counts as paid from its acceptance, unless it fails or is cancelled. A payout that was
 * returned still counts as paid; what came back is counted as well.
 */
export class Books {
	private readonly entries = new Map<string, BookedPayout>();
	private readonly index = new Map<string, BookedPayout[]>();

	/** Records an accepted payout under its idempotency key and its reference. */
	record(payout: BookedPayout): void {
		this.entries.set(payout.payoutId, payout);
		for (const name of new Set([payout.idempotencyKey, payout.reference])) {
			if (name === null) continue;
			const list = this.index.get(name);
			if (list === undefined) this.index.set(name, [payout]);
			else list.push(payout);
		}
	}

	/** Records a payout's new status, or how much of it was returned. */
	update(payoutId: string, change: Partial<Pick<BookedPayout, 'status' | 'returned'>>): void {
		const entry = this.entries.get(payoutId);
		if (entry !== undefined) Object.assign(entry, change);
	}

	/** How many payouts under this idempotency key or reference were accepted. */
	acceptedTimes(key: string): number {
		return this.found(key).length;
	}

	/** How many payouts under this idempotency key or reference were paid. */
	paidTimes(key: string): number {
		return this.found(key).filter(isPaid).length;
	}

	/** The amount paid under this idempotency key or reference, in minor units. */
	paidAmount(key: string): number {
		return sumOfAmounts(this.found(key).filter(isPaid));
	}

	summary(key: string): KeySummary {
		const payouts = this.found(key);
		const paid = payouts.filter(isPaid);
		return {
			key,
			accepted: payouts.length,
			paid: paid.length,
			paidAmount: sumOfAmounts(paid),
			payouts: payouts.map((payout) => ({ ...payout })),
		};
	}

	/** Copies of all accepted payouts, oldest first. */
	payouts(): BookedPayout[] {
		return [...this.entries.values()].map((payout) => ({ ...payout }));
	}

	/** All idempotency keys and references of accepted payouts. */
	keys(): string[] {
		return [...this.index.keys()];
	}

	/** The totals by lower-case currency. */
	totals(): Record<string, CurrencyTotals> {
		const totals: Record<string, CurrencyTotals> = {};
		for (const payout of this.entries.values()) {
			const of = (totals[payout.currency] ??= {
				accepted: 0,
				paid: 0,
				paidAmount: 0,
				returnedAmount: 0,
			});
			of.accepted += 1;
			of.returnedAmount += payout.returned;
			if (!isPaid(payout)) continue;
			of.paid += 1;
			of.paidAmount += payout.amount;
		}
		return totals;
	}

	clear(): void {
		this.entries.clear();
		this.index.clear();
	}

	private found(key: string): BookedPayout[] {
		return this.index.get(key) ?? [];
	}
}

function isPaid(payout: BookedPayout): boolean {
	return payout.status !== 'failed';
}

function sumOfAmounts(payouts: readonly BookedPayout[]): number {
	return payouts.reduce((sum, payout) => sum + payout.amount, 0);
}
