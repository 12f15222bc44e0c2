import { toSendingRow } from './ledgerRow.mts';
import { describeRequest, describeUse, showTime } from './approvalTexts.mts';

/** The node Settings of the workflow, as a person fills it in. */
export interface ApprovalSettings {
	two_persons_above: unknown;
	currency: unknown;
	hours_to_decide: unknown;
	/** E-mail addresses; empty for everybody but the applicant. */
	approvers: unknown;
}

/** Who is signed in to n8n, as a form's item has it. */
export interface Person {
	id?: unknown;
	email?: unknown;
}

/** What is to be done with a request, and why not, if nothing. */
export interface Judgement {
	decision: 'refused' | 'pay' | 'wait';
	message: string;
}

type Columns = Record<string, unknown>;

/** What n8n adds to a form's fields. */
const ADDED = ['user', 'submittedAt', 'formMode', 'formQueryParameters'];

/** The row to pay: the form's fields, whose names are columns; its currency is the destination's. */
export function takeRequest(form: Columns): Columns {
	const fields = Object.entries(form).filter(([name]) => !ADDED.includes(name));
	const [destination = '', currency = ''] =
		/[A-Z]{3}-([A-Z]{3})/.exec(String(form.destination)) ?? [];
	return { currency, ...Object.fromEntries(fields), destination };
}

/**
 * Decides whether a request is refused, paid at once, or waits for a second person.
 *
 * @param checked the node's item of the dry run
 * @param entry the ledger's row with this reference, if there is one
 */
export function judgeRequest(
	checked: Columns,
	entry: Columns,
	settings: ApprovalSettings,
	person: Person,
): Judgement {
	const refuse = (message: string): Judgement => ({ decision: 'refused', message });
	if (checked.error) {
		const { message, advice, fields } = checked.error as Columns;
		return refuse(
			`${String(message)} ${fields ? 'Fill in the form again.' : String(advice ?? '')}`,
		);
	}
	const isFree = ['', 'not_sent', 'rejected'].includes(String(entry.outcome ?? ''));
	if (entry.reference && !isFree) {
		return refuse(`This reference was used before. ${describeUse(entry)}`);
	}
	if (!needsTwoPersons(checked, settings)) return { decision: 'pay', message: '' };
	if (!normalize(person.email)) return refuse(describeStranger());
	if (!(Number(settings.hours_to_decide) > 0)) {
		return refuse('In the node Settings, hours_to_decide must be a number above 0.');
	}
	return { decision: 'wait', message: '' };
}

/** Also where it is not certain, and where the node has something to look at. */
function needsTwoPersons(checked: Columns, settings: ApprovalSettings): boolean {
	const { amount, currency, warnings } = checked;
	const { two_persons_above: limit } = settings;
	const isSmall =
		typeof amount === 'number' &&
		typeof limit === 'number' &&
		amount <= limit &&
		normalize(currency) === normalize(settings.currency);
	return !isSmall || Boolean(warnings);
}

function describeStranger(): string {
	return 'n8n does not say who you are. Set Authentication to n8n User Auth in both forms of the workflow.';
}

function normalize(text: unknown): string {
	return String(text ?? '')
		.trim()
		.toLowerCase();
}

/**
 * The ledger's row of a request that was not refused.
 *
 * @param code random text for the link to decide
 * @param now as an ISO 8601 timestamp
 */
export function toRequestRow(
	{ decision }: Judgement,
	checked: Columns,
	row: Columns,
	{
		settings,
		person,
		code,
		now,
	}: { settings: ApprovalSettings; person: Person; code: string; now: string },
): Columns {
	const origin = { source: 'Ask for a payout', requestedBy: String(person.email ?? '') };
	const entry = toSendingRow(checked, row, { ...origin, isNew: true, now });
	if (decision === 'pay') return { ...entry, decided_by: '', approval_code: '' };
	const until = new Date(Date.parse(now) + Number(settings.hours_to_decide) * 3_600_000);
	const decideUntil = until.toISOString();
	return {
		...entry,
		outcome: 'waiting_for_approval',
		message: String(checked.warnings ?? ''),
		next_step: `A second person approves or declines it until ${showTime(decideUntil)}.`,
		decided_by: '',
		// With the applicant's id, because people can change their e-mail address in n8n.
		approval_code: `${code}.${String(person.id)}`,
		decide_until: decideUntil,
	};
}

/**
 * Where a second person decides.
 *
 * @param resumeUrl an address of a waiting form of the same n8n, such as
 * `https://n8n.example.com/form-waiting/12?signature=34`
 */
export function toDecisionLink(resumeUrl: string, code: string): string {
	const [address = ''] = resumeUrl.split('?');
	const base = address.replace(/\/[^/]+\/[^/]+$/, '');
	return `${base}/form/decide-on-a-payout?request=${encodeURIComponent(code)}`;
}

/**
 * Says why a person may not decide on a request; nothing where he may.
 *
 * @param entry the ledger's row with this code, if there is one
 * @param now as an ISO 8601 timestamp
 */
export function refuseApprover(
	entry: Columns,
	code: unknown,
	person: Person,
	settings: ApprovalSettings,
	now: string,
): string {
	if (!code || entry.approval_code !== code) {
		return 'This link does not belong to a request. Ask for the whole link again.';
	}
	if (entry.outcome !== 'waiting_for_approval') {
		return `This request was decided before. ${describeUse(entry)}`;
	}
	if (!(Date.parse(String(entry.decide_until)) > Date.parse(now))) {
		return `It was to be decided until ${showTime(entry.decide_until)}. Nothing was paid. The payout can be asked for again under a new reference.`;
	}
	const [email, applicant] = [normalize(person.email), normalize(entry.requested_by)];
	if (!email || !applicant || !person.id) return describeStranger();
	if (email === applicant || String(code).endsWith(`.${String(person.id)}`)) {
		return 'You asked for this payout yourself, so another person has to decide. Pass the link on, or sign in to n8n as the person who decides.';
	}
	const approvers = normalize(settings.approvers)
		.split(/[\s,;]+/)
		.filter(Boolean);
	if (approvers.length > 0 && !approvers.includes(email)) {
		return `You are signed in as ${email}, who may not approve payouts. The node Settings of the workflow lists who may.`;
	}
	return '';
}

/** What a decision changes in the ledger. Without a decision, it changes nothing: `refusal` says so. */
export function toDecision({ decision, reason }: Columns, { email }: Person, now: string): Columns {
	const changed = { decided_by: email, next_step: '', outcome_at: now };
	if (decision === 'Approve')
		return { ...changed, outcome: 'sending', message: '', ordered_at: now };
	if (decision !== 'Decline')
		return { refusal: 'You did not decide in time. Open the link again.' };
	const why = String(reason ?? '').trim();
	return { ...changed, outcome: 'declined', message: why, final: true, row: '' };
}

/** What the ledger has of a request on which nobody has decided in time. */
export function toTimeOut(now: string): Columns {
	return {
		outcome: 'declined',
		message: 'Nobody decided in time.',
		next_step: '',
		outcome_at: now,
		final: true,
		row: '',
	};
}

/** What the second person sees before deciding, in HTML. */
export function showRequest(entry: Columns): string {
	return describeRequest(entry, JSON.parse(String(entry.row || '{}')) as Columns);
}
