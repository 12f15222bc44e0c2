import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../sandbox/server.mts';
import type { Sandbox, SandboxOptions } from '../../sandbox/server.mts';
import { rsaKeys } from './rsaKeys.mts';

/** A sandbox with one project, and the credential that belongs to it. */
export interface Account {
	sandbox: Sandbox;
	credentials: ICredentialDataDecryptedObject;
	publicKey: string;
}

const keys = rsaKeys();

/** Opens an account at a new sandbox. */
export async function openAccount(options: SandboxOptions = {}): Promise<Account> {
	const sandbox = await startSandbox({
		projects: [{ id: 'test-project', publicKey: keys.publicKey }],
		...options,
	});
	return {
		sandbox,
		publicKey: keys.publicKey,
		credentials: credentialsFor(sandbox.url),
	};
}

/** The credential for a server, with a key of the tests. */
export function credentialsFor(baseUrl: string): ICredentialDataDecryptedObject {
	return {
		environment: 'custom',
		baseUrl,
		partnerProject: 'test-project',
		privateKey: keys.privateKey,
		passphrase: '',
		submerchant: '',
		webhookPublicKey: '',
	};
}

export const SENDER: IDataObject = {
	company_name: 'Example Trading Ltd',
	registration_number: '1234567890',
	country_iso3: 'USA',
	code: '1234567890',
};

/** Rows to Turkey that can be paid, one for each reference. */
export function turkishRows(...references: string[]): IDataObject[] {
	return references.map((reference) => ({
		reference,
		amount: '100.50',
		iban: 'TR33 0006 1005 1978 6457 8413 26',
		description: 'Salary',
		recipient_first_name: 'Ayşe',
		recipient_last_name: 'Yılmaz',
		recipient_bank_name: 'All Banks Turkey / TRY',
	}));
}

/** Parameters for rows that are mapped automatically. */
export function automatic(destination: string, options: IDataObject = {}): IDataObject {
	return {
		specify: 'fields',
		destination,
		currency: 'USD',
		amountUnit: 'major',
		payout: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
		sender: SENDER,
		additionalFields: {},
		options,
	};
}
