import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { asText } from '../nodes/payout/json/jsonObject';

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
/** How often a key is wrapped at most, as in base64 in a percent-encoded form. */
const MAX_LAYERS = 4;
const BOUNDARY = /-(?:BEGIN|END)[A-Z0-9]{2,40}-/i;
/** Fewer characters are no key, but a mail that speaks of these lines. */
const BLOCK = /-BEGIN([A-Z0-9]{2,40})-((?:(?!-BEGIN[A-Z0-9]{2,40}-).){60,}?)-END\1(?=-)/gi;
/** The headers of an encrypted PKCS#1 key (RFC 1421), without their signs. */
const ENCRYPTION = /^ProcType4ENCRYPTEDDEKInfo([A-Z]+)(\d{3}|EDE3)CBC([0-9A-F]{32}|[0-9A-F]{16})/i;
const PUBLIC_KINDS = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'];
const BARE_KINDS = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', ...PUBLIC_KINDS];
/** What looks like one more key, without the lines around it. */
const SECOND_KEY = 'SECOND';
type PemBlock = ReturnType<typeof makeBlock>;

/** Finds keys in pasted text (RFC 7468), whatever chats, mails and forms made of it, or in bare base64. */
export function findPemBlocks(pasted: string): PemBlock[] {
	if (pasted.length > MAX_CHARACTERS) return [];
	const blocks: PemBlock[] = [];
	const rest = unwrap(pasted).replace(BLOCK, (_block, label: string, content: string) => {
		blocks.push(makeBlock(label, content));
		return '-';
	});
	if (BOUNDARY.test(rest)) blocks.push(makeBlock('INCOMPLETE', ''));
	const [second = ''] = /(?:MI[GI]|LS0tLS1CRUdJ)[\w+/=]{100}/.exec(rest) ?? [];
	const isCopy = blocks.some(({ text }) => text.replace(/\n/g, '').includes(second));
	if (blocks.length > 0 && !isCopy) blocks.push(makeBlock(SECOND_KEY, ''));
	if (blocks.length > 0) return blocks;
	// A private key opens as a public one, too, and a locked one begins with an algorithm of PKCS#5.
	const isKey = ({ isEncrypted, text }: PemBlock) =>
		isEncrypted ? /^-+M.{7}BgkqhkiG9w0BBQ/.test(rest) : openKey(() => createPublicKey(text));
	const bare = BARE_KINDS.map((label) => makeBlock(label, rest)).find(isKey);
	return bare ? [bare] : [];
}

