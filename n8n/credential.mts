import { CREDENTIAL_TYPE } from './packageNames.mts';
import type { N8nClient } from './restClient.mts';

/** The partner project that the sandbox knows in a demo or a test. */
export const PROJECT = 'demo-project';

/** The name of the credential that points at the sandbox. */
export const CREDENTIAL_NAME = 'Smart Glocal sandbox';

/** A credential that n8n has stored, as the nodes of a workflow refer to it. */
export interface StoredCredential {
	id: string;
	name: string;
}

/** The fields of a credential, by the names that the package declares. */
export type CredentialFields = Record<string, unknown>;

/** The company that pays in demos and tests. */
const SENDER = {
	company_name: 'Example Trading Ltd',
	registration_number: '09876543',
	country_iso3: 'GBR',
	code: '09876543',
	address_line: '1 Example Street',
	city: 'London',
};

/** The fields of a credential that points at a sandbox, as a person fills them in. */
export function credentialFields(baseUrl: string, privateKey: string): CredentialFields {
	return {
		environment: 'custom',
		baseUrl,
		partnerProject: PROJECT,
		privateKey,
		passphrase: '',
		submerchant: '',
		webhookPublicKey: '',
		sender: { company: SENDER },
	};
}

/** Stores a Smart Glocal credential in n8n. */
export async function storeCredential(
	client: N8nClient,
	fields: CredentialFields,
	name = CREDENTIAL_NAME,
): Promise<StoredCredential> {
	const { id } = await client.createCredential(name, CREDENTIAL_TYPE, fields);
	return { id, name };
}
