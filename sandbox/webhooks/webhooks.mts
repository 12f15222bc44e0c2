import { Refusal } from '../errors.mts';
import { seededNumbers } from '../faults/rules.mts';
import type { Ledger } from '../ledger/ledger.mts';
import type { Session } from '../ledger/session.mts';
import { checkWebhookUrl, type Settings } from '../settings.mts';
import { Courier } from './courier.mts';
import {
	type DeliveryEntry,
	deliveryView,
	type Handling,
	type Parcel,
	type WebhookCounters,
	type WebhookDelivery,
} from './delivery.mts';
import { DeliveryLog } from './delivery-log.mts';
import { exampleForType, exampleSession, webhookExamples } from './examples.mts';
import { parcelOfText, sessionNow, writeParcel } from './parcels.mts';
import {
	handlingOf,
	inOrder,
	type ResendRequest,
	type WebhookOrder,
	type WebhookRequest,
} from './requests.mts';
import type { Signer } from './signing.mts';

const firstExampleNumber = 900_001;

/** How webhooks are kept and told about. */
export interface WebhookOptions {
	/** How many webhooks are kept for reading. */
	keep: number;
	/** Where the pseudo-random numbers for shuffling start. */
	seed: number;
	/** Receives a line per try. */
	tell: (line: string) => void;
}

/** Tells the merchant about changes of payouts, and about anything else on demand. */
export class Webhooks {
	private readonly log: DeliveryLog;
	private random: () => number;
	private courier: Courier;
	private held: DeliveryEntry[] = [];
	private nextExample = firstExampleNumber;
	private stopped = false;

	constructor(
		private readonly ledger: Ledger,
		private readonly settings: Settings,
		private readonly signer: Signer,
		private readonly options: WebhookOptions,
	) {
		this.log = new DeliveryLog(options.keep);
		this.random = seededNumbers(options.seed);
		this.courier = this.newCourier();
		for (const type of ['ready_to_confirm', 'payment_finished', 'payment_refunded'] as const) {
			ledger.events.on(type, (session) => this.tell(type, session));
		}
	}

	/** The kept webhooks, oldest first. */
	list(): WebhookDelivery[] {
		return this.log.entries().map(deliveryView);
	}

	/** Exact counts over all webhooks. */
	counters(): WebhookCounters {
		return this.log.counters();
	}

	/**
	 * Sends a webhook now, also while webhooks are held.
	 *
	 * @param request what to send, and what is to be wrong about it
	 * @returns the webhook after its first try
	 * @throws Refusal when there is no such session or webhook, or no URL to send it to
	 */
	async send(request: WebhookRequest): Promise<WebhookDelivery> {
		this.checkReady(request.url);
		return await this.deliver(this.log.add(this.parcel(request), handlingOf(request, this.signer)));
	}

	/**
	 * Sends kept webhooks again as duplicates, with the same body. Forgeries and duplicates are left out.
	 *
	 * @param request which ones, how often and in which order
	 * @returns the duplicates after their first tries
	 * @throws Refusal when there is no URL to send them to
	 */
	async resend(request: ResendRequest = {}): Promise<WebhookDelivery[]> {
		this.checkReady();
		const { sessionId, type, times = 1, order = 'as_happened' } = request;
		const chosen = this.log
			.entries()
			.filter((entry) => entry.forgery === null && entry.copyOf === null)
			.filter((entry) => sessionId === undefined || entry.sessionId === sessionId)
			.filter((entry) => type === undefined || entry.type === type);
		const rounds = Array.from({ length: times }, () => inOrder(chosen, order, this.random));
		const copies = rounds
			.flat()
			.map((entry) => this.log.add(entry, handlingOf({ again: entry.number }, this.signer)));
		return await Promise.all(copies.map((copy) => this.deliver(copy)));
	}

	/**
	 * Sends the webhooks that were held.
	 *
	 * @param order the order to send them in
	 * @returns the webhooks after their first tries
	 */
	async release(order: WebhookOrder = 'as_happened'): Promise<WebhookDelivery[]> {
		const entries = inOrder(this.held.splice(0), order, this.random);
		return await Promise.all(entries.map((entry) => this.deliver(entry)));
	}

	/** Makes changed settings count for webhooks that are waiting, too. */
	settingsChanged(): void {
		this.courier.settingsChanged();
		if (this.settings.holdWebhooks) return;
		for (const entry of this.held.splice(0)) void this.courier.deliver(entry);
	}

	/** Calls off everything and forgets it. */
	clear(): void {
		this.courier.dismiss();
		this.courier = this.newCourier();
		this.held = [];
		this.log.clear();
		this.random = seededNumbers(this.options.seed);
		this.nextExample = firstExampleNumber;
	}

	/** Calls off everything for good. The log stays readable. */
	stop(): void {
		this.stopped = true;
		this.courier.dismiss();
	}

	private newCourier(): Courier {
		return new Courier(this.settings, this.log, this.options.tell);
	}

	private tell(type: string, session: Session): void {
		if (this.stopped) return;
		if (this.settings.webhookUrl === null) {
			this.log.addWithoutUrl();
			return;
		}
		const parcel = writeParcel(type, sessionNow(session, this.settings.webhookNames));
		let copyOf: number | null = null;
		for (let copy = 0; copy < this.settings.webhookCopies; copy += 1) {
			const handling: Handling = { ...handlingOf({}, this.signer), copyOf };
			const entry = this.log.add(parcel, handling);
			copyOf ??= entry.number;
			if (this.settings.holdWebhooks) this.held.push(entry);
			else void this.courier.deliver(entry);
		}
	}

	private checkReady(url?: string): void {
		if (this.stopped) throw new Refusal('invalid_request', 'The sandbox has stopped.');
		checkWebhookUrl(url);
		if (url === undefined && this.settings.webhookUrl === null) {
			throw new Refusal('invalid_request', 'There is no webhook URL. Set webhookUrl first.');
		}
	}

	private async deliver(entry: DeliveryEntry): Promise<WebhookDelivery> {
		if (await this.courier.deliver(entry)) return deliveryView(entry);
		throw new Refusal(
			'invalid_request',
			`The sandbox was reset or stopped before the webhook ${entry.number} was answered.`,
		);
	}

	private parcel(request: WebhookRequest): Parcel {
		const { again, body, session, sessionId, type, extraFields = false } = request;
		if (again !== undefined) return this.kept(again);
		if (body !== undefined) return parcelOfText(body);
		const forced = this.settings.webhookNames;
		const names = request.names ?? forced;
		const usual = type ?? 'payment_finished';
		if (session !== undefined) return writeParcel(usual, session, extraFields);
		if (sessionId !== undefined) {
			return writeParcel(usual, sessionNow(this.ledger.session(sessionId), names), extraFields);
		}
		const example = request.example ?? exampleForType[usual] ?? 'payout_succeeded';
		const number = this.nextExample;
		this.nextExample += 1;
		const version = names === 'session' ? 'v1' : names;
		const written = exampleSession(example, number, version, request.reference ?? `INV-${number}`);
		return writeParcel(type ?? webhookExamples[example].type, written, extraFields);
	}

	private kept(number: number): Parcel {
		const entry = this.log.entries().find((candidate) => candidate.number === number);
		if (entry !== undefined) return entry;
		throw new Refusal('invalid_request', `There is no webhook ${number} among the kept ones.`);
	}
}
