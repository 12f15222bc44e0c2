import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const REPOSITORY =
	'https://github.com/n8n-nodes-smart-glocal/n8n-nodes-smart-glocal?tab=readme-ov-file';
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const PAGES = ['.', 'docs', 'examples', 'sandbox'].flatMap((folder) =>
	readdirSync(path.join(ROOT, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => path.join(folder, name)),
);

/** A page without its code blocks and code, in which brackets mean something else. */
const withoutCode = (page: string) =>
	page.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, 'x');

/** The anchors that GitHub gives the headings of a page; one that comes again gets a number. */
function anchorsOf(page: string): string[] {
	const seen = new Map<string, number>();
	const headings = page.replace(/```[\s\S]*?```/g, '').matchAll(/^#{1,6} +(.+?) *$/gm);
	return [...headings].map(([, heading = '']) => {
		const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
		const anchor = text.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
		const before = seen.get(anchor) ?? 0;
		seen.set(anchor, before + 1);
		return before === 0 ? anchor : `${anchor}-${before}`;
	});
}

/** Why a link of a page leads nowhere; empty for one that is good or leads to another website. */
function whatIsWrong(page: string, link: string): string {
	if (/^[a-z]+:/.test(link)) return '';
	const [target = '', anchor] = link.split('#');
	const file = target === '' ? page : path.join(path.dirname(page), target);
	if (!existsSync(path.join(ROOT, file))) return `${page}: there is no ${file}`;
	if (anchor === undefined || anchorsOf(read(file)).includes(anchor)) return '';
	return `${page}: ${file} has no heading #${anchor}`;
}

test.each(PAGES)('every link of %s leads to a file and a heading that exist', (page) => {
	const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)];
	expect(links.map(([, link = '']) => whatIsWrong(page, link)).filter(Boolean)).toEqual([]);
});

test.each([
	'nodes/SmartGlocal/SmartGlocal.node.json',
	'nodes/SmartGlocalTrigger/SmartGlocalTrigger.node.json',
	'credentials/SmartGlocalApi.credentials.ts',
])('%s leads to headings that README has', (file) => {
	const anchors = read(file)
		.split(`${REPOSITORY}#`)
		.slice(1)
		.map((rest) => /^[\w-]*/.exec(rest)?.[0]);
	expect(anchors.length).toBeGreaterThan(0);
	expect(anchorsOf(read('README.md'))).toEqual(expect.arrayContaining(anchors));
});
