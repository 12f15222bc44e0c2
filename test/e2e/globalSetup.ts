import { startSharedN8n } from '../support/sharedN8n.mts';

export default async ({ maxWorkers }: { maxWorkers: number }): Promise<void> =>
	await startSharedN8n(maxWorkers);
