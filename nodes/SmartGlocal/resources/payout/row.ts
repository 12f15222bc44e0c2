import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import type { AmountUnit } from '../../payout/amount';
import type { PayoutRow } from '../../payout/buildPayout';
import type { RowContext } from '../../transport/rowContext';

/** Names of the collection 'Additional Fields'. */
interface AdditionalFields {
	customerReference?: string;
	customerEmail?: string;
	customerPhone?: string;
	metadata?: unknown;
}

/**
 * Collects what the node's parameters say about one row.
 *
 * @throws whatever n8n throws for an expression that cannot be evaluated
 */
export function readPayoutRow(row: RowContext): PayoutRow {
	const additional = row.getNodeParameter('additionalFields', {}) as AdditionalFields;
	const sender = row.getNodeParameter('sender', {}) as IDataObject;
	return {
		columns: readColumns(row),
		destination: String(row.getNodeParameter('destination', '') ?? ''),
		currency: String(row.getNodeParameter('currency', 'USD') ?? ''),
		amountUnit: row.getNodeParameter('amountUnit', 'major') as AmountUnit,
		sender: Object.fromEntries(
			Object.entries(sender).map(([name, value]) => [`sender_${name}`, value]),
		),
		customer: {
			reference: toText(additional.customerReference),
			email: toText(additional.customerEmail),
			phone: toText(additional.customerPhone),
		},
		metadata: readMetadata(row, additional.metadata),
	};
}

/** In automatic mode the item itself is the row, so that no expression is evaluated at all. */
function readColumns(row: RowContext): IDataObject {
	const mode = row.getNodeParameter('payout.mappingMode', 'defineBelow');
	if (mode === 'autoMapInputData') return row.getInputData().json;
	// n8n would turn numbers into text, and text into numbers, before we could see which it was.
	const mapped = row.getNodeParameter('payout.value', {}, { skipValidation: true });
	return (mapped ?? {}) as IDataObject;
}

/** Metadata may be any JSON value (/docs/reference/objects): text that is JSON is sent as JSON. */
function readMetadata(row: RowContext, metadata: unknown): unknown {
	if (typeof metadata !== 'string') return metadata ?? undefined;
	const text = metadata.trim();
	if (text === '') return undefined;
	if (!/^[[{]/.test(text)) return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new NodeOperationError(
			row.getNode(),
			"The 'Metadata' begins like JSON but is not. Correct it, or begin it with another character to send it as text.",
			{ itemIndex: row.getItemIndex() },
		);
	}
}

function toText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
