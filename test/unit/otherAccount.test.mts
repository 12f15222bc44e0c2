import { BANK_CODES } from '../../nodes/payout/destinations/accounts';
import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
import { belgianPayout } from '../support/belgianPayout.mts';
import {
	ACCOUNT_NUMBERS,
	GOOD_VALUES,
	OTHER_ROW,
	payoutOf,
	problemsOf,
} from '../support/payoutRows.mts';

const withoutIban = { ...OTHER_ROW, columns: { ...OTHER_ROW.columns, iban: undefined } };

describe('any other bank account', () => {
	test('is refused without any account', () => {
		expect(problemsOf(withoutIban)).toEqual([
			{
				field: 'iban',
				message:
					"The recipient's account is missing. Fill in IBAN, or Bank Account Number or Account Number with one of SWIFT/BIC Code, Routing Code, Sort Code, BSB Number, Branch Number.",
			},
		]);
	});

	test('is refused with a bank’s code, but no account', () => {
		for (const code of BANK_CODES) {
			expect(problemsOf(withoutIban, { [code]: GOOD_VALUES[code] })).toMatchObject([
				{ message: expect.stringContaining("The recipient's account is missing.") },
			]);
		}
	});

	test.each(ACCOUNT_NUMBERS)('is refused with %s alone, which names no bank', (id) => {
		expect(problemsOf(withoutIban, { [id]: GOOD_VALUES[id] })).toMatchObject([
			{ message: expect.stringContaining('alone does not say at which bank the account is') },
		]);
	});

	test.each(ACCOUNT_NUMBERS.flatMap((id) => BANK_CODES.map((code) => [id, code] as const)))(
		'is paid by %s with %s',
		(id, code) => {
			const values = { [id]: GOOD_VALUES[id], [code]: GOOD_VALUES[code] };
			expect(payoutOf(withoutIban, values).amount).toBe(1000);
		},
	);

	test('is paid by an IBAN, with or without a BIC', () => {
		expect(payoutOf(OTHER_ROW).amount).toBe(1000);
		expect(payoutOf(OTHER_ROW, { swift_bic_code: GOOD_VALUES.swift_bic_code }).amount).toBe(1000);
	});
});

describe('a request body', () => {
	const withAccount = (recipient: object, account: object) => {
		const body = belgianPayout() as never as Record<string, Record<string, object>>;
		Object.assign(body.participant_details?.recipient ?? {}, recipient);
		const { bank_account } = body.payment_method as unknown as { bank_account: { global: object } };
		bank_account.global = { description: 'purpose', ...account };
		const read = readJsonPayout({ reference: 'INV-1', body }, 'order');
		return 'problems' in read ? read.problems.map(({ message }) => message) : [];
	};

	test('is refused without an account', () => {
		expect(withAccount({}, {})).toEqual([
			expect.stringMatching(/^The recipient's account is missing\. Fill in IBAN/),
		]);
	});

	test('is refused for a country without a form when a number names no bank', () => {
		const france = { country_iso3: 'FRA', currency: 'eur' };
		expect(withAccount(france, { account_number: '01234567' })).toEqual([
			expect.stringContaining('alone does not say at which bank'),
		]);
		const account = { account_number: '01234567', swift_bic_code: 'BNPAFRPP' };
		expect(withAccount(france, account)).toEqual([]);
	});
});
