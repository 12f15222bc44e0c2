import type { IDataObject } from 'n8n-workflow';
import { toHttpRequest } from '../../../api/request';
import { describeOrder } from '../../../api/simplify';
import { viewPayout } from '../../../payout/reviewPayout';
import type { RowResult } from '../../messages/nodeErrors';
import { describeWarnings, nameColumns } from '../../messages/summary';
import type { PreparedRow } from '../read/prepareRows';

/** Shows what a row would send, as a line of a table, and with Simplify off the request. Not masked yet. */
export function showRequest({ label, request, output }: PreparedRow, path: string): RowResult {
	const { order, body, reference } = request;
	const { recipient, account, destination } = viewPayout(body);
	const line: IDataObject = {
		dry_run: true,
		reference,
		recipient,
		account_ending: account.replace(/[^\p{L}\d]/gu, '').slice(-4),
		...describeOrder(order),
		destination: order?.destination ?? destination,
		warnings: describeWarnings(label),
		columns_not_used: nameColumns(order?.unusedColumns ?? []) || null,
		...label.fingerprints,
	};
	if (!output.simplify) {
		const { url, body: sent } = toHttpRequest({ path, ...request });
		line.idempotency_key = order?.idempotencyKey ?? null;
		line.url = url;
		line.body = JSON.parse(String(sent)) as IDataObject;
	}
	return { label, outcome: 'not_sent', items: [line] };
}
