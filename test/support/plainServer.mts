import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { credentialsFor } from './account.mts';
import { runNode } from './engine.mts';
import type { RunOptions, RunResult } from './engine.mts';

/** What a request says. */
export interface Call {
	/** As in `session/init/payout`. */
	path: string;
	body: IDataObject & { metadata?: string; session_id?: string };
	/** How many came before it. */
	index: number;
}

export type Respond = (response: ServerResponse, call: Call) => void;

/** A server that has no rules of its own: each test says how it responds. */
export interface PlainServer {
	respond: Respond;
	calls: Call[];
	/** What happened, in order: requests, responses of which all was sent, connections that were cut. */
	events: string[];
	credentials: RunOptions['credentials'];
	pay(
		items: IDataObject[],
		parameters: IDataObject,
		more?: Partial<RunOptions>,
	): Promise<RunResult>;
	/** Ends once no connection is open any more. */
	allClosed(): Promise<void>;
}

/** Opens a server before the tests of a file, forgets its calls before each, and stops it after them. */
export function usePlainServer(): PlainServer {
	const sockets = new Set<Socket>();
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = JSON.parse(Buffer.concat(chunks).toString()) as Call['body'];
			const path = (request.url ?? '').replace(/^\/api\/v\d\//, '');
			const call = { path, body, index: plain.calls.length };
			const name = body.metadata ?? body.session_id ?? path;
			plain.calls.push(call);
			plain.events.push(`${name} came`);
			response.on('close', () => {
				plain.events.push(`${name} ${response.writableFinished ? 'answered' : 'cut'}`);
			});
			plain.respond(response, call);
		});
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).once('close', () => sockets.delete(socket));
	});
	const plain: PlainServer = {
		respond: accept,
		calls: [],
		events: [],
		credentials: {},
		pay: async (items, parameters, more) =>
			await runNode({ items, parameters, credentials: plain.credentials, ...more }),
		allClosed: async () => {
			for (const socket of sockets) {
				if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
			}
		},
	};
	beforeAll(async () => {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		plain.credentials = credentialsFor(`http://127.0.0.1:${port}`);
	});
	beforeEach(() => Object.assign(plain, { respond: accept, calls: [], events: [] }));
	// What comes late must not meet the next test.
	afterEach(() => server.closeAllConnections());
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return plain;
}

/** The response that accepts what is asked for, in a session. */
export function acceptance(id: unknown, more: object = {}): string {
	return JSON.stringify({ status: 'ok', session: { id, status: 'in_progress', ...more } });
}

const accept: Respond = (response, { index }) => void response.end(acceptance(`ps_${index + 1}`));
