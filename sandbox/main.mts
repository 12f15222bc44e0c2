import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { instructions, USAGE } from './instructions.mts';
import { keysFolder, loadKeys } from './keys.mts';
import { startSandbox } from './server.mts';

const MAX_PORT = 65_535;
const MAX_LATENCY_MS = 3_600_000;
const MAX_RATE_LIMIT = 1_000_000;

function wholeNumber(name: string, text: string, max: number, min = 0): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= min && value <= max) return value;
	throw new Error(`--${name} must be a whole number from ${min} to ${max}, not "${text}".`);
}

async function run(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			project: { type: 'string', default: 'demo_project' },
			'public-key': { type: 'string' },
			latency: { type: 'string', default: '0' },
			'rate-limit': { type: 'string' },
			'webhook-url': { type: 'string' },
			'auto-confirm': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const keyFile = values['public-key'];
	const keys = await loadKeys();
	const publicKey = keyFile === undefined ? keys.partner.publicKey : readFileSync(keyFile, 'utf8');
	const webhookUrl = values['webhook-url'] ?? null;
	const autoConfirm = values['auto-confirm'];
	const limit = values['rate-limit'];
	const sandbox = await startSandbox({
		port: wholeNumber('port', values.port, MAX_PORT),
		latencyMs: wholeNumber('latency', values.latency, MAX_LATENCY_MS),
		requestsPerSecond:
			limit === undefined ? null : wholeNumber('rate-limit', limit, MAX_RATE_LIMIT, 1),
		autoConfirm,
		webhookUrl,
		projects: [{ id: values.project, publicKey }],
		webhookKeys: keys.webhook,
		log: (line) => console.log(line),
	});
	console.log(
		instructions({
			url: sandbox.url,
			project: values.project,
			privateKey: keyFile === undefined ? keys.partner.privateKey : null,
			keysFolder: keysFolder(),
			webhookPublicKey: sandbox.webhookPublicKey,
			webhookUrl,
			autoConfirm,
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
	console.error(`The sandbox did not start. ${(error as Error).message}\n\n${USAGE}`);
	process.exitCode = 1;
}
