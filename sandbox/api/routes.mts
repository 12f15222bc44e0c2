import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../core.mts';
import { type ErrorBody, errorBody } from '../errors.mts';
import type { FaultDetails } from '../faults/rules.mts';
import { type Delivery, deliveryOf, isHandled } from '../faults/transformations.mts';
import { type Method, methods } from '../openapi/methods.mts';
import type { RequestEntry } from '../received-requests.mts';
import { requestLine } from '../request-line.mts';
import type { Version } from '../versions.mts';
import { type Answer, handleCall } from './handling.mts';
import { headerValue } from './projects.mts';

const defaultSlowMs = 40_000;
const defaultRefusalMs = 1_000;

interface Arrival {
	entry: RequestEntry;
	fault: FaultDetails | null;
}

function finishEntry(core: Core, entry: RequestEntry): void {
	core.received.count(entry);
	core.options.log?.(requestLine(entry));
}

function deliver(reply: FastifyReply, { status, headers, body, end }: Delivery): void {
	if (end === 'normal') {
		reply.code(status).headers(headers).send(body);
		return;
	}
	reply.hijack();
	if (end === 'reset') {
		reply.raw.socket?.resetAndDestroy();
		return;
	}
	const length = Buffer.byteLength(body);
	reply.raw.writeHead(status, { ...headers, 'content-length': length });
	reply.raw.write(body.slice(0, body.length / 2), () => reply.raw.socket?.destroy());
}

function handle(
	core: Core,
	request: FastifyRequest,
	entry: RequestEntry,
	target: { method: Method; version: Version },
	fault: FaultDetails | null,
): Answer | null {
	const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const { headers } = request;
	const authentication = core.projects.authenticate(headers, body);
	entry.rawBytes = body;
	entry.signatureValid = authentication.signatureValid;
	if (fault !== null && !isHandled(fault)) return null;
	const call = { ...target, headers, body, authentication };
	return handleCall(call, core.ledger, core.keys, core.settings, core.complain);
}

function route(core: Core, method: Method, version: Version, arrivals: WeakMap<object, Arrival>) {
	return async (request: FastifyRequest, reply: FastifyReply) => {
		const arrival = arrivals.get(request.raw);
		if (arrival === undefined) throw new Error('The request was not registered on arrival.');
		const { entry, fault } = arrival;
		const answer = handle(core, request, entry, { method, version }, fault);
		const delivery = deliveryOf(fault, answer);
		entry.outcome = answer?.outcome ?? fault?.type ?? null;
		entry.status = delivery.end === 'normal' ? delivery.status : null;
		finishEntry(core, entry);
		const slow = fault?.type === 'slow' ? (fault.ms ?? defaultSlowMs) : 0;
		const delay = core.settings.latencyMs + slow;
		if (delay > 0) await wait(delay, undefined, { ref: false });
		if (fault?.type === 'refuse_connection') {
			core.refuseConnections(fault.ms ?? defaultRefusalMs);
		}
		deliver(reply, delivery);
		return reply;
	};
}

function endEarly(
	core: Core,
	arrivals: WeakMap<object, Arrival>,
	request: FastifyRequest,
	reply: FastifyReply,
	status: number,
	body: ErrorBody,
): FastifyReply {
	const entry = arrivals.get(request.raw)?.entry;
	if (entry !== undefined && entry.outcome === null) {
		Object.assign(entry, { status, outcome: body.error.code });
		finishEntry(core, entry);
	}
	return reply.code(status).send(body);
}

/**
 * Adds the API's routes. Faults are chosen when the headers have arrived, before the body is read.
 *
 * @param app the server, or a part of it
 * @param core the state of the sandbox
 */
export function addApiRoutes(app: FastifyInstance, core: Core): void {
	const arrivals = new WeakMap<object, Arrival>();
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.addHook('onRequest', async (request, reply) => {
		const { method, url: path, headers } = request;
		const entry = core.received.add({ method, path, headers });
		const key = headerValue(headers, 'x-partner-idempotency-key') ?? '';
		const fault = core.faults.next(path, key);
		entry.fault = fault?.type ?? null;
		arrivals.set(request.raw, { entry, fault });
		if (fault?.type !== 'reset_before_reading') return;
		finishEntry(core, entry);
		reply.hijack();
		request.raw.socket.resetAndDestroy();
	});
	for (const method of Object.keys(methods) as Method[]) {
		for (const version of methods[method].versions) {
			app.post(`/api/${version}/${method}`, route(core, method, version, arrivals));
		}
	}
	app.all('/api/*', async (request, reply) => {
		const text = `There is no method ${request.method} ${request.url} in the API.`;
		return endEarly(core, arrivals, request, reply, 404, errorBody('invalid_request', text));
	});
	app.setErrorHandler(async (error: FastifyError, request, reply) => {
		const status = error.statusCode ?? 500;
		if (status < 500) {
			const body = errorBody('invalid_request', error.message);
			return endEarly(core, arrivals, request, reply, status, body);
		}
		core.complain(`BUG IN THE SANDBOX: ${request.method} ${request.url}: ${error.stack}`);
		const body = errorBody('internal_error', `The sandbox made a mistake. ${error.message}`);
		return endEarly(core, arrivals, request, reply, status, body);
	});
}
