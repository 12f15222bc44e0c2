import type { IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { buildPayout } from '../../payout/body';
import { DESTINATIONS } from '../../payout/destination';
import { createRefusal } from '../../transport/errors';
import type { DeclaredOperation } from '../../transport/operation';
import { readPayoutAnswer } from '../../transport/postReceive';
import type { RowContext } from '../../transport/rowContext';
import { rememberFacts } from '../../transport/rowFacts';
import { batchOptions } from './options';
import { readPayoutRow } from './row';

const showOnlyForPayoutInit = { resource: ['payout'], operation: ['init'] };

export const payoutInitOperation: DeclaredOperation = {
	name: 'Init Payout',
	value: 'init',
	action: 'Init a payout',
	description: 'Create a session and start the payout in one step',
	routing: {
		request: { method: 'POST', url: '/api/v1/session/init/payout' },
		send: { preSend: [buildInitPayoutRequest] },
		output: { postReceive: [readPayoutAnswer] },
	},
};

/**
 * Declared as preSend: checks the row and makes its request.
 *
 * @throws an error of n8n that names everything that is wrong with the row
 */
export async function buildInitPayoutRequest(
	this: RowContext,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const payout = buildPayout(readPayoutRow(this));
	if ('problems' in payout) {
		throw createRefusal(this.getNode(), this.getItemIndex(), payout.problems, payout.reference);
	}
	const { body, ...facts } = payout;
	rememberFacts(this, facts);
	return {
		...request,
		headers: { ...request.headers, 'X-PARTNER-IDEMPOTENCY-KEY': facts.idempotencyKey },
		// A string, because what is signed must be what is sent, byte for byte.
		body: JSON.stringify(body),
	};
}

export const payoutInitDescription: INodeProperties[] = [
	{
		displayName: 'Destination',
		name: 'destination',
		type: 'options',
		required: true,
		options: DESTINATIONS,
		default: '',
		description: 'Where the money goes. It decides which fields the payout needs.',
		displayOptions: { show: showOnlyForPayoutInit },
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		required: true,
		default: 'USD',
		placeholder: 'e.g. USD',
		description:
			'Currency of the amount as a code of three letters, unless the row has a column "currency". It can differ from the currency that the recipient gets.',
		displayOptions: { show: showOnlyForPayoutInit },
	},
	{
		displayName: 'Amount Is In',
		name: 'amountUnit',
		type: 'options',
		options: [
			{
				name: 'Major Units (100.50)',
				value: 'major',
				description: 'As people write amounts: 100.50 is one hundred dollars and fifty cents',
			},
			{
				name: 'Minor Units (10050)',
				value: 'minor',
				description: 'As banks count: 10050 is one hundred dollars and fifty cents',
			},
		],
		default: 'major',
		description: 'How the amounts in your data are written',
		displayOptions: { show: showOnlyForPayoutInit },
	},
	{
		displayName: 'Payout',
		name: 'payout',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['destination'],
			resourceMapper: {
				resourceMapperMethod: 'getPayoutColumns',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				valuesLabel: 'Account and Recipient',
				addAllFields: true,
				supportAutoMap: true,
				noFieldsError: 'Choose a destination first.',
			},
		},
		description:
			'The payout of each row. "Reference" is your own, such as the invoice number: the same reference is never paid twice.',
		displayOptions: { show: showOnlyForPayoutInit },
	},
	{
		displayName: 'Sender',
		name: 'sender',
		type: 'collection',
		placeholder: 'Add Sender Field',
		default: {},
		description:
			'The company that pays, the same for every row. Columns that begin with "sender_" win.',
		options: [
			{ displayName: 'Address Line', name: 'address_line', type: 'string', default: '' },
			{ displayName: 'City', name: 'city', type: 'string', default: '' },
			{
				displayName: 'Code',
				name: 'code',
				type: 'string',
				default: '',
				description: 'The company registration number, as Smart Glocal has it',
			},
			{
				displayName: 'Company Name',
				name: 'company_name',
				type: 'string',
				default: '',
			},
			{
				displayName: 'Country',
				name: 'country_iso3',
				type: 'string',
				default: '',
				placeholder: 'e.g. USA',
				description: 'Country code of three letters (ISO 3166-1 alpha-3)',
			},
			{ displayName: 'Postal Code', name: 'postal_code', type: 'string', default: '' },
			{
				displayName: 'Registration Number',
				name: 'registration_number',
				type: 'string',
				default: '',
			},
			{ displayName: 'State', name: 'state', type: 'string', default: '' },
		],
		displayOptions: { show: showOnlyForPayoutInit },
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Customer Email',
				name: 'customerEmail',
				type: 'string',
				default: '',
				placeholder: 'e.g. nathan@example.com',
			},
			{ displayName: 'Customer Phone', name: 'customerPhone', type: 'string', default: '' },
			{
				displayName: 'Customer Reference',
				name: 'customerReference',
				type: 'string',
				default: '',
				description: 'The recipient’s ID in your own system',
			},
			{
				displayName: 'Metadata',
				name: 'metadata',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				description:
					'Text or JSON that comes back in answers, webhooks and reports. Without it, the reference is sent, so that they can be matched with your rows.',
			},
		],
		displayOptions: { show: showOnlyForPayoutInit },
	},
	{ ...batchOptions, displayOptions: { show: showOnlyForPayoutInit } },
];
