const { chmod, readdir, rm } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, parallel, series, src } = require('gulp');

// `tsc` compiles the TypeScript; these tasks put the rest of the package beside it.
const copy = (globs) => () => src(globs, { base: '.', encoding: false }).pipe(dest('dist'));

const icons = copy('icons/*.svg');
const codex = copy('nodes/**/*.node.json');
const schemas = copy('nodes/**/__schema__/**/*.json');

// `npm pack` keeps the permissions of each file. The umask of whoever builds must not change the
// package: anybody can then build the very bytes that were published.
const permissions = async () => {
	const entries = await readdir('dist', { recursive: true, withFileTypes: true });
	const built = entries.filter((entry) => entry.isFile());
	const shipped = ['package.json', 'index.js', 'README.md', 'LICENSE', 'CHANGELOG.md'];
	shipped.push(...built.map(({ parentPath, name }) => join(parentPath, name)));
	await Promise.all(shipped.map((file) => chmod(file, 0o644)));
};

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.assets = series(parallel(icons, codex, schemas), permissions);
