const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

// `tsc` compiles the TypeScript; these tasks put the rest of the package beside it.
const copy = (globs) => () => src(globs, { base: '.', encoding: false }).pipe(dest('dist'));

const icons = copy('icons/*.svg');
const codex = copy('nodes/**/*.node.json');
const schemas = copy('nodes/**/__schema__/**/*.json');

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.assets = parallel(icons, codex, schemas);
