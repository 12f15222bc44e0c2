import fc from 'fast-check';
import { checkAbaRoutingNumber, checkSortCode } from '../../nodes/payout/formats/bankCodes';

describe('sort code', () => {
	test.each(['', '12345', '1234567', '12-34-5', '1-23-456', '12.34.56', 'AB-CD-EF', '12--34-56'])(
		'refuses %p',
		(typed) => {
			expect(checkSortCode(typed)).toEqual({ problem: expect.stringContaining('six digits') });
		},
	);

	test('writes any six digits the way the API takes them', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\d{6}$/), (digits) => {
				const written = digits.replace(/(\d\d)(\d\d)(\d\d)/, '$1-$2-$3');
				expect(checkSortCode(digits)).toEqual({ value: written });
				expect(checkSortCode(written)).toEqual({ value: written });
				expect(checkSortCode(written.replaceAll('-', ' '))).toEqual({ value: written });
			}),
		);
	});
});

describe('ABA routing number', () => {
	test.each(['021000021', '011401533', '121000358', '026009593', '322271627'])(
		'accepts %s',
		(number) => {
			expect(checkAbaRoutingNumber(number)).toEqual({ value: number });
		},
	);

	test.each(['', '21000021', '0210000210', '02100002A', '021-000-021', '021 000 021'])(
		'refuses %p, which has not nine digits, and mentions lost zeros',
		(typed) => {
			expect(checkAbaRoutingNumber(typed)).toEqual({
				problem: expect.stringMatching(/nine digits.*first digit is 0/),
			});
		},
	);

	test('refuses nine zeros', () => {
		expect(checkAbaRoutingNumber('000000000')).toEqual({
			problem: expect.stringContaining('check digit'),
		});
	});

	const eightDigits = fc.stringMatching(/^\d{8}$/).filter((digits) => /[1-9]/.test(digits));

	test('accepts exactly one check digit', () => {
		fc.assert(
			fc.property(eightDigits, (eight) => {
				const accepted = [...'0123456789'].filter(
					(last) => 'value' in checkAbaRoutingNumber(eight + last),
				);
				const sum = [...eight].reduce(
					(total, digit, at) => total + Number(digit) * Number('37137137'[at]),
					0,
				);
				expect(accepted).toEqual([String((10 - (sum % 10)) % 10)]);
			}),
		);
	});
});
