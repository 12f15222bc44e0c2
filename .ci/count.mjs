// Counts what .ci/run has run, prints the closing line, and fails unless everything passed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const names = (ending) =>
	readdirSync(folder)
		.filter((file) => file.endsWith(ending))
		.map((file) => file.slice(0, -ending.length));

let passed = 0;
let failed = 0;
let skipped = 0;
const fail = (text) => {
	failed += 1;
	console.log(`FAILED: ${text}`);
};

for (const name of names('.check')) {
	const code = readFileSync(join(folder, `${name}.check`), 'utf8').trim();
	if (code === '0') passed += 1;
	else fail(`${name} ended with exit code ${code}.`);
}

for (const name of names('.suite')) {
	const file = join(folder, `${name}.json`);
	const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
	if (!report) {
		fail(`${name} left no report.`);
		continue;
	}
	passed += report.numPassedTests;
	failed += report.numFailedTests;
	skipped += report.numPendingTests + report.numTodoTests;
	for (const { assertionResults } of report.testResults) {
		for (const { status, fullName } of assertionResults) {
			if (status === 'failed') console.log(`FAILED: ${name}: ${fullName}`);
		}
	}
	if (report.numPassedTests + report.numFailedTests === 0) fail(`${name} ran no test.`);
	// A file that cannot even be loaded has no tests that could fail.
	if (report.numRuntimeErrorTestSuites > 0) {
		fail(`${name} could not load ${report.numRuntimeErrorTestSuites} test files.`);
	} else if (!report.success && report.numFailedTests === 0) fail(`${name} did not succeed.`);
}

const suites = names('.suite');
if (suites.length === 0) fail('No test was run.');

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
