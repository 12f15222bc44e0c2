import { automatic, SENDER, turkishRows } from '../support/account.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

test('pays each row once and links each item to its row', async () => {
	const { sandbox } = account;
	const { success, error } = await account.pay(turkishRows('INV-1', 'INV-2'), automatic('TUR-TRY'));

	expect(error).toBeUndefined();
	expect(success.map(({ json, pairedItem }) => [json.reference, pairedItem])).toEqual([
		['INV-1', { item: 0 }],
		['INV-2', { item: 1 }],
	]);
	expect(success[0]?.json).toEqual({
		outcome: 'submitted',
		reference: 'INV-1',
		session_id: expect.stringMatching(/^ps_/) as string,
		session_status: 'in_progress',
		payout_id: expect.stringMatching(/^po_/) as string,
		payout_status: 'in_progress',
		next_action: null,
		amount: 100.5,
		amount_minor: 10050,
		currency: 'USD',
	});
	expect(sandbox.books.paidTimes('INV-1')).toBe(1);
	expect(sandbox.books.paidAmount('INV-2')).toBe(10050);
});

test('sends what the API reference asks for, and the reference as key and as metadata', async () => {
	const { sandbox } = account;
	await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'));

	const [request] = sandbox.requests();
	expect(request?.path).toBe('/api/v1/session/init/payout');
	expect(request?.headers['x-partner-idempotency-key']).toBe('INV-1');
	expect(request?.headers['x-partner-project']).toBe('test-project');
	expect(request?.headers['x-partner-submerchant']).toBeUndefined();
	expect(JSON.parse(request?.rawBody ?? '')).toEqual({
		payment_method: {
			type: 'bank_account',
			bank_account: {
				system_type: 'global',
				global: { iban: 'TR330006100519786457841326', description: 'Salary' },
			},
		},
		amount_details: { amount: 10050, currency: 'usd' },
		participant_details: {
			recipient: {
				first_name: 'Ayşe',
				last_name: 'Yılmaz',
				bank_name: 'All Banks Turkey / TRY',
				country_iso3: 'TUR',
				currency: 'try',
			},
			sender: SENDER,
		},
		metadata: 'INV-1',
	});
});

test('lets each row say where it goes, in which currency, and who sends it', async () => {
	const { sandbox } = account;
	const items = [
		{ ...turkishRows('TR-1')[0], Destination: 'tur-try', Currency: 'eur' },
		{
			...turkishRows('BE-1')[0],
			recipient_country_iso3: 'BEL',
			recipient_currency: 'EUR',
			IBAN: 'BE68 5390 0754 7034',
			iban: undefined,
			'Sender Company Name': 'Another Sender SA',
			'Sender Registration Number': '0403170701',
			'Sender Country ISO3': 'BEL',
			'Sender Code': '0403170701',
		},
	];
	const { success, error } = await account.pay(items, automatic('ROW'));

	expect(error).toBeUndefined();
	expect(success).toHaveLength(2);
	const bodies = sandbox.requests().map(({ rawBody }) => JSON.parse(rawBody));
	const byReference = Object.fromEntries(bodies.map((body) => [body.metadata, body]));
	expect(byReference['TR-1'].amount_details.currency).toBe('eur');
	expect(byReference['BE-1'].participant_details.sender).toEqual({
		company_name: 'Another Sender SA',
		registration_number: '0403170701',
		country_iso3: 'BEL',
		code: '0403170701',
	});
	expect(byReference['BE-1'].payment_method.bank_account.global.iban).toBe('BE68539007547034');
});

test('sends nothing at all when one row is wrong, and names every wrong row and field', async () => {
	const { sandbox } = account;
	const items = turkishRows('INV-1', 'INV-2', 'INV-3');
	Object.assign(items[1] ?? {}, { amount: '1,000.50' });
	Object.assign(items[2] ?? {}, { iban: 'TR33 0006 1005 1978 6457 8413 27', description: '' });
	const { success, error } = await account.pay(items, automatic('TUR-TRY'));

	expect(success).toEqual([]);
	expect(error?.message).toBe('2 of 3 rows need correcting; nothing was sent');
	expect(error?.description).toContain("Row 2 ('INV-2'): The amount '1,000.50'");
	expect(error?.description).toContain("Row 3 ('INV-3'): The IBAN");
	expect(error?.description).toContain('Purpose of Remittance is missing');
	expect(error?.context?.rows).toMatchObject([
		{ row: 2, reference: 'INV-2', outcome: 'not_sent', fields: ['amount'] },
		{ row: 3, reference: 'INV-3', outcome: 'not_sent', fields: ['iban', 'description'] },
	]);
	expect(sandbox.requests()).toEqual([]);
});

test('says what the API says when it refuses, with its code, advice and item', async () => {
	const { sandbox } = account;
	sandbox.setFaults([
		{ fault: { type: 'error', code: 'insufficient_wallet_balance', description: 'Not enough' } },
	]);
	const { error } = await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'));

	expect(error?.message).toBe(
		"Payout 'INV-1' was refused: the prefunded balance is too low [Item 0]",
	);
	expect(error?.description).toContain('Top up the balance');
	expect(error?.description).toContain('insufficient_wallet_balance: "Not enough"');
	expect(error?.context?.details).toMatchObject({
		outcome: 'rejected',
		code: 'insufficient_wallet_balance',
		reference: 'INV-1',
	});
});

test('sends a payout once when the answer is 401, which n8n would sign and send again', async () => {
	const { sandbox } = account;
	sandbox.setFaults([{ fault: 'status_401' }]);
	const { error } = await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'));

	expect(error?.context?.details).toMatchObject({ outcome: 'rejected' });
	expect(sandbox.counters().received).toBe(1);
});

test('sends nothing with a key that cannot sign, and never shows the key', async () => {
	const { sandbox } = account;
	const { error, run } = await account.pay(turkishRows('INV-1', 'INV-2'), automatic('TUR-TRY'), {
		credentials: { ...account.credentials, privateKey: account.publicKey },
	});

	expect(error?.message).toContain('A public key was pasted');
	expect(JSON.stringify(run.data)).not.toContain(account.publicKey.slice(40, 80));
	expect(sandbox.requests()).toEqual([]);
});
