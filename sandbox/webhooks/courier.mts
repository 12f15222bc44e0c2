import type { Settings } from '../settings.mts';
import { Clock } from './clock.mts';
import type { DeliveryEntry } from './delivery.mts';
import type { DeliveryLog } from './delivery-log.mts';
import { Lanes } from './lanes.mts';
import { Postman, type WebhookAnswer } from './postman.mts';
import { nextStep } from './schedule.mts';
import { webhookLine } from './webhook-line.mts';

/**
 * Delivers webhooks: now, and again at growing gaps until they are answered with HTTP 200, for 30
 * minutes. A courier works until it is dismissed; a reset or stop of the sandbox dismisses it.
 */
export class Courier {
	private readonly clock: Clock;
	private readonly lanes: Lanes;
	private readonly postman = new Postman();
	private dismissed = false;

	/**
	 * @param settings where to, how many at the same time, and how fast the clock runs
	 * @param log receives every try and what became of the webhook
	 * @param tell receives a line per try for the person in front of the sandbox
	 */
	constructor(
		private readonly settings: Settings,
		private readonly log: DeliveryLog,
		private readonly tell: (line: string) => void,
	) {
		this.clock = new Clock(settings.clockSpeed);
		this.lanes = new Lanes(() => settings.webhookParallel);
	}

	/**
	 * Makes a try, and plans the next one if it fails.
	 *
	 * @param entry the webhook
	 * @returns true when the try is over and noted; false when the courier was dismissed before that
	 */
	async deliver(entry: DeliveryEntry): Promise<boolean> {
		const due = performance.now();
		await this.lanes.enter();
		try {
			if (!this.dismissed) await this.attempt(entry, due);
		} finally {
			this.lanes.leave();
		}
		if (!this.dismissed) this.conclude(entry);
		return !this.dismissed;
	}

	/** Makes changed settings count for what is waiting, too. */
	settingsChanged(): void {
		this.clock.setSpeed(this.settings.clockSpeed);
		this.lanes.open();
	}

	/** Calls off everything that is waiting, and cuts the connections of everything under way. */
	dismiss(): void {
		this.dismissed = true;
		this.clock.clear();
		this.postman.hangUp();
		this.lanes.openAll();
	}

	private async attempt(entry: DeliveryEntry, due: number): Promise<void> {
		const begin = performance.now();
		if (entry.attempts.length > 0) entry.elapsedMs += begin - due;
		const afterMs = Math.round(entry.elapsedMs);
		const at = new Date().toISOString();
		const url = entry.handling.url ?? this.settings.webhookUrl;
		const answer = await this.post(entry, url);
		entry.elapsedMs += performance.now() - begin;
		if (!this.dismissed) this.log.addAttempt(entry, { at, afterMs, url: url ?? '', ...answer });
	}

	private async post(entry: DeliveryEntry, url: string | null): Promise<WebhookAnswer> {
		if (url === null) return { status: null, error: 'there is no URL', answer: '' };
		const sealed = await (entry.sealed ??= entry.handling.seal(entry.body));
		return await this.postman.post(url, sealed, this.settings.webhookTimeoutMs);
	}

	private conclude(entry: DeliveryEntry): void {
		const delivered = entry.attempts.at(-1)?.status === 200;
		if (delivered || !entry.handling.redeliver) {
			this.finish(entry, delivered ? 'delivered' : 'given_up');
			return;
		}
		const { waitMs, givesUp } = nextStep(entry.attempts.length, entry.elapsedMs);
		entry.nextAfterMs = givesUp ? null : Math.round(entry.elapsedMs + waitMs);
		this.tell(webhookLine(entry, givesUp ? null : waitMs));
		this.clock.after(waitMs, () => {
			entry.elapsedMs += waitMs;
			if (givesUp) this.finish(entry, 'given_up');
			else void this.deliver(entry);
		});
	}

	private finish(entry: DeliveryEntry, state: 'delivered' | 'given_up'): void {
		this.log.finish(entry, state);
		this.tell(webhookLine(entry, null));
	}
}
