import { listenForStop } from '../n8n/shutdown.mts';
import { payExampleFile, startDemo } from './demo.mts';

// npm run demo [-- --once]

const say = (text: string) => void process.stdout.write(`${text}\n`);
const options = process.argv.slice(2);
const unknown = options.find((option) => option !== '--once');

if (unknown) {
	say(`The demo has no option ${unknown}. Its only option is --once.`);
	process.exitCode = 2;
} else {
	await runDemo(options.includes('--once'));
}

async function runDemo(once: boolean): Promise<void> {
	const shutdown = listenForStop(say);
	try {
		const demo = await startDemo(shutdown);
		if (once) {
			process.exitCode = (await payExampleFile(demo, say)) ? 0 : 1;
		} else {
			say(`\n${demo.whereToLook}\n\nPress Ctrl-C to stop.`);
			const stayingUp = setInterval(() => undefined, 60_000);
			await shutdown.whenAsked;
			clearInterval(stayingUp);
		}
	} catch (error) {
		if (!shutdown.asked()) say(`\n${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = shutdown.asked() ? 130 : 1;
	} finally {
		await shutdown.finish();
	}
}
