import { History } from '../history.mts';
import type { Ledger, LedgerEvents } from '../ledger/ledger.mts';
import type { Session } from '../ledger/session.mts';
import { sessionResponse } from '../ledger/sessionResponse.mts';
import type { Settings } from '../settings.mts';
import type { DeliveryEntry, WebhookDelivery } from './delivery.mts';
import { DeliveryQueue } from './deliveryQueue.mts';

const MAX_KEPT_WEBHOOKS = 1000;

const EVENT_TYPES: readonly (keyof LedgerEvents)[] = [
	'ready_to_confirm',
	'payment_finished',
	'payment_refunded',
];

/** Sends a webhook for every change of a payout, as long as there is a webhook URL. */
export class Webhooks {
	private readonly history = new History<DeliveryEntry>(MAX_KEPT_WEBHOOKS);
	private lastNumber = 0;
	private queue: DeliveryQueue;

	/** @param privateKey the PEM of the key that signs */
	constructor(
		ledger: Ledger,
		private readonly settings: Settings,
		private readonly privateKey: string,
		private readonly log: (line: string) => void,
	) {
		this.queue = this.newQueue();
		for (const type of EVENT_TYPES) {
			ledger.events.on(type, (session: Session) => this.send(type, session));
		}
	}

	/** The latest webhooks, oldest first. */
	list(): WebhookDelivery[] {
		return structuredClone([...this.history.entries()]);
	}

	settingsChanged(): void {
		this.queue.settingsChanged();
	}

	/** Cancels and forgets everything. */
	clear(): void {
		this.queue.stop();
		this.queue = this.newQueue();
		this.history.clear();
		this.lastNumber = 0;
	}

	/** Cancels everything; the webhooks stay readable. */
	stop(): void {
		this.queue.stop();
	}

	private newQueue(): DeliveryQueue {
		return new DeliveryQueue(this.settings, this.privateKey, this.log);
	}

	private send(type: string, session: Session): void {
		if (this.settings.webhookUrl === null) return;
		this.lastNumber += 1;
		const entry: DeliveryEntry = {
			number: this.lastNumber,
			at: new Date().toISOString(),
			type,
			sessionId: session.id,
			payoutIds: session.payouts.map(({ id }) => id),
			body: JSON.stringify({ type, session: sessionResponse(session, session.version) }),
			state: 'waiting',
			attempts: [],
			nextAfterMs: 0,
			elapsedMs: 0,
			queuedAt: 0,
		};
		this.history.add(entry);
		this.queue.add(entry);
	}
}
