// Counts the reports that .ci/run and .ci/each have left, prints the closing line, and fails
// unless everything passed. Each test counts; so does each step that is not a test run.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const count = { passed: 0, failed: 0, skipped: 0 };
const fail = (text) => {
	count.failed += 1;
	console.log(`FAILED: ${text}`);
};

/** Counts the tests of a Jest report; `code` is the exit code of the script that ran Jest. */
function countTests(name, code) {
	const file = join(folder, `${name}.jest.json`);
	if (!existsSync(file)) return fail(`${name} left no report.`);
	const report = JSON.parse(readFileSync(file, 'utf8'));
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
	count.passed += numPassedTests;
	count.failed += numFailedTests;
	count.skipped += numPendingTests + numTodoTests;
	for (const { assertionResults } of report.testResults) {
		for (const { status, fullName } of assertionResults) {
			if (status === 'failed') console.log(`FAILED: ${name}: ${fullName}`);
		}
	}
	if (numPassedTests + numFailedTests === 0) fail(`${name} ran no test.`);
	// A test file that cannot be loaded has no tests that could fail.
	if (code !== 0 && numFailedTests === 0) fail(`${name} ended with exit code ${code}.`);
	if (report.numRuntimeErrorTestSuites > 0) {
		fail(`${name} could not load ${report.numRuntimeErrorTestSuites} test files.`);
	}
}

const steps = readdirSync(folder)
	.filter((file) => file.endsWith('.code'))
	.map((file) => file.slice(0, -'.code'.length));

for (const name of steps) {
	const code = Number(readFileSync(join(folder, `${name}.code`), 'utf8'));
	if (name.startsWith('test-')) countTests(name, code);
	else if (code === 0) count.passed += 1;
	else fail(`${name} ended with exit code ${code}.`);
}
if (!steps.includes('test-n8n')) fail('The tests did not run to the end.');

const { passed, failed, skipped } = count;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
