import type {
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { RowContext } from './rowContext';

/** Checks a row and turns the declared request into the one to send; throws a `RowError`. */
export type BuildRequest = (
	this: RowContext,
	request: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/** Turns an answer into the row's items; throws a `RowError` when it is not a good one. */
export type ReadAnswer = (
	this: RowContext,
	items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
) => Promise<INodeExecutionData[]>;

/**
 * An operation as n8n's declarative routing describes it: the only description of its request, run
 * by our runner and, in a test, by n8n's own engine.
 */
export interface DeclaredOperation extends INodePropertyOptions {
	routing: {
		request: { method: 'POST'; url: string };
		send: { preSend: BuildRequest[] };
		output: { postReceive: ReadAnswer[] };
	};
}

/** Whether an operation orders a payout, so that the limits and options for orders apply to it. */
export function ordersPayout({ routing }: DeclaredOperation): boolean {
	return /\/(init|start)\/payout$/.test(routing.request.url);
}

/** Whether an operation orders a payout in one step, which can be made two. */
export function ordersInOneStep({ routing }: DeclaredOperation): boolean {
	return routing.request.url.endsWith('/init/payout');
}

/** Declared once for all operations, as `requestDefaults` of the node. */
export const REQUEST_DEFAULTS = {
	headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
	// Our own code reads every status. Without this, n8n answers a 401 by signing and sending the
	// payout once more (n8n 2.41).
	ignoreHttpStatusErrors: true,
	// A redirected POST loses its body and could carry a signed payout to another host.
	disableFollowRedirect: true,
} as const;
