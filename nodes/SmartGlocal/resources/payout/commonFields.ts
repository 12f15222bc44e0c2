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
			// Almost every payout needs these four. Blank, they count as not given.
			default: { company_name: '', registration_number: '', country_iso3: '', code: '' },
			description:
				'The company that pays, the same for every row. A row that names another company in its "sender_" columns must name it as a whole.',
			options: [
				text('Address Line', 'address_line'),
				text('City', 'city'),
				text('Code', 'code', {
					placeholder: 'e.g. 09876543',
					hint: 'Smart Glocal’s examples repeat the registration number here: ask your account manager',
					description:
						'Smart Glocal asks for the company’s registration number twice: here and under "Registration Number". Its documentation describes both alike, and its examples repeat the same value. Ask your account manager whether yours differ.',
				}),
				text('Company Name', 'company_name', { placeholder: 'e.g. Example Trading Ltd' }),
				text('Country', 'country_iso3', {
					placeholder: 'e.g. USA',
					description: 'Country code of three letters (ISO 3166-1 alpha-3)',
				}),
				text('Postal Code', 'postal_code'),
				text('Registration Number', 'registration_number', {
					placeholder: 'e.g. 09876543',
					description:
						'The number under which the company is registered, such as its number in the commercial register. Format a column that holds it as text.',
				}),
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
