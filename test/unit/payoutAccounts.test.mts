import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import type { CorridorId } from '../../nodes/payout/destinations/corridors';
import { FIELD_IDS, PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import { resolveDestination } from '../../nodes/payout/destinations/requirements';
import {
	ACCOUNT_NUMBERS,
	CARD_ROW,
	corridorRow,
	GOOD_VALUES,
	OTHER_ROW,
	payoutOf,
	problemsOf,
	sentFor,
} from '../support/payoutRows.mts';

/** Every account that the pages accept (API reference, section 6). */
const ACCOUNTS: ReadonlyArray<[CorridorId, alternative: number, account: readonly FieldId[]]> = [
	['CZE-CZK', 0, ['iban']],
	['CZE-CZK', 1, ['iban', 'swift_bic_code']],
	['CZE-CZK', 2, ['bank_account_number', 'branch_number']],
	['ISR-ILS', 0, ['iban']],
	['ISR-ILS', 1, ['bank_account_number', 'branch_number']],
	['CHN-CNY', 0, ['card_number']],
	['CHN-CNY', 1, ['card_number_hash']],
	['RUS-RUB', 0, ['card_number']],
	['RUS-RUB', 1, ['card_number_hash']],
];
const accountFields = FIELD_IDS.filter(
	(id) => PAYOUT_FIELDS[id].path.startsWith('payment_method.') && id !== 'description',
);

test.each(ACCOUNTS)(
	'%s pays by account %i, with %p and nothing else',
	(id, alternative, account) => {
		const { body } = payoutOf(corridorRow(id, alternative));
		const sent = accountFields.filter((field) => sentFor(body, field) !== undefined);
		expect(sent).toEqual([...account]);
	},
);

test.each<[CorridorId, columns: readonly FieldId[], phrase: string]>([
	['CZE-CZK', [], 'is incomplete'],
	['CZE-CZK', ['swift_bic_code'], 'is incomplete'],
	['CZE-CZK', ['bank_account_number'], 'is incomplete'],
	['CZE-CZK', ['iban', 'branch_number'], 'twice'],
	['CZE-CZK', ['bank_account_number', 'branch_number', 'swift_bic_code'], 'twice'],
	['ISR-ILS', ['iban', 'bank_account_number', 'branch_number'], 'twice'],
	['RUS-RUB', [], 'is incomplete'],
	['RUS-RUB', ['card_number', 'card_number_hash'], 'twice'],
	['CHN-CNY', ['card_number', 'card_number_hash'], 'twice'],
	['BEL-EUR', ['iban', 'bank_account_number'], 'twice'],
	['GBR-GBP', ['account_type', 'sort_code', 'account_number', 'bank_account_number'], 'twice'],
])('%s refuses an account of %p', (id, columns, phrase) => {
	const none = Object.fromEntries(accountFields.map((field) => [field, undefined]));
	const some = Object.fromEntries(columns.map((field) => [field, GOOD_VALUES[field]]));
	expect(problemsOf(corridorRow(id), { ...none, ...some })).toEqual([
		{ field: expect.any(String), message: expect.stringContaining(phrase) },
	]);
});

test('any other bank account is one account, too', () => {
	const twice = { iban: GOOD_VALUES.iban, account_number: GOOD_VALUES.account_number };
	expect(problemsOf(OTHER_ROW, twice)).toEqual([
		{ field: 'iban', message: expect.stringContaining('twice') },
	]);
});

describe('an account field that is not the destination’s', () => {
	const rows = [
		...CORRIDOR_IDS.map((id) => ({ id: id as string, row: corridorRow(id) })),
		{ id: 'OTHER', row: OTHER_ROW },
		{ id: 'CARD', row: CARD_ROW },
	];
	const foreignFields = rows.flatMap(({ id, row }) => {
		const requirements = resolveDestination(id, {});
		if (typeof requirements === 'string') throw new Error(requirements);
		const { required, optional, fixed } = requirements;
		const known = [...required, ...optional, ...Object.keys(fixed)];
		const isCard = (field: FieldId) => field.startsWith('card_');
		return accountFields
			.filter((field) => !known.includes(field))
			.map((field) => ({
				id,
				row,
				field,
				// An incomplete page may ask for other fields of the same kind of account.
				isAccepted: requirements.incomplete && isCard(field) === (requirements.method === 'card'),
			}));
	});

	test.each(foreignFields.filter(({ isAccepted }) => !isAccepted))(
		'is refused: $field for $id',
		({ row, field }) => {
			expect(problemsOf(row, { [field]: GOOD_VALUES[field] })).toEqual([
				{
					field,
					message: `${PAYOUT_FIELDS[field].label} cannot be used for this destination. Remove it from the row, or correct the destination.`,
				},
			]);
			for (const blank of ['', ' ', null, '\u200b']) payoutOf(row, { [field]: blank });
		},
	);

	const isAccount = (field: FieldId) => field === 'iban' || ACCOUNT_NUMBERS.includes(field);

	test.each(
		foreignFields.filter(
			({ isAccepted, field, row }) =>
				isAccepted && isAccount(field) && row.columns[field] === undefined,
		),
	)('is not a second account: $field for $id', ({ row, field }) => {
		expect(problemsOf(row, { [field]: GOOD_VALUES[field] })).toEqual([
			{ field: expect.any(String), message: expect.stringContaining('account twice') },
		]);
	});

	test.each(foreignFields.filter(({ isAccepted, field }) => isAccepted && !isAccount(field)))(
		'is sent where the page is incomplete: $field for $id',
		({ row, field }) => {
			const { body } = payoutOf(row, { [field]: GOOD_VALUES[field] });
			expect(sentFor(body, field)).toBe(GOOD_VALUES[field]);
		},
	);

	test('is refused without showing the number of a card', () => {
		const [problem] = problemsOf(corridorRow('TUR-TRY'), { card_number: '4242424242424242' });
		expect(problem?.message).not.toContain('4242');
	});
});
