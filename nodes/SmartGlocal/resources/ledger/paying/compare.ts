import type { IExecuteFunctions } from 'n8n-workflow';
import { compareRows } from '../../../../ledger/paying/compare';
import { asObject } from '../../../../payout/json/jsonObject';
import { describeFile } from '../../../pages/filePage';
import type { FileSummary } from '../../../pages/filePage';
import { textField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import {
	checkedField,
	eventsField,
	payoutsField,
	readItems,
	rowsField,
	toItems,
} from '../tableFields';

/** Compare with Ledger: what was checked and what the tables know in; a page and orders out. */
export const ledgerCompareOperation: LocalOperation = {
	option: {
		name: 'Compare with Ledger',
		value: 'compare',
		action: 'Compare with ledger',
		description: 'Say which of the checked rows can be paid, and show them as a page',
	},
	outputs: ['Page', 'Left', 'Orders'],
	fields: [
		checkedField,
		rowsField,
		eventsField,
		payoutsField,
		textField('Looked At', 'lookedAt', {
			default: "={{ $('Prepare Look-Ups').first().json.looked_at }}",
			description: 'When the tables were looked at. What is refused since is not sent.',
		}),
		textField('Requested By', 'requestedBy', {
			placeholder: 'e.g. ann@example.com',
			description: 'Who wants the payouts to be sent',
		}),
		textField('Source', 'source', {
			placeholder: 'e.g. july.xlsx',
			description: 'The file or the workflow that they come from',
		}),
		textField('File', 'file', {
			placeholder: "e.g. {{ $('Read the File').last().json }}",
			description: 'The last item of Read Payout File with Add Summary, to show what was read',
		}),
	],
	run(this: IExecuteFunctions) {
		const read = (name: string) => String(this.getNodeParameter(name, 0, '') ?? '');
		const looked_at = read('lookedAt') || new Date().toISOString();
		const rows = compareRows(
			readItems(this, checkedField),
			readItems(this, rowsField),
			{ events: readItems(this, eventsField), payouts: readItems(this, payoutsField) },
			{
				requested_by: read('requestedBy'),
				decided_by: '',
				source: read('source'),
				word: 'ordered',
				looked_at,
			},
		);
		const file = asObject(this.getNodeParameter('file', 0, {}));
		const summary = 'columns_missing' in file ? (file as unknown as FileSummary) : undefined;
		const page = { ...describeFile(rows, summary), looked_at };
		const orders = rows.flatMap(({ order }) => (order ? [{ ...order }] : []));
		const left = rows.flatMap((row) => (row.left ? [{ ...row.left }] : []));
		return [toItems([page]), toItems(left), toItems(orders)];
	},
};
