import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { Payout } from '../payout/buildPayout';
import type { JsonObject } from '../payout/json/jsonObject';
import type { AmountUnit } from '../payout/money/amount';
import type { Minimum } from '../payout/money/minimums';
import { IDEMPOTENCY_KEY_HEADER } from './headers';

/** What a request asks for: it decides how a response is read and how messages speak of it. */
export type RequestKind =
	| 'order'
	| 'creation'
	| 'confirmation'
	| 'cancellation'
	| 'lookup'
	| 'balance';

export interface Order extends Pick<Payout, 'idempotencyKey' | 'destination' | 'unusedColumns'> {
	/** In minor units; 0 when the session holds the amount. */
	amount: number;
	/** ISO 4217 code in upper case; empty when the session holds the amount. */
	currency: string;
	unit: AmountUnit;
	warnings?: readonly string[];
}

/** One row's request, checked, before it is addressed and signed. */
export interface PreparedRequest {
	version: 'v1' | 'v2';
	/** With the names of API v1. */
	body: JsonObject;
	/** The user's own reference; empty for a request that is about a session. */
	reference: string;
	sessionId?: string;
	order?: Order;
	minimums?: readonly Minimum[];
}

export interface ApiRequest extends Pick<PreparedRequest, 'version' | 'body'> {
	path: string;
	order?: Pick<Order, 'idempotencyKey'>;
	/** It finds out how another one ended, so it is sent even when the batch was stopped. */
	isFollowUp?: true;
}

export const REQUEST_DEFAULTS = {
	headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
	// Our own code reads every status. Without this, n8n responds to a 401 by signing and sending the
	// payout once more (n8n 2.41).
	ignoreHttpStatusErrors: true,
	// A redirected POST loses its body and could carry a signed payout to another host.
	disableFollowRedirect: true,
} as const;

/** Turns a call into n8n's request: without the host, and with the body as it is signed and sent. */
export function toHttpRequest({ path, version, body, order }: ApiRequest): IHttpRequestOptions {
	const headers: IDataObject = { ...REQUEST_DEFAULTS.headers };
	const { payment_method: account, ...rest } = body;
	// A name of the other version can make a request fail (API reference, section 1).
	const isRenamed = version === 'v2' && account !== undefined;
	if (order) headers[IDEMPOTENCY_KEY_HEADER] = order.idempotencyKey;
	return {
		...REQUEST_DEFAULTS,
		method: 'POST',
		url: `/api/${version}/${path}`,
		headers,
		body: JSON.stringify(isRenamed ? { payout_details: account, ...rest } : body),
	};
}
