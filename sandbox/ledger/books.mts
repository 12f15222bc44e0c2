import type { PayoutStatus } from './session.mts';

/** A payout order that was accepted, and what became of it. */
export interface BookedPayout {
	payoutId: string;
	sessionId: string;
	project: string;
	idempotencyKey: string | null;
	/** The merchant's own reference, found in the metadata. */
	reference: string | null;
	/** In minor units of the currency. */
	amount: number;
	currency: string;
	status: PayoutStatus;
	/** How much of it the recipient's bank returned, in minor units. */
	returned: number;
	/** Where the money went, without card numbers. */
	destination: string;
}

/** What the books say about a currency; amounts in minor units. */
export interface CurrencyTotals {
	accepted: number;
	paid: number;
	paidAmount: number;
	returnedAmount: number;
}

/** What the books say about an idempotency key or a reference. */
export interface KeySummary {
	key: string;
	accepted: number;
	paid: number;
	/** In minor units, added up whatever the currency. */
	paidAmount: number;
	payouts: BookedPayout[];
}

/**
 * Counts what was really paid. Tests ask the books, not the client, how often a reference was paid.
 * A payout counts as paid from the moment its order is accepted, until it fails or is cancelled. A
 * payout that was returned later stays paid and is counted in `returned` as well.
 */
export class Books {
	private readonly entries = new Map<string, BookedPayout>();
	private readonly index = new Map<string, BookedPayout[]>();

	/**
	 * Writes an accepted order into the books.
	 *
	 * @param payout the order; it can be found by its idempotency key and by its reference
	 */
	record(payout: BookedPayout): void {
		this.entries.set(payout.payoutId, payout);
		for (const name of new Set([payout.idempotencyKey, payout.reference])) {
			if (name === null) continue;
			const list = this.index.get(name);
			if (list === undefined) this.index.set(name, [payout]);
			else list.push(payout);
		}
	}

	/**
	 * Notes what became of a payout.
	 *
	 * @param payoutId the payout
	 * @param change its new status, or how much of it came back
	 */
	update(payoutId: string, change: Partial<Pick<BookedPayout, 'status' | 'returned'>>): void {
		const entry = this.entries.get(payoutId);
		if (entry !== undefined) Object.assign(entry, change);
	}

	/** How many orders with this idempotency key or reference were accepted. */
	acceptedTimes(key: string): number {
		return this.found(key).length;
	}

	/** How many payouts with this idempotency key or reference were paid. */
	paidTimes(key: string): number {
		return this.found(key).filter(isPaid).length;
	}

	/** How much was paid under this idempotency key or reference, in minor units. */
	paidAmount(key: string): number {
		return sumOfAmounts(this.found(key).filter(isPaid));
	}

	/** Everything about an idempotency key or reference. */
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

	/** Every accepted order, in the order of acceptance. The entries are copies. */
	payouts(): BookedPayout[] {
		return [...this.entries.values()].map((payout) => ({ ...payout }));
	}

	/** Every idempotency key and reference seen in an accepted order. */
	keys(): string[] {
		return [...this.index.keys()];
	}

	/** What was accepted, paid and returned per lower-case currency, amounts in minor units. */
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

	/** Forgets everything. */
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
