import { Rejection } from '../errors.mts';
import type { Balances } from '../settings.mts';

const FIRST_WALLET_ID = 310;

/** The prefunded balances: one wallet per lower-case currency, amounts in minor units. */
export class Wallets {
	private balances = new Map<string, number>();

	constructor(private readonly initial: Balances) {
		this.reset();
	}

	/** Restores the initial balances. */
	reset(): void {
		this.balances = new Map();
		this.set(this.initial);
	}

	/** Sets the balances of the named currencies and leaves the others as they are. */
	set(balances: Balances): void {
		for (const [currency, amount] of Object.entries(balances)) {
			this.balances.set(currency.toLowerCase(), amount);
		}
	}

	/** Throws the rejection `insufficient_wallet_balance` when there is less than the amount. */
	mustCover(amount: number, currency: string): void {
		if (this.balance(currency) < amount) {
			throw new Rejection(
				'insufficient_wallet_balance',
				`The balance in ${currency} is not enough for this payout.`,
			);
		}
	}

	/** Takes the amount of a payout. Throws what `mustCover` throws. */
	take(amount: number, currency: string): void {
		this.mustCover(amount, currency);
		this.balances.set(currency, this.balance(currency) - amount);
	}

	/** Puts back the amount of a payout that failed or was returned. */
	giveBack(amount: number, currency: string): void {
		this.balances.set(currency, this.balance(currency) + amount);
	}

	/** The wallets as `wallet/balance` lists them. */
	list(): { id: string; amount_details: { amount: number; currency: string } }[] {
		return [...this.balances].map(([currency, amount], index) => ({
			id: String(FIRST_WALLET_ID + index),
			amount_details: { amount, currency },
		}));
	}

	private balance(currency: string): number {
		return this.balances.get(currency) ?? 0;
	}
}
