import { createHash } from 'node:crypto';
import { readFile, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from '../support/command.mts';
import { ROOT, useFolder } from '../support/packedPackage.mts';

/** Who builds: where, with which umask, and how old the files of the clone are. */
interface Builder {
	folder: string;
	umask: string;
	modified: Date;
}

/** Clones the last commit, builds and packs it, and returns the digest of the tarball. */
async function packClone({ folder, umask, modified }: Builder): Promise<string> {
	await mustRun('sh', ['-c', `umask ${umask} && git clone -q "$0" "$1"`, ROOT, folder], {
		cwd: ROOT,
	});
	await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
	const files = await mustRun('git', ['ls-files', '-z'], { cwd: folder });
	for (const file of files.split('\0').filter((name) => name !== '')) {
		await utimes(path.join(folder, file), modified, modified);
	}
	const build = `umask ${umask} && npm run build >&2 && npm pack --silent`;
	const name = await mustRun('sh', ['-c', build], { cwd: folder });
	const tarball = await readFile(path.join(folder, name.trim()));
	return createHash('sha256').update(tarball).digest('hex');
}

describe('the package that two people build from the same commit', () => {
	const temporary = useFolder();

	it('is the same, byte for byte', async () => {
		const [first, second] = await Promise.all([
			packClone({
				folder: path.join(temporary.path, 'one'),
				umask: '022',
				modified: new Date('2001-01-01T00:00:00Z'),
			}),
			packClone({
				folder: path.join(temporary.path, 'another/folder/with a space/two'),
				umask: '077',
				modified: new Date('2031-05-05T12:00:00Z'),
			}),
		]);
		expect(first).toMatch(/^[0-9a-f]{64}$/);
		expect(second).toBe(first);
	});
});
