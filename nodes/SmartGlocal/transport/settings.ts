import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { ordersInOneStep, ordersPayout } from './operation';
import type { DeclaredOperation } from './operation';

/** How a batch is sent. Times are in milliseconds. */
export interface BatchSettings {
	/** Requests in flight at once. */
	parallelRequests: number;
	/** Only check; send nothing. */
	dryRun: boolean;
	/** Order each payout in two steps. */
	sessionFirst: boolean;
	/** After this many rows comes a pause. */
	batchSize: number;
	batchInterval: number;
	/** What every request of the batch shares: proxy, timeout, certificates. */
	request: Pick<IHttpRequestOptions, 'proxy' | 'skipSslCertificateValidation' | 'timeout'>;
}

const DEFAULT_PARALLEL_REQUESTS = 5;
const MOST_PARALLEL_REQUESTS = 20;
/** n8n's own default is 300 s; a payout that takes longer than a minute is better looked up. */
const DEFAULT_TIMEOUT = 60_000;

/**
 * Reads the options that concern the whole batch, ours and n8n's "Request Options".
 *
 * @throws {NodeOperationError} with a sentence when one of them is unusable
 */
export function readBatchSettings(
	context: IExecuteFunctions,
	operation: DeclaredOperation,
): BatchSettings {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const requestOptions = context.getNodeParameter('requestOptions', 0, {}) as {
		batching?: { batch?: { batchSize?: number; batchInterval?: number } };
		proxy?: string;
		timeout?: number;
		allowUnauthorizedCerts?: boolean;
	};
	const { batchSize = 50, batchInterval = 0 } = requestOptions.batching?.batch ?? {};
	const parallelRequests = Number(options.parallelRequests ?? DEFAULT_PARALLEL_REQUESTS);
	if (
		!Number.isInteger(parallelRequests) ||
		parallelRequests < 1 ||
		parallelRequests > MOST_PARALLEL_REQUESTS
	) {
		throw new NodeOperationError(
			context.getNode(),
			`'Parallel Requests' must be a whole number from 1 to ${MOST_PARALLEL_REQUESTS}`,
			{ description: `It is ${String(options.parallelRequests)}. Nothing was sent.` },
		);
	}
	return {
		parallelRequests,
		// n8n keeps the options of the operation that was chosen before.
		dryRun: options.dryRun === true && ordersPayout(operation),
		sessionFirst: options.sessionFirst === true && ordersInOneStep(operation),
		// As n8n says of its setting: -1 is off, 0 is 1.
		batchSize: batchSize < 0 ? Infinity : Math.max(1, batchSize),
		batchInterval,
		request: {
			timeout: requestOptions.timeout ? requestOptions.timeout : DEFAULT_TIMEOUT,
			...(requestOptions.allowUnauthorizedCerts && { skipSslCertificateValidation: true }),
			...(requestOptions.proxy && { proxy: parseProxy(context, requestOptions.proxy) }),
		},
	};
}

function parseProxy(context: IExecuteFunctions, proxy: string): IHttpRequestOptions['proxy'] {
	const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
	if (!url || url.hostname === '') {
		throw new NodeOperationError(context.getNode(), "The 'Proxy' is not a web address", {
			description: `Write it as in http://myproxy:3128. Nothing was sent.`,
		});
	}
	const { protocol, hostname, port, username, password } = url;
	return {
		protocol: protocol.replace(/:$/, ''),
		host: hostname,
		port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port),
		...(username !== '' && {
			auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
		}),
	};
}
