import type { IDataObject } from 'n8n-workflow';
import { automatic, SENDER, turkishRows } from '../support/account.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

/** The parameters of a node in which nobody has touched the sender. */
function untouched(): IDataObject {
	const parameters = automatic('TUR-TRY');
	delete parameters.sender;
	return parameters;
}

const fromColumns = Object.fromEntries(
	Object.entries(SENDER).map(([name, value]) => [`sender_${name}`, value]),
);

/** The senders in the requests that the sandbox received. */
function sentSenders(): unknown[] {
	return account.sandbox.requests().map(({ rawBody }) => {
		const body = JSON.parse(rawBody) as { participant_details: { sender: unknown } };
		return body.participant_details.sender;
	});
}

describe('a sender whose preset fields were left blank', () => {
	test('is the one that the row’s columns name', async () => {
		const rows = turkishRows('INV-1').map((row) => ({ ...row, ...fromColumns }));
		const { error, success } = await account.pay(rows, untouched());
		expect(error).toBeUndefined();
		expect(success[0]?.json.outcome).toBe('submitted');
		expect(sentSenders()).toEqual([SENDER]);
	});

	test('is asked for, all four fields in one sentence, when nothing names it', async () => {
		const { error } = await account.pay(turkishRows('INV-1'), untouched());
		expect(`${error?.message} ${error?.description}`).toContain(
			'These fields are missing: Sender Company Name, Sender Registration Number, Sender Country, Sender Code',
		);
		expect(sentSenders()).toEqual([]);
	});

	test('may be filled in by a part and completed by columns', async () => {
		const blank = { company_name: '', registration_number: '', country_iso3: '', code: ' ' };
		const sender = { ...blank, company_name: SENDER.company_name, country_iso3: 'USA' };
		const { sender_registration_number, sender_code } = fromColumns;
		const rows = turkishRows('INV-1').map((row) => ({
			...row,
			sender_registration_number,
			sender_code,
		}));
		const { error } = await account.pay(rows, { ...untouched(), sender });
		expect(error).toBeUndefined();
		expect(sentSenders()).toEqual([SENDER]);
	});
});

test('looks up the session of the row where nobody has touched the session ID', async () => {
	const { success } = await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'));
	const sessionId = success[0]?.json.session_id;
	const lookup = await account.pay([{ session_id: sessionId }], {
		resource: 'session',
		operation: 'get',
		options: {},
	});
	expect(lookup.error).toBeUndefined();
	expect(lookup.success[0]?.json).toMatchObject({ session_id: sessionId, reference: 'INV-1' });
});
