import { Rejection } from './errors.mts';
import type { KeyPair } from './keys.mts';

/** What can be set at the start and changed while the sandbox runs. */
export interface Settings {
	/** How long each response is delayed, in milliseconds. The payout is accepted before that. */
	latencyMs: number;
	/**
	 * How many requests are allowed in any second, over all methods. The others get HTTP 429 and change
	 * nothing. null allows any number.
	 */
	requestsPerSecond: number | null;
	/** Whether payouts need no `session/confirm`, as the account manager can arrange. */
	autoConfirm: boolean;
	/** How long a payout stays in each step of processing, in milliseconds. */
	processingMs: number;
	/** How long a payout waits for its confirmation before it fails, in milliseconds. */
	confirmWindowMs: number;
	/** Where webhooks are sent; null sends none. */
	webhookUrl: string | null;
	/** How many times faster than real time redeliveries come; 600 turns 30 minutes into 3 s. */
	clockSpeed: number;
}

/** Payouts wait 240 minutes for a confirmation (the ready-to-confirm page of the reference). */
const DEFAULT_SETTINGS: Readonly<Settings> = {
	latencyMs: 0,
	requestsPerSecond: null,
	autoConfirm: false,
	processingMs: 200,
	confirmWindowMs: 240 * 60 * 1000,
	webhookUrl: null,
	clockSpeed: 1,
};

const DEFAULT_BALANCE = 10_000_000_000_000;
const DEFAULT_CURRENCIES =
	'usd eur gbp try aud brl cad cny czk hkd huf idr ils jpy kes krw php rub thb vnd';

/** Amounts in minor units by currency code. */
export type Balances = Readonly<Record<string, number>>;

/** The prefunded balances that the sandbox starts with. */
export const DEFAULT_BALANCES: Balances = Object.fromEntries(
	DEFAULT_CURRENCIES.split(' ').map((currency) => [currency, DEFAULT_BALANCE]),
);

/** A project that may send requests. */
export interface ProjectOptions {
	id: string;
	/** The RSA public key in PEM. */
	publicKey: string;
}

/** How to start a sandbox. Everything has a default. */
export interface SandboxOptions extends Partial<Settings> {
	/** The port on 127.0.0.1; 0, the default, takes a free one. */
	port?: number;
	projects?: readonly ProjectOptions[];
	/** The key pair that signs webhooks; a new one by default. */
	webhookKeys?: KeyPair;
	/** The only wallets there are, instead of the default ones. */
	balances?: Balances;
	/** The seed of the pseudo-random numbers for faults with a probability. */
	seed?: number;
	/** How many received requests are kept for reading; the counters count all of them. */
	keepRequests?: number;
	/** Receives one line per request and per delivery attempt, without card numbers or signatures. */
	log?: (line: string) => void;
}

/**
 * Fills in the defaults.
 *
 * @returns the settings, without the other options
 * @throws Rejection when the webhook URL is not a URL
 */
export function settingsFrom(options: SandboxOptions): Settings {
	checkWebhookUrl(options.webhookUrl);
	const names = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
	const chosen = names.filter((name) => options[name] !== undefined);
	return {
		...DEFAULT_SETTINGS,
		...Object.fromEntries(chosen.map((name) => [name, options[name]])),
	};
}

/**
 * Checks the address for webhooks; null and undefined pass.
 *
 * @throws Rejection when it is not an http or https URL
 */
export function checkWebhookUrl(url: string | null | undefined): void {
	if (url === null || url === undefined) return;
	if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
	throw new Rejection(
		'invalid_request',
		`"${url}" is not a URL for webhooks. It must start with http:// or https://, for example http://127.0.0.1:5678/webhook/smart-glocal.`,
	);
}
