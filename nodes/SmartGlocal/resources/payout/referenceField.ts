import type { INodeProperties } from 'n8n-workflow';

/** The field 'Reference', where the reference is not part of the mapped row. */
export function referenceField(show: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. INV-1001',
		description:
			'Your own name for the payout, such as the invoice number. The same reference is never paid twice.',
		displayOptions: { show },
	};
}
