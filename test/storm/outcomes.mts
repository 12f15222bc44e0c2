import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunResult } from '../engine/engine.mts';

/** What a run said about one of its rows. */
export interface Said {
	/** The row's position in the run. */
	item: number;
	outcome: string;
	reference: string;
	sessionId?: string;
	/** In minor units, where the run says so. */
	amount?: number;
	/** The item as it came out; rows of a stopped run have none. */
	json?: IDataObject;
	/** Whether it came out as a success. */
	success: boolean;
}

/** Everything that a run said about its rows, in no order. */
export function readSaid(result: RunResult): Said[] {
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
		...result.success.map((item) => readItem(item, item.json.details === undefined)),
		...result.errors.map((item) => readItem(item, false)),
	];
}

function readItem({ json, pairedItem }: INodeExecutionData, success: boolean): Said {
	const details = (json.details ?? {}) as IDataObject;
	const told = success ? json : details;
	const session = json.session as IDataObject | undefined;
	const sessionId = told.session_id ?? session?.id;
	const item = (pairedItem as { item?: number } | undefined)?.item ?? -1;
	return {
		item,
		outcome: String(told.outcome),
		reference: String(told.reference),
		...(typeof sessionId === 'string' && { sessionId }),
		...(success && typeof json.amount === 'number' && { amount: json.amount }),
		json,
		success,
	};
}
