import { Rejection } from '../errors.mts';

/**
 * The idempotency keys that were used, per project.
 *
 * A request with a used key is rejected, whether or not its body is the same (the SDK's
 * IdempotencyKeyAlreadyExistsException). The scope of a key is not documented; one namespace per
 * project for all methods is the strictest reading.
 */
export class IdempotencyKeys {
	private readonly used = new Map<string, Set<string>>();

	/** Throws the rejection `idempotency_key_already_exists` for a used key. */
	mustBeNew(project: string, key: string): void {
		if (this.used.get(project)?.has(key)) {
			throw new Rejection('idempotency_key_already_exists', 'already in progress or processed');
		}
	}

	/** Remembers the key of a request that was accepted. */
	use(project: string, key: string): void {
		const keys = this.used.get(project);
		if (keys === undefined) this.used.set(project, new Set([key]));
		else keys.add(key);
	}

	clear(): void {
		this.used.clear();
	}
}
