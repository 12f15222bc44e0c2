import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { CREDENTIAL_TYPE } from '../../demo/credential.mts';
import { freePort } from '../../demo/n8n/ports.mts';
import { makeKeyPair } from '../../sandbox/server.mts';
import { openBench, OPENING_LIMIT_MS } from './bench.mts';
import type { Bench } from './bench.mts';

describe('testing the credential in n8n', () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await openBench();
	}, OPENING_LIMIT_MS);
	afterAll(async () => await bench?.close());
	afterEach(() => bench.sandbox.setFaults([]));

	const test = async (changed: Record<string, string> = {}) =>
		await bench.client.testCredential(CREDENTIAL_TYPE, { ...bench.credential, ...changed });

	it('says that a right key and project work', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it('says that Smart Glocal refused the signature of another key', async () => {
		const { privateKey } = await makeKeyPair();
		expect(await test({ privateKey })).toEqual({
			status: 'Error',
			message: expect.stringContaining('refused the signature'),
		});
	});

	it('says that Smart Glocal does not know the project', async () => {
		expect(await test({ partnerProject: 'somebody-else' })).toEqual({
			status: 'Error',
			message: expect.stringContaining('does not know this project'),
		});
	});

	it('says that nobody answers at the address', async () => {
		const baseUrl = `http://127.0.0.1:${await freePort()}`;
		const { status, message } = await test({ baseUrl });
		expect(status).toBe('Error');
		// n8n 2.41 shows the bare code of a network error, whatever the credential says.
		expect(message).toMatch(/ECONNREFUSED|refused|reach/i);
	});

	it('takes `status: error` under HTTP 200 for what it is', async () => {
		bench.sandbox.setFaults([{ fault: 'ok_with_error_status' }]);
		expect(await test()).toEqual({
			status: 'Error',
			message: expect.stringContaining('status "error"'),
		});
	});

	it('says that the host is not Smart Glocal', async () => {
		const website = createServer((_, response) => response.end('<html>Welcome</html>'));
		await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = website.address() as AddressInfo;
			expect(await test({ baseUrl: `http://127.0.0.1:${port}` })).toEqual({
				status: 'Error',
				message: expect.stringContaining('not as Smart Glocal does'),
			});
		} finally {
			website.close();
		}
	});

	it('says that a public key was pasted into the field of the private one', async () => {
		expect(await test({ privateKey: bench.keys.publicKey })).toEqual({
			status: 'Error',
			message: expect.stringContaining('A public key was pasted'),
		});
	});

	it('tells these cases apart, each in a sentence without the key', async () => {
		const { privateKey } = await makeKeyPair();
		const cases: Array<Record<string, string>> = [
			{ privateKey },
			{ privateKey: bench.keys.publicKey },
			{ privateKey: 'my key' },
			{ partnerProject: 'somebody-else' },
			{ baseUrl: `http://127.0.0.1:${await freePort()}` },
		];
		const messages: string[] = [];
		for (const changed of cases) messages.push((await test(changed)).message);
		expect(new Set(messages).size).toBe(cases.length);
		const keyLine = privateKey.split('\n')[1] ?? '';
		for (const message of messages) {
			expect(message).toMatch(/^[A-Z].*\.$|^ECONNREFUSED$/s);
			expect(message).not.toContain(keyLine);
		}
	});
});
