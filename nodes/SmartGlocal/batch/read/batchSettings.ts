import type { IDataObject } from 'n8n-workflow';
import type { ConnectionSettings } from '../../../api/send';
import { asObject } from '../../../payout/json/jsonObject';
import { ValidationError } from '../../../payout/validationError';
import type { BatchLimits } from '../check/checkBatch';
import type { ControlSums } from '../check/controlSums';
import type { Operation } from '../defineOperation';
import { AUTOMATIC, describeValue, isWholeNumber, PARAMETERS } from './parameters';
import type { BatchParameterName } from './parameters';
import type { Row, RowReader } from './readParameters';
import type { PauseSettings } from '../send/runConcurrently';
import { createTurns } from '../send/eventLoop';

/** What holds for all rows of a batch. */
export interface BatchSettings extends PauseSettings {
	/** How many requests are in flight at most; undefined means automatic. */
	parallelRequests: number | undefined;
	/** Only check; send nothing. */
	dryRun: boolean;
	/** Order each payout in two steps. */
	sessionFirst: boolean;
	/** How long to look again until payouts are final; undefined looks once. */
	maxWaitMs?: number | undefined;
	limits: BatchLimits;
	controls: ControlSums;
	/** Ask for the balance before the first payout. */
	checkBalance: boolean;
	output: BatchOutput;
	connection: ConnectionSettings;
}

/** What the output holds besides the results. */
export interface BatchOutput {
	/** The row's own columns, too. */
	includeInputFields: boolean;
	/** One last item that sums the run up. */
	summaryItem: boolean;
}

/** n8n's own default is 300 s; a payout that takes longer than a minute is better looked up. */
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Reads the settings of a batch: the node's options, and n8n's "Request Options".
 *
 * @param rowCount how many rows the batch has; every one of them must have the same settings
 * @throws {ValidationError} when one of them is unusable, or differs from row to row
 */
export async function readBatchSettings(
	{ rowAt, canDiffer }: RowReader,
	rowCount: number,
	operation: Operation,
): Promise<BatchSettings> {
	const first = rowAt(0);
	const used = new Set<BatchParameterName>();
	const read = <Name extends BatchParameterName>(name: Name) => {
		used.add(name);
		return first.read(name);
	};
	// n8n keeps the options of the operation that was chosen before, which must have no effect.
	const isOrder = operation.kind === 'order';
	const canWait = operation.interpretFinality !== undefined;
	const isWaiting = canWait && read('options.waitUntilFinal');
	const parallelRequests = read('options.parallelRequests');
	const settings = {
		parallelRequests: parallelRequests === AUTOMATIC ? undefined : Number(parallelRequests),
		dryRun: isOrder && read('options.dryRun'),
		sessionFirst: operation.canCreateSessionFirst === true && read('options.sessionFirst'),
		maxWaitMs: isWaiting ? Number(read('options.maxWaitSeconds')) * 1_000 : undefined,
		limits: isOrder
			? {
					maxAmount: read('options.maxAmount'),
					maxTotal: read('options.maxTotal'),
					similarRows: read('options.similarRows'),
				}
			: {},
		controls: isOrder
			? {
					expectedRows: read('options.expectedRows'),
					expectedTotal: read('options.expectedTotal'),
				}
			: {},
		checkBalance: isOrder && read('options.checkBalance'),
		output: {
			includeInputFields: operation.kind !== 'balance' && read('options.includeInputFields'),
			summaryItem: isOrder && read('options.summaryItem'),
		},
		...readRequestOptions(read('requestOptions')),
	};

	const giveTurn = createTurns();
	const differing = [...used].filter(canDiffer);
	if (differing.length === 0) return settings;
	for (let index = 1; index < rowCount; index++) {
		await giveTurn();
		for (const name of differing) ensureSame(name, first, rowAt(index));
	}
	return settings;
}

