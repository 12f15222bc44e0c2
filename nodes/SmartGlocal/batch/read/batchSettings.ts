import type { IExecuteFunctions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../../../credentials/authenticateRequest';
import { numberRow } from '../../../payout/headers/matchColumns';
import { ValidationError } from '../../../payout/validationError';
import type { Operation } from '../defineOperation';
import { createTurns } from '../send/eventLoop';
import { AUTOMATIC, describeValue, PARAMETERS, readProxy, toField } from './parameters';
import type { BatchParameterName, ParameterValue } from './parameters';
import type { RowReader } from './readParameters';

/** What holds for all rows of a batch. */
export type BatchSettings = Awaited<ReturnType<typeof readBatchSettings>>;

/** Reads the node's options and n8n's "Request Options". Throws a `ValidationError`. */
export async function readBatchSettings(
	{ rowAt, canDiffer }: RowReader,
	rowCount: number,
	{ kind, canCreateSessionFirst }: Operation,
) {
	const first = rowAt(0);
	const used = new Set<BatchParameterName>();
	// n8n keeps the options of the operation that was chosen before, which must have no effect.
	const read = <Name extends BatchParameterName>(
		name: Name,
		hasEffect = true,
	): ParameterValue<Name> => {
		if (!hasEffect) return PARAMETERS[name].fallback;
		used.add(name);
		return first.read(name);
	};
	const isOrder = kind === 'order';
	const isWaiting = read('options.waitUntilFinal', kind === 'lookup');
	const parallelRequests = read('options.parallelRequests');
	const batchSize = Number(read('requestOptions.batching.batch.batchSize'));
	const settings = {
		/** How many requests are in flight at most; undefined means automatic. */
		parallelRequests: parallelRequests === AUTOMATIC ? undefined : Number(parallelRequests),
		dryRun: read('options.dryRun', isOrder),
		sessionFirst: read('options.sessionFirst', canCreateSessionFirst === true),
		/** How long to look again until payouts are final; undefined looks once. */
		maxWaitMs: isWaiting ? Number(read('options.maxWaitSeconds')) * 1_000 : undefined,
		maxAmount: read('options.maxAmount', isOrder),
		maxTotal: read('options.maxTotal', isOrder),
		similarRows: read('options.similarRows', isOrder),
		expectedRows: read('options.expectedRows', isOrder),
		expectedTotal: read('options.expectedTotal', isOrder),
		checkBalance: read('options.checkBalance', isOrder),
		includeFingerprints: read('options.includeFingerprints', isOrder),
		includeInputFields: read('options.includeInputFields', kind !== 'balance'),
		summaryItem: read('options.summaryItem', isOrder),
		/** After this many rows comes a pause. As n8n says of its setting: -1 is off, 0 is 1. */
		batchSize: batchSize < 0 ? Infinity : Math.max(1, batchSize),
		batchIntervalMs: Number(read('requestOptions.batching.batch.batchInterval')),
		connection: {
			timeout: Number(read('requestOptions.timeout')),
			skipSslCertificateValidation: read('requestOptions.allowUnauthorizedCerts'),
			proxy: readProxy(read('requestOptions.proxy')),
		},
	};

	const giveTurn = createTurns();
	const differing = [...used].filter(canDiffer);
	for (let index = 1; differing.length > 0 && index < rowCount; index++) {
		await giveTurn();
		const row = rowAt(index);
		for (const name of differing) {
			const [expected, found] = [first, row].map((each) => each.read(name));
			if (JSON.stringify(found) === JSON.stringify(expected)) continue;
			const message = `'${PARAMETERS[name].label}' holds for the whole run, but its expression gives different values: ${describeValue(name, expected)} in row ${first.number} and ${describeValue(name, found)} in row ${row.number}. Use one value for all rows.`;
			throw new ValidationError([{ field: toField(name), message }]);
		}
	}
	return settings;
}

/** The rows after the first for which the credential is read whatever it holds, besides the last. */
const ALWAYS_READ = 20;

/** Reads the credential of a batch. Throws a `ValidationError` when it differs from row to row. */
export async function readCredentials(context: IExecuteFunctions) {
	const items = context.getInputData();
	const rowCount = items.length;
	const read = async (index: number) => await context.getCredentials(CREDENTIAL_TYPE, index);
	const first = await read(0);
	const isLikeFirst = async (index: number) =>
		JSON.stringify(await read(index)) === JSON.stringify(first);
	// Each reading costs about as much as sending a row (n8n 2.41). An expression that looks at its row
	// cannot be evaluated for one that does not exist; the others mostly differ soon.
	const isOfNoRow = rowCount === 1 || (await isLikeFirst(rowCount).catch(() => false));
	for (let index = 1; index < rowCount; index++) {
		const isRead = !isOfNoRow || index <= ALWAYS_READ || index === rowCount - 1;
		if (!isRead || (await isLikeFirst(index))) continue;
		const numbers = [0, index].map((at) => numberRow(items[at]?.json ?? {}, at));
		const message = `The credential's fields differ from row to row (rows ${numbers.join(' and ')}), but a run has one credential. Split the rows, or remove the expression from the credential.`;
		throw new ValidationError([{ field: 'credential', message }]);
	}
	return first;
}
