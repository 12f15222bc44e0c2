import path from 'node:path';
import { mustRun } from './command.mts';
import { ROOT } from './packedPackage.mts';

/** A folder to scan, and which of its files. */
export interface Scan {
	folder: string;
	patterns: readonly string[];
}

/** The verdict of n8n's scanner on a folder. */
export interface ScanResult {
	passed: boolean;
	message?: string;
	/** Each finding, with the file above it. */
	details?: string;
}

/** The files that the scanner reads in a published package. */
export const PACKED_FILES = ['**/*.js', 'package.json'];

// The scanner has no command for a folder. In a Jest test its rules would see another parser and
// find nothing, so it runs in a process of its own, as n8n runs it.
const SCAN = `
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(process.argv[1]);
	const results = [];
	for (const { folder, patterns } of JSON.parse(process.argv[2])) {
		results.push(await analyzePackage(folder, patterns.length > 0 ? patterns : SOURCE_FILE_PATTERNS));
	}
	console.log(JSON.stringify(results));
`;

const SCANNER = path.join(ROOT, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');

/**
 * Runs n8n's scanner, which ignores inline exceptions.
 *
 * @param scans with no patterns, the scanner's own for a source folder
 * @returns the verdicts in the same order
 */
export async function scan(scans: readonly Scan[]): Promise<ScanResult[]> {
	const words = ['--input-type=module', '--eval', SCAN, SCANNER, JSON.stringify(scans)];
	return JSON.parse(await mustRun(process.execPath, words, { cwd: ROOT })) as ScanResult[];
}
