import type { INodeProperties } from 'n8n-workflow';
import { describeAccounts } from '../../../payout/destinations/accounts';
import {
	DESTINATIONS,
	findRequirements,
	listDestinations,
	OTHER_DESTINATION,
	ROW_DESTINATION,
} from '../../../payout/destinations/requirements';
import { SENDER_FORM } from '../../../payout/fields/fields';
import { choiceField, referenceField, showFields, textField } from '../sharedFields';
import type { Choices } from '../sharedFields';

/** The form of a payout's data; `without` is what the operation says where none is given. */
export function payoutForm(without: Choices = {}): INodeProperties[] {
	return [
		choiceField('Specify Payout', 'specify', 'How the payout is described', {
			...without,
			fields: ['Using Fields Below', 'Fill a form, or map the columns of a spreadsheet'],
			json: ['Using JSON', 'Write the request body as in the API reference'],
		}),
		...showFields({ specify: ['json'] }, [referenceField, requestBodyField]),
		...showFields({ specify: ['fields'] }, [
			...orderFields,
			...listNotices(),
			payoutField,
			senderField,
			additionalFields,
		]),
	];
}

const ACCOUNT_EXAMPLE = { system_type: 'global', global: { iban: '', description: '' } };
const BODY_EXAMPLE = {
	payment_method: { type: 'bank_account', bank_account: ACCOUNT_EXAMPLE },
	amount_details: { amount: 0, currency: 'usd' },
	participant_details: { recipient: {}, sender: {} },
};

const requestBodyField: INodeProperties = {
	displayName: 'Request Body',
	name: 'body',
	type: 'json',
	typeOptions: { rows: 12 },
	required: true,
	default: JSON.stringify(BODY_EXAMPLE, null, 2),
	description:
		'As in the API reference, amounts in minor units. It is checked, signed and sent; fields that are not known here are sent as they are.',
};

const orderFields: INodeProperties[] = [
	{
		displayName: 'Destination',
		name: 'destination',
		type: 'options',
		required: true,
		options: DESTINATIONS,
		default: '',
		description: 'Where the money goes. It decides which fields the payout needs.',
	},
	textField('Currency', 'currency', {
		placeholder: 'e.g. EUR',
		description:
			'Currency of the amounts as a code of three letters. Empty means the destination’s own currency. A column or field "Currency" of the row wins. For the destination "Bank Card" a currency must be given.',
	}),
	choiceField('Amount Is In', 'amountUnit', 'How the amounts in your data are written', {
		major: [
			'Major Units (100.50)',
			'As people write amounts: 100.50 is one hundred dollars and fifty cents',
		],
		minor: ['Minor Units (10050)', 'As banks count: 10050 is one hundred dollars and fifty cents'],
	}),
];

const payoutField: INodeProperties = {
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
};

/** What the form says about the fields of a destination, which cannot have a description (n8n 2.41). */
function listNotices(): INodeProperties[] {
	const noticeFor = (name: string, destination: string[], text: string): INodeProperties => ({
		displayName: text,
		name,
		type: 'notice',
		default: '',
		displayOptions: { show: { destination } },
	});
	return [
		...listDestinations(({ alternatives, bankCodes }) => Boolean(alternatives ?? bankCodes)).map(
			(destination) =>
				noticeFor(
					'accountNotice',
					[destination],
					`Of the recipient’s account, fill in exactly one: ${describeAccounts(findRequirements(destination) ?? {})}`,
				),
		),
		noticeFor(
			'bankNameNotice',
			// Rows that choose their destination may name a bank, too.
			[
				...listDestinations(({ required }) => required.includes('recipient_bank_name')),
				ROW_DESTINATION,
			],
			'Recipient Bank Name must be an entry of Smart Glocal’s list of supported banks, such as “All Banks Belgium / EUR / Payment System: SEPA”. Your account manager has the list.',
		),
		noticeFor(
			'incompleteNotice',
			listDestinations(({ incomplete }) => incomplete === true).filter(
				(id) => id !== OTHER_DESTINATION,
			),
			'Smart Glocal’s public documentation of this destination is not complete: it may ask for more fields than the form requires. The others can be added at the end of “Account and Recipient”.',
		),
		noticeFor(
			'cardNotice',
			listDestinations(({ method }) => method === 'card'),
			'A plain card number is card data: whoever handles it must follow PCI DSS. Use the Card Number Hash of Smart Glocal’s tokenization widget where you can.',
		),
	];
}

const senderField: INodeProperties = {
	displayName: 'Sender',
	name: 'sender',
	type: 'collection',
	placeholder: 'Add Sender Field',
	// Almost every payout needs these four. Blank, they count as not given.
	default: { company_name: '', registration_number: '', country_iso3: '', code: '' },
	description:
		'The company that pays, where it is not the one in the credential. Leave the fields blank, or fill them in for the whole company. A row that names another company in its "sender_" columns must name it as a whole, too.',
	options: SENDER_FORM,
};

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		textField('Customer Email', 'customerEmail', { placeholder: 'e.g. nathan@example.com' }),
		textField('Customer Phone', 'customerPhone'),
		textField('Customer Reference', 'customerReference', {
			description: 'The recipient’s ID in your own system',
		}),
		textField('Metadata', 'metadata', {
			typeOptions: { rows: 2 },
			description:
				'Text or JSON that comes back in responses, webhooks and reports. Without it, the reference is sent, so that they can be matched with your rows.',
		}),
	],
};
