// Prints the scripts that a script of package.json is made of: `npm run a && npm run b` is a, b.
import { readFileSync } from 'node:fs';

const name = process.argv[2];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const steps = scripts[name].split('&&').map((step) => step.trim());
for (const step of steps) {
	if (!/^npm run [\w:-]+$/.test(step)) {
		throw new Error(`The script "${name}" has a step that .ci/run cannot run: ${step}`);
	}
}
console.log(steps.map((step) => step.replace('npm run ', '')).join('\n'));