/** Keeps letters and signs of base64, and writes `-` for every other sign, as for a dash. */
function unwrap(pasted: string, layers = MAX_LAYERS): string {
	const decode = (bytes: string) => Buffer.from(bytes.replace(/[%=]/g, ''), 'hex').toString();
	let text = pasted;
	for (let layer = 0; layer < MAX_LAYERS; layer++) {
		// A web form; JSON and HTML; percent signs and quoted-printable.
		if (/-BEGIN\+/i.test(text)) text = text.replace(/\+/g, ' ');
		text = text.replace(/(?:\\u00|&#x)([0-9A-F]{2});?/gi, '%$1');
		text = text.replace(/(?:[%=][0-9A-F]{2})+/gi, decode);
	}
	const signs = `-${text}-`
		.replace(/\\[nrt]|&nbsp;|<\/?[a-z][^<>]{0,99}>/gi, ' ')
		.replace(/\\u[0-9A-F]{4}|&#?\w{2,9};/gi, '-')
		.replace(/[\s\p{C}\p{M}\p{Z}]/gu, '')
		.replace(/[^A-Za-z0-9+/=]/gu, '-');
	if (layers === 0 || BOUNDARY.test(signs)) return signs;
	const inner = unwrap(Buffer.from(signs.replace(/-/g, ''), 'base64').toString(), layers - 1);
	return BOUNDARY.test(inner) ? inner : signs;
}

/** A block as OpenSSL reads it, with spaces between the words of its label. */
function makeBlock(words: string, content: string) {
	const label = words.toUpperCase().replace(/\B(?=PRIVATE|PUBLIC|KEY|CERT|PARAM|REQUEST)/g, ' ');
	const written = content.replace(/-/g, '');
	const [headers = '', cipher, mode, salt] = ENCRYPTION.exec(written) ?? [];
	const base64 = written.slice(headers.length).replace(/.{1,64}/g, '$&\n');
	const encryption = `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher}-${mode}-CBC,${salt}\n\n`;
	return {
		label,
		isPrivate: label.endsWith('PRIVATE KEY'),
		isEncrypted: headers !== '' || label === 'ENCRYPTED PRIVATE KEY',
		text: `-----BEGIN ${label}-----\n${headers && encryption}${base64}-----END ${label}-----\n`,
	};
}

function openKey(open: () => KeyObject): KeyObject | undefined {
	try {
		return open();
	} catch {
		// OpenSSL's own message is no help to the reader, and may quote what it was given.
		return undefined;
	}
}

function distinct(keys: KeyObject[]): KeyObject[] {
	return keys.filter((key, index) => keys.findIndex((other) => other.equals(key)) === index);
}

const LINES = 'from the line BEGIN to the line END';
const NEW_KEY = "'openssl genrsa -out private.pem 2048'";
const wrongKind = (kind: string) =>
	`The private key is ${kind}. Create an RSA key with ${NEW_KEY}, and send its public key to Smart Glocal.`;
const pastedInstead = (what: string, advice = 'Paste the private key that belongs to it') =>
	`${what} was pasted into 'Private Key'. ${advice}.`;

const SEND_PUBLIC_KEY = 'Paste the private key here and send the public key to Smart Glocal';
const CONVERT_OPENSSH = `Convert a copy with 'ssh-keygen -p -m PEM -f FILE', or create a new one with ${NEW_KEY}`;
const CONVERT_PKCS12 = "Convert it with 'openssl pkcs12 -in FILE -nocerts -nodes -out private.pem'";
const EXPORT = 'Export it as PEM where it was made, and paste that';
const EXPORT_FROM_PUTTY =
	'Open it in PuTTYgen, choose Conversions > Export OpenSSH key, and paste that';
const OPEN_FILE = `Open that file with a text editor, and paste its text, ${LINES}`;
const PATH =
	/^["']?(?:[~.$%][^/\\\n]{0,99}|[a-z]+:)?[/\\][^\n]*$|^[^\n]+\.(?:pem|key|ppk|p12|pfx|der)["']?$/i;

/** What people paste instead of an RSA private key, by its label or how it begins. */
const OTHER_KINDS: ReadonlyArray<[kind: RegExp, refusal: string]> = [
	[/^OPENSSH PRIVATE/, pastedInstead("A key in OpenSSH's own format", CONVERT_OPENSSH)],
	[/PUBLIC KEY$/, pastedInstead('A public key', SEND_PUBLIC_KEY)],
	[/^(?:ssh|ecdsa)-[\w@.-]{1,50}\s+AAAA/, pastedInstead('An SSH public key')],
	[/^CERTIFICATE$/, pastedInstead('A certificate')],
	[/^(?:NEW )?CERTIFICATE REQUEST$/, pastedInstead('A certificate request')],
	[/^PuTTY-User-Key-File/i, pastedInstead('A PuTTY key (.ppk)', EXPORT_FROM_PUTTY)],
	[/^[[{][^]*\bkty\b/, pastedInstead('A key in JSON (JWK)', EXPORT)],
	[/^<[^]*\bRSAKey/i, pastedInstead('A key in XML', EXPORT)],
	// A whole file in base64: after its length comes version 3 (RFC 7292).
	[/^M.{7}AzC/, pastedInstead('A PKCS#12 file (.pfx or .p12)', CONVERT_PKCS12)],
	[PATH, pastedInstead('The path of a file', OPEN_FILE)],
];

const SIGNING_REFUSALS = {
	empty: `The field 'Private Key' is empty. Paste the RSA private key, ${LINES}.`,
	noPem:
		"The text in 'Private Key' is not a key in PEM format, or its BEGIN or END line is missing. Paste the whole file, with both of these lines.",
	noPassphrase: "The private key is protected by a passphrase. Enter it in the field 'Passphrase'.",
	locked:
		"The private key could not be opened. The passphrase in 'Passphrase' is probably not the one of this key, or the key was not copied whole.",
	damaged: `The private key could not be read: it is damaged or was not copied whole. Copy the file again, ${LINES}.`,
	several:
		"There is more than one private key in 'Private Key'. Keep the one whose public key Smart Glocal has, and remove the others.",
};

const MIN_SIGNING_BITS = 2048;
const PROBE = Buffer.from('any bytes');
const MAX_KEYS = 20;
const parsedKeys = new BoundedCache<KeyObject>(MAX_KEYS);

/** Reads an RSA private key as pasted; the same input gives the same object. Throws a sentence. */
export function loadSigningKey(privateKey: unknown, passphrase: unknown): KeyObject {
	const [pasted, secret] = [asText(privateKey), asText(passphrase)];
	// The cache must not hold what was pasted.
	const name = createHash('sha256').update(`${pasted}\0${secret}`).digest('hex');
	const key = parsedKeys.get(name) ?? parseSigningKey(pasted.trim(), secret);
	parsedKeys.set(name, key);
	return key;
}

function parseSigningKey(pasted: string, passphrase: string): KeyObject {
	if (pasted === '') throw new Error(SIGNING_REFUSALS.empty);
	const blocks = findPemBlocks(pasted);
	const privates = blocks.filter(({ isPrivate }) => isPrivate);
	const found = privates.length > 0 ? privates : blocks;
	const opened = found.map((block) => openSigningKey(block, passphrase));
	const [key, ...others] = distinct(opened.filter((one) => typeof one !== 'string'));
	const refusal = opened.find((one) => typeof one === 'string');
	if (!key) throw new Error(refusal ?? refuseKind(pasted));
	const hasSecond = blocks.some(({ label }) => label === SECOND_KEY);
	const isOnly = refusal === undefined && others.length === 0 && !hasSecond;
	if (!isOnly) throw new Error(SIGNING_REFUSALS.several);
	return key;
}

function openSigningKey(block: PemBlock, passphrase: string): KeyObject | string {
	const { label, isPrivate, isEncrypted, text } = block;
	if (!isPrivate || label.startsWith('OPENSSH')) return refuseKind(label);
	if (isEncrypted && passphrase === '') return SIGNING_REFUSALS.noPassphrase;
	const secret = isEncrypted ? passphrase : undefined;
	const key = openKey(() => createPrivateKey({ key: text, passphrase: secret }));
	if (!key) return isEncrypted ? SIGNING_REFUSALS.locked : SIGNING_REFUSALS.damaged;
	const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength: bits = 0 } = {} } = key;
	if (type !== 'rsa') return wrongKind(`of the type ${type}`);
	if (bits < MIN_SIGNING_BITS) return wrongKind(`too weak: it has only ${bits} bits`);
	// A character or a line that was copied wrongly leaves a key that signs in vain.
	const isSound = () => verify('sha256', PROBE, createPublicKey(key), sign('sha256', PROBE, key));
	return openKey(() => (isSound() ? key : createPublicKey(''))) ?? SIGNING_REFUSALS.damaged;
}

function refuseKind(written: string): string {
	const [, refusal] = OTHER_KINDS.find(([kind]) => kind.test(written)) ?? [];
	return refusal ?? SIGNING_REFUSALS.noPem;
}

/** The length of Smart Glocal's keys is not documented; what is shorter can be broken. */
const MIN_VERIFICATION_BITS = 1024;
const MAX_VERIFICATION_KEYS = 10;
const WHERE =
	"Ask your account manager at Smart Glocal for the public key of this environment, and paste it into the field 'Webhook Public Key' of the credential, from the line BEGIN PUBLIC KEY to the line END PUBLIC KEY.";

const VERIFICATION_REFUSALS = {
	empty: `The credential has no public key to verify webhooks with. ${WHERE}`,
	privateKey: `A private key was pasted into 'Webhook Public Key'. Remove it there: a private key is never needed to verify webhooks. ${WHERE}`,
	ownKey: `Your own public key was pasted into 'Webhook Public Key', the one that belongs to your 'Private Key'. Webhooks are signed by Smart Glocal, so its key is needed. ${WHERE}`,
	unreadable: `The text in 'Webhook Public Key' is not a public key in PEM format, or was not copied whole. ${WHERE}`,
	wrongKind: (kind: string) =>
		`The public key in 'Webhook Public Key' is ${kind}, but an RSA key of at least ${MIN_VERIFICATION_BITS} bits is needed. ${WHERE}`,
	tooMany: `There are more than ${MAX_VERIFICATION_KEYS} keys in 'Webhook Public Key'. Keep those that Smart Glocal uses now. ${WHERE}`,
};

/** Reads Smart Glocal's public keys or certificates as pasted. Throws a sentence. */
export function readVerificationKeys(credentials: ICredentialDataDecryptedObject): KeyObject[] {
	const { webhookPublicKey, privateKey, passphrase } = credentials;
	const pasted = asText(webhookPublicKey);
	if (pasted.trim() === '') throw new Error(VERIFICATION_REFUSALS.empty);
	const blocks = findPemBlocks(pasted);
	if (blocks.some(({ isPrivate }) => isPrivate)) throw new Error(VERIFICATION_REFUSALS.privateKey);
	const keys = distinct(blocks.map(openVerificationKey));
	if (keys.length === 0) throw new Error(VERIFICATION_REFUSALS.unreadable);
	if (keys.length > MAX_VERIFICATION_KEYS) throw new Error(VERIFICATION_REFUSALS.tooMany);
	// Webhooks do not need it, so it may be unreadable.
	const own = openKey(() => createPublicKey(loadSigningKey(privateKey, passphrase)));
	if (keys.some((key) => own?.equals(key))) throw new Error(VERIFICATION_REFUSALS.ownKey);
	return keys;
}

function openVerificationKey({ label, text }: PemBlock): KeyObject {
	const isReadable = PUBLIC_KINDS.includes(label);
	const key = isReadable ? openKey(() => createPublicKey(text)) : undefined;
	if (!key) throw new Error(VERIFICATION_REFUSALS.unreadable);
	const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength: bits = 0 } = {} } = key;
	if (type === 'rsa' && bits >= MIN_VERIFICATION_BITS) return key;
	const kind = type === 'rsa' ? `an RSA key of ${bits} bits` : `of the type ${type}`;
	throw new Error(VERIFICATION_REFUSALS.wrongKind(kind));
}
