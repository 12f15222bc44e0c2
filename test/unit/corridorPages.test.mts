import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { corridorsPage, templates } from '../../docs/corridorPages.mts';

const root = path.resolve(__dirname, '../..');

test('the page about columns is the one that the table gives: run npm run docs', () => {
	expect(readFileSync(path.join(root, 'docs/corridors.md'), 'utf8')).toBe(corridorsPage());
});

test('the templates are the ones that the table gives: run npm run docs', () => {
	const folder = path.join(root, 'examples/templates');
	const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
	expect(files.sort()).toEqual([...templates().keys()].sort());
	for (const [name, content] of templates()) {
		expect(readFileSync(path.join(folder, name), 'utf8')).toBe(content);
	}
});
