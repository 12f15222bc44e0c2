import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Sealed } from './delivery.mts';

const signAsync = promisify(sign);

/** The headers that every genuine webhook has. */
export const genuineHeaders = { contentType: 'Content-Type', signature: 'X-PARTNER-SIGN' } as const;

/** Signs webhooks as Smart Glocal does. */
export class Signer {
	readonly privateKey: KeyObject;

	/**
	 * @param privateKeyPem the key that stands for Smart Glocal's
	 * @param publicKeyPem the key that everybody has; only forgers sign with it
	 */
	constructor(
		privateKeyPem: string,
		readonly publicKeyPem: string,
	) {
		this.privateKey = createPrivateKey(privateKeyPem);
	}

	/**
	 * Signs bytes without holding up the event loop: RSA with SHA-256, PKCS#1 v1.5 padding.
	 *
	 * @param bytes what to sign
	 * @param key the key to sign with, Smart Glocal's when left out
	 * @returns the signature
	 */
	async sign(bytes: Buffer, key: KeyObject = this.privateKey): Promise<Buffer> {
		return await signAsync('RSA-SHA256', bytes, key);
	}

	/**
	 * Makes a body ready to be sent.
	 *
	 * @param body the bytes, sent as they are
	 * @returns the bytes with the headers of a genuine webhook; the signature is in standard base64
	 */
	async seal(body: Buffer): Promise<Sealed> {
		const signature = await this.sign(body);
		return {
			bytes: body,
			headers: {
				[genuineHeaders.contentType]: 'application/json',
				[genuineHeaders.signature]: signature.toString('base64'),
			},
		};
	}
}
