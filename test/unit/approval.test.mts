import { decideRequest, judgeRequest, openRequest, readPerson } from '../../nodes/ledger/approval';
import { decideClaim, isOrder, readClaimRow } from '../../nodes/ledger/claims';
import type { Order, Verdict, Word } from '../../nodes/ledger/claims';
import type { RowOutcome } from '../../nodes/ledger/paying/decide';
import { joinEntries, toLedgerRow } from '../../nodes/ledger/entry';
import type { Entry, Ordered } from '../../nodes/ledger/entry';
import { toEventRow } from '../../nodes/ledger/events';
import { OUTCOMES } from '../../nodes/ledger/states';
import type { Outcome } from '../../nodes/ledger/states';
import {
	describeEnd,
	describeLink,
	describeRefusal,
	describeRequest,
} from '../../nodes/SmartGlocal/pages/requestPage';
import {
	claimRow,
	minutesAgo,
	NOW,
	ordered,
	OTHER_PAYOUT,
	PAYOUT,
	reported,
} from '../support/ledger.mts';

const SETTINGS = { two_persons_above: 1000, currency: 'EUR', hours_to_decide: 24, approvers: '' };
const ANNA = { id: 'id-of-anna', email: 'anna@example.com' };
const BEN = { id: 'id-of-ben', email: 'ben@example.com' };
const TOMORROW = '2026-12-02T12:00:00.000Z';
const CODE = 'random.id-of-anna';

const ORDER: Order = {
	...PAYOUT,
	reference: 'INV-1',
	requested_by: ANNA.email,
	decided_by: '',
	source: 'Ask for a payout',
	position: 0,
	word: 'ordered',
	looked_at: NOW,
	columns: { iban: 'BE68539007547034' },
};

describe('a request for a payout', () => {
	const judge = (
		checked: object,
		{ entry = {}, settings = {}, columns = ORDER.columns, user = ANNA as object | null } = {},
	) =>
		judgeRequest(
			{
				number: 1,
				verdict: 'send',
				order: { ...ORDER, columns },
				checked: { amount: 1000.01, currency: 'EUR', warnings: null, ...checked },
			},
			entry,
			{ ...SETTINGS, ...settings },
			readPerson(user),
			'random',
			NOW,
		);
	const kindOf = (...parameters: Parameters<typeof judge>) => {
		const judged = judge(...parameters);
		return 'refusal' in judged ? judged.refusal : Object.keys(judged)[0];
	};

	it.each([
		['an amount up to the limit', { amount: 1000 }, 'order'],
		['the currency in other letters', { amount: 1, currency: 'eur' }, 'order'],
		['a larger one', { amount: 1000.01 }, 'request'],
		['another currency', { amount: 1, currency: 'TRY' }, 'request'],
		['an amount of which only the minor units are known', { amount: null }, 'request'],
		['a warning', { amount: 1, warnings: 'The IBAN begins with NL.' }, 'request'],
	])('needs one person or two: %s', (_, checked, kind) => {
		expect(kindOf(checked)).toBe(kind);
	});

	it('needs two persons when the limit is not a number', () => {
		for (const limit of ['', '5000', null, undefined, NaN]) {
			expect(kindOf({ amount: 1 }, { settings: { two_persons_above: limit } })).toBe('request');
		}
	});

	it.each(Object.keys(OUTCOMES) as Outcome[])('meets a reference that is %s', (outcome) => {
		const isFree = outcome === 'not_sent' || outcome === 'rejected';
		const entry = { ordered: ordered({ outcome }) };
		expect(kindOf({ amount: 1 }, { entry })).toBe(isFree ? 'order' : 'used');
		expect(kindOf({ amount: 1 }, { entry: { ...entry, reported: reported() } })).toBe('used');
	});

	it('is refused when n8n does not say who asks, however small it is', () => {
		for (const user of [null, {}, { id: 'x' }, { email: 'x@y.z' }, { id: '', email: '' }]) {
			expect(kindOf({ amount: 1 }, { user })).toBe('stranger');
		}
	});

	it('is refused when it could be approved for no time', () => {
		for (const hours of [0, -1, '', 'a day', null]) {
			expect(kindOf({}, { settings: { hours_to_decide: hours } })).toBe('hours');
		}
	});

	it('is refused when it needs two persons and goes to a card, whose number no table may hold', () => {
		expect(kindOf({}, { columns: { card_number: '4242424242424242' } })).toBe('card');
		expect(kindOf({ amount: 1 }, { columns: { card_number: '4242424242424242' } })).toBe('order');
	});

	it('waits with its own code, for some hours, and with what the check has found', () => {
		const judged = judge({ warnings: 'The IBAN begins with NL.' });
		expect(judged).toMatchObject({
			request: {
				...PAYOUT,
				outcome: 'waiting_for_approval',
				requested_by: ANNA.email,
				message: 'The IBAN begins with NL.',
				approval_code: CODE,
				decide_until: TOMORROW,
				columns: ORDER.columns,
			},
		});
	});
});

