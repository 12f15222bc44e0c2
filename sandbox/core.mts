import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { IdempotencyKeys } from './api/idempotency.mts';
import { Projects } from './api/projects.mts';
import { Faults } from './faults/rules.mts';
import { Ledger } from './ledger/ledger.mts';
import { ReceivedRequests } from './received-requests.mts';
import { defaultBalances, type SandboxOptions, type Settings, settingsFrom } from './settings.mts';
import { Signer } from './webhooks/signing.mts';
import { Webhooks } from './webhooks/webhooks.mts';

const defaultKeepRequests = 1000;
const defaultKeepWebhooks = 1000;
const defaultSeed = 1;

/** An RSA key pair in PEM: PKCS#8 and SPKI. */
export interface KeyPair {
	privateKey: string;
	publicKey: string;
}

/** Makes an RSA key pair of 2048 bits, as a merchant does with OpenSSL. */
export function makeKeyPair(): Promise<KeyPair> {
	return promisify(generateKeyPair)('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
}

/** The state of a sandbox, shared by its API and its admin pages. */
export interface Core {
	readonly options: SandboxOptions;
	readonly settings: Settings;
	readonly projects: Projects;
	readonly keys: IdempotencyKeys;
	readonly ledger: Ledger;
	readonly faults: Faults;
	readonly received: ReceivedRequests;
	/** The sandbox's own key pair, which stands for Smart Glocal's. It signs webhooks. */
	readonly webhookKeys: KeyPair;
	readonly webhooks: Webhooks;
	/** Tells the person in front of the sandbox that the sandbox itself is wrong. */
	complain(line: string): void;
	/** Stops listening for that many milliseconds. */
	refuseConnections(ms: number): void;
}

/**
 * Builds the state of a sandbox.
 *
 * @param options how it was started
 * @param refuseConnections closes the listening socket for some milliseconds
 * @returns the state, with empty books
 */
export async function buildCore(
	options: SandboxOptions,
	refuseConnections: (ms: number) => void,
): Promise<Core> {
	const settings = settingsFrom(options);
	const projects = new Projects();
	for (const project of options.projects ?? []) projects.add(project);
	const seed = options.seed ?? defaultSeed;
	const ledger = new Ledger(settings, options.balances ?? defaultBalances);
	const webhookKeys = await makeKeyPair();
	const signer = new Signer(webhookKeys.privateKey, webhookKeys.publicKey);
	return {
		options,
		settings,
		projects,
		keys: new IdempotencyKeys(),
		ledger,
		faults: new Faults(seed),
		received: new ReceivedRequests(options.keepRequests ?? defaultKeepRequests),
		webhookKeys,
		webhooks: new Webhooks(ledger, settings, signer, {
			keep: options.keepWebhooks ?? defaultKeepWebhooks,
			seed,
			tell: (line) => options.log?.(line),
		}),
		complain: options.log ?? ((line) => console.error(line)),
		refuseConnections,
	};
}

/**
 * Forgets everything that was received, booked and sent, and all faults. Projects and settings stay.
 *
 * @param core the state
 */
export function resetCore(core: Core): void {
	core.ledger.reset();
	core.webhooks.clear();
	core.keys.clear();
	core.received.clear();
	core.faults.set([]);
}
