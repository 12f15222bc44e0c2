import fc from 'fast-check';
import { showValue } from '../../nodes/payout/text/shownValue';
import { BELGIAN_ROW, problemsOf } from '../support/payoutRows.mts';

test.each<[string | number, string]>([
	['GB29', 'GB29'],
	['x'.repeat(60), 'x'.repeat(60)],
	['x'.repeat(61), `${'x'.repeat(60)}…`],
	[`${'x'.repeat(50)} 4242 4242 4242`, `${'x'.repeat(50)}…`],
	[`${'x'.repeat(59)}😀😀`, `${'x'.repeat(59)}…`],
	['4242424242424242', '****4242'],
	['4242 4242-4242 4242', '****4242'],
	['4242424242424241', '4242424242424241'],
	[0.5, '0.5'],
	[4242424242424242, '****4242'],
])('%p is shown as %p', (text, shown) => {
	expect(showValue(text)).toBe(shown);
});

test('no value makes a message longer than its first 60 characters', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
			const shown = showValue(text);
			expect(shown.length).toBeLessThanOrEqual(61);
			if (!shown.startsWith('****')) expect(text.startsWith(shown.replace(/…$/, ''))).toBe(true);
		}),
	);
});

test('a number is shown whole or not at all, since a part of it would not be recognised', () => {
	for (let before = 0; before <= 64; before++) {
		const text = `${'x'.repeat(before)} 4242 4242 4242 4241 ${'x'.repeat(before)}`;
		const shown = showValue(text, 64);
		expect(/\d/.test(shown)).toBe(shown.includes('4242 4242 4242 4241'));
	}
});

test.each(['iban', 'recipient_first_name', 'amount', 'currency', 'recipient_country_iso3'])(
	'a card number in the column %s is not repeated',
	(column) => {
		for (const { message } of problemsOf(BELGIAN_ROW, { [column]: '4242424242424242' })) {
			expect(message).not.toContain('424242');
		}
	},
);

test.each(['iban', 'amount', 'currency', 'recipient_country_iso3'])(
	'no part of a card number in the column %s is repeated, wherever the text is cut',
	(column) => {
		for (let before = 0; before < 150; before++) {
			const text = `${'x'.repeat(before)}"5510100000060004`;
			for (const { message } of problemsOf(BELGIAN_ROW, { [column]: text })) {
				expect(message).not.toMatch(/\d{9}/);
			}
		}
	},
);
