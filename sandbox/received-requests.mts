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
	/** The HTTP status answered; null while there is no answer, and when there was none. */
	status: number | null;
	/** `ok` or the error code that the request met, whether or not the client was told. */
	outcome: string | null;
	/** The name of the fault applied on demand, if any. */
	fault: string | null;
}

/** A received request as it is kept; the text of the body is made when somebody asks for it. */
export type RequestEntry = Omit<ReceivedRequest, 'rawBody'>;

/** Exact counts over all requests, also those that are not kept any more. */
export interface RequestCounters {
	received: number;
	signatureValid: number;
	/** How often each outcome was met: `ok`, an error code, or `not_read`. */
	outcomes: Record<string, number>;
	/** How often each fault was applied. */
	faults: Record<string, number>;
}

const nothing = Buffer.alloc(0);

/** Keeps the latest received requests and counts all of them. */
export class ReceivedRequests {
	private kept: RequestEntry[] = [];
	private counts = emptyCounters();

	constructor(private readonly keep: number) {}

	/**
	 * Numbers a request and keeps it, dropping the oldest one when there are too many.
	 *
	 * @param arrived what is known of it before its body is read
	 * @returns the entry, to be completed as the request is handled
	 */
	add(arrived: Pick<RequestEntry, 'method' | 'path' | 'headers'>): RequestEntry {
		this.counts.received += 1;
		const entry: RequestEntry = {
			number: this.counts.received,
			at: new Date().toISOString(),
			...arrived,
			rawBytes: nothing,
			signatureValid: false,
			status: null,
			outcome: null,
			fault: null,
		};
		if (this.keep > 0) this.kept.push(entry);
		if (this.kept.length > this.keep) this.kept.shift();
		return entry;
	}

	/**
	 * Counts a request once it is known what became of it.
	 *
	 * @param entry the completed entry
	 */
	count(entry: RequestEntry): void {
		if (entry.signatureValid) this.counts.signatureValid += 1;
		increase(this.counts.outcomes, entry.outcome ?? 'not_read');
		if (entry.fault !== null) increase(this.counts.faults, entry.fault);
	}

	/** The kept requests, oldest first. */
	list(): ReceivedRequest[] {
		return this.kept.map((entry) => ({ ...entry, rawBody: entry.rawBytes.toString('utf8') }));
	}

	/** The counters, as copies. */
	counters(): RequestCounters {
		const { outcomes, faults, ...numbers } = this.counts;
		return { ...numbers, outcomes: { ...outcomes }, faults: { ...faults } };
	}

	/** Forgets everything and counts from 1 again. */
	clear(): void {
		this.kept = [];
		this.counts = emptyCounters();
	}
}

function emptyCounters(): RequestCounters {
	return { received: 0, signatureValid: 0, outcomes: {}, faults: {} };
}

function increase(counts: Record<string, number>, name: string): void {
	counts[name] = (counts[name] ?? 0) + 1;
}
