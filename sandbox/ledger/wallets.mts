import { Refusal } from '../errors.mts';

const firstWalletId = 310;

/** The prefunded balances, one wallet per currency, in minor units. */
export class Wallets {
	private balances = new Map<string, number>();

	constructor(private readonly start: Readonly<Record<string, number>>) {
		this.reset();
	}

	/** Puts back the balances of the start. */
	reset(): void {
		this.balances = new Map();
		this.set(this.start);
	}

	/**
	 * Sets the balance of the named currencies and leaves the others as they are.
	 *
	 * @param balances minor units by currency
	 */
	set(balances: Readonly<Record<string, number>>): void {
		for (const [currency, amount] of Object.entries(balances)) {
			this.balances.set(currency.toLowerCase(), amount);
		}
	}

	/**
	 * Checks that there is enough money for a payout.
	 *
	 * @param amount in minor units
	 * @param currency the lower-case currency
	 * @throws Refusal `insufficient_wallet_balance` when there is not enough
	 */
	mustCover(amount: number, currency: string): void {
		if ((this.balances.get(currency) ?? 0) < amount) {
			throw new Refusal(
				'insufficient_wallet_balance',
				`The balance in ${currency} is not enough for this payout.`,
			);
		}
	}

	/**
	 * Takes money for a payout.
	 *
	 * @param amount in minor units
	 * @param currency the lower-case currency
	 * @throws Refusal `insufficient_wallet_balance` when there is not enough
	 */
	take(amount: number, currency: string): void {
		this.mustCover(amount, currency);
		this.balances.set(currency, (this.balances.get(currency) ?? 0) - amount);
	}

	/**
	 * Gives money back that a payout did not use.
	 *
	 * @param amount in minor units
	 * @param currency the lower-case currency
	 */
	giveBack(amount: number, currency: string): void {
		this.balances.set(currency, (this.balances.get(currency) ?? 0) + amount);
	}

	/** The wallets as `wallet/balance` lists them. */
	list(): { id: string; amount_details: { amount: number; currency: string } }[] {
		return [...this.balances].map(([currency, amount], index) => ({
			id: String(firstWalletId + index),
			amount_details: { amount, currency },
		}));
	}
}
