import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { loadSigningKey } from '../../credentials/keys';
import { UNWANTED_WORDS } from '../support/nodeMessages.mts';
import { certify, openssl, opensslPem, withFile } from '../support/openssl.mts';
import { disfigurements } from '../support/pastedKeys.mts';

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

const [weak, weaker] = [1024, 512].map((bits) => opensslPem(['genrsa', String(bits)]));
const other = opensslPem(['genrsa', '2048']);
const jwk = createPrivateKey(plain).export({ format: 'jwk' });
const xml = `<RSAKeyValue><Modulus>${jwk.n}</Modulus><D>${jwk.d}</D></RSAKeyValue>`;

/** The public key as OpenSSH writes it (RFC 4253, section 6.6). */
function sshPublicKey(): string {
	const { e = '', n = '' } = createPublicKey(plain).export({ format: 'jwk' });
	const fields = ['ssh-rsa', Buffer.from(e, 'base64url'), Buffer.from(`AA${n}`, 'base64url')];
	const parts = fields.flatMap((field) => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(field.length);
		return [length, Buffer.from(field as string)];
	});
	return `ssh-rsa ${Buffer.concat(parts).toString('base64')} ann@example.com`;
}

/** The key and its certificate in PKCS#12, as Windows exports them, in base64. */
function pkcs12(): string {
	const words = ['pkcs12', '-export', '-passout', 'pass:secret', '-inkey'];
	const file = withFile(plain, (key) =>
		withFile(certify(plain), (path) => openssl([...words, key, '-in', path])),
	);
	return file.toString('base64').replace(/.{64}/g, '$&\n');
}

const PUTTY_KEY = `PuTTY-User-Key-File-3: ssh-rsa
Encryption: none
Comment: rsa-key-20240527
Public-Lines: 1
AAAAB3NzaC1yc2EAAAADAQABAAABAQC7
Private-Lines: 1
AAABAGx5b3UgZG8gbm90IHJlYWQgdGhpcyBrZXk=
Private-MAC: 5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99
`;

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
	'an elliptic curve key': {
		pasted: ecKey,
		phrase: /of the type ec\..*RSA key.*openssl genrsa.*send its public key/,
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
		phrase: /not a key in PEM format, or its BEGIN or END line is missing\. Paste the whole file/,
	},
	'a key of 1024 bits': {
		pasted: weak ?? '',
		phrase: /too weak: it has only 1024 bits\. Create an RSA key with 'openssl genrsa .* 2048'/,
	},
	'two keys': {
		pasted: plain + other,
		phrase: /more than one private key in 'Private Key'\. Keep the one whose public key/,
	},
	'a key of PuTTY': { pasted: PUTTY_KEY, phrase: /PuTTY key \(\.ppk\).*Export OpenSSH key/ },
	'a key in JSON': { pasted: JSON.stringify(jwk), phrase: /key in JSON \(JWK\).*as PEM/ },
	'a key in XML': { pasted: xml, phrase: /key in XML.*as PEM/ },
	'a public key for SSH': { pasted: sshPublicKey(), phrase: /An SSH public key was pasted/ },
	'a PKCS#12 file': { pasted: pkcs12(), phrase: /PKCS#12 file.*openssl pkcs12 -in FILE/ },
	'the path of a file': {
		pasted: '/home/ann/private.pem',
		phrase: /path of a file.*Open that file with a text editor/,
	},
};

