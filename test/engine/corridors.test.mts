import type { IDataObject } from 'n8n-workflow';
import { templates } from '../../docs/corridorPages.mts';
import type { Corridor } from '../../nodes/payout/destinations/corridors';
import { CORRIDORS } from '../../nodes/payout/destinations/corridors';
import { sampleRow } from '../support/sampleRows.mts';
import { automatic } from '../support/account.mts';
import { GOOD_VALUES } from '../support/payoutRows.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

const corridors = Object.entries<Corridor>(CORRIDORS);

/** A row as the corridor's template gives it, filled with the sandbox's sample data. */
function templateRow(id: string): IDataObject {
	const columns = templates().get(`${id}.csv`)?.trim().split(',') ?? [];
	return {
		...sampleRow(id.slice(0, 3), columns),
		reference: `ref-${id}`,
		destination: id,
	};
}

async function pay(items: IDataObject[], destination = 'ROW', options: IDataObject = {}) {
	return await account.pay(
		items,
		{ ...automatic(destination, options), sender: {} },
		{ onError: 'continueErrorOutput' },
	);
}

test('pays the filled template of every corridor without any mapping', async () => {
	const { success, errors } = await pay(corridors.map(([id]) => templateRow(id)));

	expect(errors.map(({ json }) => [json.reference, json.error])).toEqual([]);
	expect(success).toHaveLength(corridors.length);
	for (const [id] of corridors) expect(account.sandbox.books.paidTimes(`ref-${id}`)).toBe(1);
});

test('pays destinations in words, and shows in a dry run what they mean', async () => {
	const rows = ['Belgium', 'DE', 'Germany EUR', 'deu-eur'].map((destination, index) => ({
		...templateRow('BEL-EUR'),
		reference: `ref-${index}`,
		amount: `${index + 1}.00`,
		destination,
		recipient_currency: 'EUR',
	}));
	const { success: shown } = await pay(rows, 'ROW', { dryRun: true });
	const codes = ['BEL-EUR', 'DEU-EUR', 'DEU-EUR', 'DEU-EUR'];
	expect(shown.map(({ json }) => json.destination)).toEqual(codes);

	const { success, errors } = await pay(rows);
	expect(errors.map(({ json }) => json.error)).toEqual([]);
	expect(success).toHaveLength(rows.length);
});

test.each(corridors)('%s: pays with the names of API v2', async (id) => {
	const { success, errors } = await pay([templateRow(id)], id, { apiVersion: 'v2' });

	expect(errors.map(({ json }) => json.error)).toEqual([]);
	expect(success[0]?.json).toMatchObject({
		outcome: 'submitted',
		session_status: 'in_progress',
		payout_id: expect.stringMatching(/^po_/) as string,
	});
	const [request] = account.sandbox.requests();
	expect(request?.path).toBe('/api/v2/session/init/payout');
	const body = JSON.parse(request?.rawBody ?? '') as IDataObject;
	expect(body.payout_details).toBeDefined();
	expect(body.payment_method).toBeUndefined();
});

test('refuses a row that lacks a required field, or names no account or two, and sends nothing', async () => {
	const row = templateRow('GBR-GBP');
	const { iban, swift_bic_code } = GOOD_VALUES;
	const { success, errors } = await pay([
		{ ...row, reference: '1', recipient_city: '' },
		{ ...row, reference: '2', sort_code: '', account_number: '' },
		{ ...row, reference: '3', sort_code: '12-34-56', account_number: '1', iban, swift_bic_code },
	]);
	expect(success).toEqual([]);
	const problems = errors.map(({ json }) => json.error as IDataObject);
	expect(problems.map(({ fields }) => fields)).toEqual([
		['recipient_city'],
		['sort_code'],
		['sort_code'],
	]);
	expect(problems.map(({ message }) => message)).toEqual([
		expect.stringContaining("Fill in the column 'recipient_city'."),
		expect.stringContaining('incomplete. Fill in exactly one of:'),
		expect.stringContaining('twice. Fill in exactly one of:'),
	]);
	expect(account.sandbox.counters().received).toBe(0);
});

test('asks for more fields where the sender or the currency asks for them', async () => {
	const american = { ...templateRow('USA-USD'), sender_country_iso3: 'CAN' };
	const chinese = { ...templateRow('CHN-CNY'), recipient_swift_bic_code: '' };
	const russian = { ...templateRow('RUS-RUB'), currency: 'USD' };
	const { errors } = await pay([american, chinese, russian]);

	expect(errors.map(({ json }) => (json.error as IDataObject).fields)).toEqual([
		['sender_postal_code', 'sender_state'],
		['recipient_swift_bic_code'],
		['currency'],
	]);
});

test('refuses an account that has no place in the destination', async () => {
	const { errors } = await pay([
		{ ...templateRow('USA-USD'), iban: 'GB29NWBK60161331926819' },
		{ ...templateRow('TUR-TRY'), card_number: '4242424242424242' },
	]);
	expect(errors[0]?.json.error).toHaveProperty(
		'message',
		expect.stringContaining('IBAN cannot be used for this destination'),
	);
	expect(errors[1]?.json.error).toHaveProperty(
		'message',
		expect.stringContaining('Card Number cannot be used'),
	);
});

describe('cards', () => {
	const cardRow = { reference: 'card-1', amount: '10', recipient_full_name: 'Alex Sample' };

	test('pays a plain number and a hash', async () => {
		const { success } = await pay(
			[
				{ ...cardRow, 'Card Number': '4242 4242 4242 4242' },
				{ ...cardRow, reference: 'card-2', card_number_hash: 'abc' },
			],
			'CARD',
		);
		expect(success).toHaveLength(2);
		const methods = account.sandbox
			.requests()
			.map(({ rawBody }) => (JSON.parse(rawBody) as IDataObject).payment_method);
		expect(methods).toEqual(
			expect.arrayContaining([
				{ type: 'card', card: { type: 'bank_card', bank_card: { number: '4242424242424242' } } },
				{ type: 'card', card: { type: 'encrypted_card', encrypted_card: { number_hash: 'abc' } } },
			]),
		);
	});
});
