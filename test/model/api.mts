/** Two payouts under one reference, to two accounts. */
export type Account = 'A' | 'B';

/** Smart Glocal, for one reference: its idempotency key, and every request with it. */
export interface Api {
	/** What the key stands for, once a request was accepted. */
	paid: Account | null;
	requests: Request[];
	/** Deliveries that are still to come. */
	webhooks: number;
	/** How many more requests are refused, and how many responses get lost. */
	refusals: number;
	losses: number;
}

interface Request {
	account: Account;
	end: 'accepted' | 'refused' | 'repeated' | 'lost';
}

export type Answer = 'submitted' | 'already_submitted' | 'rejected' | 'unknown';

/** What can happen to a request, and what its sender then knows. */
export function send(api: Api, account: Account) {
	const other = api.requests.find((each) => each.account !== account && each.end !== 'refused');
	const violation = other && 'sent to two accounts';
	const end = (name: string, answer: Answer, change: Partial<Api>, how: Ended) => ({
		name,
		answer,
		violation,
		api: { ...api, ...change, requests: addRequest(api.requests, { account, end: how }) },
	});
	const losses = api.losses - 1;
	if (api.paid !== null) {
		const repeated = end('the key is known', 'already_submitted', {}, 'repeated');
		return losses < 0 ? [repeated] : [repeated, end('lost', 'unknown', { losses }, 'lost')];
	}
	const accepted = { paid: account, webhooks: 1 };
	const all = [end('accepted', 'submitted', accepted, 'accepted')];
	if (api.refusals > 0) {
		all.push(end('refused', 'rejected', { refusals: api.refusals - 1 }, 'refused'));
	}
	if (losses >= 0) {
		all.push(end('accepted, response lost', 'unknown', { ...accepted, losses }, 'accepted'));
		all.push(end('request lost', 'unknown', { losses }, 'lost'));
	}
	return all;
}

type Ended = Request['end'];

/** Neither their order nor their number counts. */
function addRequest(requests: readonly Request[], added: Request): Request[] {
	const all = [...requests, added].map((request) => JSON.stringify(request));
	return [...new Set(all)].sort().map((text) => JSON.parse(text) as Request);
}

/** A list with another entry at one place. */
export function replaceAt<Entry>(list: readonly Entry[], at: number, entry: Entry): Entry[] {
	return list.map((old, index) => (index === at ? entry : old));
}
