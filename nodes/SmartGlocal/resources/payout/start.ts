import type { INodeProperties } from 'n8n-workflow';
import type { DeclaredOperation } from '../../transport/operation';
import { readOrderAnswer } from '../../transport/postReceive';
import { orderOptions } from '../options';
import { sessionIdField } from '../session/sessionId';
import { payoutForm } from './form';
import { buildStartRequest } from './request';

const showOnlyForPayoutStart = { resource: ['payout'], operation: ['start'] };

export const payoutStartOperation: DeclaredOperation = {
	name: 'Start in Session',
	value: 'start',
	action: 'Start a payout in a session',
	description: 'Start the payout in a session that was created before',
	routing: {
		request: { method: 'POST', url: '/api/v1/session/start/payout' },
		send: { preSend: [buildStartRequest] },
		output: { postReceive: [readOrderAnswer] },
	},
};

export const payoutStartDescription: INodeProperties[] = [
	sessionIdField(showOnlyForPayoutStart),
	...payoutForm(showOnlyForPayoutStart, {
		name: 'As the Session Was Created',
		value: 'none',
		description: 'The payout’s data was given when the session was created',
	}),
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. INV-1001',
		description:
			'Your own name for the payout, such as the invoice number. The same reference is never paid twice.',
		displayOptions: { show: { ...showOnlyForPayoutStart, specify: ['none'] } },
	},
	{ ...orderOptions, displayOptions: { show: showOnlyForPayoutStart } },
];
