import type { Claim } from '../../nodes/ledger/claims';
import { toClaimRow } from '../../nodes/ledger/claims';
import type { Ordered, Reported } from '../../nodes/ledger/entry';
import type { LedgerEvent } from '../../nodes/ledger/events';
import { toEventRow } from '../../nodes/ledger/events';
import type { TableRow } from '../../nodes/ledger/tables';

export const NOW = '2026-12-01T12:00:00.000Z';

/** A time some minutes before `NOW`. */
export function minutesAgo(minutes: number): string {
	return new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
}

export const PAYOUT = {
	payout_fingerprint: 'payout-a',
	account_fingerprint: 'account-a',
	recipient: 'Ann Lee',
	destination: 'GBR-GBP',
	account: '…6510',
	amount: '415.20',
	currency: 'GBP',
};

export const OTHER_PAYOUT = {
	...PAYOUT,
	payout_fingerprint: 'payout-b',
	account_fingerprint: 'account-b',
	recipient: 'Bob Ray',
	account: '…0029',
};

export function ordered(changes: Partial<Ordered> = {}): Ordered {
	return {
		...PAYOUT,
		outcome: 'submitted',
		outcome_at: minutesAgo(60),
		ordered_at: minutesAgo(61),
		message: '',
		next_step: '',
		session_id: '',
		payout_id: '',
		requested_by: 'ann@example.com',
		decided_by: '',
		source: 'july.xlsx',
		columns: { reference: 'INV-1' },
		...changes,
	};
}

export function reported(changes: Partial<Reported> = {}): Reported {
	return {
		status: 'succeeded',
		rank: 31,
		status_at: minutesAgo(5),
		message: '',
		next_step: '',
		session_id: 'ps_1',
		payout_id: 'po_1',
		...changes,
	};
}

export function claimRow(id: number, changes: Partial<Claim> = {}): TableRow {
	const claim: Claim = {
		...PAYOUT,
		id,
		reference: 'INV-1',
		run: `run-${id}`,
		claimed_at: NOW,
		position: 0,
		word: 'ordered',
		looked_at: '',
		requested_by: 'ann@example.com',
		decided_by: '',
		source: 'july.xlsx',
		columns: { reference: 'INV-1' },
		...changes,
	};
	return { id, ...toClaimRow(claim) };
}

export function eventRow(id: number, event: Partial<LedgerEvent>): TableRow {
	const whole = { reference: 'INV-1', event: 'outcome', by: '', run: '', entry: {}, ...event };
	return { id, ...toEventRow(whole) };
}
