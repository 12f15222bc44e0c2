import type { IDataObject } from 'n8n-workflow';

import type { RunPlan } from './plan.mts';
import type { ReportedOutcome } from './reportedOutcomes.mts';
import type { StormRow } from './rows.mts';

/** What every failed row says, as texts. */
const TEXTS_OF_FAILURES = ['message', 'outcome', 'code', 'advice'];

/** Audits the form of an output item: the one that every version of n8n takes for what it is. */
export function auditItem(reported: ReportedOutcome, row: StormRow, plan: RunPlan): string[] {
	const { outcome, success, output, json } = reported;
	const isSent = ['submitted', 'already_submitted'].includes(outcome);
	const violations: string[] = [];
	if (success && !isSent) violations.push('no success.');
	if (success && 'error' in (json ?? {})) violations.push('a success has a key error.');
	if (success || !json) return violations;
	if (plan.onError === 'continueErrorOutput' && output !== 'error') {
		violations.push('a failed row came out of the success output.');
	}
	return [...violations, ...auditFailure(json, row)];
}

function auditFailure({ error, ...columns }: IDataObject, { json }: StormRow): string[] {
	if (typeof error !== 'object' || error === null) return ['its error is not an object.'];
	const violations: string[] = [];
	const failure = error as IDataObject;
	const missing = TEXTS_OF_FAILURES.filter((name) => typeof failure[name] !== 'string');
	if (missing.length > 0) violations.push(`its error has no ${missing.join(', ')}.`);
	// A row with a card number is repeated inside the error, where n8n does not add the original.
	const repeated = (failure.row ?? columns) as IDataObject;
	if (repeated.note !== json.note) violations.push('the columns of the row are lost.');
	// A header that holds a card number comes out masked.
	const added = Object.keys(columns).filter(
		(name) => !(name in json) && name !== 'outcome' && !name.includes('****'),
	);
	if (added.length > 0) violations.push(`its item has ${added.join(', ')} beside the error.`);
	return violations;
}
