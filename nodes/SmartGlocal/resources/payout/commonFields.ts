import type { INodeProperties } from 'n8n-workflow';

/** The part of the form that is usually the same for every row: sender, customer, metadata. */
export function commonFields(showOnlyForFields: Record<string, string[]>): INodeProperties[] {
	return [
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
			displayOptions: { show: showOnlyForFields },
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
			displayOptions: { show: showOnlyForFields },
		},
	];
}