const waiting = (changes: Partial<Ordered> = {}) =>
	ordered({
		outcome: 'waiting_for_approval',
		outcome_at: minutesAgo(5),
		requested_by: ANNA.email,
		approval_code: CODE,
		decide_until: TOMORROW,
		...changes,
	});

describe('whoever opens the link of a request', () => {
	const open = (
		person: object,
		{ code = CODE, entry = {}, changes = {}, settings = {}, now = NOW } = {},
	) => {
		const known = { ordered: waiting(changes), ...entry };
		const opened = openRequest(known, code, readPerson(person), { ...SETTINGS, ...settings }, now);
		return 'refusal' in opened ? opened.refusal : opened.by;
	};

	it('may decide, unless it is the applicant', () => {
		expect(open(BEN)).toBe(BEN.email);
		expect(open({ ...ANNA, id: 'other' })).toBe('own_request');
		expect(open({ id: 'other', email: ' Anna@Example.com' })).toBe('own_request');
		expect(open({ ...ANNA, email: 'new@example.com' })).toBe('own_request');
	});

	it('must be on the list, where there is one', () => {
		const settings = { approvers: 'Ben@example.com, cleo@example.com' };
		expect(open(BEN, { settings })).toBe(BEN.email);
		expect(open({ id: 'x', email: 'n@example.com' }, { settings })).toBe('no_approver');
	});

	it.each<[what: string, options: Parameters<typeof open>[1], refusal: string]>([
		['the code of another request', { code: 'other.id-of-anna' }, 'no_request'],
		['no code', { code: '', changes: { approval_code: '' } }, 'no_request'],
		['a reference that nobody knows', { entry: { ordered: undefined } }, 'no_request'],
		['a request whose row somebody has emptied', { changes: { columns: undefined } }, 'no_request'],
		['an approved request', { changes: { outcome: 'approved' } }, 'decided'],
		['a declined one', { changes: { outcome: 'declined' } }, 'decided'],
		['one that Smart Glocal knows', { entry: { reported: reported() } }, 'decided'],
		['one whose time is over', { now: TOMORROW }, 'too_late'],
		['one without a time', { changes: { decide_until: undefined } }, 'too_late'],
		['one whose applicant is not known', { changes: { requested_by: '' } }, 'stranger'],
	])('cannot decide with %s', (_, options, refusal) => {
		expect(open(BEN, options)).toBe(refusal);
	});

	it('cannot decide without signing in', () => {
		expect(open({})).toBe('stranger');
	});
});

