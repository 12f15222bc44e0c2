import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A map that forgets its oldest entry when it is full. */
export class BoundedCache<Value> extends Map<string, Value> {
	constructor(private readonly maxEntries: number) {
		super();
	}

	override set(name: string, value: Value): this {
		this.delete(name);
		const [oldest] = this.keys();
		if (this.size >= this.maxEntries && oldest !== undefined) this.delete(oldest);
		return super.set(name, value);
	}
}

/** Longer texts are no key: the largest that OpenSSL makes has some 13,000 characters. */
const MAX_CHARACTERS = 100_000;
const BEGIN = '-----BEGIN ';
const END = '-----END ';
const ENCRYPTION_HEADERS =
	/^\s*Proc-Type:\s*4,\s*ENCRYPTED\s*DEK-Info:\s*([A-Z0-9-]+),\s*([0-9A-F]{32}|[0-9A-F]{16})/i;

/**
 * Finds the key in pasted text and restores its line ends (RFC 7468, and RFC 1421 for the headers
 * of encrypted PKCS#1 keys). Text fields, spreadsheets and JSON files turn line ends into spaces,
 * into a literal `\n` or into nothing.
 *
 * @returns the first private key in the text, else its first block of any kind, else undefined, with
 *   the words after BEGIN as its `label`
 */
export function parsePem(pasted: string) {
	if (pasted.length > MAX_CHARACTERS) return undefined;
	const blocks = findBlocks(pasted.replace(/\\r/g, '').replace(/\\n/g, '\n'));
	const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY')) ?? blocks[0];
	if (!block) return undefined;

	const { label, content } = block;
	const [written = '', cipher, salt] = ENCRYPTION_HEADERS.exec(content) ?? [];
	const headers = cipher ? `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher},${salt}\n\n` : '';
	const base64 = content.slice(written.length).replace(/\s/g, '');
	const lines = base64.replace(/.{1,64}/g, '$&\n');
	return {
		label,
		encrypted: headers !== '' || label === 'ENCRYPTED PRIVATE KEY',
		text: `${BEGIN}${label}-----\n${headers}${lines}${END}${label}-----\n`,
	};
}

/** Splits a text at its END lines, so that each character is read once, whatever the text is. */
function findBlocks(text: string): Array<{ label: string; content: string }> {
	const parts = text.split(END);
	return parts.flatMap((after, index) => {
		const before = parts[index - 1];
		const [boundary = '', label = ''] = /^([A-Z0-9 ]+)-----/.exec(after) ?? [];
		const start = before?.lastIndexOf(`${BEGIN}${boundary}`) ?? -1;
		if (before === undefined || boundary === '' || start < 0) return [];
		return [{ label, content: before.slice(start + BEGIN.length + boundary.length) }];
	});
}

function openKey(open: () => KeyObject): KeyObject | undefined {
	try {
		return open();
	} catch {
		// OpenSSL's own message is no help to the reader, and may quote what it was given.
		return undefined;
	}
}

const PUBLIC_KEY_PASTED =
	"A public key was pasted into 'Private Key'. Paste the private key here and send the public key to Smart Glocal.";
const pastedInstead = (kind: string) =>
	`A ${kind} was pasted into 'Private Key'. Paste the private key that belongs to it.`;
const wrongKind = (kind: string) =>
	`The private key is ${kind}. Smart Glocal needs an RSA key: create one with 'openssl genrsa -out private.pem 2048'.`;

/** Kinds of PEM that people paste instead of an RSA private key, and what to tell them. */
export const PEM_KINDS: Readonly<Record<string, string>> = {
	'PUBLIC KEY': PUBLIC_KEY_PASTED,
	'RSA PUBLIC KEY': PUBLIC_KEY_PASTED,
	CERTIFICATE: pastedInstead('certificate'),
	'CERTIFICATE REQUEST': pastedInstead('certificate request'),
	'EC PRIVATE KEY': wrongKind('an elliptic curve (EC) key'),
	'DSA PRIVATE KEY': wrongKind('a DSA key'),
	'OPENSSH PRIVATE KEY':
		"The private key is in OpenSSH's own format. Convert a copy with 'ssh-keygen -p -m PEM -f FILE', or create a new one with 'openssl genrsa -out private.pem 2048'.",
};

