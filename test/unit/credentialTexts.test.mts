import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { authenticateRequest } from '../../credentials/authenticateRequest';
import { SmartGlocalApi } from '../../credentials/SmartGlocalApi.credentials';
import { rsaKeys } from '../support/rsaKeys.mts';

const PAGE = readFileSync(path.resolve(__dirname, '../../docs/credential.md'), 'utf8');
const [, CODES = ''] = PAGE.split('n8n shows a network error');

/** The first rows of a table, without its head. */
function firstColumns(table: string): string[] {
	const lines = table.split('\n').filter((line) => line.startsWith('|'));
	return lines.slice(2).map((line) => line.split('|')[1]?.trim() ?? '');
}

const rsa = rsaKeys();
const curve = generateKeyPairSync('ec', {
	namedCurve: 'P-256',
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const locked = rsaKeys('right');
const weak = rsaKeys(undefined, 1024);
const pem = (label: string) =>
	`-----BEGIN ${label}-----\n${'A'.repeat(64)}\n-----END ${label}-----`;

const UNUSABLE: ICredentialDataDecryptedObject[] = [
	{ partnerProject: '' },
	{ partnerProject: 'é' },
	{ submerchant: 'é' },
	{ privateKey: '' },
	{ privateKey: 'my key' },
	{ privateKey: pem('PGP MESSAGE') },
	{ privateKey: pem('PRIVATE KEY') },
	...['PUBLIC KEY', 'CERTIFICATE', 'CERTIFICATE REQUEST', 'OPENSSH PRIVATE KEY'].map((label) => ({
		privateKey: pem(label),
	})),
	{ privateKey: rsa.privateKey + rsaKeys().privateKey },
	{ privateKey: weak.privateKey },
	{ privateKey: 'PuTTY-User-Key-File-3: ssh-rsa' },
	{ privateKey: '{"kty":"RSA"}' },
	{ privateKey: '<RSAKeyValue>' },
	{ privateKey: 'ssh-rsa AAAAB3Nza' },
	{ privateKey: 'C:\\private.pem' },
	{ privateKey: 'MIIKPQIBAzCCCfMGCSqGSIb3DQEHAaCC' },
	{ webhookPublicKey: rsa.publicKey },
	{ webhookPublicKey: 'my key' },
	{ privateKey: curve.privateKey },
	{ privateKey: locked.privateKey },
	{ privateKey: locked.privateKey, passphrase: 'wrong' },
	{ environment: 'test' },
	{ environment: 'custom', baseUrl: '' },
	{ environment: 'custom', baseUrl: 'smart glocal' },
	{ environment: 'custom', baseUrl: 'https://me:secret@example.com' },
	{ environment: 'custom', baseUrl: 'http://example.com' },
];

/** What n8n shows behind "More details" for a credential that cannot be used. */
async function refusalOf(changed: ICredentialDataDecryptedObject): Promise<string> {
	const usable = { environment: 'demo', partnerProject: 'p', privateKey: rsa.privateKey };
	const { request } = new SmartGlocalApi().test;
	try {
		await authenticateRequest({ ...usable, ...changed }, request as IHttpRequestOptions);
	} catch (failure) {
		return (failure as Error).message;
	}
	throw new Error(`The credential can be used: ${JSON.stringify(Object.keys(changed))}`);
}

/** Every text of ours that can be behind "More details". */
async function allTexts(): Promise<string[]> {
	const rules = new SmartGlocalApi().test.rules ?? [];
	const refused = rules.map(({ properties }) => properties.message);
	return [...refused, ...(await Promise.all(UNUSABLE.map(refusalOf)))];
}

test('each text behind "More details" says what happened, and then what to do', async () => {
	for (const text of await allTexts()) {
		expect(text).toMatch(
			/[.)] (?:Ask|Check|Choose|Copy|Convert|Create|Enter|Export|Keep|Open|Paste|Remove|Type|Write|The passphrase|A project)/,
		);
	}
});

test.each(
	`ECONNREFUSED ENOTFOUND EAI_AGAIN EPROTO ECONNRESET ETIMEDOUT ECONNABORTED EHOSTUNREACH ENETUNREACH
	DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_HAS_EXPIRED ERR_TLS_CERT_ALTNAME_INVALID HPE_INVALID_`.split(
		/\s+/,
	),
)('docs/credential.md describes the code %s, which n8n shows as it is', (code) => {
	expect(firstColumns(CODES).filter((cell) => cell.includes(`\`${code}`))).toHaveLength(1);
});
