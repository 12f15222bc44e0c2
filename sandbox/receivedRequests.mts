import { History } from './history.mts';

/** A request that the sandbox received on its API paths. */
export interface ReceivedRequest {
	/** Counts from 1 since the start or the last reset. */
	number: number;
	/** When it arrived, ISO 8601. */
	at: string;
	method: string;
	path: string;
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The body as UTF-8; empty when it was not read. */
	rawBody: string;
	/** The exact bytes of the body. */
	rawBytes: Buffer;
	/** Whether `X-PARTNER-SIGN` belongs to the body; false when that could not be checked. */
	signatureValid: boolean;
	/** The HTTP status of the response; null before it, and when the client never gets one. */
	status: number | null;
	/** `ok` or the error code, whether or not the client was told; null when nothing was read. */
	outcome: string | null;
	/** The name of the fault that was applied, if any. */
	fault: string | null;
}

/** A received request as it is kept; the text of its body is made on reading. */
export type RequestEntry = Omit<ReceivedRequest, 'rawBody'>;

/** Exact counts over all requests, including those that are no longer kept. */
export interface RequestCounters {
	received: number;
	signatureValid: number;
	/** By outcome: `ok`, an error code, or `not_read`. */
	outcomes: Record<string, number>;
	/** By name of the fault. */
	faults: Record<string, number>;
}

const NO_BYTES = Buffer.alloc(0);

/** Keeps the latest received requests and counts all of them. */
export class ReceivedRequests {
	private readonly history: History<RequestEntry>;
	private counts = emptyCounters();

	constructor(keep: number) {
		this.history = new History(keep);
	}

	/** Numbers and keeps a request before its body is read; the entry is completed later. */
	add(arrived: Pick<RequestEntry, 'method' | 'path' | 'headers'>): RequestEntry {
		this.counts.received += 1;
		const entry: RequestEntry = {
			number: this.counts.received,
			at: new Date().toISOString(),
			...arrived,
			rawBytes: NO_BYTES,
			signatureValid: false,
			status: null,
			outcome: null,
			fault: null,
		};
		this.history.add(entry);
		return entry;
	}

	/** Counts a request whose outcome is known. */
	count(entry: RequestEntry): void {
		if (entry.signatureValid) this.counts.signatureValid += 1;
		increment(this.counts.outcomes, entry.outcome ?? 'not_read');
		if (entry.fault !== null) increment(this.counts.faults, entry.fault);
	}

	/** The kept requests, oldest first. */
	list(): ReceivedRequest[] {
		return this.history
			.entries()
			.map((entry) => ({ ...entry, rawBody: entry.rawBytes.toString('utf8') }));
	}

	counters(): RequestCounters {
		return structuredClone(this.counts);
	}

	/** Forgets everything and counts from 1 again. */
	clear(): void {
		this.history.clear();
		this.counts = emptyCounters();
	}
}

function emptyCounters(): RequestCounters {
	return { received: 0, signatureValid: 0, outcomes: {}, faults: {} };
}

function increment(counts: Record<string, number>, name: string): void {
	counts[name] = (counts[name] ?? 0) + 1;
}
