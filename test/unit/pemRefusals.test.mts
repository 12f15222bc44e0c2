import { loadSigningKey } from '../../credentials/keys';
import { certify, opensslPem, withFile } from '../support/openssl.mts';

const PASSPHRASE = 'correct horse';
const plain = opensslPem(['genrsa', '2048']);
const pkcs1 = opensslPem(['rsa', '-traditional'], plain);
const PASSPHRASE_OUT = ['-passout', `pass:${PASSPHRASE}`];
const encrypted = opensslPem(['pkcs8', '-topk8', ...PASSPHRASE_OUT], plain);
const legacy = opensslPem(['rsa', '-aes128', '-traditional', ...PASSPHRASE_OUT], plain);
const ecKey = opensslPem(['ecparam', '-name', 'prime256v1', '-genkey']);
const request = withFile(plain, (path) =>
	opensslPem(['req', '-new', '-key', path, '-subj', '/CN=payer']),
);

/** A key in OpenSSH's own container (its file PROTOCOL.key), whose content nobody here opens. */
function makeOpensshKey(): string {
	const unread = Array.from({ length: 1_800 }, (_, index) => (index * index * 31 + index) % 251);
	const content = Buffer.concat([Buffer.from('openssh-key-v1\0'), Buffer.from(unread)]);
	const lines = content.toString('base64').match(/.{1,70}/g) ?? [];
	const label = 'OPENSSH PRIVATE KEY';
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Keeps a part of the base64 and both boundary lines, as when a text field was too short. */
function cutBody(pem: string): string {
	const lines = pem.trimEnd().split('\n');
	return [...lines.slice(0, -6), lines.at(-1)].join('\n');
}

interface Refusal {
	pasted: string;
	passphrase?: string;
	phrase: RegExp;
}

const refusals: Record<string, Refusal> = {
	'an empty field': { pasted: '', phrase: /'Private Key' is empty/ },
	'a public key': {
		pasted: opensslPem(['rsa', '-pubout'], plain),
		phrase: /public key was pasted.*send the public key to Smart Glocal/,
	},
	'a certificate': { pasted: certify(plain), phrase: /A certificate was pasted/ },
	'a certificate request': { pasted: request, phrase: /certificate request was pasted/ },
	'an elliptic curve key': { pasted: ecKey, phrase: /elliptic curve \(EC\) key.*openssl genrsa/ },
	'an elliptic curve key in PKCS#8': {
		pasted: opensslPem(['pkcs8', '-topk8', '-nocrypt'], ecKey),
		phrase: /of the type ec\..*RSA key.*openssl genrsa/,
	},
	'an Ed25519 key': {
		pasted: opensslPem(['genpkey', '-algorithm', 'ed25519']),
		phrase: /of the type ed25519\..*RSA key/,
	},
	'an RSA key for PSS only': {
		pasted: opensslPem(['genpkey', '-algorithm', 'RSA-PSS']),
		phrase: /of the type rsa-pss\..*RSA key/,
	},
	'a DSA key': {
		pasted: opensslPem(['dsaparam', '-genkey', '1024']),
		phrase: /of the type dsa\..*RSA key/,
	},
	'an encrypted key without its passphrase': {
		pasted: encrypted,
		phrase: /protected by a passphrase\. Enter it in the field 'Passphrase'/,
	},
	'an encrypted key with another passphrase': {
		pasted: encrypted,
		passphrase: 'battery staple',
		phrase: /passphrase in 'Passphrase' is probably not the one/,
	},
	'a key whose middle is missing': { pasted: cutBody(plain), phrase: /damaged or was not copied/ },
	'a key whose END line is missing': {
		pasted: pkcs1.slice(0, 900),
		phrase: /not a key in PEM format.*BEGIN and END lines/,
	},
	'parameters without a key': {
		pasted: opensslPem(['genpkey', '-genparam', '-algorithm', 'EC', '-pkeyopt', 'group:P-256']),
		phrase: /is not a private key/,
	},
};

const variants: Record<string, Refusal> = {
	'only spaces': { pasted: ' \n\t ', phrase: /'Private Key' is empty/ },
	'a public key in PKCS#1': {
		pasted: opensslPem(['rsa', '-RSAPublicKey_out'], plain),
		phrase: /public key was pasted/,
	},
	'a DSA key in its own format': {
		pasted: opensslPem(['pkey', '-traditional'], opensslPem(['dsaparam', '-genkey', '1024'])),
		phrase: /is a DSA key.*RSA key/,
	},
	'a legacy encrypted key without its passphrase': {
		pasted: legacy,
		phrase: /protected by a passphrase/,
	},
	'a legacy encrypted key with another passphrase': {
		pasted: legacy,
		passphrase: 'battery staple',
		phrase: /passphrase in 'Passphrase' is probably not the one/,
	},
	'an encrypted key whose middle is missing': {
		pasted: cutBody(encrypted),
		passphrase: PASSPHRASE,
		phrase: /or the key was not copied whole/,
	},
	'a PKCS#1 key whose middle is missing': {
		pasted: cutBody(pkcs1),
		phrase: /damaged or was not copied/,
	},
	'a key whose BEGIN line is missing': { pasted: pkcs1.slice(40), phrase: /not a key in PEM/ },
	'bare base64': {
		pasted: pkcs1.replace(/-----[^-]+-----/g, ''),
		phrase: /not a key in PEM format/,
	},
	'text that is no key': { pasted: 'hunter2-hunter2-hunter2', phrase: /not a key in PEM format/ },
	'boundary lines around text': {
		pasted: '-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----',
		phrase: /damaged or was not copied/,
	},
	'boundary lines around nothing': {
		pasted: '-----BEGIN RSA PRIVATE KEY----------END RSA PRIVATE KEY-----',
		phrase: /damaged or was not copied/,
	},
};

function refuse({ pasted, passphrase = '' }: Refusal): Error {
	try {
		loadSigningKey(pasted, passphrase);
	} catch (failure) {
		return failure as Error;
	}
	throw new Error('The key was accepted.');
}

const everything = Object.entries({ ...refusals, ...variants });

test.each(everything)('refuses %s', (_what, refusal) => {
	expect(refuse(refusal).message).toMatch(refusal.phrase);
	expect(refuse(refusal).message).toMatch(/^[A-Z].*\.$/);
});

test.each(everything)(
	'quotes nothing of the key or the passphrase when refusing %s',
	(_, refusal) => {
		const failure = refuse(refusal);
		const told = `${failure.message}\n${failure.stack}\n${String(failure.cause)}`;
		const secrets = refusal.pasted.split('\n').filter((line) => /^[\w+/=-]{14,}$/.test(line));
		for (const secret of secrets) expect(told).not.toContain(secret.slice(0, 14));
		if (refusal.passphrase) expect(told).not.toContain(refusal.passphrase);
		expect(secrets.length > 0 || refusal.pasted.length < 80).toBe(true);
	},
);

test('has a sentence of its own for each wrong thing', () => {
	const sentences = Object.values(refusals).map((refusal) => refuse(refusal).message);
	expect(new Set(sentences).size).toBe(sentences.length);
});

test('says how to convert a key in OpenSSH’s own format', () => {
	const pasted = makeOpensshKey();
	expect(refuse({ pasted, phrase: /./ }).message).toMatch(/OpenSSH's own format.*ssh-keygen -p/);
});
