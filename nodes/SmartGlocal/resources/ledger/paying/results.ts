import type { IExecuteFunctions } from 'n8n-workflow';
import type { RowOutcome } from '../../../../ledger/paying/decide';
import {
	completeOutcomes,
	describeResults,
	toHttpAnswer,
	toResultRows,
} from '../../../pages/results';
import { choiceField, flagField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import { itemsField, readItems, rowsField, toItems } from '../tableFields';

const leftField = itemsField(
	'Left',
	'left',
	"$('Compare with Ledger').all(1)",
	'The items that Compare with Ledger has left',
);

const outcomesField = itemsField(
	'Outcomes',
	'outcomes',
	"$('Pay These Orders').isExecuted ? $('Pay These Orders').all() : []",
	'The items of the workflow that pays, of all its runs',
);

const FOR_ROWS = { displayOptions: { show: { for: ['file', 'request'] } } };

/** List Results: how each row ended, for a file and a page, or as an answer to another system. */
export const ledgerResultsOperation: LocalOperation = {
	option: {
		name: 'List Results',
		value: 'results',
		action: 'List results',
		description: 'Say how each row ended, for a file and a page, or as an answer to a request',
	},
	outputs: ['Results', 'Page'],
	fields: [
		choiceField('For', 'for', 'Who reads the results', {
			file: ['A File and a Page', 'One item for each row, and a page that sums them up'],
			request: ['Another System', 'One item with the HTTP status and the body of the answer'],
			workflow: ['Another Workflow', 'One item for each row that was ordered'],
		}),
		{ ...rowsField, ...FOR_ROWS },
		leftField,
		outcomesField,
		flagField(
			'Ordered',
			'isOrdered',
			'Whether anything was passed on to be paid. A row without an outcome may then have been paid.',
			{ ...FOR_ROWS, default: true },
		),
		flagField('List', 'isList', 'Whether the request was a list, which is answered by a list', {
			displayOptions: { show: { for: ['request'] } },
		}),
	],
	run(this: IExecuteFunctions) {
		const read = (field: typeof leftField) =>
			readItems(this, field).filter(({ outcome }) => outcome) as unknown as RowOutcome[];
		const outcomes = [...read(leftField), ...read(outcomesField)];
		outcomes.sort((one, other) => one.position - other.position);
		const purpose = this.getNodeParameter('for', 0);
		if (purpose === 'workflow') return [toItems(outcomes.map((outcome) => ({ ...outcome }))), []];
		const rows = readItems(this, rowsField);
		const isOrdered = this.getNodeParameter('isOrdered', 0, true) !== false;
		const complete = completeOutcomes(rows, outcomes, isOrdered);
		if (purpose === 'request') {
			const isList = this.getNodeParameter('isList', 0, false) === true;
			return [toItems([{ ...toHttpAnswer(complete, isList) }]), []];
		}
		const page = toItems([{ ...describeResults(complete) }]);
		return [toItems(toResultRows(rows, complete)), page];
	},
};
