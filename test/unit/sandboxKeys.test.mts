import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKeys } from '../../sandbox/server.mts';

let folder: string;
const load = () => loadKeys(join(folder, 'keys'));
const partnerFile = () => join(folder, 'keys', 'partner-private-key.pem');
const modeOf = (path: string) => statSync(path).mode & 0o777;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('keeps both key pairs between starts, in files that only their owner can read', async () => {
	const first = await load();
	expect(first.partner.privateKey).not.toBe(first.webhook.privateKey);
	const kept = join(folder, 'keys');
	const files = readdirSync(kept).map((file) => join(kept, file));
	expect(files).toEqual([partnerFile(), join(kept, 'webhook-private-key.pem')]);
	const modes = () => [kept, ...files].map(modeOf);
	expect(modes()).toEqual([0o700, 0o600, 0o600]);
	for (const path of [kept, ...files]) chmodSync(path, 0o755);
	expect(await load()).toEqual(first);
	expect(modes()).toEqual([0o700, 0o600, 0o600]);
});

test('says which file is damaged, and makes a new key once it is deleted', async () => {
	const first = await load();
	writeFileSync(partnerFile(), first.partner.privateKey.slice(0, 500));
	await expect(load()).rejects.toThrow(
		new Error(`${partnerFile()} is damaged. Delete it to get a new key for the credential.`),
	);
	rmSync(partnerFile());
	const second = await load();
	expect(second.webhook).toEqual(first.webhook);
	expect(second.partner).not.toEqual(first.partner);
});

test('gives the same keys to sandboxes that start at the same time', async () => {
	const [first, ...others] = await Promise.all([load(), load(), load()]);
	for (const other of others) expect(other).toEqual(first);
	expect(await load()).toEqual(first);
});

test('says in a sentence where the keys cannot be kept', async () => {
	writeFileSync(join(folder, 'keys'), 'a file, not a folder');
	await expect(load()).rejects.toThrow(
		/^The keys cannot be kept in .*keys: E.* Set XDG_CACHE_HOME to a folder that you can write to\.$/,
	);
});
