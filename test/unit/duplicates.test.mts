import fc from 'fast-check';
import { toIdempotencyKey } from '../../nodes/payout/idempotencyKey';
import type { RequestKind } from '../../nodes/api/request';
import { findDuplicates } from '../../nodes/SmartGlocal/batch/check/duplicates';
import type { FoundProblem } from '../../nodes/SmartGlocal/batch/check/duplicates';
import { findSlowGrowth, inputsOf } from '../support/growth.mts';

/** As in a sheet: its first row holds the headers. */
const toRows = (requests: ReadonlyArray<{ reference: string; sessionId?: string }>) =>
	requests.map((request, index) => ({ label: { index, number: index + 2 }, request }));
const withReferences = (references: readonly string[]) =>
	toRows(references.map((reference) => ({ reference })));
const inSessions = (...sessionIds: string[]) =>
	toRows(sessionIds.map((sessionId, index) => ({ reference: `R${index}`, sessionId })));
const find = async (kind: RequestKind, rows: Parameters<typeof findDuplicates>[1]) =>
	await findDuplicates(kind, rows, async () => {});
const indexesOf = (found: FoundProblem[]) => found.map(({ index }) => index);

describe('two payouts with one reference', () => {
	test('are both refused, and all rows are named', async () => {
		const rows = withReferences(['A', 'B', 'A', 'a', '', 'A', 'A ', '']);
		expect(await find('order', rows)).toEqual(
			[0, 2, 5].map((index) => ({
				index,
				field: 'reference',
				message:
					"Reference 'A' appears in 3 rows (2, 4, 7). Give each payout its own reference, or remove the duplicate rows.",
				reason: 'duplicate reference',
			})),
		);
	});

	test('are not one when one of them is what the other is sent as', async () => {
		const rows = withReferences(['Ü 1', toIdempotencyKey('Ü 1')]);
		expect(await find('order', rows)).toEqual([]);
	});

	test('are named in a short sentence when there are a thousand', async () => {
		const found = await find('order', withReferences(Array<string>(1_000).fill('A')));
		expect(found).toHaveLength(1_000);
		expect(found[999]?.message).toContain('1000 rows');
		expect(found[999]?.message.length).toBeLessThan(250);
	});

	test('are found in any batch, and nothing else is', async () => {
		const references = fc.array(fc.constantFrom(...'ABCDEFGH'), { maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(references, async (written) => {
				const repeated = written.flatMap((one, index) =>
					written.filter((other) => other === one).length > 1 ? [index] : [],
				);
				const found = indexesOf(await find('order', withReferences(written)));
				expect(found.sort((a, b) => a - b)).toEqual(repeated);
			}),
		);
	});

	test('are found in a time that grows with the number of rows', async () => {
		const rows = inputsOf(
			(size) => withReferences(Array.from({ length: size }, (_, n) => `R${Math.floor(n / 2)}`)),
			102_400,
		);
		const slowness = await findSlowGrowth(
			async (each) => expect(await find('order', each)).toHaveLength(each.length),
			rows,
		);
		expect(slowness).toBeUndefined();
	});
});

describe('one session in two rows', () => {
	test.each(['order', 'confirmation', 'cancellation'] as const)(
		'is refused for: %s',
		async (kind) => {
			expect(await find(kind, inSessions('ps_1', 'ps_2', 'ps_1'))).toEqual(
				[0, 2].map((index) => ({
					index,
					field: 'sessionId',
					message: "Session 'ps_1' appears in 2 rows (2, 4). Remove the duplicate rows.",
					reason: 'duplicate session',
				})),
			);
		},
	);

	test.each(['lookup', 'creation', 'balance'] as const)('is fine for: %s', async (kind) => {
		expect(await find(kind, inSessions('ps_1', 'ps_1'))).toEqual([]);
	});
});
