import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { toEventRow } from '../../../../ledger/events';
import { reconcile } from '../../../../ledger/reporting/reconcile';
import type { Report } from '../../../../ledger/reporting/report';
import { describeFindings, toReconciledRows } from '../../../pages/findings';
import type { LocalOperation } from '../../sharedFields';
import { eventsField, itemsField, payoutsField, readItems, toItems } from '../tableFields';

const reportField = itemsField(
	'Report',
	'report',
	"$('Read Report').all(1)",
	'The item that Read Report has put out as the report',
);

/** Reconcile Report: a report and what the tables know in; events, a results file and a page out. */
export const ledgerReconcileOperation: LocalOperation = {
	option: {
		name: 'Reconcile Report',
		value: 'reconcile',
		action: 'Reconcile report',
		description: 'Compare the daily payouts report with the ledger, and say what differs',
	},
	// The events come first: a page waits for a person.
	outputs: ['Events', 'Results', 'Page'],
	fields: [reportField, eventsField, payoutsField],
	run(this: IExecuteFunctions) {
		const [report] = readItems(this, reportField) as unknown as Report[];
		if (!report?.lines) {
			const message = "'Report' must hold the item that Read Report has put out as the report";
			throw new NodeOperationError(this.getNode(), message);
		}
		const payouts = readItems(this, payoutsField);
		const findings = reconcile(report, payouts, readItems(this, eventsField));
		const events = findings.flatMap(({ event }) => (event ? [toEventRow(event)] : []));
		const rows = toReconciledRows(findings);
		const results = rows.length > 0 ? rows : [{ result: 'There is nothing to compare.' }];
		return [toItems(events), toItems(results), toItems([describeFindings(rows, report)])];
	},
};
