import { createHash, createHmac } from 'node:crypto';
import type { Payout } from '../../nodes/payout/buildPayout';
import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
import { fingerprintPayout } from '../../nodes/payout/reviewPayout';
import {
	BELGIAN_ROW,
	CARD_ROW,
	corridorRow,
	GOOD_VALUES,
	payoutOf,
} from '../support/payoutRows.mts';

const KEY = 'a long text that only this company knows';

const rowPayout = (...given: Parameters<typeof payoutOf>) => payoutOf(...given);

function jsonPayout(body: unknown, reference = 'INV-1'): Payout {
	const payout = readJsonPayout({ reference, body }, 'order');
	if ('problems' in payout) throw new Error(JSON.stringify(payout.problems));
	return payout;
}

const VECTORS: Array<
	[name: string, payout: () => Payout, key: string, whole: unknown[], hex: string[]]
> = [
	[
		'an IBAN, with a key',
		() => rowPayout(BELGIAN_ROW),
		KEY,
		['INV-1', 'JOHN JOHNSON', 'BE68539007547034', 1000, 'USD', 'BEL-EUR'],
		[
			'a0d064c902a41504856e02766198047fdc40c6d1f1827121b515980cd61203ed',
			'06ed83a7f4874b1f74fac7463a664a67e8f719ef925d9c4140ef746fc88b481b',
		],
	],
	[
		'an account with its bank, without a key',
		() =>
			rowPayout(corridorRow('USA-USD'), { reference: 'Müller 7 / ä', recipient_first_name: 'Zoë' }),
		'',
		['Müller 7 / ä', 'ZOË JOHNSON', '000123456789  021000021   ', 1000, 'USD', 'USA-USD'],
		[
			'edf0d1d9bc5f643763347b62b4cfb55e4808fc766280a2147c779a729afc54a3',
			'c06a1200fa38be6c0e3176a75a72a6db830087ac047dc8f0d7515a7f79e32ecf',
		],
	],
	[
		'a card, without a key',
		() => rowPayout(CARD_ROW),
		'',
		['INV-1', 'JOHN JOHNSON', '****4242', 1000, 'USD', 'CARD'],
		[
			'573d74fac7f9c67de0912ec505dc4eb7837dffbccc1f7e45eb370ab3756ac4bd',
			'e3ea3f20650f4996e864ef8068ac836ce041b31d574bb15575a0b5d194758bf0',
		],
	],
];

describe.each(VECTORS)('the fingerprints of %s', (_name, payout, key, whole, hex) => {
	const found = fingerprintPayout(payout(), key);

	test('are always these', () => {
		expect(found).toEqual({ payout_fingerprint: hex[0], account_fingerprint: hex[1] });
	});

	test('are made of the payout alone, as the documentation says', () => {
		const make = (parts: unknown[]) =>
			(key === '' ? createHash('sha256') : createHmac('sha256', key))
				.update(JSON.stringify(parts))
				.digest('hex');
		expect(found).toEqual({
			payout_fingerprint: make(['payout-1', ...whole]),
			account_fingerprint: make(['account-1', whole[2]]),
		});
	});
});

const belgian = fingerprintPayout(rowPayout(BELGIAN_ROW), KEY);

test.each<[string, Record<string, unknown>]>([
	['spaces in the IBAN', { iban: 'BE68 5390 0754 7034' }],
	['an IBAN in lower case', { iban: 'be68539007547034' }],
	['a name in another case', { recipient_first_name: 'JOHN', recipient_last_name: 'johnson' }],
	['spaces in a name', { recipient_first_name: ' John ' }],
	['an amount without its zeros', { amount: '10' }],
	['a currency in lower case', { currency: 'usd' }],
	['another purpose and another sender', { description: 'Bonus', sender_city: 'Boston' }],
	['spaces around the reference', { reference: ' INV-1 ' }],
])('one payout has one, however it is written: %s', (_name, changed) => {
	expect(fingerprintPayout(rowPayout(BELGIAN_ROW, changed), KEY)).toEqual(belgian);
});

test.each(['BEL-EUR', 'USA-USD', 'GBR-GBP', 'CHN-CNY', 'RUS-RUB', 'CZE-CZK'] as const)(
	'a row and a JSON body have the same: %s',
	(id) => {
		for (const key of [KEY, '']) {
			const row = rowPayout(corridorRow(id));
			const { payment_method, ...rest } = row.body;
			const expected = fingerprintPayout(row, key);
			expect(fingerprintPayout(jsonPayout(row.body), key)).toEqual(expected);
			const ofVersion2 = { payout_details: payment_method, ...rest };
			expect(fingerprintPayout(jsonPayout(JSON.stringify(ofVersion2)), key)).toEqual(expected);
		}
	},
);

