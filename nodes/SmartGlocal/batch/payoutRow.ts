import type { IDataObject } from 'n8n-workflow';
import type { PayoutRow } from '../payout/buildPayout';
import { asObject, parseJson } from '../payout/jsonObject';
import { ValidationError } from '../payout/validationError';
import type { Row } from './readParameters';

/** Collects what the parameters of the form say about one row. Throws like `Row.read`. */
export function readPayoutRow(row: Row): PayoutRow {
	const { customerReference, customerEmail, customerPhone, metadata } =
		row.read('additionalFields');
	const sender = Object.entries(row.read('sender'));
	return {
		columns: readColumns(row),
		destination: String(row.read('destination') ?? ''),
		currency: String(row.read('currency') ?? ''),
		amountUnit: row.read('amountUnit'),
		sender: Object.fromEntries(sender.map(([name, value]) => [`sender_${name}`, value])),
		customer: {
			reference: toText(customerReference),
			email: toText(customerEmail),
			phone: toText(customerPhone),
		},
		metadata: readMetadata(metadata),
	};
}

/** In automatic mode the item itself is the row, so that no expression is evaluated at all. */
function readColumns(row: Row): IDataObject {
	const isAutomatic = row.read('payout.mappingMode') === 'autoMapInputData';
	return isAutomatic ? row.json : (asObject(row.read('payout.value')) as IDataObject);
}

/** Metadata may be any JSON value (/docs/reference/objects): text that is JSON is sent as JSON. */
function readMetadata(metadata: unknown): unknown {
	if (typeof metadata !== 'string') return metadata ?? undefined;
	const text = metadata.trim();
	if (text === '') return undefined;
	if (!/^[[{]/.test(text)) return text;
	const parsed = parseJson(text);
	if (parsed !== undefined) return parsed;
	const message =
		"The 'Metadata' begins like JSON but is not. Correct it, or begin it with another character to send it as text.";
	throw new ValidationError([{ field: 'metadata', message }]);
}

function toText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
