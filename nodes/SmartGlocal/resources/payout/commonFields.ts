import type { INodeProperties } from 'n8n-workflow';

/** A field of text, as an entry of a collection. */
function text(displayName: string, name: string, more: Partial<INodeProperties> = {}) {
	const field: INodeProperties = { displayName, name, type: 'string', default: '', ...more };
	return field;
}

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
				'The company that pays, the same for every row. A row that names another company in its "sender_" columns must name it as a whole.',
			options: [
				text('Address Line', 'address_line'),
				text('City', 'city'),
				text('Code', 'code', {
					description: 'The company registration number, as Smart Glocal has it',
				}),
				text('Company Name', 'company_name'),
				text('Country', 'country_iso3', {
					placeholder: 'e.g. USA',
					description: 'Country code of three letters (ISO 3166-1 alpha-3)',
				}),
				text('Postal Code', 'postal_code'),
				text('Registration Number', 'registration_number'),
				text('State', 'state'),
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
				text('Customer Email', 'customerEmail', { placeholder: 'e.g. nathan@example.com' }),
				text('Customer Phone', 'customerPhone'),
				text('Customer Reference', 'customerReference', {
					description: 'The recipient’s ID in your own system',
				}),
				text('Metadata', 'metadata', {
					typeOptions: { rows: 2 },
					description:
						'Text or JSON that comes back in responses, webhooks and reports. Without it, the reference is sent, so that they can be matched with your rows.',
				}),
			],
			displayOptions: { show: showOnlyForFields },
		},
	];
}
