/** What must not be shown anywhere. */
export interface Secrets {
	/** Card numbers, in digits. */
	cardNumbers: readonly string[];
	/** Keys, passwords and signatures, or parts of them that are long enough to recognise. */
	texts: readonly string[];
}

/**
 * Looks for secrets in everything that came out of a run.
 *
 * @param shown items, errors, hints: whatever n8n shows or stores
 * @returns a sentence for each secret, with the place where it was found first
 */
export function findLeaks(shown: unknown, { cardNumbers, texts }: Secrets): string[] {
	const found = new Map<string, string>();
	visit(shown, [], new Set(), (text, path) => {
		const place = path.map((name) => name.slice(0, 30)).join('.');
		const digits = text.replace(/\D+/g, '');
		for (const number of cardNumbers) {
			const name = `The card number that ends in ${number.slice(-4)}`;
			if (digits.includes(number) && !found.has(name)) found.set(name, place);
		}
		for (const secret of texts) {
			const name = `The secret '${secret.slice(0, 6)}…'`;
			if (text.includes(secret) && !found.has(name)) found.set(name, place);
		}
	});
	return [...found].map(([name, place]) => `${name} is shown in ${place}.`);
}

/** The first characters of a signature, which no other text has. */
export function signaturePart(signature: unknown): string {
	return String(signature).slice(0, 32);
}

/** The lines of a key in PEM, each of which gives a part of it away. */
export function keyLines(pem: string): string[] {
	return pem.split('\n').filter((line) => line.length > 32 && !line.startsWith('-----'));
}

/** Visits every text, number and name in a value; also what JSON leaves out of an error. */
function visit(
	value: unknown,
	path: readonly string[],
	seen: Set<object>,
	report: (text: string, path: readonly string[]) => void,
): void {
	if (typeof value === 'number') report(BigInt(Number.isInteger(value) ? value : 0) + '', path);
	if (typeof value === 'string') report(value, path);
	if (typeof value !== 'object' || value === null || seen.has(value)) return;
	seen.add(value);
	for (const name of Object.getOwnPropertyNames(value)) {
		const inner = [...path, name];
		report(name, inner);
		visit((value as Record<string, unknown>)[name], inner, seen, report);
	}
}
