/** The partner project that the sandbox knows in a demo or a test. */
export const PROJECT = 'demo-project';

/** The type of the credential that the package brings. */
export const CREDENTIAL_TYPE = 'smartGlocalApi';

/** The fields of a credential that points at a sandbox, as a person fills them in. */
export function credentialData(baseUrl: string, privateKey: string): Record<string, string> {
	return {
		environment: 'custom',
		baseUrl,
		partnerProject: PROJECT,
		privateKey,
		passphrase: '',
		submerchant: '',
		webhookPublicKey: '',
	};
}
