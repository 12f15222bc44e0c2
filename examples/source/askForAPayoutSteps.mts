import { readLedger, updateLedger, writeLedger } from './ledger.mts';
import { code, formEnding, formPage, ifTrue, node, payRows } from './nodes.mts';

const MINUTES_TO_LOOK = 60;

/** Checks a request, and writes it into the ledger. */
export const ASKING = [
	code(
		'Take the Request',
		[36, 0],
		['approval'],
		`return [{ json: takeRequest($('Ask for a Payout').first().json) }];`,
	),
	payRows('Check the Request', [48, 0], { dryRun: true }),
	readLedger('Look in the Ledger', [60, 0], [['reference', 'eq', '={{ $json.reference }}']]),
	node('Make a Code', 'n8n-nodes-base.crypto', 2, [72, 0], {
		action: 'generate',
		dataPropertyName: 'code',
		encodingType: 'uuid',
	}),
	code(
		'Judge the Request',
		[84, 0],
		['approval'],
		`const [{ json: entry }] = $input.all();
const settings = $('Settings').first().json;
const person = $('Ask for a Payout').first().json.user ?? {};
const checked = $('Check the Request').first().json;
const row = $('Take the Request').first().json;
const judgement = judgeRequest(checked, entry, settings, person);
if (judgement.decision === 'refused') return [{ json: { ...judgement, message: escapeHtml(judgement.message) } }];
const more = { settings, person, code: entry.code, now: new Date().toISOString() };
return [{ json: toRequestRow(judgement, checked, row, more) }];`,
	),
	ifTrue('May It Be Asked For?', [96, 0], `$json.decision !== 'refused'`),
	formEnding('It Is Refused', [108, 8], 'Nothing was paid now', '={{ $json.message }}'),
	writeLedger('Write the Request', [108, 0]),
	ifTrue('Are Two Persons Needed?', [120, 0], `$json.outcome === 'waiting_for_approval'`),
];

/** The applicant waits for the decision. */
export const WAITING = [
	code(
		'Make the Link',
		[132, -8],
		['approval'],
		`const [{ json: entry }] = $input.all();
const link = toDecisionLink($execution.resumeFormUrl, entry.approval_code);
const { approvers } = $('Settings').first().json;
const { reference, recipient, amount, currency, requested_by, decide_until } = entry;
const text = \`\${requested_by} asks for a payout: \${currency} \${amount} to \${recipient} (\${reference}). Approve or decline it until \${showTime(decide_until)}: \${link}\`;
const page = describeWaiting(entry, link, new Date().toISOString());
return [{ json: { text, link, approvers, reference, recipient, amount, currency, requested_by, decide_until, page } }];`,
	),
	node('Tell the Approvers', 'n8n-nodes-base.noOp', 1, [144, -16]),
	formPage(
		'Wait for a Second Person',
		[144, -8],
		{
			title: 'Waiting for a second person',
			button: 'Look again',
			until: `={{ $('Make the Link').first().json.decide_until }}`,
		},
		[{ fieldType: 'html', fieldName: 'request', html: '={{ $json.page }}' }],
	),
	code(
		'Nobody Decided',
		[156, -8],
		['approval'],
		'return [{ json: toTimeOut(new Date().toISOString()) }];',
	),
	updateLedger(
		'Decline If It Is Too Late',
		[168, -8],
		[
			['approval_code', 'eq', `={{ $('Write the Request').first().json.approval_code }}`],
			['outcome', 'eq', 'waiting_for_approval'],
			['decide_until', 'lte', '={{ new Date().toISOString() }}'],
		],
	),
	readLedger(
		'See What Was Decided',
		[180, -8],
		[['approval_code', 'eq', `={{ $('Write the Request').first().json.approval_code }}`]],
	),
	code(
		'Say What Was Decided',
		[192, -8],
		['approvalTexts'],
		`const [{ json: entry }] = $input.all();
const now = new Date().toISOString();
const result = describeResult(entry, now);
const { link } = $('Make the Link').first().json;
return [{ json: { ...result, page: result.isOpen ? describeWaiting(entry, link, now) : '' } }];`,
	),
	ifTrue('Is It Still Open?', [204, -8], '$json.isOpen'),
	formEnding('The Decision', [216, -4], '={{ $json.title }}', '={{ $json.message }}'),
];

