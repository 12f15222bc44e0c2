import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureN8n } from '../../n8n/install.mts';
import { REPOSITORY } from '../../n8n/repository.mts';
import { needing } from '../support/n8nFeatures.mts';

const it = needing('vm');
const run = promisify(execFile);

it('n8n’s isolated VM, on the Node of n8n, gives what the batch reads', async () => {
	const { nodeBin } = await ensureN8n();
	const jest = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
	const args = [jest, '--verbose', 'test/engine/computedExpressions'];
	const { stderr } = await run(join(nodeBin, 'node'), args, { cwd: REPOSITORY });
	expect(stderr).toMatch(/n8n’s engine vm\n(?:\s+✓ .*\n){3}/);
});
