import { createStopError } from '../../nodes/SmartGlocal/messages/nodeErrors';
import {
	describeFailedRow,
	describeInvalidRow,
	describeSkippedRow,
} from '../../nodes/SmartGlocal/messages/failureTexts';
import type { RowLabel } from '../../nodes/SmartGlocal/messages/failureTexts';
import { NODE, UNWANTED_WORDS } from '../support/nodeMessages.mts';

const REJECTED = {
	outcome: 'rejected',
	source: 'api',
	code: 'account_not_found',
	description: 'no such account',
	httpStatus: 400,
} as const;

function labelOf(reference: string): RowLabel {
	return { index: 3, number: 4, kind: 'order', reference, ownNumbers: [reference] };
}

test.each(['ECONNREFUSED-1', 'EPERM', 'Rechnung ETIMEDOUT', 'INV 503'])(
	'n8n does not replace the text about a payout whose reference is %s',
	(reference) => {
		const label = labelOf(reference);
		const rejected = { ...REJECTED, description: 'ENOENT and ECONNRESET' } as const;
		const duplicate = { outcome: 'already_submitted', source: 'api', code: 'key' } as const;
		const invalid = [{ field: 'x', message: reference }];
		const failures = [
			describeFailedRow(label, rejected),
			describeFailedRow(label, duplicate),
			describeSkippedRow(label, 'other_row'),
			describeInvalidRow(label, invalid),
		];
		for (const failure of failures) {
			const { outcome } = failure;
			const error = createStopError(NODE, [], { label, outcome, failure });
			expect(error.message).toBe(`${failure.message} [Item 3]`);
			expect(error.message).toContain(reference);
			expect(error.message).not.toMatch(UNWANTED_WORDS);
			expect(error.messages).toEqual([]);
			expect(error.description).toBe(failure.advice);
			expect(error.context.details).toMatchObject({ reference });
			// The editor would append the number once more.
			expect(error.context.itemIndex).toBeUndefined();
		}
	},
);

test('a failed row says in fields what happened and what to do', () => {
	expect(describeFailedRow(labelOf('INV-1'), REJECTED)).toEqual({
		message: "Payout 'INV-1' was refused: the recipient's account does not exist",
		outcome: 'rejected',
		code: 'account_not_found',
		reference: 'INV-1',
		description: 'no such account',
		advice: expect.stringContaining('account_not_found: "no such account"') as string,
	});
});

test('the refusal of a row holds all its sentences and names all its fields once', () => {
	const problems = [
		{ field: 'iban', message: 'The IBAN is mistyped.' },
		{ field: 'amount', message: 'The amount is 0.' },
		{ field: 'amount', message: 'The amount is strange.' },
	];
	expect(describeInvalidRow(labelOf('INV-1'), problems)).toMatchObject({
		message: 'The IBAN is mistyped. The amount is 0. The amount is strange.',
		outcome: 'not_sent',
		reference: 'INV-1',
		fields: ['iban', 'amount'],
	});
});

test('the refusal of a row repeats no card number, but its own reference', () => {
	const message = "Reference '7777 7777 7777 7775' repeats 4242 4242 4242 4242.";
	const invalid = [{ field: 'reference', message }];
	expect(describeInvalidRow(labelOf('7777 7777 7777 7775'), invalid).message).toBe(
		"Reference '7777 7777 7777 7775' repeats ****4242.",
	);
});
