import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const KEPT_KEYS = 20;
const parsedKeys = new Map<string, KeyObject>();

/**
 * Gives the key that was parsed from the same texts before, because parsing costs more than signing.
 * The texts themselves are not kept, and never more than a handful of keys.
 *
 * @param parse called when the texts are new; what it throws is thrown on
 */
export function cachedKey(texts: readonly string[], parse: () => KeyObject): KeyObject {
	const cacheKey = createHash('sha256').update(texts.join('\0')).digest('hex');
	const cached = parsedKeys.get(cacheKey);
	if (cached) return cached;

	const key = parse();
	const [oldest] = parsedKeys.keys();
	if (parsedKeys.size >= KEPT_KEYS && oldest !== undefined) parsedKeys.delete(oldest);
	parsedKeys.set(cacheKey, key);
	return key;
}
