import type { PreparedRequest, RequestKind } from '../../../api/request';
import type { RowLabel } from '../../messages/rowFailures';
import { isIssuedCardNumber } from '../../../payout/cards/card';
import { findCardData, joinCardData } from '../../../payout/cards/cardData';
import type { CardData } from '../../../payout/cards/cardData';
import { createCardMask } from '../../../payout/cards/cardMask';
import { listCandidates } from '../../../payout/cards/cardNumbers';
import { matchColumns } from '../../../payout/headers/matchColumns';
import { asObject, parseJson } from '../../../payout/json/jsonObject';
import { acceptsField } from '../../../payout/destinations/requirements';
import { resolveDestination } from '../../../payout/destinations/resolveDestination';
import type { ParameterName } from './parameters';
import { tryToRead } from './readParameters';
import type { Row } from './readParameters';

/** Labels a row that passed its checks. */
export function labelRequest(request: PreparedRequest, index: number, kind: RequestKind): RowLabel {
	const { reference, sessionId, body, order } = request;
	const mask = createCardMask(() => {
		const { others, ...cardData } = findCardData(body);
		return { ...cardData, others: [...others, ...listNames(reference, sessionId)] };
	});
	// A user can give a card number for the id of a session: it is sent, but not shown.
	return {
		index,
		kind,
		reference,
		...(sessionId !== undefined && { sessionId: mask.text(sessionId) }),
		...(order && { order }),
		mask,
	};
}

/** Labels a row that did not pass its checks; whatever of it can be read is searched for card data. */
export function labelRow(row: Row, kind: RequestKind, reference: string): RowLabel {
	const mask = createCardMask(() =>
		joinCardData([
			...findRowData(row),
			{ numbers: [], securityCodes: [], others: listNames(reference) },
		]),
	);
	return { index: row.index, kind, reference: mask.text(reference), mask };
}

/** Keeps what was read, so that no expression is evaluated again when the row turns out wrong. */
export function rememberReads(row: Row): Row {
	const known = new Map<ParameterName, unknown>();
	return {
		...row,
		read: (name) => {
			if (!known.has(name)) known.set(name, row.read(name));
			return known.get(name) as never;
		},
	};
}

/** The user's own names for a row, unless they look as if a card network had issued them. */
function listNames(...names: Array<string | undefined>): string[] {
	return names.filter(
		(name): name is string => name !== undefined && !listCandidates(name).some(isIssuedCardNumber),
	);
}

/** What the row's columns, and its payout, however it is specified, say about cards. */
function findRowData(row: Row): CardData[] {
	if (tryToRead(row, 'specify') === 'json') {
		const body = tryToRead(row, 'body');
		const parsed = typeof body === 'string' ? parseJson(body) : body;
		const inBody = findCardData(parsed ?? body, undefined, parsed === undefined);
		return [inBody, findCardData(row.json, () => false, true)];
	}
	const isAutomatic = tryToRead(row, 'payout.mappingMode') === 'autoMapInputData';
	const columns = isAutomatic
		? row.json
		: asObject(
				tryToRead(row, 'payout.value') ?? {
					card_number: tryToRead(row, 'payout.value.card_number'),
				},
			);
	const destination = String(tryToRead(row, 'destination') ?? '');
	const requirements = resolveDestination(destination, matchColumns(columns).values);
	const inColumns = findCardData(
		columns,
		(id) => !('message' in requirements) && acceptsField(requirements, id),
		true,
	);
	return isAutomatic ? [inColumns] : [inColumns, findCardData(row.json, () => false, true)];
}
