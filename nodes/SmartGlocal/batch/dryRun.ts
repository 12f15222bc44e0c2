import type { IDataObject } from 'n8n-workflow';
import { toHttpRequest } from '../../api/request';
import type { RowResult } from '../messages/nodeErrors';
import { maskCardNumber } from '../payout/card';
import type { PreparedRow } from './prepareRows';

/**
 * Shows what a row would send. Of a card number only the last four digits are shown.
 *
 * @param path the API method
 */
export function showRequest({ label, request }: PreparedRow, path: string): RowResult {
	const { url, body } = toHttpRequest({ path, ...request });
	const { index, reference } = label;
	const item: IDataObject = {
		dry_run: true,
		reference,
		idempotency_key: request.order?.idempotencyKey ?? null,
		url,
		body: JSON.parse(String(body), maskNumber) as IDataObject,
	};
	return { index, reference, outcome: 'not_sent', items: [item] };
}

/** Only cards have a key of this name (API reference, section 5). */
function maskNumber(key: string, value: unknown): unknown {
	return key === 'number' && typeof value === 'string' ? maskCardNumber(value) : value;
}
