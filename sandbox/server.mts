import Fastify, { type FastifyInstance } from 'fastify';
import { addAdminRoutes } from './admin/routes.mts';
import { addApiRoutes } from './api/routes.mts';
import { buildCore, type Core, resetCore } from './core.mts';
import type { FaultRule } from './faults/rules.mts';
import type { Books } from './ledger/books.mts';
import { Listener } from './listener.mts';
import { failPayoutById, type PayoutFailure, returnPayoutById } from './payout-changes.mts';
import type { ReceivedRequest, RequestCounters } from './received-requests.mts';
import { changeSettings, type SettingsChange } from './settings-change.mts';
import type { SandboxOptions } from './settings.mts';
import type { WebhookCounters, WebhookDelivery } from './webhooks/delivery.mts';
import type { ResendRequest, WebhookOrder, WebhookRequest } from './webhooks/requests.mts';

export type { FaultCondition, FaultDetails, FaultRule, FaultType } from './faults/rules.mts';
export type { BookedPayout, Books, CurrencyTotals, KeySummary } from './ledger/books.mts';
export type { PayoutFailure } from './payout-changes.mts';
export type { ReceivedRequest, RequestCounters } from './received-requests.mts';
export type { SettingsChange } from './settings-change.mts';
export type { ProjectOptions, SandboxOptions, Settings } from './settings.mts';
export type {
	DeliveryState,
	WebhookAttempt,
	WebhookCounters,
	WebhookDelivery,
} from './webhooks/delivery.mts';
export { type ExampleName, webhookExamples } from './webhooks/examples.mts';
export {
	type BrokenName,
	brokenNames,
	type ForgedName,
	forgedNames,
	type ForgeryName,
	forgeryNames,
} from './webhooks/forgeries.mts';
export type { ResendRequest, WebhookOrder, WebhookRequest } from './webhooks/requests.mts';
export { type KeyPair, makeKeyPair } from './core.mts';

/** A running sandbox. */
export interface Sandbox {
	/** For example `http://127.0.0.1:4010`, without a slash at the end. */
	readonly url: string;
	/** The PEM of the key that webhooks are verified with. */
	readonly webhookPublicKey: string;
	/** What was really paid. */
	readonly books: Books;
	addProject(id: string, publicKeyPem: string): void;
	/** Replaces all faults on demand; an empty list ends them. */
	setFaults(rules: readonly FaultRule[]): void;
	/** Changes settings, and the balances of the named currencies in minor units. */
	changeSettings(change: SettingsChange): void;
	/** Stops listening for that many milliseconds, at once: clients get ECONNREFUSED. */
	refuseConnections(ms: number): void;
	/** The latest received requests, oldest first. */
	requests(): ReceivedRequest[];
	/** Exact counts over all requests. */
	counters(): RequestCounters;
	/** Ends a payout as failed; the session becomes `cancelled` unless asked otherwise. */
	failPayout(payoutId: string, failure?: PayoutFailure): void;
	/** Lets the recipient's bank return a payout, wholly or the given minor units of it. */
	returnPayout(payoutId: string, amount?: number): void;
	/** The latest webhooks and what became of them, oldest first. */
	webhooks(): WebhookDelivery[];
	/** Exact counts over all webhooks. */
	webhookCounters(): WebhookCounters;
	/** Sends any webhook now, genuine or forged; resolves with it after its first try. */
	sendWebhook(request: WebhookRequest): Promise<WebhookDelivery>;
	/** Sends kept webhooks again, byte for byte; resolves with the duplicates after first tries. */
	resendWebhooks(request?: ResendRequest): Promise<WebhookDelivery[]>;
	/** Sends what `holdWebhooks` has collected, in any order; resolves after first tries. */
	releaseWebhooks(order?: WebhookOrder): Promise<WebhookDelivery[]>;
	/** Forgets everything received, booked and sent, and all faults; projects and settings stay. */
	reset(): void;
	stop(): Promise<void>;
}

async function buildApp(core: Core, listener: Listener, url: () => string) {
	const app: FastifyInstance = Fastify({
		serverFactory: (handler) => listener.serve(handler),
		ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
	});
	app.addHook('onSend', async (_request, reply, payload) => {
		if (!listener.isListening()) reply.header('connection', 'close');
		return payload;
	});
	await app.register(async (part) => addApiRoutes(part, core));
	await app.register(async (part) => addAdminRoutes(part, core, url));
	await app.ready();
	return app;
}

/**
 * Starts a local stand-in for the Smart Glocal payout API on 127.0.0.1.
 *
 * @param options everything has a default; without projects, add one before sending requests
 * @returns the running sandbox; call `stop` when done
 * @throws Error when the port is taken or a project's public key is not an RSA key in PEM
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const listener = new Listener();
	const core = await buildCore(options, (ms) => listener.refuse(ms));
	let url = '';
	const app = await buildApp(core, listener, () => url);
	url = await listener.listen(options.port ?? 0);
	return {
		url,
		webhookPublicKey: core.webhookKeys.publicKey,
		books: core.ledger.books,
		addProject: (id, publicKey) => core.projects.add({ id, publicKey }),
		setFaults: (rules) => core.faults.set(rules),
		changeSettings: (change) => changeSettings(core, change),
		refuseConnections: core.refuseConnections,
		requests: () => core.received.list(),
		counters: () => core.received.counters(),
		failPayout: (id, failure) => failPayoutById(core, id, failure),
		returnPayout: (id, amount) => returnPayoutById(core, id, amount),
		webhooks: () => core.webhooks.list(),
		webhookCounters: () => core.webhooks.counters(),
		sendWebhook: (request) => core.webhooks.send(request),
		resendWebhooks: (request) => core.webhooks.resend(request),
		releaseWebhooks: (order) => core.webhooks.release(order),
		reset: () => resetCore(core),
		stop: async () => {
			core.ledger.timers.clear();
			core.webhooks.stop();
			await listener.close();
			await app.close();
		},
	};
}
