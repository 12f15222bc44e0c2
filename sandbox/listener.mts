import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
const KEEP_ALIVE_MS = 60_000;

/** The listening socket of the sandbox, always on 127.0.0.1. It can refuse connections for a while. */
export class Listener {
	private server: Server | undefined;
	private port = 0;
	private reopening: NodeJS.Timeout | undefined;

	/** Makes the HTTP server for Fastify, without listening yet. */
	serve(handler: RequestListener): Server {
		this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handler);
		return this.server;
	}

	/** Whether new connections are accepted. */
	isListening(): boolean {
		return this.server?.listening === true;
	}

	/**
	 * Starts to listen.
	 *
	 * @param port 0 takes a free one
	 * @returns the address, for example `http://127.0.0.1:4010`
	 * @throws Error when the port is taken
	 */
	async listen(port: number): Promise<string> {
		const server = this.server;
		if (server === undefined) throw new Error('There is no server to listen with.');
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, HOST, () => {
				server.off('error', reject);
				resolve();
			});
		});
		this.port = (server.address() as AddressInfo).port;
		return `http://${HOST}:${this.port}`;
	}

	/**
	 * Refuses new connections for so many milliseconds: clients get ECONNREFUSED. Requests under way
	 * still get a response, with `Connection: close`, so that clients do not reuse the connection.
	 */
	refuse(ms: number): void {
		if (!this.isListening()) return;
		this.server?.close();
		this.reopening = setTimeout(() => this.server?.listen(this.port, HOST), ms);
	}

	/** Closes the socket and all connections for good. */
	async close(): Promise<void> {
		clearTimeout(this.reopening);
		const server = this.server;
		if (server === undefined) return;
		const closed = new Promise<void>((resolve) => {
			if (server.listening) server.close(() => resolve());
			else resolve();
		});
		server.closeAllConnections();
		await closed;
	}
}
