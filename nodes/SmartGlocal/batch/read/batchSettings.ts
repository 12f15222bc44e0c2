import type { ConnectionSettings } from '../../../api/send';
import { ValidationError } from '../../../payout/validationError';
import type { ControlSums } from '../check/controlSums';
import type { BatchLimits } from '../check/limits';
import type { Operation } from '../defineOperation';
import { AUTOMATIC, describeValue, NO_PROXY, PARAMETERS } from './parameters';
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
	const batchSize = Number(read('requestOptions.batching.batch.batchSize'));
	const settings: BatchSettings = {
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
		// As n8n says of its setting: -1 is off, 0 is 1.
		batchSize: batchSize < 0 ? Infinity : Math.max(1, batchSize),
		batchIntervalMs: Number(read('requestOptions.batching.batch.batchInterval')),
		connection: {
			timeout: Number(read('requestOptions.timeout')),
			...(read('requestOptions.allowUnauthorizedCerts') && { skipSslCertificateValidation: true }),
			...readProxy(read('requestOptions.proxy')),
		},
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
	// A proxy can hold a password.
	const isSecret = name === 'requestOptions.proxy';
	const describe = ({ index }: Row, each: unknown) =>
		`${isSecret ? '' : `${describeValue(each)} in `}row ${index + 1}`;
	const found = `${describe(first, expected)} and ${describe(row, value)}`;
	const message = `'${label}' holds for the whole run, but its expression gives different values: ${found}. Use one value for all rows.`;
	throw new ValidationError([{ field, message }]);
}

/** No sentence repeats the proxy, which can hold a password. */
function readProxy(proxy: unknown): Pick<ConnectionSettings, 'proxy'> {
	if (proxy === NO_PROXY) return {};
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
		proxy: {
			protocol: protocol.replace(/:$/, ''),
			host: hostname,
			port: port === '' ? defaultPort : Number(port),
			...(username !== '' && { auth: { username, password } }),
		},
	};
}

function decode(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
