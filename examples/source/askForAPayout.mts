import { formEnding, formPage, formTrigger, ifTrue, ledger, node } from './nodes.mts';
import { payRows, settings, stickyNote, tellSomebody } from './nodes.mts';
import { payOrders } from './payOrders.mts';
import { addRows, EVENTS, LEDGER, lookUp, makeTables } from './tables.mts';
import type { Example } from './workflowFile.mts';

const MINUTES_TO_LOOK = 60;

const TABLES = makeTables([44, -14], [LEDGER, EVENTS]);
const LOOKING = lookUp([33, 6]);
const LINK = `={{ $('Approve or Decline').all() }}`;
const LOOKING_AGAIN = lookUp([99, 20], ' Again', { items: LINK });

const DESTINATIONS = ['Belgium, in euros (BEL-EUR)', 'Turkey, in liras (TUR-TRY)'];
/** As in `Belgium, in euros (BEL-EUR)`. */
const DESTINATION = '={{ $json.destination.match(/\\(([A-Z-]+)\\)/)?.[1] }}';

const textField = (fieldName: string, fieldLabel: string, placeholder = '') => ({
	fieldName,
	fieldLabel,
	fieldType: 'text',
	placeholder,
	requiredField: true,
});

const ASKING = [
	formTrigger(
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
				fieldOptions: { values: DESTINATIONS.map((option) => ({ option })) },
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
	),
	node('Take the Request', 'n8n-nodes-base.set', 3.4, [11, 0], {
		assignments: {
			assignments: [{ id: 'code', name: 'destination', value: DESTINATION, type: 'string' }],
		},
		includeOtherFields: true,
		include: 'except',
		excludeFields: 'user, submittedAt, formMode, formQueryParameters',
		options: {},
	}),
	payRows('Check the Request', [22, 0], { dryRun: true, includeFingerprints: true }),
	ledger('Judge the Request', 'ask', [77, -10], {
		checked: `={{ $('Check the Request').all() }}`,
		rows: `={{ $('Take the Request').all() }}`,
	}),
	addRows('Write the Request', [88, -20], EVENTS),
	tellSomebody('Tell the Approvers', [88, -4]),
	formEnding(
		'Pass the Link On',
		[99, -4],
		'A second person has to approve it',
		`={{ $('Judge the Request').first(2).json.message }}`,
	),
	formEnding('It Is Refused', [88, 6], 'Nothing was paid now', '={{ $json.message }}'),
];

const DECIDING = [
	formTrigger(
		'Approve or Decline',
		[0, 14],
		'decide-on-a-payout',
		{
			title: 'Approve or decline a payout',
			description: 'A colleague has asked for a payout. Look at it, and decide.',
			button: 'Show the request',
		},
		// The link fills them in.
		['reference', 'request'].map((fieldName) => ({ fieldName, fieldType: 'hiddenField' })),
	),
	ledger('May This Person Decide?', 'approve', [77, 20]),
	formPage(
		'Look and Decide',
		[88, 20],
		{ title: 'Approve or decline a payout', button: 'Decide', minutes: MINUTES_TO_LOOK },
		[
			{ fieldType: 'html', fieldName: 'page', html: '={{ $json.message }}' },
			{
				fieldName: 'decision',
				fieldLabel: 'What do you decide?',
				fieldType: 'radio',
				fieldOptions: { values: [{ option: 'Approve' }, { option: 'Decline' }] },
				requiredField: true,
			},
			{
				fieldName: 'reason',
				fieldLabel: 'Why, if you decline it? Your colleague reads this.',
				fieldType: 'text',
			},
		],
	),
	...LOOKING_AGAIN.nodes,
	ledger('Take the Decision', 'approve', [121, 20], {
		step: 'decide',
		events: `={{ $('Look in the Events Again').all() }}`,
		payouts: `={{ $('Look in the Ledger Again').all() }}`,
	}),
	addRows('Write the Decision', [132, 8], EVENTS),
	// Waits until the decision is written, wherever somebody moves the nodes to.
	node('Order After the Decision', 'n8n-nodes-base.merge', 3.2, [143, 12], {
		mode: 'chooseBranch',
		output: 'specifiedInput',
		useDataOfInput: 2,
	}),
	formEnding('You Cannot Decide', [132, 32], 'You cannot decide on this', '={{ $json.message }}'),
];

const PAYING = [
	payOrders([154, 4]),
	ledger('Say How It Ended', 'approve', [165, 4], { step: 'end' }),
	formEnding('The Result', [176, 4], '={{ $json.title }}', '={{ $json.message }}'),
];

