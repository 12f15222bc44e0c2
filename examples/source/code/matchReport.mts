import type { Item } from './ledgerRow.mts';
import type { ReportLine } from './reportLines.mts';

/** A row of the ledger. */
export type Entry = Record<string, unknown>;

/** The lines of one payout in a daily report, and the ledger's row, if there is one. */
export interface ReportedPayout {
	entry?: Entry;
	/** The column that it was found by: `reference`, `payout_id` or `session_id`. */
	matchedBy: string;
	lines: ReportLine[];
}

/** The ledger's rows, each once, without the empty item of a search that has found none. */
export function takeEntries(found: readonly Item[]): Entry[] {
	const entries = new Map<string, Entry>();
	for (const { json } of found) {
		if (json.reference) entries.set(String(json.reference), json);
	}
	return [...entries.values()];
}

/**
 * Finds the ledger's row of each line: by our reference, and where that leads to none, by the ids of Smart
 * Glocal. Never by an amount, because two people may be paid the same.
 */
export function matchReport(
	lines: readonly ReportLine[],
	entries: readonly Entry[],
): ReportedPayout[] {
	const searches = [
		{ column: 'reference', value: (line: ReportLine) => line.reference },
		{ column: 'payout_id', value: (line: ReportLine) => line.payoutId },
		{ column: 'session_id', value: (line: ReportLine) => line.sessionId },
	].map((search) => ({
		...search,
		entries: new Map(entries.map((entry) => [String(entry[search.column] ?? ''), entry])),
	}));
	const payouts = new Map<string, ReportedPayout>();
	for (const line of lines) {
		const search = searches.find(
			({ value, entries: known }) => value(line) !== '' && known.has(value(line)),
		);
		const entry = search?.entries.get(search.value(line));
		const name = line.reference || line.payoutId || line.sessionId || `row ${line.row}`;
		const key = entry ? `in the ledger: ${String(entry.reference)}` : name;
		const payout = payouts.get(key) ?? { entry, matchedBy: search?.column ?? '', lines: [] };
		payouts.set(key, payout);
		payout.lines.push(line);
	}
	return [...payouts.values()];
}
