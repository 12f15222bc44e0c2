import type { IDataObject } from 'n8n-workflow';
import { toHttpRequest } from '../../../api/request';
import { describeMoney } from '../../../api/simplify';
import { startResult } from '../../messages/nodeErrors';
import type { RowResult } from '../../messages/nodeErrors';
import { describeWarnings } from '../../messages/warningTexts';
import { viewPayout } from '../../../payout/reviewPayout';
import type { PreparedRow } from '../read/prepareRows';

/** How many characters of an account are shown. */
const ENDING = 4;

/**
 * Shows what a row would send, without its card data: as a line of a table that a person can check,
 * or with Simplify off as the request.
 *
 * @param path the API method
 */
export function showRequest({ label, request, output }: PreparedRow, path: string): RowResult {
	const { index, reference, mask, similarTo } = label;
	const { order, body } = request;
	const { recipient, account, destination } = viewPayout(body);
	const line = mask.data<IDataObject>({
		dry_run: true,
		reference,
		recipient,
		account_ending: account.replace(/[^\p{L}\d]/gu, '').slice(-ENDING),
		...describeMoney({ minor: order?.amount || null, currency: order?.currency || null }),
		destination: order?.destination ?? destination,
		warnings: describeWarnings({ index, warnings: order?.warnings ?? [], similarTo }),
	});
	const { url, body: sent } = toHttpRequest({ path, ...request });
	const whole = () => ({
		...line,
		idempotency_key: order?.idempotencyKey ?? null,
		url,
		body: mask.data(JSON.parse(String(sent)) as IDataObject),
	});
	return { ...startResult(label), outcome: 'not_sent', items: [output.simplify ? line : whole()] };
}