describe('a decision', () => {
	const decide = (word: 'approval' | 'decline', message = '') =>
		decideRequest('INV-1', waiting(), word, BEN.email, message, minutesAgo(1));

	/** What the run that follows is told to do, when this is known. */
	const follow = (order: Order, entry: Entry, rivals: string[] = []): Verdict => {
		const claims = rivals.map((run, index) => readClaimRow(claimRow(index + 1, { run })) as never);
		return decideClaim({ id: 9, ...order }, claims, () => true, entry);
	};

	it('has what was asked for sent, whatever was changed since', () => {
		const { event, order } = decide('approval');
		expect(isOrder({ ...order })).toBe(true);
		expect(order).toMatchObject({
			...PAYOUT,
			requested_by: ANNA.email,
			decided_by: BEN.email,
			columns: { reference: 'INV-1' },
		});
		const known = joinEntries({ ordered: waiting() }, event.entry);
		expect(known.ordered).toMatchObject({ outcome: 'approved', decided_by: BEN.email });
		expect(follow(order, known)).toBe('send');
		expect(follow({ ...order, ...OTHER_PAYOUT }, known)).toBe('other_payout');
	});

	it('is not sent before its event is written', () => {
		expect(follow(decide('approval').order, { ordered: waiting() })).toBe('waiting_for_approval');
	});

	it('keeps nothing to send of what was declined, and the reason', () => {
		const { event, order } = decide('decline', 'It was paid in May.');
		expect(event).toMatchObject({ event: 'decline', by: BEN.email });
		expect(order.columns).toEqual({});
		const row = toEventRow(event);
		expect(row).toMatchObject({ outcome: 'declined', message: 'It was paid in May.' });
		expect(row.details).not.toContain('columns');
		const { ordered: declined } = event.entry;
		expect(declined && toLedgerRow('INV-1', { ordered: declined })).toMatchObject({
			outcome: 'declined',
			final: true,
		});
	});

	it('counts before the other one, when it declines', () => {
		const [declined, approved] = [decide('decline'), decide('approval')];
		const known = joinEntries(declined.event.entry, approved.event.entry);
		expect(known.ordered?.outcome).toBe('declined');
		expect(follow(approved.order, known)).toBe('declined');
		expect(follow(declined.order, known)).toBe('declined');
	});

	it.each<[what: string, entry: Entry, rivals: string[], verdict: Verdict]>([
		['is being sent', { ordered: ordered({ outcome: 'declined' }) }, ['run-1'], 'other_run'],
		['was sent', { ordered: ordered() }, [], 'arrived'],
		['may have been sent', { ordered: ordered({ outcome: 'unknown' }) }, [], 'arrived'],
		['is known to Smart Glocal', { ordered: waiting(), reported: reported() }, [], 'arrived'],
		['waits', { ordered: waiting() }, [], 'waiting_for_approval'],
		['was approved', { ordered: ordered({ outcome: 'approved' }) }, [], 'refused'],
		['was refused', { ordered: ordered({ outcome: 'rejected' }) }, [], 'refused'],
		['is not known', {}, [], 'refused'],
		['is another one', { ordered: ordered(OTHER_PAYOUT) }, [], 'other_payout'],
	])(
		'to decline tells how it stands, and sends nothing: the payout %s',
		(_, entry, rivals, verdict) => {
			expect(follow(decide('decline').order, entry, rivals)).toBe(verdict);
		},
	);

	it('makes a refusal by Smart Glocal seen, so that nobody sends it again', () => {
		const { event } = decide('approval');
		const refused = { ordered: ordered({ outcome: 'rejected', outcome_at: NOW }) };
		expect(joinEntries(event.entry, refused).ordered?.outcome).toBe('rejected');
	});

	it.each<Word>(['ordered', 'approval', 'decline', 'catch_up'])(
		'is needed, whatever the word: %s sends nothing that waits or was declined',
		(word) => {
			const order = { ...ORDER, word };
			expect(follow(order, { ordered: waiting() })).toBe('waiting_for_approval');
			expect(follow(order, { ordered: waiting({ outcome: 'declined' }) })).toBe('declined');
		},
	);
});

