import { RateLimit } from '../../sandbox/api/rateLimit.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

const context = usePartnerSandbox({}, { requestsPerSecond: null });

function sendAtOnce(count: number) {
	const references = Array.from({ length: count }, (_, index) => `INV-${index}`);
	return Promise.all(
		references.map(async (reference) => {
			const order = belgianPayout({ reference });
			const { status, headers } = await context.partner.post('v1/session/init/payout', order, {
				key: reference,
			});
			return { reference, status, retryAfter: headers['retry-after'] };
		}),
	);
}

test('allows so many requests in any second, and counts only those', () => {
	const settings = { requestsPerSecond: 2 };
	const limit = new RateLimit(settings);
	const allowed = [0, 600, 900, 999, 1_000, 1_001, 1_599, 1_600].filter((at) => limit.allows(at));
	expect(allowed).toEqual([0, 600, 1_000, 1_600]);
	settings.requestsPerSecond = 3;
	expect(limit.allows(1_601)).toBe(true);
	expect(limit.allows(1_602)).toBe(false);
});

test('responds with 429 beyond the limit, and accepts nothing of it', async () => {
	context.sandbox.changeSettings({ requestsPerSecond: 1 });
	const responses = await sendAtOnce(10);
	const refused = responses.filter(({ status }) => status === 429);
	expect(refused.length).toBeGreaterThan(0);
	for (const { reference, retryAfter } of refused) {
		expect(retryAfter).toBe('1');
		expect(context.sandbox.books.acceptedTimes(reference)).toBe(0);
	}
	const paid = responses.filter(({ status }) => status === 200);
	expect(paid.length).toBeGreaterThan(0);
	expect(context.sandbox.books.payouts()).toHaveLength(paid.length);
	expect(context.sandbox.counters()).toMatchObject({
		received: 10,
		signatureValid: 10,
		outcomes: { ok: paid.length, status_429: refused.length },
	});
});
