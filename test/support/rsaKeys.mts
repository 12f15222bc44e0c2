import { generateKeyPairSync } from 'node:crypto';

/**
 * A new RSA key pair in PEM (PKCS#8 and SPKI).
 *
 * @param passphrase protects the private key; without one it is plain
 */
export function rsaKeys(
	passphrase?: string,
	modulusLength = 2048,
): { publicKey: string; privateKey: string } {
	return generateKeyPairSync('rsa', {
		modulusLength,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: {
			type: 'pkcs8',
			format: 'pem',
			...(passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase }),
		},
	});
}