describe('the texts', () => {
	const stateOf = (changes: Partial<Ordered>, entry: Entry = {}) =>
		describeRefusal('decided', 'INV-1', { ordered: waiting(changes), ...entry }).message;
	const payout = 'GBP 415.20 to Ann Lee (INV-1)';

	it.each<[changes: Partial<Ordered>, text: string]>([
		[
			{ outcome: 'declined', decided_by: BEN.email, message: 'It was paid in May' },
			`${payout} was declined by ben@example.com: It was paid in May. Nothing was paid. Ask for it again under a new reference.`,
		],
		[
			{ outcome: 'declined', message: 'Nobody decided in time.', next_step: '' },
			`${payout} was declined: Nobody decided in time. Nothing was paid. Ask for it again under a new reference.`,
		],
		[
			{ outcome: 'submitted', decided_by: BEN.email },
			`${payout} was sent, and is not final yet. ben@example.com approved it.`,
		],
		[
			{ outcome: 'rejected', decided_by: BEN.email, message: 'The account is closed.' },
			`${payout} was refused: The account is closed. ben@example.com approved it. Nothing was paid. Correct the row, and send it again.`,
		],
	])('say how a request stands: %j', (changes, text) => {
		expect(stateOf(changes)).toBe(`<p>This request has been decided. ${text}</p>`);
	});

	it('say what Smart Glocal has said of it since', () => {
		const entry = { reported: reported({ status: 'returned', message: 'Account closed' }) };
		expect(stateOf({ outcome: 'submitted' }, entry)).toContain(
			'was returned by the recipient’s bank: Account closed.',
		);
	});

	it('warn against another reference while it is not certain whether it was paid', () => {
		for (const outcome of ['approved', 'unknown'] as const) {
			const { message } = describeRefusal('used', 'INV-1', { ordered: ordered({ outcome }) });
			expect(message).toContain('could pay it twice');
		}
	});

	it('show the applicant until when it waits', () => {
		const { message } = describeRefusal('own_request', 'INV-1', { ordered: waiting() });
		expect(message).toContain(
			`${payout} waits for the approval of a second person until 2026-12-02`,
		);
	});

	it('show nothing of a request to whoever has the wrong link', () => {
		const { message } = describeRefusal('no_request', 'INV-1', { ordered: waiting() });
		expect(message).not.toContain('Ann Lee');
	});

	it('name what is wrong with a row', () => {
		const { message } = describeRefusal('wrong', 'INV-1', {}, 'The IBAN is mistyped.');
		expect(message).toBe('<p>The IBAN is mistyped. Fill in the form again.</p>');
	});

	it('have the link to the same n8n that was asked', () => {
		const url = 'https://n8n.example.com/base/form-waiting/12?signature=3';
		const { link, text, message } = describeLink('A&B 1', waiting(), url);
		expect(link).toBe(
			'https://n8n.example.com/base/form/decide-on-a-payout?reference=A%26B+1&request=random.id-of-anna',
		);
		expect(text).toContain(`anna@example.com asks for a payout: GBP 415.20 to Ann Lee (A&B 1).`);
		expect(message).toContain(link.replaceAll('&', '&amp;'));
	});

	it('show the second person what is sent, and of a card its ending only', () => {
		const columns = { iban: 'BE68539007547034', card_number: '4242424242424242', sort_code: '' };
		const { message } = describeRequest('INV-1', waiting({ columns, message: 'Look at it.' }));
		expect(message).toContain('BE68539007547034');
		expect(message).toContain('To check: Look at it.');
		expect(message).toContain('****4242');
		expect(message).not.toContain('42424242');
		expect(message).not.toContain('sort code');
	});

	it('leave nothing in which n8n would find HTML or an expression', () => {
		const bad = '<script>{{ $env.SECRET }}';
		const request = waiting({ recipient: bad, requested_by: bad, columns: { description: bad } });
		const outcome = {
			...request,
			position: 0,
			reference: bad,
			reason: '',
			status: '',
		} as RowOutcome;
		const pages = [
			describeRequest(bad, request).message,
			describeLink(bad, request, 'https://n8n.example.com/form-waiting/1').message,
			describeRefusal('own_request', bad, { ordered: request }).message,
			describeRefusal('wrong', bad, {}, bad).message,
			describeEnd(outcome).message,
		];
		for (const page of pages) expect(page).not.toMatch(/<script|\{\{/);
	});

	it.each<[outcome: string, reason: string, title: string, text: string]>([
		['submitted', '', 'Sent to Smart Glocal', 'The ledger shows how it ends.'],
		['already_submitted', '', 'It was sent before', 'Nothing was paid again.'],
		['already_submitted', 'arrived', 'It was sent before', 'It says so. Do this.'],
		['unknown', '', 'It may have been paid', 'could pay it twice'],
		['not_sent', 'other_run', 'It may be paid', 'could pay it twice'],
		['not_sent', 'declined', 'Declined', 'It says so. Do this.'],
		['not_sent', 'waiting_for_approval', 'Nothing was paid', 'It says so. Do this.'],
		['rejected', 'account_closed', 'Nothing was paid', 'It says so. Do this.'],
		['rejected', 'constructor', 'Nothing was paid', 'It says so. Do this.'],
	])('say how it ended: %s %s', (outcome, reason, title, text) => {
		const told = { message: 'It says so', next_step: 'Do this.', status: '' };
		const ended = { ...ORDER, ...told, outcome, reason, session_id: '', payout_id: '' };
		const page = describeEnd(ended);
		expect(page.title).toBe(title);
		expect(page.message).toContain(text);
	});
});
