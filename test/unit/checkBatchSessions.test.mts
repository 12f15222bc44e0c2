import { checkBatch } from '../../nodes/SmartGlocal/batch/check/checkBatch';
import type { BatchLimits } from '../../nodes/SmartGlocal/batch/check/checkBatch';
import type { PreparedRequest } from '../../nodes/api/request';

const NO_LIMITS: BatchLimits = {};

function order(reference: string, amount: number, currency: string): PreparedRequest {
	return {
		version: 'v1',
		body: {},
		reference,
		order: { idempotencyKey: reference, amount, currency, unit: 'major' },
	};
}

describe('requests about sessions', () => {
	const about = (...sessionIds: string[]) =>
		new Map(
			sessionIds.map((sessionId, index): [number, PreparedRequest] => [
				index,
				{ version: 'v1', body: {}, reference: '', sessionId },
			]),
		);

	test.each(['confirmation', 'cancellation'] as const)(
		'refuses the %s of one session in two rows',
		(kind) => {
			const problems = checkBatch(kind, about('ps_1', 'ps_2', 'ps_1'), NO_LIMITS);
			expect([...problems]).toEqual(
				[0, 2].map((index) => [
					index,
					[
						{
							field: 'sessionId',
							message: expect.stringMatching(/^Session 'ps_1' appears in 2 rows \(1, 3\)\. /),
							reason: 'duplicate session',
						},
					],
				]),
			);
		},
	);

	test('takes one session in two rows that only look at it', () => {
		expect(checkBatch('lookup', about('ps_1', 'ps_1'), NO_LIMITS).size).toBe(0);
	});

	test('refuses to start payouts with references of their own in one session', () => {
		const orders = ['A', 'B', 'C'].map((reference, index): [number, PreparedRequest] => [
			index,
			{ ...order(reference, 1000, 'USD'), sessionId: index === 1 ? 'ps_2' : 'ps_1' },
		]);
		const problems = checkBatch('order', new Map(orders), NO_LIMITS);
		expect([...problems.keys()]).toEqual([0, 2]);
		expect(problems.get(2)).toMatchObject([{ field: 'sessionId' }]);
	});

	test.each(['maxAmount', 'maxTotal'] as const)(
		'refuses the limit %s for an amount that only the session knows',
		(option) => {
			const problems = checkBatch('order', new Map([[0, order('A', 0, '')]]), {
				...NO_LIMITS,
				[option]: 10,
			});
			expect(problems.get(0)).toEqual([
				{ field: option, message: expect.stringContaining('when the session was created') },
			]);
		},
	);
});
