import { brokenBodies } from './broken-bodies.mts';
import type { Sealed } from './delivery.mts';
import { forgedBodies } from './forged-bodies.mts';
import { forgedEncodings } from './forged-encodings.mts';
import { forgedKeys } from './forged-keys.mts';
import type { Forger } from './forgery.mts';
import { genuineHeaders, type Signer } from './signing.mts';

const forged = { ...forgedEncodings, ...forgedKeys, ...forgedBodies };
const forgers = { ...forged, ...brokenBodies };

export type ForgedName = keyof typeof forged;
export type BrokenName = keyof typeof brokenBodies;
export type ForgeryName = keyof typeof forgers;

/** The signature does not belong to the bytes sent, or is not in the one form that is right. */
export const forgedNames = Object.keys(forged) as ForgedName[];

/** The signature is right, but what it belongs to is no webhook. */
export const brokenNames = Object.keys(brokenBodies) as BrokenName[];

/** Everything that `sendWebhook` can be asked to do to a webhook. */
export const forgeryNames = Object.keys(forgers) as ForgeryName[];

/**
 * Makes a webhook ready to be sent, with something wrong about it.
 *
 * @param name what is wrong
 * @param body the genuine body
 * @param signer makes the genuine signature
 * @returns the bytes and headers to send
 */
export async function forge(name: ForgeryName, body: Buffer, signer: Signer): Promise<Sealed> {
	const signature = await signer.sign(body);
	const forger: Forger = forgers[name];
	const change = await forger({ body, signature, signer });
	const sent = change.signature === undefined ? signature.toString('base64') : change.signature;
	return {
		bytes: change.bytes ?? body,
		headers: {
			[genuineHeaders.contentType]: 'application/json',
			[genuineHeaders.signature]: sent,
			...change.headers,
		},
	};
}
