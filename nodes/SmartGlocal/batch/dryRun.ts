import type { IDataObject } from 'n8n-workflow';
import { toHttpRequest } from '../../api/request';
import type { RowResult } from '../messages/nodeErrors';
import type { PreparedRow } from './prepareRows';

/**
 * Shows what a row would send, without its card data.
 *
 * @param path the API method
 */
export function showRequest({ label, request }: PreparedRow, path: string): RowResult {
	const { url, body } = toHttpRequest({ path, ...request });
	const { index, reference, mask } = label;
	const item: IDataObject = {
		dry_run: true,
		reference,
		idempotency_key: request.order?.idempotencyKey ?? null,
		url,
		body: mask.data(JSON.parse(String(body)) as IDataObject),
	};
	return { index, reference, outcome: 'not_sent', items: [item], mask };
}
