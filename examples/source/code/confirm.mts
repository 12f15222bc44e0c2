import type { Item } from './ledgerRow.mts';

/**
 * What is written of the payouts that were confirmed.
 *
 * @param answers the items of Confirm
 * @param now as an ISO 8601 timestamp
 */
export function toConfirmedRows(answers: readonly Item[], now: string): Item[] {
	const confirmed = answers.filter(({ json }) => !json.error);
	return confirmed.map(({ json: { reference, session_id } }) => ({
		json: {
			reference,
			session_id,
			status: 'confirmed',
			status_rank: 22,
			status_at: now,
			message: '',
			next_step: '',
		},
	}));
}

/**
 * What a person must know of payouts that could not be confirmed. After an unclear answer, nothing yet:
 * the next run of Catch Up looks again. Nor where there is nothing to confirm any more, because another
 * run or a person was faster.
 *
 * @param answers the items of Confirm, with the `notice` of their task where they failed
 */
export function toUnconfirmedNotices(answers: readonly Item[]): Item[] {
	return answers.flatMap(({ json }): Item[] => {
		const error = (json.error ?? {}) as Record<string, unknown>;
		if (error.outcome !== 'rejected' || error.code === 'session_wrong_state') return [];
		const reason = `It could not be confirmed: ${String(error.message)} ${String(error.advice ?? '')}`;
		return [{ json: { kind: 'decide', notice: `${String(json.notice)} ${reason.trim()}` } }];
	});
}
