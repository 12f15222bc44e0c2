import { stickyNote } from './nodes.mts';

/** What a person is to know and to change, on the canvas. */
export const ASK_FOR_A_PAYOUT_NOTES = [
	stickyNote(
		'About This Workflow',
		[-2, -31],
		[34, 13],
		`## Ask for a payout
A colleague fills in the form **Ask for a Payout**. It is checked, and a small payout is sent at once. A larger one waits in the ledger until a second person approves or declines it by a link. Nothing is paid if it is declined, or if nobody decides in time.

**To do:** choose your credential in **Check the Request** and **Pay**, and put your own company into **Sender** there. Look at **Settings**. Publish the workflow. The form is at \`/form/ask-for-a-payout\` of your n8n.`,
	),
	stickyNote(
		'About Settings',
		[-2, -17],
		[34, 12],
		`### Settings
- **two_persons_above**: up to this amount, one person is enough.
- **currency**: of that amount. A payout in any other currency needs two persons, and so does one with something to look at, such as an IBAN of another country.
- **hours_to_decide**: after them, it is declined.
- **approvers**: e-mail addresses of n8n accounts, separated by commas. Empty: everybody with an n8n account, but never the applicant.`,
	),
	stickyNote(
		'About the Form',
		[33, -13],
		[32, 10],
		`### Other destinations
The example pays to an IBAN in Belgium or Turkey. For another destination, add an option that has its code, as in \`(GBR-GBP)\`, and the fields that it needs. A field's name is the column's name in the node's documentation, such as \`sort_code\`. Each field of the form is sent.`,
	),
	stickyNote(
		'About Telling',
		[131, -28],
		[32, 11],
		`### Tell the approvers
Without a change, the applicant's page shows the link, to be passed on. To have n8n tell them, put a node such as Slack or Send Email in the place of **Tell the Approvers**: \`{{ $json.text }}\` is the message with the link, \`{{ $json.approvers }}\` the addresses. Set its **On Error** to **Continue**, or the request ends when the message cannot be sent.`,
	),
	stickyNote(
		'About Two Persons',
		[-2, 31],
		[50, 14],
		`### Who is who
n8n asks everybody to sign in, and says who has filled in a form. Whoever asked for a payout is refused as its approver, by the account and by its e-mail address, when the link is opened and again when the button is pressed. The first decision counts: the ledger changes only while it says \`waiting_for_approval\`.

**What n8n cannot tell:** one person with two accounts, an account or a browser that several people use (a page that is open stays its person's for an hour, even after signing out), and several small requests that belong together. Whoever may edit this workflow or the ledger can get around it. With Basic Auth or no authentication, n8n knows nobody, and every request that needs two persons is refused.`,
	),
];
