import type { PreparedRequest, RequestKind } from '../../../api/request';
import { isIssuedCardNumber } from '../../../payout/cards/cardNumber';
import { maskCardNumbers } from '../../../payout/cards/mask';
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

/** Labels a row that did not pass its checks. */
export function labelRow(row: Row, kind: RequestKind, reference: string): RowLabel {
	const { bank_account_number, account_number } = asObject(tryToRead(row, 'payout.value'));
	const ownNumbers = [reference, String(bank_account_number), String(account_number)];
	return { index: row.index, kind, reference, ownNumbers };
}