test('bank names and codes count without regard to case and signs', () => {
	const kenyan = corridorRow('KEN-KES');
	const one = fingerprintPayout(
		rowPayout(kenyan, { recipient_bank_name: 'Équity Bank / KES' }),
		KEY,
	);
	const other = fingerprintPayout(
		rowPayout(kenyan, { recipient_bank_name: 'ÉQUITY BANK, KES' }),
		KEY,
	);
	expect(one).toEqual(other);
});

test.each<[string, Record<string, unknown>, isSameAccount: boolean]>([
	['reference', { reference: 'inv-1' }, true],
	['recipient', { recipient_last_name: 'Jonson' }, true],
	['amount', { amount: '10.01' }, true],
	['currency', { currency: 'EUR' }, true],
	['account', { iban: 'BE71096123456769' }, false],
])('another %s gives another payout', (_name, changed, isSameAccount) => {
	const other = fingerprintPayout(rowPayout(BELGIAN_ROW, changed), KEY);
	expect(other.payout_fingerprint).not.toBe(belgian.payout_fingerprint);
	expect(other.account_fingerprint === belgian.account_fingerprint).toBe(isSameAccount);
});

test('another bank is another account', () => {
	const one = rowPayout(corridorRow('GBR-GBP'));
	const other = rowPayout(corridorRow('GBR-GBP'), { sort_code: '12-34-57' });
	expect(fingerprintPayout(one, KEY).account_fingerprint).not.toBe(
		fingerprintPayout(other, KEY).account_fingerprint,
	);
});

test('parts cannot be moved from one place to the next', () => {
	const first = { recipient_first_name: 'Ann Bea', recipient_last_name: 'Cole' };
	const moved = { recipient_first_name: 'Ann', recipient_last_name: 'Bea Cole' };
	const as = (changed: object) => fingerprintPayout(rowPayout(BELGIAN_ROW, { ...changed }), KEY);
	// That is one name.
	expect(as(first)).toEqual(as(moved));
	const keys = [
		as({ reference: 'A","B' }),
		as({ reference: 'A', recipient_first_name: 'B","John' }),
		as({ reference: 'A' }),
	].map(({ payout_fingerprint }) => payout_fingerprint);
	expect(new Set(keys).size).toBe(3);
});

describe('a card number', () => {
	const visa = (card_number: string, key: string) =>
		fingerprintPayout(rowPayout(CARD_ROW, { card_number }), key);

	test('counts by its last four digits without a key, so that it cannot be found by trying', () => {
		// Both end with 4242.
		const one = visa('4242424242424242', '');
		const other = visa('5555555555594242', '');
		expect(one).toEqual(other);
		expect(visa('4000056655665556', '')).not.toEqual(one);
	});

	test('counts whole with a key', () => {
		expect(visa('4242424242424242', KEY)).not.toEqual(visa('5555555555594242', KEY));
		expect(visa('4242 4242 4242 4242', KEY)).toEqual(visa('4242424242424242', KEY));
	});

	test('that is a hash counts as it is written', () => {
		const hashed = { card_number: undefined, card_number_hash: 'aB+/=' };
		const one = fingerprintPayout(rowPayout(CARD_ROW, hashed), '');
		const other = rowPayout(CARD_ROW, { ...hashed, card_number_hash: 'Ab+/=' });
		expect(fingerprintPayout(other, '')).not.toEqual(one);
	});
});

test('there are none where the session holds the data, or the account is of a way that is not known', () => {
	const nothing = { reference: 'INV-1', body: {}, amount: 0, currency: '' };
	const none = { payout_fingerprint: null, account_fingerprint: null };
	expect(fingerprintPayout(nothing, KEY)).toEqual(none);
	const wallet = { type: 'wallet', wallet: { type: 'new', new: { id: 'x' } } };
	const body = { ...rowPayout(BELGIAN_ROW).body, payment_method: wallet };
	expect(fingerprintPayout(jsonPayout(body), KEY)).toEqual(none);
	const withoutAmount = { ...rowPayout(BELGIAN_ROW), amount: 0 };
	expect(fingerprintPayout(withoutAmount, KEY)).toEqual({ ...belgian, payout_fingerprint: null });
	expect(GOOD_VALUES.iban).toBe('BE68539007547034');
});
