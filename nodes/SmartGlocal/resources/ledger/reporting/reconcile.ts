import { NodeOperationError } from 'n8n-workflow';
import { toEventRow } from '../../../../ledger/events';
import { reconcile } from '../../../../ledger/reporting/reconcile';
import type { Report } from '../../../../ledger/reporting/report';
import { describeFindings, toReconciledRows } from '../../../pages/findings';
import { defineLedgerOperation, ledgerFields, ledgerItems } from '../defineLedgerOperation';

/** Reconcile Report: a report and what the tables know in; events, a results file and a page out. */
export const ledgerReconcileOperation = defineLedgerOperation({
	name: 'Reconcile Report',
	value: 'reconcile',
	description: 'Compare the daily payouts report with the ledger, and say what differs',
	// The events come first: a page waits for a person.
	outputs: ['Events', 'Results', 'Page'],
	fields: {
		report: ledgerItems(
			'Report',
			"$('Read Report').all(1)",
			'The item that Read Report has put out as the report',
		),
		...ledgerFields('events', 'payouts'),
	},
	run(values) {
		const [report] = values.report as unknown as Report[];
		if (!report?.lines) {
			const message = "'Report' must hold the item that Read Report has put out as the report";
			throw new NodeOperationError(this.getNode(), message);
		}
		const findings = reconcile(report, values.payouts, values.events);
		const events = findings.flatMap(({ event }) => (event ? [toEventRow(event)] : []));
		const rows = toReconciledRows(findings);
		const results = rows.length > 0 ? rows : [{ result: 'There is nothing to compare.' }];
		return [events, results, [describeFindings(rows, report)]];
	},
});
