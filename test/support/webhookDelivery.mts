import { sign } from 'node:crypto';

/** A delivery as it arrives over HTTP. */
export interface Delivery {
	headers: Record<string, string>;
	body: Buffer;
}

export const SIGNATURE_HEADER_NAME = 'x-partner-sign';

/** A delivery as Smart Glocal makes it: signed over the exact bytes. Text and bytes stay as they are. */
export function deliver(event: unknown, privateKey: string): Delivery {
	const isRaw = typeof event === 'string' || Buffer.isBuffer(event);
	const body = Buffer.from(isRaw ? event : JSON.stringify(event));
	return {
		headers: {
			'content-type': 'application/json',
			[SIGNATURE_HEADER_NAME]: sign('RSA-SHA256', body, privateKey).toString('base64'),
		},
		body,
	};
}

/** A webhook about a finished payout, as the documentation shows it. */
export function finishedPayout(reference: string, status = 'failed') {
	return {
		type: 'payment_finished',
		session: {
			id: 'ps_3230',
			status: 'accepted',
			created_at: '2024-05-27T02:03:00.000000Z',
			updated_at: '2024-05-27T02:03:00.000000Z',
			payments: [
				{
					id: 'po_1313',
					status,
					created_at: '2024-05-27T02:03:00.000000Z',
					payment_method: { type: 'bank_account', note: 'a/b' },
					amount_details: { amount: 10050, currency: 'usd' },
					metadata: reference,
				},
			],
		},
	};
}

/** The item that the trigger makes of that webhook, with Simplify on. */
export function finishedPayoutItem(reference: string) {
	return {
		event: 'payment_finished',
		event_key: 'payment_finished:ps_3230:po_1313:61c50458795275fa7da59030ef651c47',
		reference,
		session_id: 'ps_3230',
		payout_id: 'po_1313',
		payout_status: 'failed',
		amount: 100.5,
		currency: 'USD',
		failure: 'no reason given',
		refund: null,
	};
}
