import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorBody } from '../errors.mts';
import type { ErrorBody } from '../errors.mts';
import { applyFault, reachesApi } from '../faults/applyFault.mts';
import type { HttpResponse } from '../faults/applyFault.mts';
import type { FaultDetails } from '../faults/rules.mts';
import { requestLine } from '../logLines.mts';
import { METHODS } from '../openapi/methods.mts';
import type { Method } from '../openapi/methods.mts';
import type { RequestEntry } from '../receivedRequests.mts';
import type { SandboxState } from '../state.mts';
import type { Version } from '../versions.mts';
import { headerValue } from './authentication.mts';
import { handleRequest } from './handleRequest.mts';
import type { SandboxResponse } from './handleRequest.mts';

const DEFAULT_SLOW_MS = 40_000;
const DEFAULT_REFUSAL_MS = 1_000;
const MS_PER_DROP = 50;

/** After a second, everything that was allowed before is out of the window. */
const TOO_MANY_REQUESTS: FaultDetails = { type: 'status_429', retryAfter: 1 };

/** What was decided about a request when its headers arrived. */
interface Arrival {
	entry: RequestEntry;
	fault: FaultDetails | null;
}

type Arrivals = WeakMap<FastifyRequest['raw'], Arrival>;

/** A request that meets a fault on demand does not count. */
function overLimit({ rateLimit }: SandboxState): FaultDetails | null {
	return rateLimit.allows(performance.now()) ? null : TOO_MANY_REQUESTS;
}

function finishEntry(state: SandboxState, entry: RequestEntry): void {
	state.received.count(entry);
	state.log(requestLine(entry));
}

/** Sends the headers, then a byte at a time, and after so many milliseconds the rest. */
async function drip({ raw }: FastifyReply, body: string, ms: number): Promise<void> {
	const end = performance.now() + ms;
	let sent = 0;
	while (performance.now() < end && sent < body.length - 1 && !raw.destroyed) {
		raw.write(body.slice(sent, ++sent));
		await sleep(MS_PER_DROP, undefined, { ref: false });
	}
	raw.end(body.slice(sent));
}

function send(reply: FastifyReply, response: HttpResponse, slowMs: number): void {
	const { status, headers, body, end } = response;
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
	if (end === 'in_drops') {
		void drip(reply, body, slowMs);
		return;
	}
	reply.raw.write(body.slice(0, body.length / 2), () => reply.raw.socket?.destroy());
}

function handle(
	state: SandboxState,
	request: FastifyRequest,
	{ entry, fault }: Arrival,
	target: { method: Method; version: Version },
): SandboxResponse | null {
	const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const { headers } = request;
	const authentication = state.projects.authenticate(headers, body);
	entry.rawBytes = body;
	entry.signatureValid = authentication.rejection === null;
	if (fault !== null && !reachesApi(fault)) return null;
	return handleRequest({ ...target, headers, body, authentication }, state);
}

function route(state: SandboxState, method: Method, version: Version, arrivals: Arrivals) {
	return async (request: FastifyRequest, reply: FastifyReply) => {
		const arrival = arrivals.get(request.raw);
		if (arrival === undefined) throw new Error('The request was not registered on arrival.');
		const { entry, fault } = arrival;
		const apiResponse = handle(state, request, arrival, { method, version });
		const response = applyFault(fault, apiResponse, entry.rawBytes.toString('utf8'));
		entry.outcome = apiResponse?.outcome ?? fault?.type ?? null;
		entry.status = /normal|in_drops/.test(response.end) ? response.status : null;
		finishEntry(state, entry);
		const slowMs = fault?.type === 'slow' ? (fault.ms ?? DEFAULT_SLOW_MS) : 0;
		const delayMs = state.settings.latencyMs + (response.end === 'in_drops' ? 0 : slowMs);
		if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
		if (fault?.type === 'refuse_connection') {
			state.refuseConnections(fault.ms ?? DEFAULT_REFUSAL_MS);
		}
		send(reply, response, slowMs);
		return reply;
	};
}

/** Responds to a request that reached none of the routes, or failed on the way. */
function endEarly(
	state: SandboxState,
	entry: RequestEntry | undefined,
	reply: FastifyReply,
	status: number,
	body: ErrorBody,
): FastifyReply {
	if (entry !== undefined && entry.outcome === null) {
		Object.assign(entry, { status, outcome: body.error.code });
		finishEntry(state, entry);
	}
	return reply.code(status).send(body);
}

/** Adds the routes of the API. A fault is chosen when the headers arrive, before the body is read. */
export function addApiRoutes(app: FastifyInstance, state: SandboxState): void {
	const arrivals: Arrivals = new WeakMap();
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.addHook('onRequest', async (request, reply) => {
		const { method, url: path, headers } = request;
		const entry = state.received.add({ method, path, headers });
		const key = headerValue(headers, 'x-partner-idempotency-key') ?? '';
		const fault = state.faults.next(path, key) ?? overLimit(state);
		entry.fault = fault?.type ?? null;
		arrivals.set(request.raw, { entry, fault });
		if (fault?.type !== 'reset_before_reading') return;
		finishEntry(state, entry);
		reply.hijack();
		request.raw.socket.resetAndDestroy();
	});
	for (const method of Object.keys(METHODS) as Method[]) {
		for (const version of METHODS[method].versions) {
			app.post(`/api/${version}/${method}`, route(state, method, version, arrivals));
		}
	}
	app.all('/api/*', async (request, reply) => {
		const text = `There is no method ${request.method} ${request.url} in the API.`;
		const entry = arrivals.get(request.raw)?.entry;
		return endEarly(state, entry, reply, 404, errorBody('invalid_request', text));
	});
	app.setErrorHandler(async (error: FastifyError, request, reply) => {
		const status = error.statusCode ?? 500;
		const entry = arrivals.get(request.raw)?.entry;
		if (status < 500) {
			const body = errorBody('invalid_request', error.message);
			return endEarly(state, entry, reply, status, body);
		}
		state.reportBug(`BUG IN THE SANDBOX: ${request.method} ${request.url}: ${error.stack}`);
		const body = errorBody('internal_error', `The sandbox made a mistake. ${error.message}`);
		return endEarly(state, entry, reply, status, body);
	});
}
