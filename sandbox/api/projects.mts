import type { KeyObject } from 'node:crypto';
import { Refusal } from '../errors.mts';
import type { ProjectOptions } from '../settings.mts';
import { readPublicKey, signatureMatches } from './signature.mts';

interface Project {
	id: string;
	key: KeyObject;
	submerchants: readonly string[] | null;
}

/** What the headers of a request and its body say about who sent it. */
export interface Authentication {
	project: string | null;
	signatureValid: boolean;
	refusal: Refusal | null;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Reads a header that may be given once.
 *
 * @param headers the headers, with lower-case names
 * @param name the lower-case name
 * @returns the value, or undefined when it is missing, blank or given twice
 */
export function headerValue(headers: Headers, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The projects that may send requests, with their public keys. */
export class Projects {
	private readonly known = new Map<string, Project>();

	/**
	 * Adds a project, or replaces the one with the same id.
	 *
	 * @param options its id, its RSA public key in PEM and, if limited, its submerchants
	 * @throws Error when the key is not the PEM of an RSA public key
	 */
	add({ id, publicKey, submerchants }: ProjectOptions): void {
		const key = readPublicKey(publicKey);
		this.known.set(id, { id, key, submerchants: submerchants ?? null });
	}

	/** The ids of all projects. */
	ids(): string[] {
		return [...this.known.keys()];
	}

	/**
	 * Finds out who sent a request (section "Authentication and signature" of the reference).
	 *
	 * @param headers the request's headers, with lower-case names
	 * @param body the exact bytes of its body
	 * @returns the project and whether the signature is right, or why the request is refused
	 */
	authenticate(headers: Headers, body: Buffer): Authentication {
		const id = headerValue(headers, 'x-partner-project');
		const project = id === undefined ? undefined : this.known.get(id);
		if (project === undefined) {
			const text = id === undefined ? 'X-PARTNER-PROJECT is missing.' : 'The project is unknown.';
			return refused('identification_error', text);
		}
		if (!signatureMatches(project.key, body, headerValue(headers, 'x-partner-sign'))) {
			return refused('authentication_error', 'X-PARTNER-SIGN does not belong to this body.');
		}
		const submerchant = headerValue(headers, 'x-partner-submerchant');
		const allowed = project.submerchants;
		if (submerchant !== undefined && allowed !== null && !allowed.includes(submerchant)) {
			const text = 'X-PARTNER-SUBMERCHANT does not belong to this project.';
			return { ...refused('authorization_error', text), signatureValid: true };
		}
		return { project: project.id, signatureValid: true, refusal: null };
	}
}

function refused(
	code: 'identification_error' | 'authentication_error' | 'authorization_error',
	text: string,
): Authentication {
	return { project: null, signatureValid: false, refusal: new Refusal(code, text) };
}
