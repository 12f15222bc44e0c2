import { ASKING, DECIDING, PAYING, WAITING } from './askForAPayoutSteps.mts';
import { ASK_FOR_A_PAYOUT_NOTES } from './askForAPayoutNotes.mts';
import { createLedger } from './ledger.mts';
import { formTrigger, ifTrue, node } from './nodes.mts';
import type { Example } from './workflowFile.mts';

const SETTINGS = node('Settings', 'n8n-nodes-base.set', 3.4, [12, 10], {
	assignments: {
		assignments: [
			{ id: 'limit', name: 'two_persons_above', value: 1000, type: 'number' },
			{ id: 'currency', name: 'currency', value: 'EUR', type: 'string' },
			{ id: 'hours', name: 'hours_to_decide', value: 24, type: 'number' },
			{ id: 'approvers', name: 'approvers', value: '', type: 'string' },
		],
	},
	options: {},
});

const textField = (fieldName: string, fieldLabel: string, placeholder = '') => ({
	fieldName,
	fieldLabel,
	fieldType: 'text',
	placeholder,
	requiredField: true,
});

const ASK = formTrigger(
	'Ask for a Payout',
	[0, 0],
	'ask-for-a-payout',
	{
		title: 'Ask for a payout',
		description: 'A small payout is sent at once. A large one waits for a second person.',
		button: 'Ask for it',
	},
	[
		{
			fieldName: 'destination',
			fieldLabel: 'Where does it go?',
			fieldType: 'dropdown',
			fieldOptions: {
				values: [
					{ option: 'Belgium, in euros (BEL-EUR)' },
					{ option: 'Turkey, in liras (TUR-TRY)' },
				],
			},
			requiredField: true,
		},
		textField('recipient_first_name', 'First name of the recipient'),
		textField('recipient_last_name', 'Last name of the recipient'),
		textField('recipient_bank_name', 'Name of the bank'),
		textField('iban', 'IBAN'),
		textField('amount', 'Amount, in the currency of the destination', '1250.00'),
		textField('description', 'What is it for?', 'Invoice 2041'),
		textField('reference', 'Reference: your own, never used before', 'INV-2041'),
	],
);

const DECIDE = formTrigger(
	'Approve or Decline',
	[0, 20],
	'decide-on-a-payout',
	{
		title: 'Approve or decline a payout',
		description: 'A colleague has asked for a payout. Look at it, and decide.',
		button: 'Show the request',
	},
	[{ fieldName: 'request', fieldType: 'hiddenField', fieldValue: '' }],
);

/** A form to ask for a payout, which a second person approves or declines by a link. */
export const ASK_FOR_A_PAYOUT: Example = {
	name: 'Smart Glocal: ask for a payout',
	nodes: [
		ASK,
		DECIDE,
		SETTINGS,
		createLedger('Make the Ledger', [24, 0]),
		ifTrue('Is It a New Request?', [24, 10], `$('Ask for a Payout').isExecuted`),
		...ASKING,
		...WAITING,
		...DECIDING,
		...PAYING,
		...ASK_FOR_A_PAYOUT_NOTES,
	],
	links: [
		['Ask for a Payout', 'Settings'],
		['Approve or Decline', 'Settings'],
		['Settings', 'Make the Ledger'],
		['Settings', 'Is It a New Request?'],
		['Is It a New Request?', 'Take the Request'],
		['Is It a New Request?', 'Find the Request', 1],
		['Take the Request', 'Check the Request'],
		['Check the Request', 'Look in the Ledger'],
		['Look in the Ledger', 'Make a Code'],
		['Make a Code', 'Judge the Request'],
		['Judge the Request', 'May It Be Asked For?'],
		['May It Be Asked For?', 'Write the Request'],
		['May It Be Asked For?', 'It Is Refused', 1],
		['Write the Request', 'Are Two Persons Needed?'],
		['Are Two Persons Needed?', 'Make the Link'],
		['Are Two Persons Needed?', 'Row to Send', 1],
		['Make the Link', 'Tell the Approvers'],
		['Make the Link', 'Wait for a Second Person'],
		['Wait for a Second Person', 'Nobody Decided'],
		['Nobody Decided', 'Decline If It Is Too Late'],
		['Decline If It Is Too Late', 'See What Was Decided'],
		['See What Was Decided', 'Say What Was Decided'],
		['Say What Was Decided', 'Is It Still Open?'],
		['Is It Still Open?', 'Wait for a Second Person'],
		['Is It Still Open?', 'The Decision', 1],
		['Find the Request', 'May This Person Decide?'],
		['May This Person Decide?', 'May Decide?'],
		['May Decide?', 'Look and Decide'],
		['May Decide?', 'You Cannot Decide', 1],
		['Look and Decide', 'Find It Again'],
		['Find It Again', 'Check Again'],
		['Check Again', 'Is It Decided?'],
		['Is It Decided?', 'Write the Decision'],
		['Is It Decided?', 'You Cannot Decide', 1],
		['Write the Decision', 'Is It Approved?'],
		['Is It Approved?', 'Row to Send'],
		['Is It Approved?', 'See What Happened', 1],
		['Row to Send', 'Pay'],
		['Pay', 'After Paying'],
		['After Paying', 'Write After Paying'],
		['Write After Paying', 'See What Happened'],
		['See What Happened', 'Say What Happened'],
		['Say What Happened', 'The Result'],
	],
};
