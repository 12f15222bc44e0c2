import type { FastifyInstance } from 'fastify';
import type { Core } from '../core.mts';
import type { ResendRequest, WebhookOrder, WebhookRequest } from '../webhooks/requests.mts';
import { orRefuse } from './refusals.mts';
import { adminSchemas } from './schemas.mts';

/**
 * Adds the endpoints that show and send webhooks.
 *
 * @param app the server, or a part of it
 * @param core the state of the sandbox
 */
export function addWebhookRoutes(app: FastifyInstance, { webhooks }: Core): void {
	app.get('/sandbox/webhooks', async () => ({
		counters: webhooks.counters(),
		deliveries: webhooks.list(),
	}));
	app.post<{ Body: WebhookRequest }>(
		'/sandbox/webhooks',
		{ schema: { body: adminSchemas.webhook } },
		async ({ body }, reply) => orRefuse(reply, () => webhooks.send(body)),
	);
	app.post<{ Body: ResendRequest }>(
		'/sandbox/webhooks/resend',
		{ schema: { body: adminSchemas.resending } },
		async ({ body }, reply) => orRefuse(reply, () => webhooks.resend(body)),
	);
	app.post<{ Body: { order?: WebhookOrder } }>(
		'/sandbox/webhooks/release',
		{ schema: { body: adminSchemas.releasing } },
		async ({ body }, reply) => orRefuse(reply, () => webhooks.release(body.order)),
	);
}
