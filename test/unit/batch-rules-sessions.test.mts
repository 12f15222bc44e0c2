import { type BatchLimits, checkBatch } from '../../nodes/SmartGlocal/transport/batchRules';
import type { RowFacts } from '../../nodes/SmartGlocal/transport/rowFacts';
import type { SubjectKind } from '../../nodes/SmartGlocal/transport/subject';

const NO_LIMITS: BatchLimits = { unit: 'major', maxAmount: 0, maxTotal: 0 };

function order(reference: string, amount: number, currency: string): RowFacts {
	return {
		subject: { kind: 'payout', name: reference },
		reference,
		order: { idempotencyKey: reference, amount, currency },
	};
}

describe('requests about sessions', () => {
	const about = (kind: SubjectKind, ...sessionIds: string[]) =>
		new Map(
			sessionIds.map((sessionId, index): [number, RowFacts] => [
				index,
				{ subject: { kind, name: sessionId }, reference: '', sessionId },
			]),
		);

	test.each(['confirmation', 'cancellation'] as const)(
		'refuses the %s of one session in two rows',
		(kind) => {
			const problems = checkBatch(about(kind, 'ps_1', 'ps_2', 'ps_1'), NO_LIMITS);
			expect([...problems]).toEqual(
				[0, 2].map((index) => [
					index,
					[
						{
							field: 'sessionId',
							message: expect.stringMatching(/'ps_1' stands in 2 rows.*items 0, 2\)/),
						},
					],
				]),
			);
		},
	);

	test('takes one session in two rows that only look at it, and in two orders of their own', () => {
		expect(checkBatch(about('status', 'ps_1', 'ps_1'), NO_LIMITS).size).toBe(0);
		const orders = ['A', 'B'].map((reference, index): [number, RowFacts] => [
			index,
			{ ...order(reference, 1000, 'USD'), sessionId: 'ps_1' },
		]);
		expect(checkBatch(new Map(orders), NO_LIMITS).size).toBe(0);
	});

	test.each(['maxAmount', 'maxTotal'] as const)(
		'refuses the limit %s for an amount that only the session knows',
		(option) => {
			const problems = checkBatch(new Map([[0, order('A', 0, '')]]), {
				...NO_LIMITS,
				[option]: 10,
			});
			expect(problems.get(0)).toEqual([
				{ field: option, message: expect.stringContaining('when the session was created') },
			]);
		},
	);
});
