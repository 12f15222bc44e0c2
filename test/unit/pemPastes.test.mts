import { signBody } from '../../credentials/authenticateRequest';
import { loadSigningKey } from '../../credentials/keys';
import { certify, opensslPem, signByOpenssl, verifyByOpenssl } from '../support/openssl.mts';
import { disfigurements, loneDisfigurements } from '../support/pastedKeys.mts';

const PASSPHRASE = 'correct horse';
const PASSPHRASE_OUT = ['-passout', `pass:${PASSPHRASE}`];

const plain = opensslPem(['genrsa', '2048']);
const publicKey = opensslPem(['rsa', '-pubout'], plain);
const certificate = certify(plain);
const expected = signByOpenssl(plain, '{}');

const formats: ReadonlyArray<[name: string, pem: string, firstLine: string]> = [
	['PKCS#1', opensslPem(['rsa', '-traditional'], plain), 'BEGIN RSA PRIVATE KEY'],
	['PKCS#8', opensslPem(['pkcs8', '-topk8', '-nocrypt'], plain), 'BEGIN PRIVATE KEY'],
	[
		'encrypted PKCS#8',
		opensslPem(['pkcs8', '-topk8', ...PASSPHRASE_OUT], plain),
		'BEGIN ENCRYPTED PRIVATE KEY',
	],
	[
		'PKCS#1 encrypted with AES',
		opensslPem(['rsa', '-aes128', '-traditional', ...PASSPHRASE_OUT], plain),
		'DEK-Info: AES-128-CBC,',
	],
	[
		'PKCS#1 encrypted with Triple DES',
		opensslPem(['rsa', '-des3', '-traditional', ...PASSPHRASE_OUT], plain),
		'DEK-Info: DES-EDE3-CBC,',
	],
];

const pastes: ReadonlyArray<[name: string, paste: (pem: string) => string]> = [
	['exactly as in the file', (pem) => pem],
	['without the last line end', (pem) => pem.trimEnd()],
	['with Windows line ends', (pem) => pem.replace(/\n/g, '\r\n')],
	['with old Mac line ends', (pem) => pem.replace(/\n/g, '\r')],
	['on one line with spaces', (pem) => pem.trimEnd().replace(/\n/g, ' ')],
	['on one line without anything between', (pem) => pem.replace(/\n/g, '')],
	['with literal \\n', (pem) => pem.replace(/\n/g, '\\n')],
	['with literal \\r\\n', (pem) => pem.replace(/\n/g, '\\r\\n')],
	['indented', (pem) => pem.replace(/^/gm, '\t  ')],
	['with empty lines between', (pem) => pem.replace(/\n/g, '\n\n')],
	['with text around it', (pem) => `Here is the key:\n\n${pem}\nRegards, Ann -- Treasury`],
	['in quotes, as in a JSON file', (pem) => JSON.stringify(pem)],
	['with a certificate before it', (pem) => certificate + pem],
	['with a certificate after it', (pem) => pem + certificate],
	['with a cut copy before it', (pem) => pem.slice(0, 500) + pem],
	['with an END line before it', (pem) => `-----END PRIVATE KEY-----\n${pem}`],
];

test.each(formats)('OpenSSL writes %s with the line it is known by', (_name, pem, firstLine) => {
	expect(pem).toContain(firstLine);
});

test.each(
	formats.flatMap(([format, pem]) =>
		pastes.map(([name, paste]) => ({ format, name, pasted: paste(pem) })),
	),
)('reads $format pasted $name', async ({ pasted }) => {
	const key = loadSigningKey(pasted, PASSPHRASE);
	expect(await signBody('{}', key)).toBe(expected);
});

describe.each([...disfigurements, ...loneDisfigurements])('a key with $name', ({ disfigure }) => {
	test.each(formats)('is read from %s', async (_format, pem) => {
		const pasted = disfigure(pem);
		expect(pasted).not.toBe(pem);
		const signature = await signBody('{}', loadSigningKey(pasted, PASSPHRASE));
		expect(signature).toBe(expected);
	});
});

test('reads a key after any two of these in turn', () => {
	const key = loadSigningKey(plain, '');
	const unread = disfigurements.flatMap((one) =>
		disfigurements
			.filter((other) => !isSameKey(other.disfigure(one.disfigure(plain))))
			.map((other) => `${one.name}, then ${other.name}`),
	);
	function isSameKey(pasted: string): boolean {
		try {
			return loadSigningKey(pasted, '').equals(key);
		} catch {
			return false;
		}
	}
	expect(unread).toEqual([]);
});

/** A file without its BEGIN and END lines. */
const bare = (pem: string) => pem.replace(/-----.*-----/g, '');

test.each<readonly [name: string, pasted: string]>([
	...formats.slice(0, 3).map(([name, pem]) => [name, bare(pem)] as const),
	['PKCS#8 on one line', bare(plain).replace(/\n/g, '')],
	['PKCS#8 in quoted mail', bare(plain).replace(/^/gm, '> ')],
])('reads base64 without BEGIN and END lines: %s', async (_name, pasted) => {
	const signature = await signBody('{}', loadSigningKey(pasted, PASSPHRASE));
	expect(verifyByOpenssl(publicKey, Buffer.from('{}'), signature)).toBe(true);
});

test('reads one key that was pasted twice, also in two formats', async () => {
	const all = formats.map(([, pem]) => pem);
	for (const pasted of [plain + plain, all.join(''), certificate + plain + publicKey + plain]) {
		expect(await signBody('{}', loadSigningKey(pasted, PASSPHRASE))).toBe(expected);
	}
});

test('reads a key from a mail that speaks of its lines', async () => {
	const lines = ['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----'];
	const mail = `Copy all between ${lines.join(' and ')}, also these lines:\n\n${plain}`;
	expect(await signBody('{}', loadSigningKey(mail, ''))).toBe(expected);
});

test('does not need a passphrase for a key that has none', async () => {
	expect(await signBody('{}', loadSigningKey(plain, ''))).toBe(expected);
});

test('reads the private key of a file that begins with its public key', async () => {
	expect(await signBody('{}', loadSigningKey(publicKey + plain, ''))).toBe(expected);
});

describe('parsed keys', () => {
	test('are kept, because parsing costs more than signing', () => {
		expect(loadSigningKey(plain, '')).toBe(loadSigningKey(plain, ''));
	});

	test('are not confused between two passphrases', () => {
		const [, encrypted = ''] = formats[2] ?? [];
		expect(() => loadSigningKey(encrypted, PASSPHRASE)).not.toThrow();
		expect(() => loadSigningKey(encrypted, 'wrong')).toThrow('could not be opened');
	});

	test('do not accumulate', () => {
		const first = loadSigningKey(`key 0\n${plain}`, '');
		for (let n = 1; n <= 50; n++) loadSigningKey(`key ${n}\n${plain}`, '');
		expect(loadSigningKey(`key 50\n${plain}`, '')).toBe(loadSigningKey(`key 50\n${plain}`, ''));
		expect(loadSigningKey(`key 0\n${plain}`, '')).not.toBe(first);
	});
});
