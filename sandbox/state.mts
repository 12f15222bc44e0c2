import { Projects } from './api/authentication.mts';
import { IdempotencyKeys } from './api/idempotency.mts';
import { RateLimit } from './api/rateLimit.mts';
import { Faults } from './faults/rules.mts';
import { makeKeyPair } from './keys.mts';
import { Ledger } from './ledger/ledger.mts';
import { ReceivedRequests } from './receivedRequests.mts';
import { checkWebhookUrl, DEFAULT_BALANCES, settingsFrom } from './settings.mts';
import type { Balances, SandboxOptions, Settings } from './settings.mts';
import { Webhooks } from './webhooks/webhooks.mts';

const DEFAULT_KEEP_REQUESTS = 1000;
const DEFAULT_SEED = 1;

/** The state of a sandbox, shared by its API and its admin pages. */
export interface SandboxState {
	readonly settings: Settings;
	readonly projects: Projects;
	readonly keys: IdempotencyKeys;
	readonly ledger: Ledger;
	readonly faults: Faults;
	readonly rateLimit: RateLimit;
	readonly received: ReceivedRequests;
	/** The PEM of Smart Glocal's public key in the sandbox; webhooks are verified with it. */
	readonly webhookPublicKey: string;
	readonly webhooks: Webhooks;
	log(line: string): void;
	/** Reports a mistake of the sandbox itself; goes to standard error without a log. */
	reportBug(line: string): void;
	/** Stops listening for so many milliseconds. */
	refuseConnections(ms: number): void;
}

/** Builds the state of a new sandbox. Throws what `startSandbox` throws for its options. */
export async function buildState(
	options: SandboxOptions,
	refuseConnections: (ms: number) => void,
): Promise<SandboxState> {
	const settings = settingsFrom(options);
	const projects = new Projects();
	for (const project of options.projects ?? []) projects.add(project);
	const ledger = new Ledger(settings, options.balances ?? DEFAULT_BALANCES);
	const { privateKey, publicKey } = options.webhookKeys ?? (await makeKeyPair());
	const log = options.log ?? (() => undefined);
	return {
		settings,
		projects,
		keys: new IdempotencyKeys(),
		ledger,
		faults: new Faults(options.seed ?? DEFAULT_SEED),
		rateLimit: new RateLimit(settings),
		received: new ReceivedRequests(options.keepRequests ?? DEFAULT_KEEP_REQUESTS),
		webhookPublicKey: publicKey,
		webhooks: new Webhooks(ledger, settings, privateKey, log),
		log,
		reportBug: options.log ?? ((line) => console.error(line)),
		refuseConnections,
	};
}

/** What may be changed while the sandbox runs. Balances of other currencies stay as they are. */
export interface SettingsChange extends Partial<Settings> {
	balances?: Balances;
}

/**
 * Changes settings of a running sandbox.
 *
 * @throws Rejection when the webhook URL is not a URL; nothing changes then
 */
export function changeSettings(state: SandboxState, change: SettingsChange): void {
	const { balances, ...settings } = change;
	checkWebhookUrl(settings.webhookUrl);
	Object.assign(state.settings, settings);
	if (balances !== undefined) state.ledger.wallets.set(balances);
	state.webhooks.settingsChanged();
}

/** Forgets requests, payouts, webhooks and faults. Projects and settings stay. */
export function resetState(state: SandboxState): void {
	state.ledger.reset();
	state.webhooks.clear();
	state.keys.clear();
	state.received.clear();
	state.faults.set([]);
	state.rateLimit.clear();
}
