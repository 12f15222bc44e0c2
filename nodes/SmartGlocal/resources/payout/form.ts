import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { DESTINATIONS } from '../../../payout/destinations/destinations';
import { commonFields } from './commonFields';
import { payoutNotices } from './notices';
import { referenceField } from './referenceField';

/**
 * The form of a payout's data, for every operation that can take it.
 *
 * @param show resource and operation
 * @param without how the operation is called when no data is given; the default where it is possible
 */
export function payoutForm(
	show: Record<string, string[]>,
	without?: INodePropertyOptions,
): INodeProperties[] {
	const specify: INodeProperties = {
		displayName: 'Specify Payout',
		name: 'specify',
		type: 'options',
		options: [
			...(without ? [without] : []),
			{
				name: 'Using Fields Below',
				value: 'fields',
				description: 'Fill a form, or map the columns of a spreadsheet',
			},
			{
				name: 'Using JSON',
				value: 'json',
				description: 'Write the request body as in the API reference',
			},
		],
		default: 'fields',
		description: 'How the payout is described',
		displayOptions: { show },
	};
	return [
		without ? { ...specify, default: without.value } : specify,
		...jsonFields({ ...show, specify: ['json'] }),
		...rowFields({ ...show, specify: ['fields'] }),
	];
}

function jsonFields(showOnlyForJson: Record<string, string[]>): INodeProperties[] {
	return [
		referenceField(showOnlyForJson),
		{
			displayName: 'Request Body',
			name: 'body',
			type: 'json',
			typeOptions: { rows: 12 },
			required: true,
			default: JSON_EXAMPLE,
			description:
				'As in the API reference, amounts in minor units. It is checked, signed and sent; fields that are not known here are sent as they are.',
			displayOptions: { show: showOnlyForJson },
		},
	];
}

const JSON_EXAMPLE = JSON.stringify(
	{
		payment_method: {
			type: 'bank_account',
			bank_account: { system_type: 'global', global: { iban: '', description: '' } },
		},
		amount_details: { amount: 0, currency: 'usd' },
		participant_details: { recipient: {}, sender: {} },
	},
	null,
	2,
);

function rowFields(showOnlyForFields: Record<string, string[]>): INodeProperties[] {
	return [
		{
			displayName: 'Destination',
			name: 'destination',
			type: 'options',
			required: true,
			options: DESTINATIONS,
			default: '',
			description: 'Where the money goes. It decides which fields the payout needs.',
			displayOptions: { show: showOnlyForFields },
		},
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: '',
			placeholder: 'e.g. EUR',
			description:
				'Currency of the amounts as a code of three letters. Empty means the destination’s own currency. A column or field "Currency" of the row wins. For the destination "Bank Card" a currency must be given.',
			displayOptions: { show: showOnlyForFields },
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
			displayOptions: { show: showOnlyForFields },
		},
		...payoutNotices(showOnlyForFields),
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
					// getPayoutColumns says it calmly.
					hideNoDataError: true,
				},
			},
			description:
				'The payout of each row. "Reference" is your own, such as the invoice number: the same reference is never paid twice.',
			displayOptions: { show: showOnlyForFields },
		},
		...commonFields(showOnlyForFields),
	];
}
