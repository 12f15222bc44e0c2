import type { Item } from './ledgerRow.mts';
import { count } from './text.mts';

const MAX_NAMED = 20;

/**
 * Says in sentences which workflow stopped, why, and what that means for money.
 *
 * @param failed the item of the Error Trigger
 * @param ledger the ledger's rows that are being sent or got no clear answer; an item with `error`
 *   where they could not be read
 */
export function describeError(failed: Record<string, unknown>, ledger: readonly Item[]): Item {
	const { workflow, execution, trigger } = failed as Record<string, Record<string, unknown>>;
	const { message } = (execution?.error ?? trigger?.error ?? {}) as { message?: string };
	const node = execution?.lastNodeExecuted;
	const place = node ? ` at “${String(node)}”` : '';
	const why = endSentence(message ?? 'n8n gives no reason');
	const rows = ledger.filter(({ json }) => json.reference && !json.error);
	const isRead = ledger.every(({ json }) => !json.error);
	const notice = [
		`The workflow “${String(workflow?.name)}” stopped${place}: ${why}`,
		isRead ? describeOpen(rows) : 'The ledger could not be read.',
		'Never change a reference, and do not pay these rows in another way.',
		execution?.url ? `Its execution: ${String(execution.url)}` : '',
	];
	return { json: { notice: notice.filter((text) => text !== '').join(' '), open: rows.length } };
}

function describeOpen(rows: readonly Item[]): string {
	if (rows.length === 0) return 'No payout is without a clear answer.';
	const named = rows.slice(0, MAX_NAMED).map(({ json }) => String(json.reference));
	const more = rows.length > MAX_NAMED ? ` and ${rows.length - MAX_NAMED} more` : '';
	const payouts = count(rows.length, 'payout has', 'payouts have');
	return `${payouts} no clear answer yet: ${named.join(', ')}${more}. “Catch up” looks them up, or sends them again with the same reference, which cannot pay twice.`;
}

function endSentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
