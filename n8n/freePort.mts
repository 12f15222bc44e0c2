import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Returns `preferred` if nothing listens there on this computer, otherwise any free port. */
export async function freePort(preferred = 0): Promise<number> {
	return (await tryPort(preferred)) ?? (await tryPort(0)) ?? preferred;
}

async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const found = (server.address() as AddressInfo).port;
			server.close(() => resolve(found));
		});
	});
}
