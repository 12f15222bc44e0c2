import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunResult } from '../support/engine.mts';

/** The outcome that a run reports for one of its rows. */
export interface ReportedOutcome {
	/** The row's position in the run. */
	item: number;
	outcome: string;
	/** Empty when the row could not be read that far. */
	reference: string;
	sessionId?: string;
	/** In minor units, where the run reports it. */
	amount?: number;
	/** The output item; a stopped run has none. */
	json?: IDataObject;
	/** Whether the item says that the payout was made, by having no `error`. */
	success: boolean;
	/** The output on which the item came out. */
	output?: 'success' | 'error';
}

/** Reads the outcomes that a run reports, in no particular order. */
export function readReportedOutcomes(result: RunResult): ReportedOutcome[] {
	if (result.error) {
		const rows = (result.error.context?.rows ?? []) as IDataObject[];
		return rows.map((row) => ({
			item: Number(row.row) - 1,
			outcome: String(row.outcome),
			reference: readReference(row),
			...(row.session_id !== undefined && { sessionId: String(row.session_id) }),
			success: false,
		}));
	}
	return [
		...result.success.map((item) => readItem(item, 'success')),
		...result.errors.map((item) => readItem(item, 'error')),
	];
}

function readItem(
	{ json, pairedItem }: INodeExecutionData,
	output: 'success' | 'error',
): ReportedOutcome {
	const success = output === 'success' && json.error === undefined;
	const report = success ? json : ((json.error ?? {}) as IDataObject);
	const session = json.session as IDataObject | undefined;
	const sessionId = report.session_id ?? (success ? session?.id : undefined);
	const item =
		typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : pairedItem;
	return {
		item: typeof item === 'number' ? item : -1,
		outcome: String(report.outcome),
		reference: readReference(report),
		...(typeof sessionId === 'string' && { sessionId }),
		...(success && typeof json.amount_minor === 'number' && { amount: json.amount_minor }),
		json,
		success,
		output,
	};
}

function readReference({ reference }: IDataObject): string {
	return reference === undefined ? '' : String(reference);
}
