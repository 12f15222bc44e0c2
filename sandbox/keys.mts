import { createPublicKey, generateKeyPair, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** An RSA key pair in PEM: PKCS#8 and SPKI. */
export interface KeyPair {
	privateKey: string;
	publicKey: string;
}

/** The key pairs that a credential in n8n refers to. */
export interface KeptKeys {
	/** The partner's: it signs the requests. */
	partner: KeyPair;
	/** Smart Glocal's in the sandbox: it signs the webhooks. */
	webhook: KeyPair;
}

/** Makes an RSA key pair of 2048 bits, as a partner does with OpenSSL. */
export function makeKeyPair(): Promise<KeyPair> {
	return promisify(generateKeyPair)('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
}

/** The folder of the user's cache in which the keys stay between starts. */
export function keysFolder(): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(cache, 'n8n-nodes-smart-glocal', 'sandbox');
}

/**
 * Reads the key pairs that a folder keeps, so that a credential saved in n8n works after a restart.
 * What is missing is made.
 *
 * @throws Error when the folder or a file cannot be read or written, or a file is damaged
 */
export async function loadKeys(folder = keysFolder()): Promise<KeptKeys> {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		chmodSync(folder, 0o700);
		return {
			partner: await loadKeyPair(join(folder, 'partner-private-key.pem')),
			webhook: await loadKeyPair(join(folder, 'webhook-private-key.pem')),
		};
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === undefined) throw error;
		throw new Error(
			`The keys cannot be kept in ${folder}: ${message}. Set XDG_CACHE_HOME to a folder that you can write to.`,
		);
	}
}

async function loadKeyPair(file: string): Promise<KeyPair> {
	const kept = readText(file);
	if (kept !== null) {
		chmodSync(file, 0o600);
		return parseKeyPair(file, kept);
	}
	const made = await makeKeyPair();
	if (keep(file, made.privateKey)) return made;
	return await loadKeyPair(file);
}

function readText(file: string): string | null {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}

function parseKeyPair(file: string, privateKey: string): KeyPair {
	try {
		const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
		return { privateKey, publicKey: String(publicKey) };
	} catch {
		throw new Error(`${file} is damaged. Delete it to get a new key for the credential.`);
	}
}

/**
 * Writes a private key under another name first, so that no half-written file is ever read, and only
 * then gives it its name.
 *
 * @returns false when another sandbox, started at the same time, has kept its key before
 */
function keep(file: string, privateKey: string): boolean {
	const unfinished = `${file}.${randomUUID()}`;
	try {
		writeFileSync(unfinished, privateKey, { mode: 0o600, flush: true });
		linkSync(unfinished, file);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(unfinished, { force: true });
	}
}
