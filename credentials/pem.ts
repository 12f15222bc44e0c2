/** A block of PEM text, put back into the form that OpenSSL reads. */
export interface Pem {
	/** The words after BEGIN, as in `RSA PRIVATE KEY`. */
	label: string;
	encrypted: boolean;
	text: string;
}

const NEW_KEY = "create one with 'openssl genrsa -out private.pem 2048'";
const PUBLIC_KEY_PASTED =
	"A public key was pasted into 'Private Key'. Paste the private key here and send the public key to Smart Glocal.";
const wrongKind = (kind: string) =>
	`The private key is ${kind} key. Smart Glocal needs an RSA key: ${NEW_KEY}.`;
const pastedInstead = (kind: string) =>
	`A ${kind} was pasted into 'Private Key'. Paste the private key that belongs to it.`;

/** Kinds of PEM that people paste instead of an RSA private key, and what to tell them. */
export const PEM_KINDS: Readonly<Record<string, string>> = {
	'PUBLIC KEY': PUBLIC_KEY_PASTED,
	'RSA PUBLIC KEY': PUBLIC_KEY_PASTED,
	CERTIFICATE: pastedInstead('certificate'),
	'CERTIFICATE REQUEST': pastedInstead('certificate request'),
	'EC PRIVATE KEY': wrongKind('an elliptic curve (EC)'),
	'DSA PRIVATE KEY': wrongKind('a DSA'),
	'OPENSSH PRIVATE KEY':
		"The private key is in OpenSSH's own format. Convert a copy with 'ssh-keygen -p -m PEM -f FILE', or create a new one with 'openssl genrsa -out private.pem 2048'.",
};

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
 * @returns the first private key in the text, else its first block of any kind, else undefined
 */
export function parsePem(pasted: string): Pem | undefined {
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
		text: `-----BEGIN ${label}-----\n${headers}${lines}-----END ${label}-----\n`,
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
