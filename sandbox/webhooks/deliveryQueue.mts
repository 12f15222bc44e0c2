import { sign } from 'node:crypto';
import { promisify } from 'node:util';
import { Clock } from '../clock.mts';
import { webhookLine } from '../logLines.mts';
import type { Settings } from '../settings.mts';
import type { DeliveryEntry } from './delivery.mts';
import { postWebhook } from './postWebhook.mts';
import { nextStep } from './redelivery.mts';

const MAX_CONCURRENT_DELIVERIES = 20;

const signAsync = promisify(sign);

/**
 * Delivers webhooks until the response is HTTP 200, at growing gaps and for 30 minutes. A stopped
 * queue never runs again.
 */
export class DeliveryQueue {
	private readonly clock: Clock;
	private readonly stopped = new AbortController();
	private readonly waiting: DeliveryEntry[] = [];
	private active = 0;

	/** @param privateKey the PEM of the key that signs */
	constructor(
		private readonly settings: Settings,
		private readonly privateKey: string,
		private readonly log: (line: string) => void,
	) {
		this.clock = new Clock(settings.clockSpeed);
	}

	/** Queues the next attempt to deliver a webhook. */
	add(entry: DeliveryEntry): void {
		entry.queuedAt = performance.now();
		this.waiting.push(entry);
		this.startAttempts();
	}

	/** Applies a changed clock speed to the redeliveries that are already waiting. */
	settingsChanged(): void {
		this.clock.setSpeed(this.settings.clockSpeed);
	}

	/** Cancels all attempts, waiting or under way. */
	stop(): void {
		this.clock.clear();
		this.waiting.length = 0;
		this.stopped.abort();
	}

	private startAttempts(): void {
		while (this.active < MAX_CONCURRENT_DELIVERIES) {
			const entry = this.waiting.shift();
			if (entry === undefined) return;
			this.active += 1;
			void this.attempt(entry).finally(() => {
				this.active -= 1;
				this.startAttempts();
			});
		}
	}

	private async attempt(entry: DeliveryEntry): Promise<void> {
		const startedAt = performance.now();
		if (entry.attempts.length > 0) entry.elapsedMs += startedAt - entry.queuedAt;
		const afterMs = Math.round(entry.elapsedMs);
		const at = new Date().toISOString();
		const result = await this.post(entry);
		if (this.stopped.signal.aborted) return;
		entry.elapsedMs += performance.now() - startedAt;
		entry.attempts.push({ at, afterMs, ...result });
		if (result.status === 200) this.finish(entry, 'delivered');
		else this.planNextStep(entry);
	}

	private async post({ body }: DeliveryEntry) {
		const { webhookUrl } = this.settings;
		if (webhookUrl === null) return { status: null, error: 'there is no webhook URL' };
		const bytes = Buffer.from(body);
		const signature = (await signAsync('RSA-SHA256', bytes, this.privateKey)).toString('base64');
		const { signal } = this.stopped;
		return await postWebhook(webhookUrl, bytes, signature, signal);
	}

	private planNextStep(entry: DeliveryEntry): void {
		const { waitMs, givesUp } = nextStep(entry.attempts.length, entry.elapsedMs);
		entry.nextAfterMs = givesUp ? null : Math.round(entry.elapsedMs + waitMs);
		this.log(webhookLine(entry, givesUp ? null : waitMs));
		this.clock.after(waitMs, () => {
			entry.elapsedMs += waitMs;
			if (givesUp) this.finish(entry, 'given_up');
			else this.add(entry);
		});
	}

	private finish(entry: DeliveryEntry, state: 'delivered' | 'given_up'): void {
		entry.state = state;
		entry.nextAfterMs = null;
		this.log(webhookLine(entry, null));
	}
}
