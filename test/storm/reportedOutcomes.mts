import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunResult } from '../support/engine.mts';

/** The outcome that a run reports for one of its rows. */
export interface ReportedOutcome {
	/** The row's position in the run. */
	item: number;
	outcome: string;
	reference: string;
	sessionId?: string;
	/** In minor units, where the run reports it. */
	amount?: number;
	/** The output item; a stopped run has none. */
	json?: IDataObject;
	/** Whether the item is on the success output. */
	success: boolean;
}

/** Reads the outcomes that a run reports, in no particular order. */
export function readReportedOutcomes(result: RunResult): ReportedOutcome[] {
	if (result.error) {
		const rows = (result.error.context?.rows ?? []) as IDataObject[];
		return rows.map((row) => ({
			item: Number(row.item),
			outcome: String(row.outcome),
			reference: String(row.reference),
			...(row.session_id !== undefined && { sessionId: String(row.session_id) }),
			success: false,
		}));
	}
	return [
		...result.success.map((item) => readItem(item, item.json.error === undefined)),
		...result.errors.map((item) => readItem(item, false)),
	];
}

function readItem({ json, pairedItem }: INodeExecutionData, success: boolean): ReportedOutcome {
	const report = success ? json : (json.error as IDataObject);
	const session = json.session as IDataObject | undefined;
	const sessionId = report.session_id ?? session?.id;
	const item = (pairedItem as { item?: number } | undefined)?.item ?? -1;
	return {
		item,
		outcome: String(report.outcome),
		reference: String(report.reference),
		...(typeof sessionId === 'string' && { sessionId }),
		...(success && typeof json.amount === 'number' && { amount: json.amount }),
		json,
		success,
	};
}
