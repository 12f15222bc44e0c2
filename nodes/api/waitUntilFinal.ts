import type { IDataObject } from 'n8n-workflow';
import { asObject } from '../payout/json/jsonObject';
import type { InterpretResponse } from './interpretResponse';
import { isMissing, listPayouts, normalizeStatus } from './sessions';
import { waitUnless } from './wait';

/** How long the user can wait for final statuses. */
export const MAX_STATUS_WAIT_SECONDS = 600;
export const DEFAULT_STATUS_WAIT_SECONDS = 300;

/** The time between two looks at the same sessions: 2 s, 3 s, 4.5 s and so on, up to half a minute. */
const FIRST_GAP_MS = 2_000;
const GAP_GROWTH = 1.5;
const MAX_GAP_MS = 30_000;

/**
 * The statuses of a session that the API reference calls final (section 8), each with the statuses of
 * a payout that go with it. `pending` waits for a confirmation, which a cancelled session no longer
 * takes. Where the two do not go together, something can still change.
 */
const FINAL_STATUSES: ReadonlyMap<string | null, ReadonlySet<string | null>> = new Map([
	['accepted', new Set(['succeeded', 'failed'])],
	['cancelled', new Set(['failed', 'pending'])],
]);

/** A session in this status is not final, but only Smart Glocal's support can change that. */
const SUPPORT_STATUS = 'error';

/**
 * Makes a function that reads the response to a lookup as `interpret` does, and says in `final`
 * whether the payout's status is final. In a flat item `final` takes the place of `next_action`.
 */
export function addFinality(interpret: InterpretResponse): InterpretResponse {
	return (response, prepared, settings) => {
		const end = interpret(response, prepared, settings);
		if (!('items' in end)) return end;
		const session = asObject(asObject(response.body).session) as IDataObject;
		const payouts = listPayouts(session);
		const finals = (payouts.length > 0 ? payouts : [{}]).map((payout) => isFinal(session, payout));
		const areAllFinal = finals.every(Boolean);
		const mayChange = !areAllFinal && normalizeStatus(session.status) !== SUPPORT_STATUS;
		const items = settings.simplify
			? end.items.map((item, index) => replaceNextAction(item, finals[index] === true))
			: end.items.map((item) => ({ ...item, final: areAllFinal }));
		return { ...end, items, mayChange };
	};
}

/**
 * Looks at sessions again, all of them together, until all are final or the time is over. The gaps
 * grow, and the last one is cut, so that the last look begins when the time ends. Between two looks
 * nothing is held but one timer.
 *
 * @param sessions those that have been looked at once, and may change
 * @param lookAgain gives those of its sessions that may still change
 * @param isStopped asked before each look and during each gap; once true, the wait ends
 */
export async function waitUntilFinal<Session>(
	sessions: readonly Session[],
	maxWaitMs: number,
	lookAgain: (open: readonly Session[]) => Promise<readonly Session[]>,
	isStopped: () => boolean,
): Promise<void> {
	const end = Date.now() + maxWaitMs;
	let open = sessions;
	let gapMs = FIRST_GAP_MS;
	for (let leftMs = maxWaitMs; open.length > 0 && leftMs > 0; leftMs = end - Date.now()) {
		await waitUnless(isStopped, Math.min(gapMs, leftMs));
		if (isStopped()) return;
		open = await lookAgain(open);
		gapMs = Math.min(gapMs * GAP_GROWTH, MAX_GAP_MS);
	}
}

/** Whether a payout's status is final; that of its session when the payout has none. */
function isFinal(session: IDataObject, payout: IDataObject): boolean {
	const fitting = FINAL_STATUSES.get(normalizeStatus(session.status));
	if (!fitting) return false;
	return isMissing(payout.status) || fitting.has(normalizeStatus(payout.status));
}

function replaceNextAction(item: IDataObject, final: boolean): IDataObject {
	const entries = Object.entries(item);
	return Object.fromEntries(
		entries.map(([key, value]) => (key === 'next_action' ? ['final', final] : [key, value])),
	);
}
