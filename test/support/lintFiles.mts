import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

export interface Finding {
	ruleId: string | null;
	line: number;
	message: string;
}

/**
 * Lints source files with the project's configuration.
 *
 * @param files the text of each file by its path in the repository
 * @returns the findings of each file by its path
 */
export function lint(files: ReadonlyMap<string, string>): Map<string, Finding[]> {
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'smart-glocal-lint-')));
	try {
		for (const [file, text] of files) {
			mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
			writeFileSync(path.join(folder, file), text);
		}
		const eslint = path.join(ROOT, 'node_modules/eslint/bin/eslint.js');
		const config = path.join(ROOT, 'eslint.tools.config.mjs');
		const { stdout, stderr } = spawnSync(
			process.execPath,
			[eslint, '--config', config, '--format', 'json', '.'],
			{ cwd: folder, encoding: 'utf8' },
		);
		if (stdout === '') throw new Error(stderr);
		const results = JSON.parse(stdout) as Array<{ filePath: string; messages: Finding[] }>;
		return new Map(
			results.map(({ filePath, messages }) => [
				path.relative(folder, filePath).replaceAll(path.sep, '/'),
				messages,
			]),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** The rules that have findings in a file, each once. */
export function brokenRules(findings: readonly Finding[] = []) {
	return [...new Set(findings.map(({ ruleId }) => ruleId))];
}
