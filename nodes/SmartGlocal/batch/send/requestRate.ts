import { growBack } from './concurrency';

/** How long it takes to come back to a rate that was refused: at first, and twice as long each time. */
const FIRST_RECOVERY_MS = 5_000;
/** A shorter time would show a burst, and not what is allowed for long. */
const MIN_COUNT_MS = 1_000;
/** By how much a rate grows that was not cut. */
const MIN_GROWTH = 1.05;
/** So few accepted requests show no rate yet. */
const FEW = 20;
/** For so long, requests that n8n was too busy to begin in time may be made up for. */
const MAX_LATE_MS = 100;

/**
 * Decides, without a clock, how far apart requests begin once Smart Glocal has asked to wait (HTTP
 * 429). What is allowed lies between the rate that was accepted since the last such response, waits
 * included, and the rate that was refused: requests go on with the geometric mean, and come back to the
 * refused rate as in CUBIC (RFC 9438). A number in flight alone would be too coarse: at 20 ms, one is
 * 50 a second, two 100.
 */
export class RequestRate {
	/** Requests per ms: from which to which rate, beginning when, within how many ms. */
	private recovery: { from: number; to: number; since: number; ms: number } | undefined;
	/** When the next request may begin, in ms. */
	opensAt = 0;
	private countsSince: number | undefined;
	private sent = 0;
	private accepted = 0;
	/** How many were accepted in all, and how often Smart Glocal asked to wait. */
	private total = 0;
	private refusals = 0;

	pauseUntil(time: number): void {
		this.opensAt = Math.max(this.opensAt, time);
	}

	begin(now: number): void {
		this.countsSince ??= now;
		this.sent++;
		const rate = this.rateAt(now);
		if (rate !== undefined) this.opensAt = Math.max(this.opensAt, now - MAX_LATE_MS) + 1 / rate;
	}

	accept(): void {
		this.accepted++;
	}

	/** Takes note that Smart Glocal asks to wait for so many ms. */
	slowDown(now: number, waitMs: number): void {
		// One more than were accepted, so that there is a rate to begin with.
		const count = this.accepted + 1;
		const countMs = Math.max(1, now - (this.countsSince ?? now));
		const accepted = count / Math.max(MIN_COUNT_MS, countMs);
		const sendingMs = Math.max(1, now - (this.recovery?.since ?? now - countMs));
		// While requests became more, they were sent up to about twice as fast as on average.
		const sent = (2 * this.sent) / sendingMs;
		const refused = Math.max(accepted, Math.min(sent, this.rateAt(now) ?? Infinity));
		const ms = FIRST_RECOVERY_MS * 2 ** this.refusals++;
		this.total += count;
		// On average, pauses between requests cost at most twice as much as the waits asked for.
		const rate = Math.min(this.total / this.refusals, FEW) / 2 / Math.max(MIN_COUNT_MS, waitMs);
		const from = Math.max(Math.min(refused, rate), Math.sqrt(accepted * refused));
		// A rate that begins where it ends would never grow.
		const to = from < refused ? refused : from * MIN_GROWTH;
		this.recovery = { from, to, since: now + waitMs, ms };
		this.countsSince = now;
		this.accepted = 0;
		this.sent = 0;
	}

	private rateAt(now: number): number | undefined {
		if (!this.recovery) return undefined;
		const { from, to, since, ms } = this.recovery;
		return growBack(from, to, Math.max(0, now - since) / ms);
	}
}
