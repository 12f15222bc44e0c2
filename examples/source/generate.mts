import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { ALL_EXAMPLES } from './examples.mts';
import { toWorkflowFile } from './workflowFile.mts';

// npm run examples: writes the workflows that n8n imports; a test fails when they are out of date.

const folder = path.join(import.meta.dirname, '..');
for (const [name, example] of Object.entries(ALL_EXAMPLES)) {
	const file = path.join(folder, name);
	const text = JSON.stringify(toWorkflowFile(example));
	const config = await resolveConfig(file);
	writeFileSync(file, await format(text, { ...config, filepath: file }));
}
