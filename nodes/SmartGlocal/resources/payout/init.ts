import type { INodeProperties } from 'n8n-workflow';
import type { DeclaredOperation } from '../../transport/operation';
import { readOrderAnswer } from '../../transport/postReceive';
import { initOptions } from '../options';
import { payoutForm } from './form';
import { buildInitRequest } from './request';

const showOnlyForPayoutInit = { resource: ['payout'], operation: ['init'] };

export const payoutInitOperation: DeclaredOperation = {
	name: 'Init Payout',
	value: 'init',
	action: 'Init a payout',
	description: 'Create a session and start the payout in one step',
	routing: {
		request: { method: 'POST', url: '/api/v1/session/init/payout' },
		send: { preSend: [buildInitRequest] },
		output: { postReceive: [readOrderAnswer] },
	},
};

export const payoutInitDescription: INodeProperties[] = [
	...payoutForm(showOnlyForPayoutInit),
	{ ...initOptions, displayOptions: { show: showOnlyForPayoutInit } },
];
