import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { ALL_EXAMPLES, POSTGRES_EXAMPLES } from './examples.mts';
import { SCHEMA_FILE, writeSchema } from './postgres.mts';
import { toJson } from './workflowFile.mts';

// npm run examples: writes the workflows that n8n imports; a test fails when they are out of date.

const folder = path.join(import.meta.dirname, '..');
for (const [name, example] of Object.entries({ ...ALL_EXAMPLES, ...POSTGRES_EXAMPLES })) {
	writeFileSync(path.join(folder, name), toJson(example));
}
writeFileSync(path.join(folder, SCHEMA_FILE), writeSchema(Object.values(ALL_EXAMPLES)));
