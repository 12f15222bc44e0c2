import type { IDataObject } from 'n8n-workflow';
import type { ConnectionSettings } from '../../api/send';
import { ValidationError } from '../payout/validationError';
import type { BatchLimits } from './checkBatch';
import { MAX_PARALLEL_REQUESTS } from './concurrency';
import type { ConcurrencySettings } from './concurrency';
import type { Operation } from './defineOperation';
import { readForBatch } from './readParameters';
import type { RowReader } from './readParameters';

/** What holds for all rows of a batch. */
export interface BatchSettings extends ConcurrencySettings {
	/** Only check; send nothing. */
	dryRun: boolean;
	/** Order each payout in two steps. */
	sessionFirst: boolean;
	limits: BatchLimits;
	connection: ConnectionSettings;
}

/** n8n's own default is 300 s; a payout that takes longer than a minute is better looked up. */
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Reads the settings of a batch: the node's options, and n8n's "Request Options".
 *
 * @throws {ValidationError} when one of them is unusable
 */
export function readBatchSettings(rowAt: RowReader, operation: Operation): BatchSettings {
	const isOrder = operation.kind === 'order';
	return {
		parallelRequests: readParallelRequests(rowAt),
		// n8n keeps the options of the operation that was chosen before, which must have no effect.
		dryRun: isOrder && readForBatch(rowAt, 'options.dryRun'),
		sessionFirst:
			operation.canCreateSessionFirst === true && readForBatch(rowAt, 'options.sessionFirst'),
		limits: {
			unit: readLimitUnit(rowAt),
			maxAmount: readForBatch(rowAt, 'options.maxAmount') as string | number,
			maxTotal: readForBatch(rowAt, 'options.maxTotal') as string | number,
		},
		...readRequestOptions(readForBatch(rowAt, 'requestOptions')),
	};
}

function readParallelRequests(rowAt: RowReader): number {
	const value = Number(readForBatch(rowAt, 'options.parallelRequests'));
	if (Number.isInteger(value) && value >= 1 && value <= MAX_PARALLEL_REQUESTS) return value;
	throw new ValidationError([
		{
			field: 'parallelRequests',
			message: `'Parallel Requests' must be a whole number from 1 to ${MAX_PARALLEL_REQUESTS}, but it is ${value}.`,
		},
	]);
}

/** A body written as in the API reference is always in minor units. */
function readLimitUnit(rowAt: RowReader): BatchLimits['unit'] {
	const first = rowAt(0);
	return first.read('specify') === 'json' ? 'minor' : first.read('amountUnit');
}

function readRequestOptions(requestOptions: IDataObject) {
	const { batching, proxy, timeout, allowUnauthorizedCerts } = requestOptions as {
		batching?: { batch?: { batchSize?: number; batchInterval?: number } };
		proxy?: string;
		timeout?: number;
		allowUnauthorizedCerts?: boolean;
	};
	const { batchSize = 50, batchInterval = 0 } = batching?.batch ?? {};
	const connection: ConnectionSettings = { timeout: timeout ? timeout : DEFAULT_TIMEOUT_MS };
	if (allowUnauthorizedCerts) connection.skipSslCertificateValidation = true;
	if (proxy) connection.proxy = parseProxy(proxy);
	return {
		// As n8n says of its setting: -1 is off, 0 is 1.
		batchSize: batchSize < 0 ? Infinity : Math.max(1, batchSize),
		batchIntervalMs: batchInterval,
		connection,
	};
}

function parseProxy(proxy: string): ConnectionSettings['proxy'] {
	const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
	if (!url || url.hostname === '') {
		throw new ValidationError([
			{
				field: 'proxy',
				message: "The 'Proxy' is not a web address. Write it as in http://myproxy:3128.",
			},
		]);
	}
	const { protocol, hostname, port, username, password } = url;
	const defaultPort = protocol === 'https:' ? 443 : 80;
	return {
		protocol: protocol.replace(/:$/, ''),
		host: hostname,
		port: port === '' ? defaultPort : Number(port),
		...(username !== '' && {
			auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
		}),
	};
}