const FIND = [
	['approval_code', 'eq', `={{ $('Approve or Decline').first().json.request || 'none' }}`],
] as const;

/** A second person looks and decides. */
export const DECIDING = [
	readLedger('Find the Request', [36, 20], FIND),
	code(
		'May This Person Decide?',
		[48, 20],
		['approval'],
		`const [{ json: entry }] = $input.all();
const { user = {}, request: code } = $('Approve or Decline').first().json;
const settings = $('Settings').first().json;
const refusal = refuseApprover(entry, code, user, settings, new Date().toISOString());
return [{ json: { refusal: escapeHtml(refusal), page: refusal ? '' : showRequest(entry) } }];`,
	),
	ifTrue('May Decide?', [60, 20], `$json.refusal === ''`),
	formPage(
		'Look and Decide',
		[72, 20],
		{ title: 'Approve or decline a payout', button: 'Decide', minutes: MINUTES_TO_LOOK },
		[
			{ fieldType: 'html', fieldName: 'request', html: '={{ $json.page }}' },
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
	readLedger('Find It Again', [84, 20], FIND),
	code(
		'Check Again',
		[96, 20],
		['approval'],
		`const [{ json: entry }] = $input.all();
const { request: code } = $('Approve or Decline').first().json;
// Whoever has pressed the button, who may not be the one who opened the link.
const form = $('Look and Decide').first().json;
const settings = $('Settings').first().json;
const now = new Date().toISOString();
const refusal = refuseApprover(entry, code, form.user ?? {}, settings, now);
const decision = refusal ? { refusal } : toDecision(form, form.user, now);
return [{ json: decision.refusal ? { refusal: escapeHtml(decision.refusal) } : decision }];`,
	),
	ifTrue('Is It Decided?', [108, 20], '!$json.refusal'),
	updateLedger(
		'Write the Decision',
		[120, 20],
		[
			['approval_code', 'eq', `={{ $('Approve or Decline').first().json.request }}`],
			['outcome', 'eq', 'waiting_for_approval'],
			['decide_until', 'gt', '={{ new Date().toISOString() }}'],
		],
	),
	ifTrue('Is It Approved?', [132, 20], `$json.outcome === 'sending'`),
	formEnding('You Cannot Decide', [120, 30], 'You cannot decide on this', '={{ $json.refusal }}'),
];

/** Pays what needs no second person, or was approved. */
export const PAYING = [
	code('Row to Send', [144, 8], [], 'return [{ json: JSON.parse($input.first().json.row) }];'),
	payRows('Pay', [156, 8]),
	code(
		'After Paying',
		[168, 8],
		['ledgerRow'],
		'return [{ json: toOutcomeRow($input.first(), new Date().toISOString()) }];',
	),
	updateLedger(
		'Write After Paying',
		[180, 8],
		[
			['reference', 'eq', '={{ $json.reference }}'],
			// A webhook that came meanwhile knows better.
			['status_rank', 'lt', '10'],
		],
	),
	readLedger(
		'See What Happened',
		[192, 8],
		[
			[
				'reference',
				'eq',
				`={{ $('Find the Request').isExecuted ? $('Find the Request').first().json.reference : $('Write the Request').first().json.reference }}`,
			],
		],
	),
	code(
		'Say What Happened',
		[204, 8],
		['approvalTexts'],
		'return [{ json: describeResult($input.first().json, new Date().toISOString()) }];',
	),
	formEnding('The Result', [216, 8], '={{ $json.title }}', '={{ $json.message }}'),
];
