import { startWorker } from './worker.mts';

/** How the sandbox process starts. */
export interface SandboxStart {
	publicKey: string;
	latencyMs: number;
	keepRequests: number;
}

/** What the sandbox process does on request. */
export type SandboxCommand = 'reset' | 'report';

/** What the sandbox received since its reset. */
export interface SandboxReport {
	received: number;
	signatureValid: number;
	accepted: number;
	/** The most requests in flight at once. */
	maxInFlight: number;
	/** `digestBodies` of the received bodies. */
	digest: string;
}

/** A sandbox in its own process. */
export interface BenchSandbox {
	url: string;
	reset: () => Promise<void>;
	report: () => Promise<SandboxReport>;
	stop: () => void;
}

/** Starts a sandbox in its own process, with one project. */
export async function startBenchSandbox(start: SandboxStart): Promise<BenchSandbox> {
	const worker = startWorker('sandboxProcess.mts');
	const url = (await worker.ask(start)) as string;
	return {
		url,
		reset: async () => void (await worker.ask('reset')),
		report: async () => (await worker.ask('report')) as SandboxReport,
		stop: worker.stop,
	};
}
