import {
	judgeRequest,
	refuseApprover,
	takeRequest,
	toDecision,
	toDecisionLink,
	toRequestRow,
} from '../../examples/source/code/approval.mts';
import { describeRequest, describeUse } from '../../examples/source/code/approvalTexts.mts';

const SETTINGS = { two_persons_above: 1000, currency: 'EUR', hours_to_decide: 24, approvers: '' };
const APPLICANT = { id: 'id-of-anna', email: 'anna@example.com' };
const APPROVER = { id: 'id-of-ben', email: 'ben@example.com' };
const NOW = '2026-11-26T10:00:00.000Z';
const CHECKED = {
	reference: 'INV-1',
	recipient: 'Jan Peeters',
	account_ending: '7034',
	amount: 1000.01,
	amount_minor: 100_001,
	currency: 'EUR',
	destination: 'BEL-EUR',
	warnings: null,
};

const waiting = () =>
	toRequestRow(
		{ decision: 'wait', message: '' },
		CHECKED,
		{ iban: 'BE68539007547034' },
		{
			settings: SETTINGS,
			person: APPLICANT,
			code: 'random',
			now: NOW,
		},
	);

const refusal = (person: object, changed: object = {}, now = NOW) => {
	const entry = { ...waiting(), ...changed };
	return refuseApprover(entry, 'random.id-of-anna', person, SETTINGS, now);
};

describe('a request for a payout', () => {
	const decide = (checked: object, entry: object = {}, settings: object = {}, person = APPLICANT) =>
		judgeRequest({ ...CHECKED, ...checked }, { ...entry }, { ...SETTINGS, ...settings }, person);

	it.each([
		['an amount up to the limit', { amount: 1000 }, 'pay'],
		['a larger one', { amount: 1000.01 }, 'wait'],
		['another currency', { amount: 1, currency: 'TRY' }, 'wait'],
		['an amount of which only the minor units are known', { amount: null }, 'wait'],
		['a warning', { amount: 1, warnings: 'The IBAN begins with NL.' }, 'wait'],
	])('needs one person or two: %s', (_, checked, decision) => {
		expect(decide(checked)).toEqual({ decision, message: '' });
	});

	it('needs two persons when the limit is not a number', () => {
		for (const limit of ['', '5000', null, undefined, NaN]) {
			expect(decide({ amount: 1 }, {}, { two_persons_above: limit }).decision).toBe('wait');
		}
	});

	it.each([
		'sending',
		'unknown',
		'submitted',
		'already_submitted',
		'waiting_for_approval',
		'declined',
	])('is refused when its reference is in the ledger as %s', (outcome) => {
		const entry = { reference: 'INV-1', outcome, decide_until: NOW, decided_by: '', message: '' };
		expect(decide({ amount: 1 }, entry)).toMatchObject({ decision: 'refused' });
	});

	it('may be made again when it was not sent or was rejected', () => {
		for (const outcome of ['not_sent', 'rejected']) {
			expect(decide({ amount: 1 }, { reference: 'INV-1', outcome }).decision).toBe('pay');
		}
	});

	it('warns against another reference while it is not certain whether it was paid', () => {
		for (const outcome of ['sending', 'unknown']) {
			expect(describeUse({ ...CHECKED, outcome })).toContain('could pay it twice');
		}
	});

	it('is refused above the limit when n8n does not say who asks', () => {
		expect(decide({}, {}, {}, { id: '', email: '' })).toMatchObject({ decision: 'refused' });
	});

	it('takes the columns from the form, and the currency from the destination', () => {
		const form = {
			destination: 'Belgium (BEL-EUR)',
			iban: 'BE68',
			user: APPLICANT,
			formMode: 'test',
		};
		const row = takeRequest({ ...form, submittedAt: NOW });
		expect(row).toEqual({ destination: 'BEL-EUR', currency: 'EUR', iban: 'BE68' });
	});
});

describe('a decision on a request', () => {
	it('is open to everybody but the applicant', () => {
		expect(refusal(APPROVER)).toBe('');
		expect(refusal({ ...APPLICANT, id: 'other' })).toContain('yourself');
		expect(refusal({ id: 'other', email: ' Anna@Example.com' })).toContain('yourself');
	});

	it('is not open to the applicant with another e-mail address', () => {
		expect(refusal({ ...APPLICANT, email: 'new@example.com' })).toContain('yourself');
	});

	it('is open to those only whom the settings list', () => {
		const approvers = 'Ben@example.com, cleo@example.com';
		const ask = (person: object) =>
			refuseApprover(waiting(), 'random.id-of-anna', person, { ...SETTINGS, approvers }, NOW);
		expect(ask(APPROVER)).toBe('');
		expect(ask({ id: 'x', email: 'n@example.com' })).toContain('may not approve');
	});

	it('needs a request that waits, its code, time left and two known persons', () => {
		expect(refusal(APPROVER, { approval_code: 'other' })).toContain('does not belong');
		expect(refuseApprover({ approval_code: '' }, '', APPROVER, SETTINGS, NOW)).toContain('link');
		expect(refusal(APPROVER, { outcome: 'sending' })).toContain('Being sent');
		expect(refusal(APPROVER, {}, '2026-11-27T10:00:00.000Z')).toContain('2026-11-27 10:00 UTC');
		expect(refusal(APPROVER, { decide_until: null })).not.toBe('');
		expect(refusal({})).toContain('n8n User Auth');
		expect(refusal(APPROVER, { requested_by: '' })).toContain('n8n User Auth');
	});

	it('changes nothing without a choice', () => {
		expect(toDecision({}, APPROVER, NOW)).toHaveProperty('refusal');
	});

	it('is made at the same n8n that has asked for it', () => {
		const link = toDecisionLink('https://n8n.example.com/base/form-waiting/12?signature=3', 'a.b');
		expect(link).toBe('https://n8n.example.com/base/form/decide-on-a-payout?request=a.b');
	});
});

describe('the page of the second person', () => {
	it('shows what is sent, and of a card its ending only', () => {
		const row = { iban: 'BE68539007547034', card_number: '4242424242424242', sort_code: '' };
		const page = describeRequest(waiting(), row);
		expect(page).toContain('BE68539007547034');
		expect(page).toContain('…4242');
		expect(page).not.toContain('42424242');
		expect(page).not.toContain('Sort code');
	});

	it('leaves no text in which n8n would find HTML or an expression', () => {
		const page = describeRequest(waiting(), { description: '<script>{{ $env.SECRET }}' });
		expect(page).not.toMatch(/<script|\{\{/);
	});
});