const NOTES = [
	stickyNote('About This Workflow', [-2, -34], [44, 16])`## Ask for a payout
A colleague fills in the form **Ask for a Payout**. It is checked, and a small payout is sent at once. A larger one waits until a second person approves or declines it by a link, which the applicant passes on. The applicant opens the same link to see how it stands.

**To do:** choose your Smart Glocal credential in **Check the Request**, and the workflow **Smart Glocal: pay orders** in **Pay These Orders**. Look at **Settings**. Publish the workflow. The form is at \`/form/ask-for-a-payout\` of your n8n.`,
	stickyNote('About the Form', [-2, 24], [44, 12])`### Other destinations
The example pays to an IBAN in Belgium or Turkey. For another destination, add an option that ends with its code, as in \`(GBR-GBP)\`, and the fields that it needs. A field's name is the column's name in the node's documentation, such as \`sort_code\`. Each field of the form is sent.`,
	stickyNote('About Settings', [43, -34], [38, 16])`### Settings
- **two_persons_above**: up to this amount, one person is enough.
- **currency**: of that amount. A payout in any other currency needs two persons, and so does one with something to look at, such as an IBAN of another country.
- **hours_to_decide**: after them, nobody can approve it any more.
- **approvers**: e-mail addresses of n8n accounts, separated by commas. Empty: everybody with an n8n account, but never the applicant.`,
	stickyNote('About Telling', [82, -40], [38, 16])`### Tell the approvers
To have n8n send the link, put a node such as Slack or Send Email in the place of **Tell the Approvers**: \`{{ $json.text }}\` is the message with the link. Set its **On Error** to **Continue**, or the applicant sees no link when the message cannot be sent.`,
	stickyNote('About Two Persons', [43, 40], [88, 14])`### Who is who
n8n asks everybody to sign in, and says who has filled in a form. Whoever asked for a payout is refused as its approver, by the account and by its e-mail address, when the link is opened and again when the button is pressed. What was asked for is paid, and nothing that was changed afterwards. A request that was declined is not paid, unless it was being sent at that moment: then the page says so.

**What n8n cannot tell:** one person with two accounts, an account or a browser that several people use (a page that is open stays its person's for an hour, even after signing out), and several small requests that belong together. Whoever may edit this workflow or its tables can get around it. With Basic Auth or no authentication, n8n knows nobody, and every request is refused.`,
];

/** A form to ask for a payout, which a second person approves or declines by a link. */
export const ASK_FOR_A_PAYOUT: Example = {
	name: 'Smart Glocal: ask for a payout',
	nodes: [
		...ASKING,
		...TABLES.nodes,
		...LOOKING.nodes,
		{
			...settings('Settings', [55, 6], {
				two_persons_above: 1000,
				currency: 'EUR',
				hours_to_decide: 24,
				approvers: '',
			}),
			executeOnce: true,
		},
		ifTrue('Is It a New Request?', [66, 6], `$('Ask for a Payout').isExecuted`),
		...DECIDING,
		...PAYING,
		...NOTES,
	],
	links: [
		['Ask for a Payout', 'Take the Request', 'Check the Request', 'Prepare Look-Ups'],
		['Approve or Decline', 'Prepare Look-Ups', 'Make the Ledger'],
		...TABLES.links,
		...LOOKING.links,
		['Look in the Ledger', 'Settings', 'Is It a New Request?'],
		['Is It a New Request?', 'Judge the Request', 0],
		['Is It a New Request?', 'May This Person Decide?', 1],
		['Judge the Request', 'Write the Request', 0],
		['Judge the Request', 'Pay These Orders', 1],
		['Judge the Request', 'Tell the Approvers', 2],
		['Judge the Request', 'It Is Refused', 3],
		['Tell the Approvers', 'Pass the Link On'],
		['May This Person Decide?', 'Look and Decide', 2],
		['May This Person Decide?', 'You Cannot Decide', 3],
		['Look and Decide', 'Prepare Look-Ups Again'],
		...LOOKING_AGAIN.links,
		['Look in the Ledger Again', 'Take the Decision'],
		['Take the Decision', 'Write the Decision', 0],
		['Write the Decision', 'Order After the Decision', 0, 0],
		['Take the Decision', 'Order After the Decision', 1, 1],
		['Order After the Decision', 'Pay These Orders'],
		['Take the Decision', 'You Cannot Decide', 3],
		['Pay These Orders', 'Say How It Ended'],
		['Say How It Ended', 'The Result', 2],
	],
};
