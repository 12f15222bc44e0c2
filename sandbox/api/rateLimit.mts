import type { Settings } from '../settings.mts';

const WINDOW_MS = 1_000;

/** Allows at most `requestsPerSecond` requests in any second (a sliding window). */
export class RateLimit {
	/** When the requests in the window were allowed, in milliseconds. */
	private allowedAt: number[] = [];

	constructor(private readonly settings: Pick<Settings, 'requestsPerSecond'>) {}

	/** Counts the request if it is allowed. One that is not allowed does not fill the window. */
	allows(nowMs: number): boolean {
		const { requestsPerSecond } = this.settings;
		if (requestsPerSecond === null) return true;
		this.allowedAt = this.allowedAt.filter((at) => at > nowMs - WINDOW_MS);
		if (this.allowedAt.length >= requestsPerSecond) return false;
		this.allowedAt.push(nowMs);
		return true;
	}

	clear(): void {
		this.allowedAt = [];
	}
}
