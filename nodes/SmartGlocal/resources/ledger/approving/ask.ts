import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { judgeRequest, readPerson } from '../../../../ledger/approval';
import { compareRows } from '../../../../ledger/paying/compare';
import { toEventRow } from '../../../../ledger/events';
import { gatherEntries } from '../../../../ledger/following/fold';
import { asText } from '../../../../payout/json/jsonObject';
import { describeLink, describeRefusal } from '../../../pages/requestPage';
import { textField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import {
	APPROVAL_OUTPUTS,
	checkedField,
	eventsField,
	itemsField,
	payoutsField,
	readItems,
	rowsField,
	settingsField,
	toItems,
} from '../tableFields';

const formField = itemsField(
	'Form',
	'form',
	"$('Ask for a Payout').all()",
	'The item of the form, which names the person who has filled it in',
);

/** Ask for Payout: a checked row in; an order, or a request that waits and its link, out. */
export const ledgerAskOperation: LocalOperation = {
	option: {
		name: 'Ask for Payout',
		value: 'ask',
		action: 'Ask for payout',
		description: 'Say whether a request is paid at once, waits for a second person, or is refused',
	},
	outputs: APPROVAL_OUTPUTS,
	fields: [
		checkedField,
		rowsField,
		formField,
		eventsField,
		payoutsField,
		settingsField,
		textField('Form Address', 'formUrl', {
			default: '={{ $execution.resumeFormUrl }}',
			description: 'An address of a form of this n8n, of which the link to decide is made',
		}),
	],
	run(this: IExecuteFunctions) {
		const tables = { events: readItems(this, eventsField), payouts: readItems(this, payoutsField) };
		const [settings = {}] = readItems(this, settingsField);
		const person = readPerson(readItems(this, formField)[0]?.user);
		const now = new Date().toISOString();
		const [row] = compareRows(readItems(this, checkedField), readItems(this, rowsField), tables, {
			requested_by: person?.email ?? '',
			decided_by: '',
			source: 'Ask for a payout',
			word: 'ordered',
			looked_at: now,
		});
		if (!row) return [[], [], [], []];
		const reference = asText(row.checked.reference);
		const { entry } = gatherEntries(tables.payouts, tables.events).get(reference) ?? { entry: {} };
		const asked = judgeRequest(row, entry, settings, person, randomUUID(), now);
		if ('order' in asked) return [[], toItems([{ ...asked.order }]), [], []];
		if ('refusal' in asked) {
			const refused = describeRefusal(asked.refusal, reference, entry, row.left?.message);
			return [[], [], [], toItems([refused])];
		}
		const { request } = asked;
		const event = { event: 'ask', by: request.requested_by, run: '', entry: { ordered: request } };
		const page = describeLink(reference, request, String(this.getNodeParameter('formUrl', 0, '')));
		return [toItems([toEventRow({ ...event, reference })]), [], toItems([page]), []];
	},
};
