import type { INodeProperties } from 'n8n-workflow';
import type { DeclaredOperation } from '../../transport/operation';
import { readSessionAnswer } from '../../transport/postReceive';
import { requestOptions } from '../options';
import { payoutForm } from '../payout/form';
import { buildCreateRequest } from '../payout/request';

const showOnlyForSessionCreate = { resource: ['session'], operation: ['create'] };

export const sessionCreateOperation: DeclaredOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create a session',
	description:
		'Create a session, empty or with a payout’s data. Nothing is paid before it is started.',
	routing: {
		request: { method: 'POST', url: '/api/v1/session/create' },
		send: { preSend: [buildCreateRequest] },
		output: { postReceive: [readSessionAnswer] },
	},
};

export const sessionCreateDescription: INodeProperties[] = [
	...payoutForm(showOnlyForSessionCreate, {
		name: 'Nothing Yet',
		value: 'none',
		description: 'Create an empty session, and give the payout’s data when it is started',
	}),
	{ ...requestOptions, displayOptions: { show: showOnlyForSessionCreate } },
];
