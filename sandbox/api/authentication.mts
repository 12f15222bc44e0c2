import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Rejection } from '../errors.mts';
import type { ProjectOptions } from '../settings.mts';

const STANDARD_BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const EXPECTED_KEY = 'an RSA public key in PEM, as "openssl rsa -pubout" writes it';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The sender of a request: a project, or the reason why the request is rejected. */
export type Authentication =
	| { project: string; rejection: null }
	| { project: null; rejection: Rejection };

/**
 * Reads a header by its lower-case name.
 *
 * @returns undefined when it is missing, blank or given twice
 */
export function headerValue(headers: Headers, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The projects that may send requests, with their public keys. */
export class Projects {
	private readonly publicKeys = new Map<string, KeyObject>();

	/**
	 * Adds a project or replaces the one with the same id.
	 *
	 * @throws Error when the public key is not the PEM of an RSA public key
	 */
	add({ id, publicKey }: ProjectOptions): void {
		this.publicKeys.set(id, readPublicKey(publicKey));
	}

	/** In the order in which they were added. */
	ids(): string[] {
		return [...this.publicKeys.keys()];
	}

	/** Finds out who sent the exact bytes of a body (section "Authentication and signature"). */
	authenticate(headers: Headers, body: Buffer): Authentication {
		const project = headerValue(headers, 'x-partner-project');
		const key = this.publicKeys.get(project ?? '');
		if (project === undefined || key === undefined) {
			const text = project ? 'The project is unknown.' : 'X-PARTNER-PROJECT is missing.';
			return { project: null, rejection: new Rejection('identification_error', text) };
		}
		if (!signatureMatches(key, body, headerValue(headers, 'x-partner-sign'))) {
			const text = 'X-PARTNER-SIGN does not belong to this body.';
			return { project: null, rejection: new Rejection('authentication_error', text) };
		}
		return { project, rejection: null };
	}
}

function readPublicKey(pem: string): KeyObject {
	if (pem.includes('PRIVATE KEY')) {
		throw new Error(`This is a private key. The sandbox needs ${EXPECTED_KEY}.`);
	}
	let key: KeyObject;
	try {
		key = createPublicKey(pem);
	} catch {
		throw new Error(`The public key could not be read. It must be ${EXPECTED_KEY}.`);
	}
	if (key.asymmetricKeyType === 'rsa') return key;
	throw new Error(`The public key is of the type ${key.asymmetricKeyType}, not ${EXPECTED_KEY}.`);
}

/** RSA with SHA-256 and PKCS#1 v1.5 padding, in standard base64 on one line (/docs/reference/format). */
function signatureMatches(key: KeyObject, body: Buffer, signature: string | undefined): boolean {
	if (signature === undefined || signature.length % 4 !== 0) return false;
	if (!STANDARD_BASE64.test(signature)) return false;
	return verify('RSA-SHA256', body, key, Buffer.from(signature, 'base64'));
}
