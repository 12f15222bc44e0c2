import type { CorridorId } from '../../nodes/payout/destinations/corridors';
import { PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import {
	buildRow,
	corridorRow,
	OTHER_ROW,
	payoutOf,
	problemsOf,
	sentFor,
	wrongFieldsOf,
} from '../support/payoutRows.mts';

test.each<[CorridorId, FieldId, written: string | number, sent: string]>([
	['AUS-AUD', 'bsb_number', 162000, '162000'],
	['BRA-BRL', 'recipient_id_number', 12345678909, '12345678909'],
	['BRA-BRL', 'recipient_id_number', 52998224725, '52998224725'],
	['GBR-GBP', 'sort_code', 123456, '12-34-56'],
	['USA-USD', 'routing_code', 121000358, '121000358'],
	['AUS-AUD', 'bsb_number', '06-2-000', '06-2-000'],
	['AUS-AUD', 'bsb_number', '062-000', '062-000'],
	['AUS-AUD', 'bsb_number', '062000', '062000'],
	['AUS-AUD', 'bsb_number', '＂０６２０００＂', '062000'],
	['CAN-CAD', 'routing_code', '000312345', '000312345'],
	['CAN-CAD', 'routing_code', "'000312345", '000312345'],
	['BRA-BRL', 'recipient_id_number', '123.456.789-09', '12345678909'],
	['BRA-BRL', 'recipient_id_number', '00000000191', '00000000191'],
	['BRA-BRL', 'recipient_id_number', '123 456 789 09', '12345678909'],
	['BRA-BRL', 'account_type', 'deposit', 'DEPOSIT'],
	['BRA-BRL', 'account_type', 'OTHERS', 'OTHERS'],
	['USA-USD', 'account_type', 'CHECKING', 'CHECKING'],
	['USA-USD', 'account_type', 'SAVINGS', 'SAVINGS'],
	['USA-USD', 'account_type', 'savings', 'SAVINGS'],
])('%s accepts %s written as %p and sends %p', (id, field, written, sent) => {
	expect(sentFor(payoutOf(corridorRow(id), { [field]: written }).body, field)).toBe(sent);
});

test.each<[CorridorId, FieldId, written: unknown, phrase: string]>([
	['AUS-AUD', 'bsb_number', '62000', 'six digits'],
	['AUS-AUD', 'bsb_number', '0620000', 'six digits'],
	['AUS-AUD', 'bsb_number', '06-20-00', 'six digits'],
	['AUS-AUD', 'bsb_number', 'O62000', 'six digits'],
	['AUS-AUD', 'bsb_number', 62000, 'column as text'],
	['AUS-AUD', 'bsb_number', 1062000, 'column as text'],
	['AUS-AUD', 'bsb_number', -62000, 'column as text'],
	['AUS-AUD', 'bsb_number', 62000.5, 'column as text'],
	['USA-USD', 'routing_code', 21000021, 'column as text'],
	['USA-USD', 'routing_code', 121000357, 'check digit'],
	['USA-USD', 'routing_code', 1210003580, 'column as text'],
	['CAN-CAD', 'routing_code', 312345678, 'column as text'],
	['GBR-GBP', 'sort_code', 3456, 'column as text'],
	['GBR-GBP', 'sort_code', 12345.6, 'column as text'],
	['CAN-CAD', 'routing_code', '100312345', 'nine digits: a 0, three for the institution'],
	['CAN-CAD', 'routing_code', '00312345', 'Format the column as text'],
	['CAN-CAD', 'routing_code', '0003-12345', 'nine digits'],
	['CAN-CAD', 'routing_code', '12345-003', 'Write nine digits without a dash: 000312345.'],
	['CAN-CAD', 'routing_code', '00420 016', 'Write nine digits without a dash: 001600420.'],
	['CAN-CAD', 'routing_code', '12345–004', 'Write nine digits without a dash: 000412345.'],
	['CAN-CAD', 'routing_code', 312345, 'column as text'],
	['BRA-BRL', 'recipient_id_number', '1234567890', 'eleven digits'],
	['BRA-BRL', 'recipient_id_number', '12.345.678/0001-95', 'eleven digits'],
	['BRA-BRL', 'recipient_id_number', 1234567890, 'column as text'],
	['BRA-BRL', 'recipient_id_number', 123456789091, 'column as text'],
	['BRA-BRL', 'account_type', 'CURRENT', 'CHECKING or SAVINGS or DEPOSIT or OTHERS'],
	['USA-USD', 'account_type', 'OTHERS', 'CHECKING or SAVINGS'],
	['USA-USD', 'account_type', 'DEPOSIT', 'CHECKING or SAVINGS'],
	['USA-USD', 'routing_code', '000312346', 'check digit'],
])('%s refuses %s written as %p', (id, field, written, phrase) => {
	expect(problemsOf(corridorRow(id), { [field]: written })).toEqual([
		{ field, message: expect.stringContaining(phrase) },
	]);
});

test('does not apply the checks of one destination to another', () => {
	const elsewhere = { routing_code: '100312345', recipient_id_number: 'AB-1', account_type: 'X' };
	const { body } = payoutOf(OTHER_ROW, elsewhere);
	for (const [id, value] of Object.entries(elsewhere))
		expect(sentFor(body, id as FieldId)).toBe(value);
});

test('checks routing codes with the checksum of the ABA in the USA only', () => {
	const routing_code = '021000022';
	expect(wrongFieldsOf(corridorRow('USA-USD'), { routing_code })).toEqual(['routing_code']);
	expect(buildRow(OTHER_ROW, { routing_code })).not.toHaveProperty('problems');
});

test.each<[CorridorId, FieldId, limit: number]>([
	['BEL-EUR', 'sender_company_name', 100],
	['AUS-AUD', 'recipient_first_name', 64],
	['AUS-AUD', 'recipient_last_name', 80],
	['AUS-AUD', 'recipient_address_line', 256],
	['AUS-AUD', 'recipient_city', 64],
	['AUS-AUD', 'recipient_postal_code', 64],
	['AUS-AUD', 'recipient_state', 64],
	['AUS-AUD', 'sender_address_line', 256],
	['CHN-CNY', 'recipient_address_line', 256],
	['IDN-IDR', 'sender_address_line', 256],
	['THA-THB', 'sender_address_line', 256],
	['USA-USD', 'sender_company_name', 100],
	['USA-USD', 'recipient_address_line', 256],
	['USA-USD', 'sender_address_line', 256],
	['USA-USD', 'sender_registration_number', 64],
])('%s accepts %s of up to %i characters', (id, field, limit) => {
	const row = corridorRow(id);
	const isIdentifier = /postal_code|registration_number/.test(field);
	for (const letter of isIdentifier ? ['x'] : ['x', 'ž', '𐐀']) {
		const longest = letter.repeat(limit);
		expect(sentFor(payoutOf(row, { [field]: longest }).body, field)).toBe(longest);
		expect(problemsOf(row, { [field]: letter.repeat(limit + 1) })).toEqual([
			{
				field,
				message: `${PAYOUT_FIELDS[field].label} has ${limit + 1} characters, but Smart Glocal accepts at most ${limit}. Shorten it.`,
			},
		]);
	}
});
