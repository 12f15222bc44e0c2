import { findReasonToHold, readChange } from '../../examples/source/code/followPayout.mts';

const PAYOUT = { reference: 'INV-1', session_id: 'ps_1', payout_id: 'po_1' };
const state = (json: Record<string, unknown>) => {
	const { status, rank, final } = readChange({ ...PAYOUT, ...json });
	return [status, rank, final];
};
const lookUp = (session: string, payout: string, more: object = {}) =>
	state({ session_status: session, payout_status: payout, ...more });

it('reads from a lookup only ends that the session confirms', () => {
	expect(lookUp('accepted', 'succeeded')).toEqual(['succeeded', 30, true]);
	expect(lookUp('accepted', 'failed')).toEqual(['failed', 30, true]);
	expect(lookUp('cancelled', 'failed')).toEqual(['failed', 30, true]);
	expect(lookUp('cancelled', 'pending')).toEqual(['failed', 30, true]);
	expect(lookUp('in_progress', 'failed')).toEqual(['in_progress', 10, false]);
	expect(lookUp('cancelled', 'succeeded')).toEqual(['in_progress', 10, false]);
	expect(lookUp('error', 'failed')).toEqual(['failed', 25, false]);
	expect(lookUp('error', 'in_progress')).toEqual(['in_progress', 25, false]);
	expect(lookUp('in_progress', 'pending', { next_action: 'confirm' })).toEqual([
		'ready_to_confirm',
		20,
		false,
	]);
	expect(lookUp('in_progress', 'pending')).toEqual(['in_progress', 10, false]);
});

it('takes no payout for failed because another one of its session has ended', () => {
	const finished = { event: 'payment_finished', payout_status: 'pending' };
	expect(state({ ...finished, failure: null })).toEqual(['in_progress', 10, false]);
	expect(state({ ...finished, failure: 'cancelled, no reason given' })).toEqual([
		'failed',
		30,
		true,
	]);
});

it('gives a higher rank to every step of every return', () => {
	const refunds = [
		'refund in progress: EUR 4.00',
		'refunded: EUR 4.00',
		'refunded: EUR 4.00; refund in progress: EUR 6.00',
		'refunded: EUR 4.00; refunded: EUR 6.00',
	];
	const states = refunds.map((refund) => state({ payout_status: 'succeeded', refund }));
	expect(states).toEqual([
		['succeeded', 41, false],
		['returned', 42, true],
		['returned', 43, false],
		['returned', 44, true],
	]);
	expect(state({ refund: 'refund declined: EUR 4.00' })).toEqual(['succeeded', 42, true]);
});

it('holds a payout whose amount differs in its own currency, or that is not alone', () => {
	const entry = { currency: 'EUR', amount: '10.00' };
	const reason = (amount: unknown, currency: string, payouts = 1) =>
		findReasonToHold(readChange({ ...PAYOUT, amount, currency }), entry, payouts);
	expect(reason(10, 'EUR')).toBe('');
	expect(reason(800, 'RUB')).toBe('');
	expect(reason(null, 'EUR')).toBe('');
	expect(reason(12, 'EUR')).toBe('Smart Glocal has EUR 12.00, and the ledger EUR 10.00.');
	expect(reason(10, 'EUR', 2)).toContain('several payouts');
});
