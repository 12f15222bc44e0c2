import type { FastifyInstance } from 'fastify';
import type { Core } from '../core.mts';
import { resetCore } from '../core.mts';
import type { FaultRule } from '../faults/rules.mts';
import { openapi } from '../openapi/document.mts';
import { failPayoutById, type PayoutFailure, returnPayoutById } from '../payout-changes.mts';
import { changeSettings, type SettingsChange } from '../settings-change.mts';
import type { ProjectOptions } from '../settings.mts';
import { statusPage } from './page.mts';
import { orRefuse } from './refusals.mts';
import { adminSchemas } from './schemas.mts';
import { addWebhookRoutes } from './webhook-routes.mts';

const done = { done: true };

type PayoutChange = PayoutFailure & { action: 'fail' | 'return'; amount?: number };

function addReadingRoutes(app: FastifyInstance, core: Core, url: () => string): void {
	const { books } = core.ledger;
	app.get('/sandbox', async (_request, reply) =>
		reply.type('text/html; charset=utf-8').send(statusPage(core, url())),
	);
	app.get('/sandbox/books', async () => ({
		totals: books.totals(),
		counters: core.received.counters(),
		keys: Object.fromEntries(
			books.keys().map((key) => {
				const { accepted, paid, paidAmount } = books.summary(key);
				return [key, { accepted, paid, paidAmount }];
			}),
		),
		payouts: books.payouts(),
	}));
	app.get<{ Params: { key: string } }>('/sandbox/books/:key', async ({ params }) =>
		books.summary(params.key),
	);
	app.get('/sandbox/requests', async () =>
		core.received.list().map(({ rawBytes, ...entry }) => ({
			...entry,
			rawBase64: rawBytes.toString('base64'),
		})),
	);
	app.get('/sandbox/openapi.json', async () => openapi);
	app.get('/sandbox/webhook-public-key', async (_request, reply) =>
		reply.type('text/plain; charset=utf-8').send(core.webhookKeys.publicKey),
	);
}

function addChangingRoutes(app: FastifyInstance, core: Core): void {
	app.post<{ Body: ProjectOptions }>(
		'/sandbox/projects',
		{ schema: { body: adminSchemas.project } },
		async ({ body }, reply) => {
			try {
				core.projects.add(body);
			} catch (error) {
				return reply.code(400).send({ message: (error as Error).message });
			}
			return done;
		},
	);
	app.post<{ Body: { rules: FaultRule[] } }>(
		'/sandbox/faults',
		{ schema: { body: adminSchemas.faults } },
		async ({ body }) => {
			core.faults.set(body.rules);
			return done;
		},
	);
	app.post<{ Body: SettingsChange }>(
		'/sandbox/settings',
		{ schema: { body: adminSchemas.settings } },
		async ({ body }, reply) =>
			orRefuse(reply, () => {
				changeSettings(core, body);
				return { ...core.settings, wallets: core.ledger.wallets.list() };
			}),
	);
	app.post<{ Body: { ms: number } }>(
		'/sandbox/refuse-connections',
		{ schema: { body: adminSchemas.refusal } },
		async ({ body }) => {
			core.refuseConnections(body.ms);
			return done;
		},
	);
	app.post<{ Body: PayoutChange; Params: { id: string } }>(
		'/sandbox/payouts/:id',
		{ schema: { body: adminSchemas.payoutChange } },
		async ({ body, params }, reply) =>
			orRefuse(reply, () => {
				if (body.action === 'fail') failPayoutById(core, params.id, body);
				else returnPayoutById(core, params.id, body.amount);
				return done;
			}),
	);
	app.post('/sandbox/reset', async () => {
		resetCore(core);
		return done;
	});
}

/**
 * Adds the pages and endpoints for the person, or the test, that runs the sandbox. They are not
 * signed, and faults on demand do not touch them.
 *
 * @param app the server, or a part of it
 * @param core the state of the sandbox
 * @param url gives the sandbox's own address
 */
export function addAdminRoutes(app: FastifyInstance, core: Core, url: () => string): void {
	// A bare POST, as for /sandbox/reset, may come with any type of content.
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null));
	addReadingRoutes(app, core, url);
	addChangingRoutes(app, core);
	addWebhookRoutes(app, core);
}
