import { startWorker } from './workers.mts';

/** What a sandbox process is started with. */
export interface SandboxStart {
	publicKey: string;
	latencyMs: number;
	keepRequests: number;
}

/** What a sandbox process is asked for. */
export type SandboxAsk = 'reset' | 'report';

/** What the sandbox saw since it was reset. */
export interface SandboxReport {
	received: number;
	signatureValid: number;
	accepted: number;
	/** The most requests that were under way at once. */
	mostInFlight: number;
	/** Of the bodies received, as `digestBodies` makes it. */
	digest: string;
}

/** A sandbox in a process of its own. */
export interface SandboxProcess {
	url: string;
	reset: () => Promise<void>;
	report: () => Promise<SandboxReport>;
	stop: () => void;
}

/** Starts a sandbox in a process of its own, with one project. */
export async function startSandboxProcess(start: SandboxStart): Promise<SandboxProcess> {
	const worker = startWorker('sandboxProcess.mts');
	const url = (await worker.ask(start)) as string;
	return {
		url,
		reset: async () => void (await worker.ask('reset')),
		report: async () => (await worker.ask('report')) as SandboxReport,
		stop: worker.stop,
	};
}
