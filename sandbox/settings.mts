/** What can be set when the sandbox starts and changed while it runs. */
export interface Settings {
	/** How long every answer is held back, in milliseconds. The payout is booked before that. */
	latencyMs: number;
	/** The HTTP status for an unknown project or a wrong signature; the reference names none. */
	authenticationStatus: number;
	/** Whether payouts need no `session/confirm`, as the account manager can arrange. */
	autoConfirm: boolean;
	/** How long a payout stays in each step of processing, in milliseconds. */
	processingMs: number;
	/** How long a payout waits for its confirmation, in milliseconds. */
	confirmWindowMs: number;
}

/** The documented behaviour: payouts wait 240 minutes for a confirmation (ready-to-confirm page). */
export const defaultSettings: Readonly<Settings> = {
	latencyMs: 0,
	authenticationStatus: 400,
	autoConfirm: false,
	processingMs: 200,
	confirmWindowMs: 240 * 60 * 1000,
};

const plenty = 10_000_000_000_000;

/** The prefunded balances that the sandbox starts with, in minor units by lower-case currency. */
export const defaultBalances: Readonly<Record<string, number>> = Object.fromEntries(
	[
		...['usd', 'eur', 'gbp', 'try', 'aud', 'brl', 'cad', 'cny', 'czk', 'hkd', 'huf', 'idr', 'ils'],
		...['jpy', 'kes', 'krw', 'php', 'rub', 'thb', 'vnd'],
	].map((currency) => [currency, plenty]),
);

/** A project that may send requests. */
export interface ProjectOptions {
	id: string;
	/** The RSA public key in PEM. */
	publicKey: string;
	/** The payers that `X-PARTNER-SUBMERCHANT` may name; any when left out. */
	submerchants?: readonly string[];
}

/** How to start a sandbox. Everything has a default. */
export interface SandboxOptions extends Partial<Settings> {
	/** The port on 127.0.0.1; 0, the default, takes a free one. */
	port?: number;
	projects?: readonly ProjectOptions[];
	/** Exactly these wallets, in minor units by lower-case currency, instead of the default ones. */
	balances?: Readonly<Record<string, number>>;
	/** Where the pseudo-random numbers for faults with a probability start. */
	seed?: number;
	/** How many received requests are kept for reading; the counters count all of them. */
	keepRequests?: number;
	/** Receives one line per request, without card numbers and signatures. */
	log?: (line: string) => void;
}
