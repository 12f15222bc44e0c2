import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { asObject } from '../payout/json/jsonObject';
import { compareWithMinimum } from '../payout/money/minimums';
import { classifyFailure, classifyResponse, isSuccess } from './outcomes';
import type { Failure } from './outcomes';
import type { PreparedRequest, RequestKind } from './request';
import { isMissing, normalizeStatus } from './sessions';
import {
	describeDuplicate,
	listParts,
	simplifyOrder,
	simplifySession,
	simplifyWallet,
} from './simplify';

export interface OutputSettings {
	simplify: boolean;
	duplicates: 'report' | 'error';
}

export type Interpretation =
	| {
			outcome: 'submitted' | 'already_submitted';
			items: IDataObject[];
			sessionId?: string;
			/** Whether a later look can find another status; only said where somebody waits for it. */
			mayChange?: boolean;
	  }
	| Failure;

export type InterpretResponse = (
	response: IN8nHttpFullResponse,
	prepared: PreparedRequest,
	settings: OutputSettings,
) => Interpretation;

/** Reads the response to an order: one item for an accepted payout, and for a duplicate. */
export const interpretOrder: InterpretResponse = (response, prepared, settings) => {
	const verdict = classifyResponse(response, 'order', prepared);
	const { outcome } = verdict;
	if (outcome === 'already_submitted' && settings.duplicates === 'report') {
		return { outcome, items: [describeDuplicate(prepared)] };
	}
	if (outcome !== 'submitted') return verdict;
	const { session } = verdict;
	// The session is wrapped: it can hold a key `error`, which n8n takes for a failed item.
	const wrapped: IDataObject = { outcome, reference: prepared.reference, session };
	const item = settings.simplify ? simplifyOrder(session, prepared) : wrapped;
	return { outcome, items: [item], sessionId: String(session.id) };
};

/** Makes the function that reads the response about a session: one item for each of its payouts. */
export const interpretSession =
	(kind: RequestKind): InterpretResponse =>
	(response, prepared, { simplify }) => {
		const verdict = classifyResponse(response, kind, prepared);
		if ('code' in verdict) return verdict;
		const { outcome, session } = verdict;
		const items = simplify ? simplifySession(session) : [{ session }];
		return { outcome, items, sessionId: String(session.id) };
	};

/** Reads the response to a request for the balance: one item for each wallet, or for each minimum. */
export const interpretBalance: InterpretResponse = (response, { minimums }, { simplify }) => {
	const { wallets, status, error } = asObject(response.body);
	const isRead = isSuccess(response) && status === 'ok' && isMissing(error);
	if (!isRead || !Array.isArray(wallets)) return classifyFailure(response, 'balance');
	const listed = wallets.map((entry) => asObject(entry) as IDataObject);
	const simplified = listed.map(simplifyWallet);
	const items = simplify ? simplified : listed.map((wallet): IDataObject => ({ wallet }));
	const compared = minimums?.map((minimum): IDataObject => compareWithMinimum(minimum, simplified));
	return { outcome: 'submitted', items: compared ?? items };
};

/** The final statuses of a session, and of its payouts (API reference, section 8): no start is pending. */
const FINAL_STATUSES: ReadonlyMap<string | null, ReadonlySet<string | null>> = new Map([
	['accepted', new Set(['succeeded', 'failed'])],
	['cancelled', new Set(['failed', 'pending'])],
]);

/** Reads a lookup as `interpret` does, with `final` for the payout, instead of `next_action`. */
export function addFinality(interpret: InterpretResponse): InterpretResponse {
	return (response, prepared, settings) => {
		const end = interpret(response, prepared, settings);
		if (!('items' in end)) return end;
		const session = asObject(asObject(response.body).session) as IDataObject;
		const finals = listParts(session).map((payout) => isFinal(session, payout));
		const areAllFinal = finals.every(Boolean);
		const items = end.items.map((item, index): IDataObject => {
			if (!settings.simplify) return { ...item, final: areAllFinal };
			const entries = Object.entries(item).map(([key, value]) =>
				key === 'next_action' ? ['final', finals[index] === true] : [key, value],
			);
			return Object.fromEntries(entries) as IDataObject;
		});
		// A session in error is not final, but only Smart Glocal's support can change that.
		const mayChange = !areAllFinal && normalizeStatus(session.status) !== 'error';
		return { ...end, items, mayChange };
	};
}

function isFinal(session: IDataObject, payout: IDataObject): boolean {
	const fitting = FINAL_STATUSES.get(normalizeStatus(session.status));
	if (!fitting) return false;
	return isMissing(payout.status) || fitting.has(normalizeStatus(payout.status));
}
