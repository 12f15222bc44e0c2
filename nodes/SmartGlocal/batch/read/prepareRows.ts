import { findBeyond, readGuardRails } from '../../../../credentials/guardRails';
import type { OutputSettings } from '../../../api/interpretResponse';
import { toHttpRequest } from '../../../api/request';
import type { PreparedRequest, RequestKind } from '../../../api/request';
import { isIssuedCardNumber, maskCardNumbers } from '../../../payout/cards/mask';
import { readReference } from '../../../payout/formats/reference';
import { readSessionId } from '../../../payout/formats/sessionId';
import { matchColumns } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import { fingerprintPayout, readBankAccount } from '../../../payout/reviewPayout';
import type { FailedRow } from '../../messages/nodeErrors';
import { describeInvalidRow } from '../../messages/failureTexts';
import type { RowLabel } from '../../messages/failureTexts';
import type { RowProblem } from '../../../payout/validationError';
import { checkLimits, refuseBeyond } from '../check/limits';
import {
	findDuplicates,
	findSharedAccounts,
	findSimilarRows,
	refuseSimilarRow,
} from '../check/duplicates';
import type { Operation } from '../defineOperation';
import type { BatchSettings } from './batchSettings';
import { toValidationError, tryToRead } from './readParameters';
import type { Row, RowReader } from './readParameters';
import { createTurns } from '../send/eventLoop';

export interface PreparedRow {
	label: RowLabel;
	request: PreparedRequest;
	output: OutputSettings;
}

type CheckedRow = { problems: RowProblem[] } & (PreparedRow | UnpreparedRow);

export interface PreparedRows {
	ready: PreparedRow[];
	refused: FailedRow[];
}

/** Prepares and checks all rows of a batch before the first request, so that a bad row can stop all. */
export async function prepareRows(
	operation: Operation,
	{ rowAt }: RowReader,
	rowCount: number,
	settings: BatchSettings,
): Promise<PreparedRows> {
	const rows: CheckedRow[] = [];
	const giveTurn = createTurns();
	for (let index = 0; index < rowCount; index++) {
		await giveTurn();
		rows.push(prepareRow(operation, rowAt(index), settings));
	}

	const duplicates = await findDuplicates(operation.kind, rows, giveTurn);
	const guardRails = readGuardRails(rowAt(0).credentials);
	const requests = rows.map(({ request }) => request);
	const shared = [...duplicates, ...checkLimits(requests, settings, guardRails)];
	for (const { index, ...problem } of shared) rows[index]?.problems.push(problem);
	const { similarRows } = settings;
	const similar = similarRows === 'ignore' ? undefined : await findSimilarRows(rows, giveTurn);
	const accounts = await findSharedAccounts(rows, giveTurn);
	const ready: PreparedRow[] = [];
	const refused: FailedRow[] = [];
	for (const [index, row] of rows.entries()) {
		const [similarTo, sharesAccountWith] = [similar, accounts].map((found) => found?.get(index));
		if (similarTo && similarRows === 'refuse') row.problems.push(refuseSimilarRow(similarTo));
		if (row.problems.length > 0 || !('output' in row)) {
			refused.push(refuse(row.label, row.problems));
		} else {
			ready.push({ ...row, label: { ...row.label, similarTo, sharesAccountWith } });
		}
	}
	return { ready, refused };
}

/** The result of a row that must not be sent. */
export function refuse(label: RowLabel, problems: readonly RowProblem[]): FailedRow {
	return { label, outcome: 'not_sent', failure: describeInvalidRow(label, problems), problems };
}

function prepareRow(
	{ kind, path, prepare }: Operation,
	row: Row,
	settings: BatchSettings,
): CheckedRow {
	try {
		const request = prepare(row);
		const { reference, sessionId, order } = request;
		const output = {
			simplify: row.read('options.simplify'),
			duplicates: row.read('options.duplicates'),
		};
		const label: RowLabel = {
			index: row.index,
			number: row.number,
			kind,
			reference,
			// A user can give a card number for the id of a session: it is sent, but not shown.
			...(sessionId !== undefined && { sessionId: maskCardNumbers(sessionId, isIssuedCardNumber) }),
			...(order && { order }),
			ownNumbers: [reference, readBankAccount(request.body)],
		};
		if (order && (settings.includeFingerprints || !output.simplify)) {
			const key = String(row.credentials.fingerprintKey ?? '').trim();
			label.fingerprints = fingerprintPayout({ ...request, ...order }, key);
		}
		const { url, body } = toHttpRequest({ path, ...request });
		const beyond = findBeyond(readGuardRails(row.credentials), url, String(body));
		if (beyond === undefined) return { label, request, output, problems: [] };
		// What is refused for itself does not count in a sum.
		return { label, request: { reference }, problems: [refuseBeyond(beyond)] };
	} catch (failure) {
		return { ...identifyRow(row, kind), problems: [...toValidationError(failure).problems] };
	}
}

/** What a row that cannot be prepared is known by, as far as it can be read. */
interface UnpreparedRow {
	label: RowLabel;
	request: Pick<PreparedRequest, 'reference' | 'sessionId'>;
}

/** Reads the user's own reference and the session of a row that cannot be prepared, and labels it. */
export function identifyRow(row: Row, kind: RequestKind): UnpreparedRow {
	const isMapped = tryToRead(row, 'specify') === 'fields';
	const isAutomatic = isMapped && tryToRead(row, 'payout.mappingMode') === 'autoMapInputData';
	const written = isAutomatic
		? matchColumns(row.json).values.reference
		: tryToRead(row, isMapped ? 'payout.value.reference' : 'reference');
	const reference = readReference(written, () => {});
	const session = readSessionId(tryToRead(row, 'sessionId'));
	const { bank_account_number, account_number } = asObject(tryToRead(row, 'payout.value'));
	const ownNumbers = [reference, String(bank_account_number), String(account_number)];
	return {
		label: { index: row.index, number: row.number, kind, reference, ownNumbers },
		request: { reference, ...('value' in session && { sessionId: session.value }) },
	};
}
