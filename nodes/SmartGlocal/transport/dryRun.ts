import type { IDataObject } from 'n8n-workflow';
import { maskCardNumber } from '../payout/card';
import type { PreparedRow } from './prepare';
import type { RowResult } from './report';
import { recallFacts } from './rowFacts';

/**
 * Shows what each row would send, instead of sending it. Of a card number only the last four digits
 * are shown.
 *
 * @returns the results of the rows that passed their checks
 */
export function showRequests(rows: readonly PreparedRow[]): RowResult[] {
	return rows.flatMap(({ index, row, request }) => {
		if (!request) return [];
		const { reference, order } = recallFacts(row);
		const json: IDataObject = {
			dry_run: true,
			reference,
			idempotency_key: order?.idempotencyKey ?? null,
			url: request.url,
			body: JSON.parse(String(request.body), maskNumber) as IDataObject,
		};
		return [{ index, reference, outcome: 'not_sent' as const, items: [{ json }] }];
	});
}

/** Only cards have a key of this name (API reference, section 5). */
function maskNumber(key: string, value: unknown): unknown {
	return key === 'number' && typeof value === 'string' ? maskCardNumber(value) : value;
}
