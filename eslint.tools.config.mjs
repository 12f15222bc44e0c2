import js from '@eslint/js';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// n8n's own configuration (eslint.config.mjs, unchanged) lints every *.ts. This one lints what is
// not part of the package: the sandbox, the demo, the tests and the benchmark.
export default tseslint.config(globalIgnores(['dist', 'node_modules', 'coverage', '**/*.ts']), {
	files: ['**/*.mts'],
	extends: [js.configs.recommended, tseslint.configs.recommended],
	linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
	rules: { 'no-undef': 'off' },
});
