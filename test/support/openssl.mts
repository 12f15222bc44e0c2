import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the OpenSSL command line. */
export function openssl(words: readonly string[], input: string | Buffer = ''): Buffer {
	return execFileSync('openssl', words, { input, stdio: ['pipe', 'pipe', 'ignore'] });
}

/** The same, for commands that print PEM. */
export function opensslPem(words: readonly string[], input: string | Buffer = ''): string {
	return openssl(words, input).toString('utf8');
}

/** Lends a file with this content, for the options of OpenSSL that take no standard input. */
export function withFile<Result>(content: string | Buffer, use: (path: string) => Result): Result {
	const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
	try {
		const path = join(folder, 'key.pem');
		writeFileSync(path, content, { mode: 0o600 });
		return use(path);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** RSA with SHA-256 (PKCS#1 v1.5) as OpenSSL makes it, in base64 on one line. */
export function signByOpenssl(privateKey: string, body: string | Buffer): string {
	return withFile(privateKey, (path) =>
		openssl(['dgst', '-sha256', '-sign', path], body).toString('base64'),
	);
}

/** Whether a signature in base64 belongs to these bytes. OpenSSL knows nothing of our code. */
export function verifyByOpenssl(publicKey: string, body: Buffer, signature: unknown): boolean {
	return withFile(publicKey, (keyFile) =>
		withFile(Buffer.from(String(signature), 'base64'), (signatureFile) => {
			try {
				openssl(['dgst', '-sha256', '-verify', keyFile, '-signature', signatureFile], body);
				return true;
			} catch {
				return false;
			}
		}),
	);
}

/** A self-signed certificate for a key. */
export function certify(privateKey: string): string {
	return withFile(privateKey, (path) =>
		opensslPem(['req', '-x509', '-new', '-key', path, '-subj', '/CN=payer', '-days', '2']),
	);
}
