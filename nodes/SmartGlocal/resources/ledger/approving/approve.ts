import type { IExecuteFunctions } from 'n8n-workflow';
import { decideRequest, openRequest, readPerson } from '../../../../ledger/approval';
import type { RowOutcome } from '../../../../ledger/paying/decide';
import { readTime } from '../../../../ledger/entry';
import { toEventRow } from '../../../../ledger/events';
import { gatherEntries } from '../../../../ledger/following/fold';
import { asText } from '../../../../payout/json/jsonObject';
import { describeEnd, describeRefusal, describeRequest } from '../../../pages/requestPage';
import { choiceField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import {
	APPROVAL_OUTPUTS,
	eventsField,
	itemsField,
	payoutsField,
	readInput,
	readItems,
	settingsField,
	toItems,
} from '../tableFields';

const linkField = itemsField(
	'Link',
	'link',
	"$('Approve or Decline').all()",
	'The item of the form that the link opens',
);

const decisionField = itemsField(
	'Decision',
	'decision',
	"$('Look and Decide').all()",
	'The item of the page with the decision: whoever has submitted it decides',
);

const WORDS = new Map<unknown, 'approval' | 'decline'>([
	['Approve', 'approval'],
	['Decline', 'decline'],
]);

/** Approve Payout: shows a request to a second person, takes the decision, and says how it ended. */
export const ledgerApproveOperation: LocalOperation = {
	option: {
		name: 'Approve Payout',
		value: 'approve',
		action: 'Approve payout',
		description: 'Let a second person approve or decline what somebody has asked for',
	},
	outputs: APPROVAL_OUTPUTS,
	fields: [
		choiceField('Step', 'step', 'How far the second person is', {
			show: ['Show the Request', 'A page with all that would be sent, if this person may decide'],
			decide: ['Take the Decision', 'After the tables were read again'],
			end: ['Say How It Ended', 'A page about the item of the workflow that pays'],
		}),
		linkField,
		decisionField,
		eventsField,
		payoutsField,
		settingsField,
	],
	run(this: IExecuteFunctions) {
		const step = this.getNodeParameter('step', 0);
		if (step === 'end') {
			const outcomes = readInput(this) as unknown as RowOutcome[];
			return [[], [], toItems(outcomes.map(describeEnd)), []];
		}
		const [link = {}] = readItems(this, linkField);
		const [form = {}] = step === 'decide' ? readItems(this, decisionField) : [link];
		const [settings = {}] = readItems(this, settingsField);
		const known = gatherEntries(readItems(this, payoutsField), readItems(this, eventsField));
		const reference = asText(link.reference);
		const { entry } = known.get(reference) ?? { entry: {} };
		const person = readPerson(form.user);
		const now = new Date().toISOString();
		const opened = openRequest(entry, asText(link.request), person, settings, now);
		const word = WORDS.get(form.decision);
		if ('refusal' in opened || (step === 'decide' && !word)) {
			const refusal = 'refusal' in opened ? opened.refusal : 'undecided';
			return [[], [], [], toItems([describeRefusal(refusal, reference, entry)])];
		}
		const { request, by } = opened;
		if (step !== 'decide' || !word) {
			return [[], [], toItems([describeRequest(reference, request)]), []];
		}
		const reason = word === 'decline' ? asText(form.reason).trim() : '';
		// What has happened since then counts more.
		const at = readTime(form.submittedAt) || now;
		const { event, order } = decideRequest(reference, request, word, by, reason, at);
		return [toItems([toEventRow(event)]), toItems([{ ...order }]), [], []];
	},
};
