import type { BenchServer } from './servers.mts';
import { startWorker } from './worker.mts';

/** How the sandbox process starts. */
export interface SandboxStart {
	publicKey: string;
}

/** Asks for a report, or forgets everything received and responds as this server from then on. */
export type SandboxCommand = 'report' | BenchServer;

/** What the sandbox received since its reset. */
export interface SandboxReport {
	received: number;
	signatureValid: number;
	/** Requests over the limit, which got HTTP 429. */
	refused: number;
	/** References that were paid, and those that were paid more than once. */
	paid: number;
	paidAgain: number;
	/** The most requests in flight at once. */
	maxInFlight: number;
	/** `digestBodies` of the accepted bodies, where they are kept. */
	digest: string | undefined;
}

/** A sandbox, or a plain server, in its own process. */
export interface BenchSandbox {
	url: string;
	/** Forgets everything received. */
	become: (server: BenchServer) => Promise<void>;
	report: () => Promise<SandboxReport>;
	stop: () => void;
}

/** Starts a sandbox in its own process, with one project. */
export async function startBenchSandbox(start: SandboxStart): Promise<BenchSandbox> {
	return await startServer('sandboxProcess.mts', start);
}

/** Starts a server in its own process that checks nothing and keeps nothing. */
export async function startPlainServer(): Promise<BenchSandbox> {
	return await startServer('plainServerProcess.mts', 'start');
}

async function startServer(script: string, start: SandboxStart | 'start'): Promise<BenchSandbox> {
	const worker = startWorker(script);
	const url = (await worker.ask(start)) as string;
	return {
		url,
		become: async (server) => void (await worker.ask(server)),
		report: async () => (await worker.ask('report')) as SandboxReport,
		stop: worker.stop,
	};
}
