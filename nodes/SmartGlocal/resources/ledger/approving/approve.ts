import { decideRequest, openRequest, readPerson } from '../../../../ledger/approval';
import { readTime } from '../../../../ledger/entry';
import { toEventRow } from '../../../../ledger/events';
import { gatherEntries } from '../../../../ledger/following/fold';
import type { RowOutcome } from '../../../../ledger/paying/decide';
import { asText } from '../../../../payout/json/jsonObject';
import { describeEnd, describeRefusal, describeRequest } from '../../../pages/requestPage';
import {
	APPROVAL_OUTPUTS,
	defineLedgerOperation,
	ledgerChoice,
	ledgerFields,
	ledgerItems,
} from '../defineLedgerOperation';

const WORDS = new Map<unknown, 'approval' | 'decline'>([
	['Approve', 'approval'],
	['Decline', 'decline'],
]);

/** Approve Payout: shows a request to a second person, takes the decision, and says how it ended. */
export const ledgerApproveOperation = defineLedgerOperation({
	name: 'Approve Payout',
	value: 'approve',
	description: 'Let a second person approve or decline what somebody has asked for',
	outputs: APPROVAL_OUTPUTS,
	fields: {
		step: ledgerChoice('Step', 'How far the second person is', {
			show: ['Show the Request', 'A page with all that would be sent, if this person may decide'],
			decide: ['Take the Decision', 'After the tables were read again'],
			end: ['Say How It Ended', 'A page about the item of the workflow that pays'],
		}),
		link: ledgerItems(
			'Link',
			"$('Approve or Decline').all()",
			'The item of the form that the link opens',
		),
		decision: ledgerItems(
			'Decision',
			"$('Look and Decide').all()",
			'The item of the page with the decision: whoever has submitted it decides',
		),
		...ledgerFields('events', 'payouts', 'settings'),
	},
	run(values, input, now) {
		const isDecision = values.step === 'decide';
		if (values.step === 'end') {
			return [[], [], (input as unknown as RowOutcome[]).map(describeEnd), []];
		}
		const [link = {}] = values.link;
		const [form = {}] = isDecision ? values.decision : [link];
		const [settings = {}] = values.settings;
		const reference = asText(link.reference);
		const known = gatherEntries(values.payouts, values.events);
		const { entry } = known.get(reference) ?? { entry: {} };
		const opened = openRequest(entry, asText(link.request), readPerson(form.user), settings, now);
		const word = WORDS.get(form.decision);
		if ('refusal' in opened || (isDecision && !word)) {
			const refusal = 'refusal' in opened ? opened.refusal : 'undecided';
			return [[], [], [], [describeRefusal(refusal, reference, entry)]];
		}
		const { request, by } = opened;
		if (!isDecision || !word) return [[], [], [describeRequest(reference, request)], []];
		const reason = word === 'decline' ? asText(form.reason).trim() : '';
		// What has happened since then counts more.
		const at = readTime(form.submittedAt) || now;
		const { event, order } = decideRequest(reference, request, word, by, reason, at);
		return [[toEventRow(event)], [order], [], []];
	},
});