/** What holds for the whole run cannot be another thing in one of its rows. */
function ensureSame(name: BatchParameterName, first: Row, row: Row) {
	const expected = first.read(name);
	const value = row.read(name);
	if (JSON.stringify(value) === JSON.stringify(expected)) return;
	const { label } = PARAMETERS[name];
	const field = name.split('.').at(-1) ?? name;
	// A collection is not shown: it can hold a proxy with its password.
	const told = ({ index }: Row, each: unknown) =>
		typeof each === 'object' ? `row ${index + 1}` : `${describeValue(each)} in row ${index + 1}`;
	const found = `${told(first, expected)} and ${told(row, value)}`;
	const message = `'${label}' holds for the whole run, but its expression gives different values: ${found}. Use one value for all rows.`;
	throw new ValidationError([{ field, message }]);
}

/** The longest wait that Node.js can measure; with a longer one, it does not wait at all. */
const MAX_MS = 2 ** 31 - 1;

const DEFAULT_BATCHING = { batchSize: 50, batchInterval: 0 };

function readRequestOptions(options: IDataObject) {
	const { batching, proxy, timeout, allowUnauthorizedCerts } = options;
	const { batchSize, batchInterval } = {
		...DEFAULT_BATCHING,
		...asObject(asObject(batching).batch),
	};
	if (Number(batchSize) !== -1) ensureNumber('Items per Batch', batchSize, 0, MAX_MS);
	ensureNumber('Batch Interval', batchInterval, 0, MAX_MS);

	const connection: ConnectionSettings = { timeout: DEFAULT_TIMEOUT_MS };
	// A setting that is there, but whose expression gives nothing, is not the same as none.
	if ('timeout' in options) {
		ensureNumber('Timeout', timeout, 1, MAX_MS);
		connection.timeout = Number(timeout);
	}
	if ('allowUnauthorizedCerts' in options && typeof allowUnauthorizedCerts !== 'boolean') {
		refuse('Ignore SSL Issues', allowUnauthorizedCerts, 'true or false');
	}
	if (allowUnauthorizedCerts === true) connection.skipSslCertificateValidation = true;
	if ('proxy' in options) connection.proxy = parseProxy(proxy);
	return {
		// As n8n says of its setting: -1 is off, 0 is 1.
		batchSize: Number(batchSize) < 0 ? Infinity : Math.max(1, Number(batchSize)),
		batchIntervalMs: Number(batchInterval),
		connection,
	};
}

function ensureNumber(label: string, value: unknown, least: number, most: number) {
	if (isWholeNumber(value, least, most)) return;
	refuse(label, value, `a whole number from ${least} to ${most}`);
}

function refuse(label: string, value: unknown, allowed: string): never {
	const message = `'${label}' in the request options is ${describeValue(value)}, but it can only be ${allowed}. Correct the setting or its expression.`;
	throw new ValidationError([{ field: 'requestOptions', message }]);
}

/** No sentence repeats the proxy, which can hold a password. */
function parseProxy(proxy: unknown): ConnectionSettings['proxy'] {
	const url = typeof proxy === 'string' && URL.canParse(proxy) ? new URL(proxy) : undefined;
	if (!url || url.hostname === '' || !/^https?:$/.test(url.protocol)) {
		const message =
			"The 'Proxy' is not a web address. Write it as in http://myproxy:3128, or remove the option.";
		throw new ValidationError([{ field: 'proxy', message }]);
	}
	const { protocol, hostname, port } = url;
	const [username, password] = [url.username, url.password].map(decode);
	if (username === undefined || password === undefined) {
		const message =
			"The user name or password in 'Proxy' has a % that does not begin an escape. Write %25 for it.";
		throw new ValidationError([{ field: 'proxy', message }]);
	}
	const defaultPort = protocol === 'https:' ? 443 : 80;
	return {
		protocol: protocol.replace(/:$/, ''),
		host: hostname,
		port: port === '' ? defaultPort : Number(port),
		...(username !== '' && { auth: { username, password } }),
	};
}

function decode(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
