import type { BatchSettings } from '../../nodes/SmartGlocal/batch/read/batchSettings';

/** The settings of a batch whose options nobody has touched. */
export const BATCH_SETTINGS: BatchSettings = {
	parallelRequests: undefined,
	batchSize: Infinity,
	batchIntervalMs: 0,
	dryRun: false,
	sessionFirst: false,
	maxWaitMs: undefined,
	maxAmount: undefined,
	maxTotal: undefined,
	similarRows: 'warn',
	expectedRows: undefined,
	expectedTotal: undefined,
	checkBalance: false,
	includeFingerprints: false,
	includeInputFields: false,
	summaryItem: false,
	connection: { timeout: 1_000, skipSslCertificateValidation: false, proxy: undefined },
};
