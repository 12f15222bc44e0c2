import type { FastifyError, FastifyInstance } from 'fastify';
import { Rejection, REJECTION_STATUS } from '../errors.mts';
import type { FaultRule } from '../faults/rules.mts';
import { OPENAPI } from '../openapi/document.mts';
import { failPayoutById, returnPayoutById } from '../payoutChanges.mts';
import type { PayoutFailure } from '../payoutChanges.mts';
import { dailyReport } from '../report.mts';
import type { ReportRequest } from '../report.mts';
import { changeSettings, resetState } from '../state.mts';
import type { SandboxState, SettingsChange } from '../state.mts';
import { statusPage } from './page.mts';
import { ADMIN_SCHEMAS } from './schemas.mts';

const DONE = { done: true };

type PayoutChange = PayoutFailure & {
	action: 'fail' | 'return';
	amount?: number;
};

function addReadingRoutes(app: FastifyInstance, state: SandboxState, url: () => string): void {
	const { books } = state.ledger;
	app.get('/', async (_request, reply) => reply.redirect('/sandbox'));
	app.get('/sandbox', async (_request, reply) =>
		reply.type('text/html; charset=utf-8').send(statusPage(state, url())),
	);
	app.get('/sandbox/books', async () => ({
		totals: books.totals(),
		counters: state.received.counters(),
		keys: Object.fromEntries(
			books.keys().map((key) => {
				const { accepted, paid, paidAmount } = books.summary(key);
				return [key, { accepted, paid, paidAmount }];
			}),
		),
		payouts: books.payouts(),
	}));
	app.get<{ Querystring: ReportRequest }>(
		'/sandbox/report.csv',
		{ schema: { querystring: ADMIN_SCHEMAS.report } },
		async ({ query }, reply) => {
			const { name, csv } = dailyReport(state, query);
			const file = `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`;
			return reply.type('text/csv; charset=utf-8').header('content-disposition', file).send(csv);
		},
	);
	app.get('/sandbox/openapi.json', async () => OPENAPI);
}

function addChangingRoutes(app: FastifyInstance, state: SandboxState): void {
	app.post<{ Body: { rules: FaultRule[] } }>(
		'/sandbox/faults',
		{ schema: { body: ADMIN_SCHEMAS.faults } },
		async ({ body }) => {
			state.faults.set(body.rules);
			return DONE;
		},
	);
	app.post<{ Body: SettingsChange }>(
		'/sandbox/settings',
		{ schema: { body: ADMIN_SCHEMAS.settings } },
		async ({ body }) => {
			changeSettings(state, body);
			return { ...state.settings, wallets: state.ledger.wallets.list() };
		},
	);
	app.post<{ Body: PayoutChange; Params: { id: string } }>(
		'/sandbox/payouts/:id',
		{ schema: { body: ADMIN_SCHEMAS.payoutChange } },
		async ({ body, params }) => {
			if (body.action === 'fail') failPayoutById(state.ledger, params.id, body);
			else returnPayoutById(state.ledger, params.id, body.amount);
			return DONE;
		},
	);
	app.post('/sandbox/reset', async () => {
		resetState(state);
		return DONE;
	});
}

/**
 * Adds the page and the endpoints for the person who runs the sandbox. They need no signature, and
 * faults on demand do not affect them.
 *
 * @param url gives the sandbox's own address
 */
export function addAdminRoutes(app: FastifyInstance, state: SandboxState, url: () => string): void {
	// A POST without a body, as for /sandbox/reset, may have any content type.
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null));
	app.setErrorHandler(async (error: FastifyError | Rejection, _request, reply) => {
		const isRejection = error instanceof Rejection;
		const status = isRejection ? REJECTION_STATUS : (error.statusCode ?? 500);
		return reply.code(status).send({ message: error.message });
	});
	addReadingRoutes(app, state, url);
	addChangingRoutes(app, state);
}
