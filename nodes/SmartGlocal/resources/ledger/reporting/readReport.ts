import { readReport, toReportLookUps } from '../../../../ledger/reporting/report';
import { defineLedgerOperation, ledgerText } from '../defineLedgerOperation';

const DAY = {
	placeholder: 'e.g. 2026-11-24',
	description: 'In UTC, where the name of the file does not have it',
};

/** Read Report: the rows of a daily report in; what to look up, and the report, out. */
export const ledgerReadReportOperation = defineLedgerOperation({
	name: 'Read Report',
	value: 'readReport',
	description: 'Read the daily payouts report, and say what to look up in the ledger',
	outputs: ['Look-Ups', 'Report', 'Not a Report'],
	fields: {
		fileName: ledgerText('File Name', {
			placeholder: 'e.g. Shop_2026-11-24_2026-11-24.xlsx',
			description: 'It ends with the days of the report',
		}),
		firstDay: ledgerText('First Day', DAY),
		lastDay: ledgerText('Last Day', DAY),
	},
	run({ fileName, firstDay, lastDay }, rows) {
		const report = readReport(rows, fileName.trim(), [firstDay.trim(), lastDay.trim()]);
		if (typeof report === 'string') return [[], [], [{ message: report }]];
		return [toReportLookUps(report.lines), [report], []];
	},
});
