import fc from 'fast-check';
import type { FaultRule } from '../../sandbox/server.mts';
import { automatic, turkishRows } from '../support/account.mts';
import type { RunOptions } from '../support/engine.mts';
import { openssl } from '../support/openssl.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

/** What becomes of the requests of one run; null is that nothing goes wrong. */
const FAULTS: ReadonlyArray<FaultRule['fault'] | null> = [
	null,
	'reset_after_accepting',
	'reset_before_reading',
	'status_401',
	'status_403',
	'status_500_after_accepting',
	'status_502_html',
	'ok_with_error_status',
	'empty_body',
	'cut_json',
	{ type: 'status_429', retryAfter: 0 },
	{ type: 'error', code: 'account_not_found' },
	{ type: 'error', code: 'provider_timeout' },
	{ type: 'error', code: 'session_wrong_state' },
];

const runs = fc.array(
	fc.record({
		fault: fc.constantFrom(...FAULTS),
		/** The request of the run that meets the fault. */
		nth: fc.integer({ min: 1, max: 3 }),
		/** The user corrects the row in between. */
		amount: fc.constantFrom('100.50', '7.00'),
		onError: fc.constantFrom('stopWorkflow', 'continueErrorOutput', 'continueRegularOutput'),
		retryOnFail: fc.boolean(),
		options: fc.record({
			sessionFirst: fc.boolean(),
			duplicates: fc.constantFrom('report', 'error'),
			simplify: fc.boolean(),
			apiVersion: fc.constantFrom('v1', 'v2'),
		}),
	}),
	{ minLength: 1, maxLength: 6 },
);

test('no sequence of outcomes makes a reference’s key change, or pays it twice', async () => {
	const references = fc.constantFrom('INV-1', 'INV 1 / ü', 'r'.repeat(65));
	await fc.assert(
		fc.asyncProperty(references, runs, async (reference, sequence) => {
			account.sandbox.reset();
			for (const { fault, nth, amount, options, ...settings } of sequence) {
				account.sandbox.setFaults(fault === null ? [] : [{ when: { nth }, fault }]);
				const items = turkishRows(reference).map((row) => ({ ...row, amount }));
				await account.pay(items, automatic('TUR-TRY', options), settings as Partial<RunOptions>);
			}
			const orders = account.sandbox.requests().filter(({ path }) => /payout$/.test(path));
			const keys = orders.map(({ headers }) => headers['x-partner-idempotency-key']);
			const isPlain = /^[\w.:-]{1,64}$/.test(reference);
			const [sha256] = openssl(['dgst', '-sha256', '-r'], reference).toString().split(' ');
			expect(new Set(keys)).toEqual(new Set(keys.length > 0 ? [isPlain ? reference : sha256] : []));
			expect(account.sandbox.books.acceptedTimes(reference)).toBeLessThanOrEqual(1);
		}),
		// Before Jest ends the test, which would not show the seed.
		{ numRuns: 75, interruptAfterTimeLimit: 220_000, markInterruptAsFailure: true },
	);
});
