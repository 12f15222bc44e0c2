/** Calls `work` for every item, for at most `concurrency` items at a time. */
export async function forEachConcurrently<T>(
	items: readonly T[],
	concurrency: number,
	work: (item: T) => Promise<void>,
): Promise<void> {
	const waiting = items.values();
	// All loops take from the same iterator, so each item goes to one of them.
	const takeNext = async () => {
		for (const item of waiting) await work(item);
	};
	await Promise.all(Array.from({ length: concurrency }, takeNext));
}
