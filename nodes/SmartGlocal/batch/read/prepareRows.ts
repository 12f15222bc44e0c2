import type { OutputSettings } from '../../../api/interpretResponse';
import type { PreparedRequest } from '../../../api/request';
import type { RowResult } from '../../messages/nodeErrors';
import { describeInvalidRow } from '../../messages/rowFailures';
import type { RowLabel } from '../../messages/rowFailures';
import type { RowProblem } from '../../../payout/validationError';
import { ValidationError } from '../../../payout/validationError';
import { checkBatch } from '../check/checkBatch';
import type { BatchLimits } from '../check/checkBatch';
import type { Operation } from '../defineOperation';
import { readIdentity } from './prepareRequest';
import { readOutputSettings, rememberReads, toValidationError } from './readParameters';
import type { Row, RowReader } from './readParameters';
import { labelRequest, labelRow } from './rowLabels';
import { findSimilarRows, refuseSimilarRow } from '../check/similarRows';
import { createTurns } from '../send/eventLoop';

/** A row that passed all checks. */
export interface PreparedRow {
	label: RowLabel;
	request: PreparedRequest;
	output: OutputSettings;
}

/** A row that did not pass its own checks. Another row must not have its reference or session. */
interface BadRow {
	label: RowLabel;
	request: ReturnType<typeof readIdentity>;
	problems: readonly RowProblem[];
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
	const rows: Array<PreparedRow | BadRow> = [];
	const giveTurn = createTurns();
	for (let index = 0; index < rowCount; index++) {
		await giveTurn();
		rows.push(prepareRow(operation, rowAt(index)));
	}

	const requests = new Map<number, PreparedRequest | BadRow['request']>();
	for (const { label, request } of rows) requests.set(label.index, request);
	const shared = checkBatch(operation.kind, requests, limits);
	const { similarRows = 'ignore' } = limits;
	const similar = similarRows === 'ignore' ? undefined : await findSimilarRows(requests, giveTurn);
	const ready: PreparedRow[] = [];
	const refused: RowResult[] = [];
	for (const row of rows) {
		const { index } = row.label;
		const similarTo = similar?.get(index);
		const found = [
			...('problems' in row ? row.problems : []),
			...(shared.get(index) ?? []),
			...(similarTo && similarRows === 'refuse' ? [refuseSimilarRow(similarTo)] : []),
		];
		if (found.length > 0 || 'problems' in row) {
			refused.push(refuse(row.label, new ValidationError(found)));
		} else {
			ready.push(similarTo ? { ...row, label: { ...row.label, similarTo } } : row);
		}
	}
	return { ready, refused };
}

/** The result of a row that must not be sent. */
export function refuse(label: RowLabel, problem: ValidationError): RowResult {
	const failure = describeInvalidRow(label, problem);
	return { label, outcome: 'not_sent', failure, problems: problem.problems };
}

function prepareRow(operation: Operation, read: Row): PreparedRow | BadRow {
	const { kind } = operation;
	const { index } = read;
	const row = rememberReads(read);
	try {
		const request = operation.prepare(row);
		const label = labelRequest(request, index, kind);
		return { label, request, output: readOutputSettings(row) };
	} catch (failure) {
		const request = readIdentity(row);
		const label = labelRow(row, kind, request.reference);
		return { label, request, problems: toValidationError(failure).problems };
	}
}
