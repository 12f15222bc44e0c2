import { REFUSALS } from '../../ledger/approval';
import type { Refusal } from '../../ledger/approval';
import { viewEntry } from '../../ledger/entry';
import type { Entry, Ordered } from '../../ledger/entry';
import type { RowOutcome } from '../../ledger/paying/decide';
import { joinSentences } from '../../ledger/sentences';
import { maskColumns } from '../../payout/cards/mask';
import { escapeHtml, nameMoney, showTime, toTable } from './html';

const CAREFUL =
	'Do not ask for it under another reference, which could pay it twice. The ledger shows how it ends.';

/** Says why a request is not taken, or why a person cannot decide on it, and how it stands. */
export function describeRefusal(refusal: Refusal, reference: string, entry: Entry, problem = '') {
	const hasState = ['used', 'decided', 'own_request'].includes(refusal);
	const state = hasState ? describeState(reference, entry) : '';
	const why = refusal === 'wrong' ? problem : '';
	return { message: `<p>${escapeHtml(joinSentences(why, REFUSALS[refusal], state))}</p>` };
}

function describeState(reference: string, entry: Entry): string {
	const { ordered, reported } = entry;
	if (!ordered) return '';
	const { outcome, decided_by: by, decide_until: until = '' } = ordered;
	const { text, nextStep } = viewEntry(entry);
	const payout = `${nameMoney(ordered)} (${reference}) ${text}`;
	if (outcome === 'waiting_for_approval') return `${payout} until ${showTime(until)}.`;
	const { message, next_step } = reported ?? ordered;
	const why = message === '' ? '' : `: ${message}`;
	const next = next_step || nextStep;
	if (outcome === 'declined') {
		return joinSentences(`${payout}${by && ` by ${by}`}${why}`, 'Nothing was paid', next);
	}
	const isOpen = !reported && (outcome === 'approved' || outcome === 'unknown');
	return joinSentences(payout + why, by && `${by} approved it`, isOpen ? CAREFUL : next);
}

/**
 * The applicant's page with the link for a second person, and the same as a message.
 *
 * @param formUrl a waiting form of this n8n, as in `https://n8n.example.com/form-waiting/12?signature=34`
 */
export function describeLink(reference: string, request: Ordered, formUrl: string) {
	const base = formUrl.replace(/\?.*/s, '').replace(/\/[^/]+\/[^/]+$/, '');
	const query = new URLSearchParams({ reference, request: request.approval_code ?? '' });
	const link = `${base}/form/decide-on-a-payout?${query.toString()}`;
	const payout = `${nameMoney(request)} (${reference})`;
	const until = showTime(request.decide_until ?? '');
	const shown = `<a href="${escapeHtml(link)}" target="_blank" rel="noopener">${escapeHtml(link)}</a>`;
	return {
		message: `<h3>${escapeHtml(payout)}</h3><p>Nothing is paid before a second person approves it, until ${until}. Pass this link on to the person who is to decide:</p><p>${shown}</p><p>Keep it: when you open it yourself, it shows how your request stands.</p>`,
		text: `${request.requested_by} asks for a payout: ${payout}. Approve or decline it until ${until}: ${link}`,
		link,
	};
}

/** What the second person sees before deciding: all that is sent, but no number of a card. */
export function describeRequest(reference: string, request: Ordered) {
	const { message, requested_by: by, decide_until: until = '', columns = {} } = request;
	const lines = Object.entries(maskColumns(columns, [reference]))
		.map(([name, value]) => [name.replaceAll('_', ' '), String(value ?? '')] as const)
		.filter(([, value]) => value !== '');
	const warning = message === '' ? '' : `<p><strong>To check: ${escapeHtml(message)}</strong></p>`;
	const title = `<h3>${escapeHtml(`${nameMoney(request)} (${reference})`)}</h3>`;
	const origin = `<p>Asked for by ${escapeHtml(by)}. To be decided until ${showTime(until)}; after that, nothing is paid.</p>`;
	return { message: title + origin + warning + toTable([['Field', 'What is sent'], ...lines]) };
}

/** By the reason why it was not sent, or by the outcome; without a text, the row's own is shown. */
const ENDS = new Map<string, readonly [title: string, text?: string]>([
	['other_run', ['It may be paid', `Another run is sending it, or was stopped in it. ${CAREFUL}`]],
	['declined', ['Declined']],
	['arrived', ['It was sent before']],
	['submitted', ['Sent to Smart Glocal', 'The ledger shows how it ends.']],
	['already_submitted', ['It was sent before', 'Nothing was paid again.']],
	['unknown', ['It may have been paid', CAREFUL]],
]);

/** The last page, for whoever has asked for a payout or decided on it. */
export function describeEnd(outcome: RowOutcome) {
	const { reference, reason, message, next_step } = outcome;
	const [title, text] = ENDS.get(reason) ?? ENDS.get(outcome.outcome) ?? ['Nothing was paid'];
	const said = escapeHtml(text ?? joinSentences(message, next_step));
	const payout = escapeHtml(`${nameMoney(outcome)} (${reference})`);
	return { title, message: `<p><strong>${payout}</strong></p><p>${said}</p>` };
}
