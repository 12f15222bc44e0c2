import { compareRows } from '../../../../ledger/paying/compare';
import { asObject } from '../../../../payout/json/jsonObject';
import { describeFile } from '../../../pages/filePage';
import type { FileSummary } from '../../../pages/filePage';
import { defineLedgerOperation, ledgerFields, ledgerText } from '../defineLedgerOperation';

const { property: fileProperty } = ledgerText('File', {
	placeholder: "e.g. {{ $('Read the File').last().json }}",
	description: 'The last item of Read Payout File with Add Summary, to show what was read',
});

/** Compare with Ledger: what was checked and what the tables know in; a page and orders out. */
export const ledgerCompareOperation = defineLedgerOperation({
	name: 'Compare with Ledger',
	value: 'compare',
	description: 'Say which of the checked rows can be paid, and show them as a page',
	outputs: ['Page', 'Left', 'Orders'],
	fields: {
		...ledgerFields('checked', 'rows', 'events', 'payouts'),
		lookedAt: ledgerText('Looked At', {
			default: "={{ $('Prepare Look-Ups').first().json.looked_at }}",
			description: 'When the tables were looked at. What is refused since is not sent.',
		}),
		requestedBy: ledgerText('Requested By', {
			placeholder: 'e.g. ann@example.com',
			description: 'Who wants the payouts to be sent',
		}),
		source: ledgerText('Source', {
			placeholder: 'e.g. july.xlsx',
			description: 'The file or the workflow that they come from',
		}),
		file: {
			property: fileProperty,
			read: (context, name) => asObject(context.getNodeParameter(name, 0, {})),
		},
	},
	run({ checked, rows, events, payouts, lookedAt, requestedBy, source, file }, _input, now) {
		const looked_at = lookedAt || now;
		const compared = compareRows(checked, rows, payouts, events, {
			requested_by: requestedBy,
			decided_by: '',
			source,
			word: 'ordered',
			looked_at,
		});
		const summary = 'columns_missing' in file ? (file as unknown as FileSummary) : undefined;
		return [
			[{ ...describeFile(compared, summary), looked_at }],
			compared.flatMap(({ left }) => left ?? []),
			compared.flatMap(({ order }) => order ?? []),
		];
	},
});
