import type { CorridorId } from '../../nodes/SmartGlocal/payout/corridors';
import { CORRIDOR_IDS } from '../../nodes/SmartGlocal/payout/corridors';
import { type FieldId, PAYOUT_FIELDS } from '../../nodes/SmartGlocal/payout/fields';
import { corridorRow, OTHER_ROW, payoutOf, problemsOf, wrongFieldsOf } from './payoutRows.mts';

function at(body: unknown, id: FieldId): unknown {
	const segments = PAYOUT_FIELDS[id].path.split('.');
	return segments.reduce<unknown>((place, key) => (place as never)?.[key], body);
}

test.each<[CorridorId, FieldId, cell: string, sent: string]>([
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
])('%s takes %s written as %p and sends %p', (id, field, cell, sent) => {
	expect(at(payoutOf(corridorRow(id), { [field]: cell }).body, field)).toBe(sent);
});

test.each<[CorridorId, FieldId, cell: unknown, phrase: string]>([
	['AUS-AUD', 'bsb_number', '62000', 'six digits'],
	['AUS-AUD', 'bsb_number', '0620000', 'six digits'],
	['AUS-AUD', 'bsb_number', '06-20-00', 'six digits'],
	['AUS-AUD', 'bsb_number', 'O62000', 'six digits'],
	['AUS-AUD', 'bsb_number', 62000, 'column as text'],
	['CAN-CAD', 'routing_code', '100312345', 'nine digits: a 0, three for the institution'],
	['CAN-CAD', 'routing_code', '00312345', 'format the column as text'],
	['CAN-CAD', 'routing_code', '0003-12345', 'nine digits'],
	['CAN-CAD', 'routing_code', 312345, 'column as text'],
	['BRA-BRL', 'recipient_id_number', '1234567890', 'eleven digits'],
	['BRA-BRL', 'recipient_id_number', '12.345.678/0001-95', 'eleven digits'],
	['BRA-BRL', 'recipient_id_number', 12345678909, 'column as text'],
	['BRA-BRL', 'account_type', 'CURRENT', 'CHECKING or SAVINGS or DEPOSIT or OTHERS'],
	['USA-USD', 'account_type', 'OTHERS', 'CHECKING or SAVINGS'],
	['USA-USD', 'routing_code', '000312346', 'check digit'],
])('%s refuses %s written as %p', (id, field, cell, phrase) => {
	expect(problemsOf(corridorRow(id), { [field]: cell })).toEqual([
		{ field, message: expect.stringContaining(phrase) },
	]);
});

test('checks of one destination are not made for another', () => {
	const elsewhere = { routing_code: '100312345', recipient_id_number: 'AB-1', account_type: 'X' };
	const { body } = payoutOf(OTHER_ROW, elsewhere);
	for (const [id, value] of Object.entries(elsewhere)) expect(at(body, id as FieldId)).toBe(value);
});

test.each<[CorridorId, FieldId, most: number]>([
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
])('%s takes %s of up to %i characters', (id, field, most) => {
	const row = corridorRow(id);
	expect(at(payoutOf(row, { [field]: 'ž'.repeat(most) }).body, field)).toBe('ž'.repeat(most));
	expect(problemsOf(row, { [field]: 'ž'.repeat(most + 1) })).toEqual([
		{ field, message: expect.stringContaining(`accepts at most ${most}`) },
	]);
});

describe('fields that depend on others', () => {
	const forDollars = [
		'recipient_address_line',
		'recipient_first_name',
		'recipient_last_name',
		'recipient_swift_bic_code',
	];
	const without = Object.fromEntries(forDollars.map((id) => [id, undefined]));

	test('China asks for them when the payout is ordered in dollars', () => {
		expect(wrongFieldsOf(corridorRow('CHN-CNY'), without)).toEqual(forDollars);
		for (const id of forDollars) {
			expect(wrongFieldsOf(corridorRow('CHN-CNY'), { [id]: '' })).toEqual([id]);
		}
	});

	test.each(['eur', 'CNY'])('China does not ask for them when it is ordered in %s', (currency) => {
		const { body } = payoutOf(corridorRow('CHN-CNY'), { ...without, currency });
		expect(at(body, 'recipient_full_name')).toBe('John Johnson');
	});

	test.each(CORRIDOR_IDS.filter((id) => id !== 'USA-USD'))(
		'%s does not ask a Canadian sender for more',
		(id) => {
			const row = corridorRow(id);
			payoutOf(row, { sender_country_iso3: 'CAN' });
		},
	);

	test('Russian cards are paid in roubles only', () => {
		for (const currency of ['USD', 'eur', 'CNY']) {
			expect(problemsOf(corridorRow('RUS-RUB'), { currency })).toEqual([
				{ field: 'currency', message: expect.stringContaining('must be in RUB') },
			]);
		}
	});
});
