import { escapeHtml, toTable } from './text.mts';

type Columns = Record<string, unknown>;

/** A page about a request: its title, and its text in HTML. */
export interface RequestPage {
	title: string;
	message: string;
	/** Whether it may still change within the time to decide. */
	isOpen: boolean;
}

/** A time as people read it, such as `2026-11-26 10:55 UTC`. */
export function showTime(time: unknown): string {
	const date = new Date(String(time));
	if (Number.isNaN(date.getTime())) return 'an unknown time';
	return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** As in `EUR 1250.00 to Jan Peeters (INV-1)`. */
function nameRequest({ reference, recipient, amount, currency }: Columns): string {
	return `${String(currency)} ${String(amount)} to ${String(recipient)} (${String(reference)})`;
}

/** Says that a reference was used before, and how that payout stands. */
export function describeUse(entry: Columns): string {
	const { title, message } = describeEntry(entry);
	return `${nameRequest(entry)}: ${title}. ${message}`;
}

/** How a request stands, by its row in the ledger: a title, and what a person is to know. */
function describeEntry(entry: Columns): { title: string; message: string } {
	const by = String(entry.decided_by || '');
	const approved = by ? `Approved by ${by}. ` : '';
	const why = [entry.message, entry.next_step].filter(Boolean).join(' ');
	const again = 'Ask for it again under a new reference if it is still needed.';
	const careful =
		'Do not ask for it under another reference, which could pay it twice. The ledger shows how it ends.';
	switch (entry.outcome) {
		case 'waiting_for_approval':
			return { title: 'Waiting for a second person', message: why };
		case 'declined': {
			const reason = why ? `: ${why.replace(/[^.!?]$/, '$&.')}` : '.';
			const text = by ? `${by} declined it${reason}` : String(entry.message);
			return { title: 'Declined', message: `${text} Nothing was paid. ${again}` };
		}
		case 'sending':
			return { title: 'Being sent', message: `${approved}${careful}` };
		case 'submitted':
			return {
				title: 'Sent to Smart Glocal',
				message: `${approved}${why} The ledger shows how it ends.`,
			};
		case 'already_submitted':
			return {
				title: 'Sent before',
				message: `${approved}Smart Glocal has this reference already, and nothing was paid again. The ledger shows how it ends.`,
			};
		case 'rejected':
		case 'not_sent':
			return { title: 'Not paid', message: `${approved}${why}` };
		default:
			return { title: 'Not certain yet', message: `${approved}${why} ${careful}` };
	}
}

/**
 * The page that the applicant sees: how the request stands.
 *
 * @param entry the ledger's row, empty if there is none
 * @param now as an ISO 8601 timestamp
 */
export function describeResult(entry: Columns, now: string): RequestPage {
	if (!entry.reference) {
		return {
			title: 'The request is not in the ledger',
			message: 'Somebody has changed the ledger. Nothing is paid by this request any more.',
			isOpen: false,
		};
	}
	const { title, message } = describeEntry(entry);
	const isOpen =
		['waiting_for_approval', 'sending'].includes(String(entry.outcome)) &&
		Date.parse(String(entry.decide_until)) > Date.parse(now);
	const text = `<p><strong>${escapeHtml(nameRequest(entry))}</strong></p><p>${escapeHtml(message)}</p>`;
	return { title, message: text, isOpen };
}

/** The page on which the applicant waits, in HTML. */
export function describeWaiting(entry: Columns, link: string, now: string): string {
	const address = escapeHtml(link);
	const state =
		entry.outcome === 'sending'
			? `${escapeHtml(entry.decided_by)} approved it, and it is being sent.`
			: `Nobody had decided at ${showTime(now)}.`;
	return [
		`<h3>${escapeHtml(nameRequest(entry))}</h3>`,
		`<p>Nothing is paid before a second person approves it, until ${showTime(entry.decide_until)}. ${state}</p>`,
		'<p>Pass this link on to the person who is to decide. You cannot use it yourself:</p>',
		`<p><a href="${address}" target="_blank" rel="noopener">${address}</a></p>`,
		'<p>You may close this page and open it again by its address. If it has been open for an hour, reload it before you look again.</p>',
	].join('');
}

/**
 * What the second person sees, in HTML.
 *
 * @param row what is sent when it is approved
 */
export function describeRequest(entry: Columns, row: Columns): string {
	const lines = Object.entries(row)
		.filter(([, value]) => value !== null && value !== undefined && value !== '')
		.map(([name, value]) => [nameColumn(name), hideCard(name, value)]);
	const warning = entry.message
		? `<p><strong>To check: ${escapeHtml(entry.message)}</strong></p>`
		: '';
	return [
		`<h3>${escapeHtml(nameRequest(entry))}</h3>`,
		`<p>Asked for by ${escapeHtml(entry.requested_by)}. To be decided until ${showTime(entry.decide_until)}; after that, nothing is paid.</p>`,
		warning,
		toTable(['Field', 'What is sent'], lines),
	].join('');
}

/** The name of a column as people read it. */
function nameColumn(name: string): string {
	const words = name
		.replaceAll('_', ' ')
		.replace(/\b(iban|bic|id)\b/g, (word) => word.toUpperCase());
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The last four digits of a card. */
function hideCard(name: string, value: unknown): string {
	const text = String(value);
	return name.startsWith('card') ? `…${text.slice(-4)}` : text;
}
