import { Refusal } from '../errors.mts';

/**
 * The idempotency keys that were accepted, per project.
 *
 * A repeat is refused, not answered again (the SDK's IdempotencyKeyAlreadyExistsException), whether
 * or not its body is the same. The scope is not documented; one namespace per project for all
 * methods is the strictest reading.
 */
export class IdempotencyKeys {
	private readonly used = new Map<string, Set<string>>();

	/**
	 * Checks that a key was not accepted before.
	 *
	 * @param project the project
	 * @param key the key of the request
	 * @throws Refusal `idempotency_key_already_exists`
	 */
	mustBeNew(project: string, key: string): void {
		if (this.used.get(project)?.has(key)) {
			throw new Refusal('idempotency_key_already_exists', 'already in progress or processed');
		}
	}

	/**
	 * Remembers a key, once its request was accepted.
	 *
	 * @param project the project
	 * @param key the key of the request
	 */
	use(project: string, key: string): void {
		const keys = this.used.get(project);
		if (keys === undefined) this.used.set(project, new Set([key]));
		else keys.add(key);
	}

	/** Forgets all keys. */
	clear(): void {
		this.used.clear();
	}
}