const variants: Record<string, Refusal> = {
	'only spaces': { pasted: ' \n\t ', phrase: /'Private Key' is empty/ },
	'a public key in PKCS#1': {
		pasted: opensslPem(['rsa', '-RSAPublicKey_out'], plain),
		phrase: /public key was pasted/,
	},
	'an elliptic curve key in PKCS#8': {
		pasted: opensslPem(['pkcs8', '-topk8', '-nocrypt'], ecKey),
		phrase: /of the type ec\..*RSA key.*openssl genrsa/,
	},
	'a DSA key in its own format': {
		pasted: opensslPem(['pkey', '-traditional'], opensslPem(['dsaparam', '-genkey', '1024'])),
		phrase: /of the type dsa\..*RSA key/,
	},
	'parameters without a key': {
		pasted: opensslPem(['genpkey', '-genparam', '-algorithm', 'EC', '-pkeyopt', 'group:P-256']),
		phrase: /not a key in PEM format/,
	},
	'a key of 512 bits': { pasted: weaker ?? '', phrase: /has only 512 bits/ },
	'a weak key in an encrypted file': {
		pasted: opensslPem(['pkcs8', '-topk8', ...PASSPHRASE_OUT], weak),
		passphrase: PASSPHRASE,
		phrase: /has only 1024 bits/,
	},
	'two keys in two formats': {
		pasted: opensslPem(['rsa', '-traditional'], other) + plain,
		phrase: /more than one private key/,
	},
	'a key and one of another kind': { pasted: ecKey + plain, phrase: /more than one private key/ },
	'a key and a weak one': { pasted: plain + weak, phrase: /more than one private key/ },
	'a key and one that is locked': { pasted: plain + encrypted, phrase: /more than one private/ },
	'a key and a damaged one': {
		pasted: plain + cutBody(other),
		phrase: /more than one private key/,
	},
	'a key in JSON for a server': {
		pasted: JSON.stringify({ keys: [{ ...jwk, d: undefined }] }, null, 2),
		phrase: /key in JSON \(JWK\)/,
	},
	'a key in XML with a head': { pasted: `<?xml version="1.0"?>\n${xml}`, phrase: /key in XML/ },
	'a public key for SSH of another kind': {
		pasted: `ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY= ann`,
		phrase: /An SSH public key was pasted/,
	},
	'a public key saved by PuTTYgen': {
		pasted: `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "rsa-key"\n${sshPublicKey().slice(8, -16)}\n---- END SSH2 PUBLIC KEY ----`,
		phrase: /A public key was pasted/,
	},
	'a public key without its lines': {
		pasted: opensslPem(['rsa', '-pubout'], plain).replace(/-----.*-----/g, ''),
		phrase: /A public key was pasted/,
	},
	'an encrypted key without its lines and its passphrase': {
		pasted: encrypted.replace(/-----.*-----/g, ''),
		phrase: /protected by a passphrase/,
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
	'base64 without BEGIN and END lines whose middle is missing': {
		pasted: cutBody(pkcs1).replace(/-----.*-----/g, ''),
		phrase: /BEGIN or END line is missing/,
	},
	'text that is no key': { pasted: 'hunter2-hunter2-hunter2', phrase: /not a key in PEM format/ },
	'boundary lines around text': {
		pasted: '-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----',
		phrase: /not a key in PEM format/,
	},
	'boundary lines around nothing': {
		pasted: '-----BEGIN RSA PRIVATE KEY----------END RSA PRIVATE KEY-----',
		phrase: /not a key in PEM format/,
	},
	'boundary lines around base64 that is no key': {
		pasted: `-----BEGIN PRIVATE KEY-----\n${'hunter2/'.repeat(20)}\n-----END PRIVATE KEY-----`,
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
	expect(refuse(refusal).message).not.toMatch(UNWANTED_WORDS);
});

test.each(everything)(
	'quotes nothing of the key or the passphrase when refusing %s',
	(_, refusal) => {
		const failure = refuse(refusal);
		const told = `${failure.message}\n${failure.stack}\n${String(failure.cause)}`;
		const secrets = refusal.pasted.split(/[\s"<>]+/).filter((word) => /^[\w+/=-]{14,}$/.test(word));
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

test.each([
	'C:\\Users\\ann\\new keys\\private.pem',
	'"C:\\keys\\id_rsa"',
	'~/.ssh/id_rsa',
	'$HOME/keys/private',
	'%USERPROFILE%\\.ssh\\id_rsa',
	'../keys/private',
	'\\\\server\\share\\private.key',
	'file:///etc/keys/private.pem',
	'https://example.com/private.pem',
	'private.pem',
	'Private Key (1).pem',
	'/run/secrets/smart-glocal',
])('says of %s that it is the path of a file', (pasted) => {
	expect(refuse({ pasted, phrase: /./ }).message).toMatch(/^The path of a file was pasted/);
});

test.each([
	'my key',
	'private key, see vault',
	`${'h/unter2+'.repeat(30)}==`,
	'{"key": 1}',
	'<key/>',
	'MII',
	'ssh-keygen -t rsa',
	'I put it into private.pem, Ann',
])('says of %s only that it is no key', (pasted) => {
	expect(refuse({ pasted, phrase: /./ }).message).toMatch(/is not a key in PEM format/);
});

test('finds two keys, whatever became of one of them', () => {
	for (const { name, disfigure } of disfigurements.filter(({ name }) => !/base64/.test(name))) {
		const pasted = plain + disfigure(other);
		expect([name, refuse({ pasted, phrase: /./ }).message]).toEqual([
			name,
			expect.stringContaining('more than one private key'),
		]);
	}
});

test('refuses a key of which one character was copied wrongly, unless it still signs', () => {
	const lines = plain.trim().split('\n');
	const body = Buffer.from('body');
	let refused = 0;
	for (let line = 1; line < lines.length - 1; line++) {
		const copied = lines.map((text, index) => {
			if (index !== line) return text;
			return text.slice(0, 20) + (text[20] === 'A' ? 'B' : 'A') + text.slice(21);
		});
		try {
			const key = loadSigningKey(copied.join('\n'), '');
			const signature = sign('sha256', body, key);
			expect(verify('sha256', body, createPublicKey(key), signature)).toBe(true);
		} catch (failure) {
			refused++;
			expect((failure as Error).message).toMatch(/damaged or was not copied whole|PEM format/);
		}
	}
	expect(refused).toBeGreaterThan(0);
});
