import type { IExecuteFunctions } from 'n8n-workflow';
import { readReport, toReportLookUps } from '../../../../ledger/reporting/report';
import { textField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import { readInput, toItems } from '../tableFields';

const DAY = {
	placeholder: 'e.g. 2026-11-24',
	description: 'In UTC, where the name of the file does not have it',
};

/** Read Report: the rows of a daily report in; what to look up, and the report, out. */
export const ledgerReadReportOperation: LocalOperation = {
	option: {
		name: 'Read Report',
		value: 'readReport',
		action: 'Read report',
		description: 'Read the daily payouts report, and say what to look up in the ledger',
	},
	outputs: ['Look-Ups', 'Report', 'Not a Report'],
	fields: [
		textField('File Name', 'fileName', {
			placeholder: 'e.g. Shop_2026-11-24_2026-11-24.xlsx',
			description: 'It ends with the days of the report',
		}),
		textField('First Day', 'firstDay', DAY),
		textField('Last Day', 'lastDay', DAY),
	],
	run(this: IExecuteFunctions) {
		const read = (name: string) => String(this.getNodeParameter(name, 0, '') ?? '').trim();
		const days = [read('firstDay'), read('lastDay')] as const;
		const report = readReport(readInput(this), read('fileName'), days);
		if (typeof report === 'string') return [[], [], toItems([{ message: report }])];
		return [toItems(toReportLookUps(report.lines)), toItems([{ ...report }]), []];
	},
};
