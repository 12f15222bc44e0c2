import { randomUUID } from 'node:crypto';
import { judgeRequest, readPerson } from '../../../../ledger/approval';
import { toEventRow } from '../../../../ledger/events';
import { gatherEntries } from '../../../../ledger/following/fold';
import { compareRows } from '../../../../ledger/paying/compare';
import { asText } from '../../../../payout/json/jsonObject';
import { describeLink, describeRefusal } from '../../../pages/requestPage';
import {
	APPROVAL_OUTPUTS,
	defineLedgerOperation,
	ledgerFields,
	ledgerItems,
	ledgerText,
} from '../defineLedgerOperation';

/** Ask for Payout: a checked row in; an order, or a request that waits and its link, out. */
export const ledgerAskOperation = defineLedgerOperation({
	name: 'Ask for Payout',
	value: 'ask',
	description: 'Say whether a request is paid at once, waits for a second person, or is refused',
	outputs: APPROVAL_OUTPUTS,
	fields: {
		...ledgerFields('checked', 'rows'),
		form: ledgerItems(
			'Form',
			"$('Ask for a Payout').all()",
			'The item of the form, which names the person who has filled it in',
		),
		...ledgerFields('events', 'payouts', 'settings'),
		formUrl: ledgerText('Form Address', {
			default: '={{ $execution.resumeFormUrl }}',
			description: 'An address of a form of this n8n, of which the link to decide is made',
		}),
	},
	run({ checked, rows, form, events, payouts, settings: [settings = {}], formUrl }, _input, now) {
		const person = readPerson(form[0]?.user);
		const [row] = compareRows(checked, rows, payouts, events, {
			requested_by: person?.email ?? '',
			decided_by: '',
			source: 'Ask for a payout',
			word: 'ordered',
			looked_at: now,
		});
		if (!row) return [[], [], [], []];
		const reference = asText(row.checked.reference);
		const { entry } = gatherEntries(payouts, events).get(reference) ?? { entry: {} };
		const asked = judgeRequest(row, entry, settings, person, randomUUID(), now);
		if ('order' in asked) return [[], [asked.order], [], []];
		if ('refusal' in asked) {
			return [[], [], [], [describeRefusal(asked.refusal, reference, entry, row.left?.message)]];
		}
		const { request } = asked;
		const event = { event: 'ask', by: request.requested_by, run: '', entry: { ordered: request } };
		const page = describeLink(reference, request, formUrl);
		return [[toEventRow({ ...event, reference })], [], [page], []];
	},
});
