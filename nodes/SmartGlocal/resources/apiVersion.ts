import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { RowContext } from '../transport/rowContext';

/**
 * Gives a request its body in the API version that the node's option names. A name of the other
 * version can make an operation fail (API reference, section 1).
 *
 * @param body with the names of API v1
 * @returns the request with its body as the string that is signed and sent
 */
export function withVersion(
	row: RowContext,
	request: IHttpRequestOptions,
	body: Readonly<Record<string, unknown>>,
): IHttpRequestOptions {
	const { apiVersion = 'v1' } = row.getNodeParameter('options', {}) as IDataObject;
	if (apiVersion !== 'v2') return { ...request, body: JSON.stringify(body) };

	const { payment_method, ...rest } = body;
	return {
		...request,
		url: request.url.replace('/api/v1/', '/api/v2/'),
		body: JSON.stringify(
			payment_method === undefined ? rest : { payout_details: payment_method, ...rest },
		),
	};
}
