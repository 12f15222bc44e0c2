import type { RowOutcome } from '../../../../ledger/paying/decide';
import {
	completeOutcomes,
	describeResults,
	toHttpAnswer,
	toResultRows,
} from '../../../pages/results';
import {
	defineLedgerOperation,
	ledgerChoice,
	ledgerFields,
	ledgerFlag,
	ledgerItems,
	showWhere,
} from '../defineLedgerOperation';

const FOR_ROWS = { for: ['file', 'request'] };

/** List Results: how each row ended, for a file and a page, or as an answer to another system. */
export const ledgerResultsOperation = defineLedgerOperation({
	name: 'List Results',
	value: 'results',
	description: 'Say how each row ended, for a file and a page, or as an answer to a request',
	outputs: ['Results', 'Page'],
	fields: {
		for: ledgerChoice('For', 'Who reads the results', {
			file: ['A File and a Page', 'One item for each row, and a page that sums them up'],
			request: ['Another System', 'One item with the HTTP status and the body of the answer'],
			workflow: ['Another Workflow', 'One item for each row that was ordered'],
		}),
		...showWhere(FOR_ROWS, ledgerFields('rows')),
		left: ledgerItems(
			'Left',
			"$('Compare with Ledger').all(1)",
			'The items that Compare with Ledger has left',
		),
		outcomes: ledgerItems(
			'Outcomes',
			"$('Pay These Orders').isExecuted ? $('Pay These Orders').all() : []",
			'The items of the workflow that pays, of all its runs',
		),
		isOrdered: ledgerFlag(
			'Ordered',
			'Whether anything was passed on to be paid. A row without an outcome may then have been paid.',
			{ default: true, displayOptions: { show: FOR_ROWS } },
		),
		isList: ledgerFlag('List', 'Whether the request was a list, which is answered by a list', {
			displayOptions: { show: { for: ['request'] } },
		}),
	},
	run(values) {
		const ended = [...values.left, ...values.outcomes].filter(({ outcome }) => outcome);
		const outcomes = ended as unknown as RowOutcome[];
		outcomes.sort((one, other) => one.position - other.position);
		if (values.for === 'workflow') return [outcomes, []];
		const { rows } = values;
		const complete = completeOutcomes(rows, outcomes, values.isOrdered);
		if (values.for === 'request') return [[toHttpAnswer(complete, values.isList)], []];
		return [toResultRows(rows, complete), [describeResults(complete)]];
	},
});
