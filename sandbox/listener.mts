import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const host = '127.0.0.1';

/** The listening socket of the sandbox, always on 127.0.0.1. It can be away for a while. */
export class Listener {
	private server: Server | undefined;
	private port = 0;
	private comingBack: NodeJS.Timeout | undefined;

	/**
	 * Makes the HTTP server, without listening yet.
	 *
	 * @param handler what answers requests
	 * @returns the server, for Fastify
	 */
	serve(handler: RequestListener): Server {
		this.server = createServer({ keepAliveTimeout: 60_000 }, handler);
		return this.server;
	}

	/** Whether new connections are accepted. */
	isListening(): boolean {
		return this.server?.listening === true;
	}

	/**
	 * Starts to listen.
	 *
	 * @param port the port; 0 takes a free one
	 * @returns the address, for example `http://127.0.0.1:4010`
	 * @throws Error when the port is taken
	 */
	async listen(port: number): Promise<string> {
		const server = this.server;
		if (server === undefined) throw new Error('There is no server to listen with.');
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, host, () => {
				server.off('error', reject);
				resolve();
			});
		});
		this.port = (server.address() as AddressInfo).port;
		return `http://${host}:${this.port}`;
	}

	/**
	 * Refuses new connections for a while: clients get ECONNREFUSED. Requests under way are answered,
	 * with `Connection: close`, so that their connections are not used again.
	 *
	 * @param ms for how long, in milliseconds
	 */
	refuse(ms: number): void {
		if (!this.isListening()) return;
		this.server?.close();
		this.comingBack = setTimeout(() => this.server?.listen(this.port, host), ms);
	}

	/** Closes the socket and all connections for good. */
	async close(): Promise<void> {
		clearTimeout(this.comingBack);
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
