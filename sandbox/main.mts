import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { instructions, usage } from './instructions.mts';
import { makeKeyPair, startSandbox } from './server.mts';

function wholeNumber(name: string, text: string, highest: number): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value <= highest) return value;
	throw new Error(`--${name} must be a whole number from 0 to ${highest}, not "${text}".`);
}

async function run(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			project: { type: 'string', default: 'demo_project' },
			'public-key': { type: 'string' },
			latency: { type: 'string', default: '0' },
			'webhook-url': { type: 'string' },
			'auto-confirm': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const file = values['public-key'];
	const made = file === undefined ? await makeKeyPair() : null;
	const publicKey = made?.publicKey ?? readFileSync(String(file), 'utf8');
	const sandbox = await startSandbox({
		port: wholeNumber('port', values.port, 65_535),
		latencyMs: wholeNumber('latency', values.latency, 3_600_000),
		autoConfirm: values['auto-confirm'],
		webhookUrl: values['webhook-url'] ?? null,
		projects: [{ id: values.project, publicKey }],
		log: (line) => console.log(line),
	});
	console.log(
		instructions({
			url: sandbox.url,
			project: values.project,
			privateKey: made?.privateKey ?? null,
			webhookPublicKey: sandbox.webhookPublicKey,
			webhookUrl: values['webhook-url'] ?? null,
			autoConfirm: values['auto-confirm'],
		}),
	);
	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		await sandbox.stop();
		console.log('The sandbox has stopped.');
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
}

try {
	await run();
} catch (error) {
	console.error(`The sandbox did not start. ${(error as Error).message}\n\n${usage}`);
	process.exitCode = 1;
}
