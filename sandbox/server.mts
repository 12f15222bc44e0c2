import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { addAdminRoutes } from './admin/routes.mts';
import { addApiRoutes } from './api/routes.mts';
import type { FaultRule } from './faults/rules.mts';
import type { Books } from './ledger/books.mts';
import { Listener } from './listener.mts';
import { failPayoutById, returnPayoutById } from './payoutChanges.mts';
import type { PayoutFailure } from './payoutChanges.mts';
import type { ReceivedRequest, RequestCounters } from './receivedRequests.mts';
import { dailyReport } from './report.mts';
import type { SandboxOptions } from './settings.mts';
import { buildState, changeSettings, resetState } from './state.mts';
import type { SandboxState, SettingsChange } from './state.mts';
import type { WebhookDelivery } from './webhooks/delivery.mts';

export type { FaultDetails, FaultRule } from './faults/rules.mts';
export { loadKeys, makeKeyPair } from './keys.mts';
export type { KeptKeys, KeyPair } from './keys.mts';
export type { BookedPayout, Books } from './ledger/books.mts';
export type { ReceivedRequest } from './receivedRequests.mts';
export type { SandboxOptions } from './settings.mts';
export type { WebhookDelivery } from './webhooks/delivery.mts';

/** A running sandbox. */
export interface Sandbox {
	/** For example `http://127.0.0.1:4010`, without a slash at the end. */
	readonly url: string;
	/** The PEM of the key that webhooks are verified with. */
	readonly webhookPublicKey: string;
	/** What was really paid. */
	readonly books: Books;
	/** Throws an Error when the public key is not an RSA key in PEM. */
	addProject(id: string, publicKey: string): void;
	/** Replaces all faults on demand; an empty list ends them. */
	setFaults(rules: readonly FaultRule[]): void;
	/** Changes settings, and the balances of the named currencies in minor units. */
	changeSettings(change: SettingsChange): void;
	/** The latest received requests, oldest first. */
	requests(): ReceivedRequest[];
	/** Exact counts over all requests. */
	counters(): RequestCounters;
	/** Fails a payout. */
	failPayout(payoutId: string, failure?: PayoutFailure): void;
	/** Returns a payout, as the recipient's bank can: all of it or so many minor units. */
	returnPayout(payoutId: string, amount?: number): void;
	/** The daily payouts report as CSV; of today, if no date (YYYY-MM-DD) is given. */
	report(date?: string): string;
	/** The latest webhooks with their attempts, oldest first. */
	webhooks(): WebhookDelivery[];
	/** Forgets requests, payouts, webhooks and faults. Projects and settings stay. */
	reset(): void;
	stop(): Promise<void>;
}

async function buildApp(state: SandboxState, listener: Listener, url: () => string) {
	const app: FastifyInstance = Fastify({
		serverFactory: (handler) => listener.serve(handler),
		ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
	});
	app.addHook('onSend', async (_request, reply, payload) => {
		if (!listener.isListening()) reply.header('connection', 'close');
		return payload;
	});
	await app.register(async (part) => addApiRoutes(part, state));
	await app.register(async (part) => addAdminRoutes(part, state, url));
	await app.ready();
	return app;
}

/**
 * Starts a local Smart Glocal payout API on 127.0.0.1.
 *
 * @param options everything has a default; without projects, add one before sending requests
 * @returns the running sandbox; call `stop` when done
 * @throws Error when the port is taken, a project's public key is not an RSA key in PEM, or the
 *   webhook URL is not a URL
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const listener = new Listener();
	const state = await buildState(options, (ms) => listener.refuse(ms));
	const { ledger, received, webhooks } = state;
	let url = '';
	const app = await buildApp(state, listener, () => url);
	url = await listener.listen(options.port ?? 0);
	return {
		url,
		webhookPublicKey: state.webhookPublicKey,
		books: ledger.books,
		addProject: (id, publicKey) => state.projects.add({ id, publicKey }),
		setFaults: (rules) => state.faults.set(rules),
		changeSettings: (change) => changeSettings(state, change),
		requests: () => received.list(),
		counters: () => received.counters(),
		failPayout: (id, failure) => failPayoutById(ledger, id, failure),
		returnPayout: (id, amount) => returnPayoutById(ledger, id, amount),
		report: (date) => dailyReport(state, { date }).csv,
		webhooks: () => webhooks.list(),
		reset: () => resetState(state),
		stop: async () => {
			ledger.clock.clear();
			webhooks.stop();
			await listener.close();
			await app.close();
		},
	};
}