const SIGNING_REFUSALS = {
	empty:
		"The field 'Private Key' is empty. Paste the RSA private key, from the line BEGIN to the line END.",
	noPem:
		"The text in 'Private Key' is not a key in PEM format. Paste the whole file, with its BEGIN and END lines.",
	noPrivateKey:
		"The text in 'Private Key' is not a private key. Paste the file that begins with BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY.",
	noPassphrase: "The private key is protected by a passphrase. Enter it in the field 'Passphrase'.",
	locked:
		"The private key could not be opened. The passphrase in 'Passphrase' is probably not the one of this key, or the key was not copied whole.",
	damaged:
		'The private key could not be read: it is damaged or was not copied whole. Copy the file again, from the line BEGIN to the line END.',
};

const MAX_KEYS = 20;
const parsedKeys = new BoundedCache<KeyObject>(MAX_KEYS);

/**
 * Reads an RSA private key as a person pasted it: PKCS#1 or PKCS#8, plain or encrypted. The same input
 * gives the same object, because parsing costs more than signing.
 *
 * @throws {Error} with a sentence that says what is wrong and what to do, and nothing of the key
 */
export function loadSigningKey(pasted: string, passphrase: string): KeyObject {
	// The cache must not hold what was pasted.
	const name = createHash('sha256').update(`${pasted}\0${passphrase}`).digest('hex');
	const key = parsedKeys.get(name) ?? parseSigningKey(pasted, passphrase);
	parsedKeys.set(name, key);
	return key;
}

function parseSigningKey(pasted: string, passphrase: string): KeyObject {
	if (pasted.trim() === '') throw new Error(SIGNING_REFUSALS.empty);
	const pem = parsePem(pasted);
	if (!pem) throw new Error(SIGNING_REFUSALS.noPem);
	const { label, encrypted, text } = pem;
	const refusal = PEM_KINDS[label];
	if (refusal) throw new Error(refusal);
	if (!label.endsWith('PRIVATE KEY')) throw new Error(SIGNING_REFUSALS.noPrivateKey);
	if (encrypted && passphrase === '') throw new Error(SIGNING_REFUSALS.noPassphrase);
	const secret = encrypted ? passphrase : undefined;
	const key = openKey(() => createPrivateKey({ key: text, format: 'pem', passphrase: secret }));
	if (!key) throw new Error(encrypted ? SIGNING_REFUSALS.locked : SIGNING_REFUSALS.damaged);
	const type = key.asymmetricKeyType;
	if (type !== 'rsa') throw new Error(wrongKind(`of the type ${type}`));
	return key;
}

const READABLE_KINDS = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'];
const WHERE =
	"Ask your account manager at Smart Glocal for the public key of this environment, and paste it into the field 'Webhook Public Key' of the credential, from the line BEGIN PUBLIC KEY to the line END PUBLIC KEY.";

const VERIFICATION_REFUSALS = {
	empty: `The credential has no public key to verify webhooks with. ${WHERE}`,
	privateKey: `A private key was pasted into 'Webhook Public Key'. Remove it there: a private key is never needed to verify webhooks. ${WHERE}`,
	unreadable: `The text in 'Webhook Public Key' is not a public key in PEM format, or was not copied whole. ${WHERE}`,
};

/**
 * Reads Smart Glocal's public key as a person pasted it: SPKI, PKCS#1 or a certificate.
 *
 * @throws {Error} with a sentence that says what is wrong and what to do, and nothing of the key
 */
export function parseVerificationKey(pasted: string): KeyObject {
	if (pasted.trim() === '') throw new Error(VERIFICATION_REFUSALS.empty);
	const pem = parsePem(pasted);
	if (pem?.label.endsWith('PRIVATE KEY')) throw new Error(VERIFICATION_REFUSALS.privateKey);
	const isReadable = pem && READABLE_KINDS.includes(pem.label);
	const key = isReadable ? openKey(() => createPublicKey(pem.text)) : undefined;
	if (!key) throw new Error(VERIFICATION_REFUSALS.unreadable);
	if (key.asymmetricKeyType !== 'rsa') {
		throw new Error(
			`The public key in 'Webhook Public Key' is of the type ${key.asymmetricKeyType}, but Smart Glocal signs with RSA. ${WHERE}`,
		);
	}
	return key;
}
