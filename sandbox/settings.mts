import { Refusal } from './errors.mts';
import type { Version } from './versions.mts';

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
	/** Where webhooks are sent to; null, the default, sends none. */
	webhookUrl: string | null;
	/** Whose names webhooks use: those of the session's own version, or always the same ones. */
	webhookNames: Version | 'session';
	/** How long a webhook's answer is waited for, in milliseconds. No clock speeds it up. */
	webhookTimeoutMs: number;
	/** How many webhooks are under way at the same time; 1 keeps a strict order. */
	webhookParallel: number;
	/** How often every webhook is sent: 2 sends a duplicate of each. */
	webhookCopies: number;
	/** Collects webhooks until this is false again, or until they are released in any order. */
	holdWebhooks: boolean;
	/** How many times faster than real time the gaps between redeliveries pass; 600: 30 min in 3 s. */
	clockSpeed: number;
}

/** The documented behaviour: payouts wait 240 minutes for a confirmation (ready-to-confirm page). */
export const defaultSettings: Readonly<Settings> = {
	latencyMs: 0,
	authenticationStatus: 400,
	autoConfirm: false,
	processingMs: 200,
	confirmWindowMs: 240 * 60 * 1000,
	webhookUrl: null,
	webhookNames: 'session',
	webhookTimeoutMs: 10_000,
	webhookParallel: 20,
	webhookCopies: 1,
	holdWebhooks: false,
	clockSpeed: 1,
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
	/** How many webhooks are kept for reading; the counters count all of them. */
	keepWebhooks?: number;
	/**
	 * Receives one line per request and per try to deliver a webhook, without card numbers and
	 * signatures.
	 */
	log?: (line: string) => void;
}

/**
 * Fills in what was not set.
 *
 * @param options how the sandbox was started
 * @returns the settings, and nothing else of the options
 * @throws Refusal when the webhook URL is none
 */
export function settingsFrom(options: Partial<Settings>): Settings {
	const names = Object.keys(defaultSettings) as (keyof Settings)[];
	const chosen = names.flatMap((name) =>
		options[name] === undefined ? [] : [[name, options[name]] as const],
	);
	checkWebhookUrl(options.webhookUrl);
	return { ...defaultSettings, ...Object.fromEntries(chosen) };
}

/**
 * Checks a URL that webhooks are to be sent to.
 *
 * @param url the URL; null and undefined are fine
 * @throws Refusal when it is not an http or https URL
 */
export function checkWebhookUrl(url: string | null | undefined): void {
	if (url === null || url === undefined) return;
	if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
	throw new Refusal(
		'invalid_request',
		`"${url}" is not a URL for webhooks. It must start with http:// or https://, for example http://127.0.0.1:5678/webhook/smart-glocal.`,
	);
}
