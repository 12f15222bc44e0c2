import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { corridorsPage, templates } from './corridorPages.mts';

/** Writes what is generated from the table of corridors; a test fails when it is out of date. */
const root = path.join(import.meta.dirname, '..');
writeFileSync(path.join(root, 'docs/corridors.md'), corridorsPage());
const folder = path.join(root, 'examples/templates');
mkdirSync(folder, { recursive: true });
for (const [name, content] of templates()) writeFileSync(path.join(folder, name), content);
