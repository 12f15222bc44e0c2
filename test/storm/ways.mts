import type { IDataObject } from 'n8n-workflow';

import { automatic, SENDER } from '../support/account.mts';
import type { Promised } from './hostileRows.mts';
import { fitsTemplate } from './rows.mts';
import type { StormRow } from './rows.mts';

/** One way in which people hand rows to the node. */
interface Way {
	/** The node's parameters, besides its options. */
	parameters: IDataObject;
	/** What is promised about a row that comes this way; undefined for one that cannot. */
	promise: (row: StormRow) => Promised | undefined;
}

/** Every column that a row of the storm can have and the form can read. */
const COLUMNS = [
	'reference',
	'amount',
	'currency',
	'destination',
	'iban',
	'card_number',
	'description',
	'recipient_first_name',
	'recipient_last_name',
	'recipient_full_name',
	'recipient_bank_name',
	'recipient_country_iso3',
	'recipient_address_line',
	'recipient_city',
	'recipient_postal_code',
	'sort_code',
	'account_number',
	'routing_code',
	'sender_company_name',
	'sender_registration_number',
	'sender_country_iso3',
	'sender_code',
];

/** The columns that a row does not have, as a spreadsheet gives them. */
export const EMPTY_COLUMNS: IDataObject = Object.fromEntries(COLUMNS.map((name) => [name, '']));

const mapColumns = (change: IDataObject = {}): IDataObject => ({
	...automatic('ROW'),
	destination: 'ROW',
	payout: {
		mappingMode: 'defineBelow',
		value: {
			...Object.fromEntries(COLUMNS.map((name) => [name, `={{ $json.${name} }}`])),
			...change,
		},
		matchingColumns: [],
		schema: [],
	},
});

const stringified = (name: string) => `{{ JSON.stringify($json.${name}) }}`;

const template = (firstName: string): IDataObject => ({
	specify: 'json',
	reference: '={{ $json.reference }}',
	body: `={
	"payment_method": {
		"type": "bank_account",
		"bank_account": {
			"system_type": "global",
			"global": {
				"iban": "TR330006100519786457841326",
				"description": ${stringified('description')}
			}
		}
	},
	"amount_details": { "amount": {{ $json.minor }}, "currency": "usd" },
	"participant_details": {
		"recipient": {
			"first_name": ${firstName},
			"last_name": ${stringified('recipient_last_name')},
			"bank_name": ${stringified('recipient_bank_name')},
			"country_iso3": "TUR",
			"currency": "try"
		},
		"sender": ${JSON.stringify(SENDER)}
	}
}`,
});

/** A row of which only some columns are mapped. */
const promiseOfMapped = (row: StormRow) => (row.isInColumnsOnly ? undefined : row.promised);

/** All ways; `volatile` has another reference each time that its expression is evaluated. */
export const WAYS = {
	columns: { parameters: automatic('ROW'), promise: ({ promised }) => promised },
	mapped: { parameters: mapColumns(), promise: promiseOfMapped },
	volatile: {
		parameters: {
			...mapColumns({
				reference: '={{ $json.reference + "_" + Math.floor(Math.random() * 1e9) }}',
			}),
			currency: 'EUR',
		},
		promise: promiseOfMapped,
	},
	template: {
		parameters: template(stringified('recipient_first_name')),
		promise: (row) => (fitsTemplate(row) ? promiseOfMapped(row) : undefined),
	},
	template_in_quotes: {
		parameters: template('"{{ $json.recipient_first_name }}"'),
		promise: (row) => (fitsTemplate(row) ? promiseOfMapped(row) : undefined),
	},
	session: {
		parameters: { ...automatic('ROW'), operation: 'start', sessionId: '={{ $json.session_id }}' },
		promise: ({ promised }) => promised,
	},
} as const satisfies Record<string, Way>;

/** How rows come to the node. */
export type WayName = keyof typeof WAYS;

/** A reference or key of the way `volatile` without what the expression has added. */
export function withoutRandomPart(text: string): string {
	return text.replace(/_\d+$/, '');
}
