/** The name under which n8n knows the credential; saved in users' workflows. */
export const CREDENTIAL_TYPE = 'smartGlocalApi';
