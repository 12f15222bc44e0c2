import type { PreparedRequest, RequestKind } from '../../../api/request';
import { isIssuedCardNumber, maskCardNumbers } from '../../../payout/cards';
import { readReference } from '../../../payout/formats/reference';
import { readSessionId } from '../../../payout/formats/sessionId';
import { matchColumns } from '../../../payout/headers/matchColumns';
import { asObject } from '../../../payout/json/jsonObject';
import { readBankAccount } from '../../../payout/reviewPayout';
import type { RowLabel } from '../../messages/rowFailures';
import { tryToRead } from './readParameters';
import type { Row } from './readParameters';

/** Labels a row that passed its checks. */
export function labelRequest(request: PreparedRequest, index: number, kind: RequestKind): RowLabel {
	const { reference, sessionId, body, order } = request;
	return {
		index,
		kind,
		reference,
		// A user can give a card number for the id of a session: it is sent, but not shown.
		...(sessionId !== undefined && { sessionId: maskCardNumbers(sessionId, isIssuedCardNumber) }),
		...(order && { order }),
		ownNumbers: [reference, readBankAccount(body)],
	};
}

/** What a row that cannot be prepared is known by, as far as it can be read. */
export interface UnpreparedRow {
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
		label: { index: row.index, kind, reference, ownNumbers },
		request: { reference, ...('value' in session && { sessionId: session.value }) },
	};
}
