import type { IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import type { DeclaredOperation } from '../../transport/operation';
import { readBalanceAnswer } from '../../transport/postReceive';
import type { RowContext } from '../../transport/rowContext';
import { rememberFacts } from '../../transport/rowFacts';
import { simplifyOption } from '../options';

const showOnlyForWalletGetBalance = { resource: ['wallet'], operation: ['getBalance'] };

export const walletGetBalanceOperation: DeclaredOperation = {
	name: 'Get Balance',
	value: 'getBalance',
	action: 'Get the balance of all wallets',
	description: 'Look up the prefunded balance that payouts are paid from',
	routing: {
		// The wallet has no v2 (API reference, section 1).
		request: { method: 'POST', url: '/api/v1/wallet/balance' },
		send: { preSend: [buildBalanceRequest] },
		output: { postReceive: [readBalanceAnswer] },
	},
};

/** Declared as preSend: the balance of this moment, in ISO 8601 with an offset. */
async function buildBalanceRequest(
	this: RowContext,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	rememberFacts(this, { subject: { kind: 'balance', name: '' }, reference: '' });
	const now = new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
	return { ...request, body: JSON.stringify({ request_datetime: now }) };
}

export const walletGetBalanceDescription: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [simplifyOption],
		displayOptions: { show: showOnlyForWalletGetBalance },
	},
];
