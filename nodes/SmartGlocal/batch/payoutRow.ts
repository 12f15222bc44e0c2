import type { IDataObject } from 'n8n-workflow';
import type { PayoutRow } from '../payout/buildPayout';
import type { RowProblem } from '../payout/columns';
import { asObject } from '../payout/jsonObject';
import { readJson } from '../payout/readJson';
import type { ReadJson } from '../payout/readJson';
import { readText } from '../payout/text';
import { ValidationError } from '../payout/validationError';
import type { Row } from './readParameters';

/** Collects what the parameters of the form say about one row. Throws like `Row.read`. */
export function readPayoutRow(row: Row): PayoutRow {
	const sender = Object.entries(row.read('sender'));
	return {
		columns: readColumns(row),
		destination: String(row.read('destination') ?? ''),
		currency: String(row.read('currency') ?? ''),
		amountUnit: row.read('amountUnit'),
		sender: Object.fromEntries(sender.map(([name, value]) => [`sender_${name}`, value])),
		...readAdditionalFields(row.read('additionalFields')),
	};
}

/** Reads the customer and the metadata. Throws when one of them cannot be sent as it is. */
function readAdditionalFields(fields: IDataObject): Pick<PayoutRow, 'customer' | 'metadata'> {
	const problems: RowProblem[] = [];
	const readCustomer = (name: string, label: string) => {
		const read = readText(fields[name], 'reference', `The '${label}'`);
		if ('value' in read) return read.value;
		problems.push({ field: name, message: read.problem });
		return '';
	};
	const customer = {
		reference: readCustomer('customerReference', 'Customer Reference'),
		email: readCustomer('customerEmail', 'Customer Email'),
		phone: readCustomer('customerPhone', 'Customer Phone'),
	};
	const metadata = readMetadata(fields.metadata);
	if ('problem' in metadata) problems.push({ field: 'metadata', message: metadata.problem });
	if ('problem' in metadata || problems.length > 0) throw new ValidationError(problems);
	return { customer, metadata: metadata.value };
}

/** In automatic mode the item itself is the row, so that no expression is evaluated at all. */
function readColumns(row: Row): IDataObject {
	const isAutomatic = row.read('payout.mappingMode') === 'autoMapInputData';
	return isAutomatic ? row.json : (asObject(row.read('payout.value')) as IDataObject);
}

/** Metadata may be any JSON value (/docs/reference/objects): text that is JSON is sent as JSON. */
function readMetadata(metadata: unknown): ReadJson | { problem: string } {
	if (metadata === undefined || metadata === null) return { value: undefined };
	const text = typeof metadata === 'string' ? metadata.trim() : undefined;
	if (text === '') return { value: undefined };
	if (text !== undefined && !/^[[{]/.test(text)) return { value: text };
	const read = readJson(text ?? metadata, { label: "The 'Metadata'" });
	if ('problem' in read || read.value !== undefined) return read;
	return {
		problem:
			"The 'Metadata' begins like JSON but is not. Correct it, or begin it with another character to send it as text.",
	};
}
