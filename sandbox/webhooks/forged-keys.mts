import {
	constants,
	createHash,
	createHmac,
	generateKeyPair,
	generateKeyPairSync,
	type KeyObject,
	privateEncrypt,
	sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Forger } from './forgery.mts';

const otherBody = '{"type":"payment_finished","session":{"id":"ps_999999","status":"accepted"}}';

let alien: Promise<KeyObject> | undefined;

function alienKey(): Promise<KeyObject> {
	alien ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then(
		({ privateKey }) => privateKey,
	);
	return alien;
}

function over(other: (body: Buffer) => string | Buffer): Forger {
	return async ({ body, signer }) => ({
		signature: (await signer.sign(Buffer.from(other(body)))).toString('base64'),
	});
}

function rewritten(body: Buffer, space: number): string {
	try {
		return JSON.stringify(JSON.parse(body.toString()), null, space);
	} catch {
		return `${body.toString()} `;
	}
}

/** Signatures in the right form, made with another key, in another way or over something else. */
export const forgedKeys = {
	wrong_key: async ({ body, signer }) => ({
		signature: (await signer.sign(body, await alienKey())).toString('base64'),
	}),
	short_key: ({ body }) => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
		return { signature: sign('RSA-SHA256', body, privateKey).toString('base64') };
	},
	elliptic_key: ({ body }) => {
		const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		return { signature: sign('SHA256', body, privateKey).toString('base64') };
	},
	sha1: ({ body, signer }) => ({
		signature: sign('RSA-SHA1', body, signer.privateKey).toString('base64'),
	}),
	sha512: ({ body, signer }) => ({
		signature: sign('RSA-SHA512', body, signer.privateKey).toString('base64'),
	}),
	pss_padding: ({ body, signer }) => {
		const key = { key: signer.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
		return { signature: sign('RSA-SHA256', body, key).toString('base64') };
	},
	digest_without_its_name: ({ body, signer }) => {
		const digest = createHash('sha256').update(body).digest();
		return { signature: privateEncrypt(signer.privateKey, digest).toString('base64') };
	},
	digest_alone: ({ body }) => ({
		signature: createHash('sha256').update(body).digest('base64'),
	}),
	hmac_with_the_public_key: ({ body, signer }) => ({
		signature: createHmac('sha256', signer.publicKeyPem).update(body).digest('base64'),
	}),
	public_key_as_signature: ({ signer }) => ({
		signature: signer.publicKeyPem.replace(/-----[^-]+-----|\s/g, ''),
	}),
	signature_of_another_webhook: over(() => otherBody),
	signature_of_nothing: over(() => ''),
	signature_of_a_byte_less: over((body) => body.subarray(0, -1)),
	signature_of_indented_json: over((body) => rewritten(body, 2)),
	signature_of_a_line_more: over((body) => `${body.toString()}\n`),
	signature_of_the_digest: over((body) => createHash('sha256').update(body).digest('hex')),
} as const satisfies Record<string, Forger>;
