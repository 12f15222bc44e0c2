import type { IDataObject } from 'n8n-workflow';
import { automatic, SENDER, turkishRows } from '../support/account.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
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
			'Sender Company Name, Sender Registration Number, Sender Country, Sender Code are missing. The sender is taken as a whole from the credential: add what is missing there',
		);
		expect(sentSenders()).toEqual([]);
	});

	test('may not be filled in by a part and completed by columns', async () => {
		const blank = { company_name: '', registration_number: '', country_iso3: '', code: ' ' };
		const sender = { ...blank, company_name: SENDER.company_name, country_iso3: 'USA' };
		const { sender_registration_number, sender_code } = fromColumns;
		const rows = turkishRows('INV-1').map((row) => ({
			...row,
			sender_registration_number,
			sender_code,
		}));
		const { error } = await account.pay(rows, { ...untouched(), sender });
		expect(error?.message).toContain('are missing. The sender is taken as a whole from the row');
		expect(sentSenders()).toEqual([]);
	});
});

describe('the sender of the credential', () => {
	const company = {
		company_name: 'Credential SA',
		registration_number: '77',
		country_iso3: 'FRA',
		code: '78',
		city: 'Lyon',
	};
	const credentials = () => ({ ...account.credentials, sender: { company } });
	const BLANK = { company_name: '', registration_number: '', country_iso3: '', code: '' };

	test.each([
		['Init Payout', { sender: BLANK }],
		['Start in Session', { operation: 'start', sessionId: 'ps_1', sender: {} }],
		['Create', { resource: 'session', operation: 'create', sender: {} }],
	])('pays where neither the node nor the row names one: %s', async (_name, parameters) => {
		const rows = turkishRows('INV-1');
		const options = { credentials: credentials() };
		await account.pay(rows, { ...untouched(), ...parameters }, options);
		expect(sentSenders()).toEqual([company]);
	});

	test('is left out as a whole where the node or the row names one', async () => {
		const options = { credentials: credentials() };
		await account.pay(turkishRows('INV-1'), automatic('TUR-TRY'), options);
		const rows = turkishRows('INV-2').map((row) => ({ ...row, ...fromColumns }));
		await account.pay(rows, untouched(), options);
		expect(sentSenders()).toEqual([SENDER, SENDER]);
	});

	test('is not added to a JSON body, which names its own', async () => {
		const body = { ...belgianPayout(), participant_details: { recipient: { first_name: 'Ann' } } };
		const parameters = { specify: 'json', reference: 'INV-1', body };
		await account.pay([{}], parameters, { credentials: credentials() });
		expect(sentSenders()).toEqual([undefined]);
	});

	test('is shown by a dry run, for which the private key is not needed', async () => {
		const parameters = { ...untouched(), options: { dryRun: true, simplify: false } };
		const { success } = await account.pay(turkishRows('INV-1'), parameters, {
			credentials: { ...credentials(), privateKey: '' },
		});
		expect(success[0]?.json.body).toMatchObject({ participant_details: { sender: company } });
		expect(account.sandbox.requests()).toEqual([]);
	});

	test('is refused with one sentence when it lacks something', async () => {
		const sender = { company: { ...company, code: '' } };
		for (const dryRun of [true, false]) {
			const { error } = await account.pay(
				turkishRows('INV-1'),
				{ ...untouched(), options: { dryRun } },
				{ credentials: { ...account.credentials, sender } },
			);
			expect(error?.message).toBe(
				"Sender Code is missing. The sender is taken as a whole from the credential: add what is missing there, or name the whole company in another place, which can be the row, 'Sender' or the credential. [Item 0]",
			);
		}
		expect(account.sandbox.requests()).toEqual([]);
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
