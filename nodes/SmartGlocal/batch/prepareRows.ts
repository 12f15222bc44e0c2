import type { OutputSettings } from '../../api/interpretResponse';
import type { PreparedRequest } from '../../api/request';
import type { RowResult } from '../messages/nodeErrors';
import { describeInvalidRow } from '../messages/rowFailures';
import type { RowLabel } from '../messages/rowFailures';
import { ValidationError } from '../payout/validationError';
import { checkBatch } from './checkBatch';
import type { BatchLimits } from './checkBatch';
import type { Operation } from './defineOperation';
import { readOutputSettings, toValidationError } from './readParameters';
import type { Row, RowReader } from './readParameters';
import { labelRequest, labelRow, rememberReads } from './rowMask';
import { createTurns } from './turns';

/** A row that passed all checks. */
export interface PreparedRow {
	label: RowLabel;
	request: PreparedRequest;
	output: OutputSettings;
}

/** The rows of a batch: those that can be sent, and the results of those that must not. */
export interface PreparedRows {
	ready: PreparedRow[];
	refused: RowResult[];
}

/** Prepares and checks all rows of a batch before the first request, so that a bad row can stop all. */
export async function prepareRows(
	operation: Operation,
	{ rowAt }: RowReader,
	rowCount: number,
	limits: BatchLimits,
): Promise<PreparedRows> {
	const ready: PreparedRow[] = [];
	const refused: RowResult[] = [];
	const giveTurn = createTurns();
	for (let index = 0; index < rowCount; index++) {
		await giveTurn();
		const prepared = prepareRow(operation, rowAt(index));
		if ('request' in prepared) ready.push(prepared);
		else refused.push(prepared);
	}

	const requests = new Map(ready.map(({ label, request }) => [label.index, request]));
	const problems = checkBatch(operation.kind, requests, limits);
	return {
		ready: ready.filter(({ label }) => !problems.has(label.index)),
		refused: [
			...refused,
			...ready.flatMap(({ label }) => {
				const found = problems.get(label.index);
				return found ? [refuse(label, new ValidationError(found))] : [];
			}),
		].sort((a, b) => a.index - b.index),
	};
}

/** The result of a row that must not be sent. */
export function refuse(label: RowLabel, problem: ValidationError): RowResult {
	const failure = describeInvalidRow(label, problem);
	const { index, reference, mask } = label;
	return { index, reference, outcome: 'not_sent', failure, mask };
}

function prepareRow(operation: Operation, read: Row): PreparedRow | RowResult {
	const { kind } = operation;
	const { index } = read;
	const row = rememberReads(read);
	try {
		const request = operation.prepare(row);
		const label = labelRequest(request, index, kind);
		return { label, request, output: readOutputSettings(row) };
	} catch (failure) {
		const problem = toValidationError(failure);
		return refuse(labelRow(row, kind, problem.reference), problem);
	}
}
