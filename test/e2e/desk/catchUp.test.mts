import { CLAIMS, EVENTS, LEDGER } from '../../../examples/source/tables.mts';
import { chainNodes, workflowNode } from '../../../n8n/workflow.mts';
import type { StoredWorkflow } from '../../../n8n/workflow.mts';
import { toClaimRow } from '../../../nodes/ledger/claims';
import type { Payout } from '../../../nodes/ledger/entry';
import { toEventRow } from '../../../nodes/ledger/events';
import { belgianRow, FollowUpDesk, ledgerRow, noticesOf } from '../../support/followUpDesk.mts';
import { ordered } from '../../support/ledger.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { useRealN8n } from '../../support/realN8n.mts';
import { callWhenLive } from '../../support/webhooks.mts';

const it = needing('ledger');

const real = useRealN8n();
const desk = new FollowUpDesk(real);
let catchUp: StoredWorkflow;

const MINUTE_MS = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

beforeAll(async () => {
	await desk.open();
	catchUp = await desk.import('catch-up.json');
	// Nobody gets a webhook here.
	real.sandbox.changeSettings({ autoConfirm: false, processingMs: 20, webhookUrl: null });
	expect(await run()).toMatchObject({ status: 'success' });
	expect(await real.client.tableRows(LEDGER)).toEqual([]);
});

async function run() {
	const execution = await real.client.run(catchUp.id);
	expect(execution.error?.message).toBeUndefined();
	return execution;
}

/** Catches up, folds what that has found, and returns what somebody is told of a reference. */
async function runAndListen(reference: string): Promise<string[]> {
	const notices = [...noticesOf(await run()), ...(await desk.fold())];
	return notices.filter((notice) => notice.startsWith(`Payout ${reference} `));
}

/** The claim of a run that was stopped. */
function leftClaim(reference: string) {
	const { recipient, destination, account, amount, currency } = ledgerRow(reference) as Record<
		keyof Payout,
		string
	>;
	return toClaimRow({
		...ordered(),
		recipient,
		destination,
		account,
		amount,
		currency,
		payout_fingerprint: '',
		account_fingerprint: '',
		columns: belgianRow(reference),
		id: 0,
		reference,
		run: 'a run that was stopped',
		claimed_at: ago(11),
		position: 0,
		word: 'ordered',
		looked_at: '',
	});
}

it('confirms and finishes what no webhook has told of', async () => {
	const [payout] = await desk.order(['INV-1']);
	const { sessionId } = payout!;
	await desk.write(
		ledgerRow('INV-1', { outcome: 'submitted', session_id: sessionId, status_rank: 10 }),
	);
	expect(await runAndListen('INV-1')).toEqual([]);
	expect(await desk.read('INV-1')).toMatchObject({ status: 'confirmed' });
	await desk.booked('INV-1', 'succeeded');
	expect(await runAndListen('INV-1')).toEqual([]);
	const paid = await desk.read('INV-1');
	expect(paid).toMatchObject({ status: 'succeeded', final: true });
	expect(paid.row).not.toContain('BE68539007547034');
	expect(desk.confirmations(sessionId)).toBe(1);
});

it('finds out that a payout has failed, and says so once', async () => {
	const [payout] = await desk.order(['INV-2']);
	const { sessionId, payoutId } = payout!;
	await desk.write(ledgerRow('INV-2', { outcome: 'submitted', session_id: sessionId }));
	real.sandbox.failPayout(payoutId, { code: 'account_not_found', description: 'No such account' });
	expect(await runAndListen('INV-2')).toEqual([
		'Payout INV-2 (EUR 10.00 to John Johnson) failed: account_not_found: No such account. Nothing was paid. Find out why, and pay it again under a new reference.',
	]);
	expect(await desk.read('INV-2')).toMatchObject({ status: 'failed', final: true });
	expect(await runAndListen('INV-2')).toEqual([]);
});

it('sends again what an older workflow has left, with the same reference, and pays it once', async () => {
	// INV-3 was accepted and its answer lost; INV-4 was never sent; INV-5 is being sent right now.
	await desk.order(['INV-3']);
	await desk.write(
		ledgerRow('INV-3', { outcome: 'unknown', ordered_at: ago(20) }),
		ledgerRow('INV-4', { ordered_at: ago(20) }),
		ledgerRow('INV-5', { ordered_at: ago(5) }),
	);
	await Promise.all([run(), run()]);
	await desk.fold();
	expect(await desk.read('INV-3')).toMatchObject({ outcome: 'already_submitted' });
	const payouts = real.sandbox.books.payouts();
	const booked = payouts.filter(({ reference }) => /^INV-[345]$/.test(reference ?? ''));
	expect(booked.map(({ reference }) => reference).sort()).toEqual(['INV-3', 'INV-4']);
	expect(real.sandbox.books.acceptedTimes('INV-4')).toBe(1);
	const sent = await desk.read('INV-4');
	const { session_id: sessionId, status_rank: rank } = sent;
	expect(sent.row).toContain('payout_fingerprint":"');
	expect(booked.find(({ reference }) => reference === 'INV-4')?.sessionId).toBe(sessionId);
	// A run that reads what the other has sent goes on with it.
	expect(rank).toBeGreaterThanOrEqual(10);
	expect(await desk.read('INV-5')).toMatchObject({ outcome: 'sending' });
});

it('keeps a payout unclear when sending it again is refused', async () => {
	await desk.order(['INV-6']);
	await desk.write(ledgerRow('INV-6', { outcome: 'unknown', ordered_at: ago(20) }));
	const refused = { type: 'error', code: 'insufficient_wallet_balance' } as const;
	real.sandbox.setFaults([{ when: { key: 'INV-6' }, fault: refused }]);
	await runAndListen('INV-6');
	expect(await desk.read('INV-6')).toMatchObject({ outcome: 'unknown', final: false });
	real.sandbox.setFaults([]);
	// Not before ten minutes have passed.
	await runAndListen('INV-6');
	expect(await desk.read('INV-6')).toMatchObject({ outcome: 'unknown' });
});

it('sends what stopped runs have claimed, once, and nothing that was refused', async () => {
	await desk.order(['INV-61']);
	await desk.write(ledgerRow('INV-63', { outcome: 'rejected', outcome_at: ago(30), final: true }));
	const references = ['INV-61', 'INV-62', 'INV-63'];
	await real.client.addTableRows(CLAIMS, references.map(leftClaim));
	const notices = await runAndListen('INV-63');
	expect(notices).toEqual([
		'Payout INV-63 (EUR 10.00 to John Johnson) may have been paid: its answer was lost. A run that was about to send it was stopped. In the ledger it was refused, so it is not sent again. Look for its reference in Smart Glocal’s dashboard, and do not pay it again before. Then remove its row from the table of claims.',
	]);
	expect(await runAndListen('INV-63')).toEqual([]);
	expect(await desk.read('INV-61')).toMatchObject({ outcome: 'already_submitted' });
	expect(await desk.read('INV-62')).toMatchObject({ outcome: 'submitted' });
	expect(references.map((name) => real.sandbox.books.acceptedTimes(name))).toEqual([1, 1, 0]);
});

it('sends nothing that differs from the ledger, and says once what it cannot send', async () => {
	const row = JSON.stringify({ ...belgianRow('INV-7'), amount: '100.00' });
	await desk.write(
		ledgerRow('INV-7', { outcome: 'unknown', ordered_at: ago(20), row }),
		ledgerRow('INV-8', { outcome: 'unknown', ordered_at: ago(20), row: '' }),
		ledgerRow('INV-9', { outcome: 'already_submitted', ordered_at: ago(25 * 60) }),
	);
	const sentences: Array<[string, string]> = [
		['INV-7', 'The copy of its row does not fit the ledger, so it is not sent again.'],
		['INV-8', 'Send the same row again, with the same reference: it is never paid twice.'],
		['INV-9', 'Its session is not known, so it cannot be looked up.'],
	];
	const notices = noticesOf(await run());
	for (const [reference, sentence] of sentences) {
		const own = notices.filter((notice) => notice.startsWith(`Payout ${reference} `));
		expect(own).toEqual([expect.stringContaining(sentence)]);
	}
	expect(real.sandbox.books.payouts().some(({ reference }) => reference === 'INV-7')).toBe(false);
	const rows = await real.client.tableRows(LEDGER);
	expect(noticesOf(await run())).toEqual([]);
	expect(await real.client.tableRows(LEDGER)).toEqual(rows);
});

it('says once what has waited for its confirmation for more than 180 minutes', async () => {
	const [payout, other] = await desk.order(['INV-10', 'INV-14']);
	// Not the amount that Smart Glocal has, so that they wait for a person.
	const held = {
		outcome: 'submitted',
		amount: '11.00',
		status: 'ready_to_confirm',
		status_rank: 20,
	};
	const { sessionId } = payout!;
	await desk.write(
		ledgerRow('INV-10', { ...held, session_id: sessionId, status_at: ago(181) }),
		ledgerRow('INV-14', { ...held, session_id: other!.sessionId, status_at: ago(170) }),
	);
	const sentence = `Payout INV-10 (EUR 11.00 to John Johnson) was sent, and waits for its confirmation. It has waited for more than 180 minutes. Confirm or cancel session ${sessionId}: Smart Glocal cancels it after 240 minutes.`;
	const said = noticesOf(await run()).filter((text) => /INV-1[04]/.test(text));
	expect(said).toEqual([sentence]);
	expect(await runAndListen('INV-10')).toEqual([]);
	expect(desk.confirmations(sessionId)).toBe(0);
});

it('declines what nobody decided in time', async () => {
	const waiting = { outcome: 'waiting_for_approval', approval_code: 'code' };
	await desk.write(
		ledgerRow('INV-11', { ...waiting, decide_until: ago(1) }),
		ledgerRow('INV-12', { ...waiting, decide_until: ago(-10) }),
	);
	await runAndListen('INV-11');
	const declined = await desk.read('INV-11');
	expect(declined).toMatchObject({
		outcome: 'declined',
		message: 'Nobody decided in time.',
		final: true,
		approval_code: '',
	});
	expect(declined.row).not.toContain('BE68539007547034');
	expect(await desk.read('INV-12')).toMatchObject(waiting);
});

it('looks up hundreds of payouts in a run', async () => {
	real.sandbox.changeSettings({ autoConfirm: true, processingMs: 1 });
	const references = Array.from({ length: 205 }, (_, index) => `MANY-${index}`);
	const payouts = await desk.order(references, 'succeeded');
	const sent = payouts.map(({ reference, sessionId }) =>
		ledgerRow(String(reference), { outcome: 'submitted', session_id: sessionId }),
	);
	await desk.write(...sent);
	await run();
	await desk.fold();
	const rows = await real.client.tableRows(LEDGER);
	const many = rows.filter(({ reference }) => String(reference).startsWith('MANY-'));
	expect(many.filter(({ status }) => status === 'succeeded')).toHaveLength(205);
	real.sandbox.changeSettings({ autoConfirm: false, processingMs: 20 });
});

it('removes old events that are in the ledger, and the turns of stopped folds', async () => {
	const DAY = 24 * 60;
	const event = (reference: string, days: number, folded: boolean) => ({
		...toEventRow({
			reference,
			event: 'outcome',
			by: '',
			run: '',
			entry: { ordered: ordered({ outcome_at: ago(days * DAY) }) },
		}),
		folded,
	});
	await real.client.addTableRows(EVENTS, [
		event('OLD-1', 401, true),
		event('OLD-2', 399, true),
		event('OLD-3', 401, false),
	]);
	const turn = (minutes: number) => ({ reference: '', run: 'fold/0', claimed_at: ago(minutes) });
	await real.client.addTableRows(CLAIMS, [turn(61), turn(59)]);
	await run();
	const events = await real.client.tableRows(EVENTS);
	const old = events.filter(({ reference }) => String(reference).startsWith('OLD-'));
	expect(old.map(({ reference }) => reference)).toEqual(['OLD-2', 'OLD-3']);
	const claims = await real.client.tableRows(CLAIMS);
	expect(claims.filter(({ run: of }) => of === 'fold/0')).toHaveLength(1);
});

it('says which workflow broke, why, and which payouts have no clear answer', async () => {
	const breaks = await desk.import('when-something-breaks.json');
	await real.client.activate(breaks);
	await desk.write(ledgerRow('INV-13', { outcome: 'unknown' }));
	const path = 'breaks';
	const broken = await real.client.createWorkflow(
		chainNodes(
			'Pay the others',
			[
				workflowNode('Webhook', 'n8n-nodes-base.webhook', 2, { path }, { webhookId: path }),
				workflowNode('Pay', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'No balance' }),
			],
			{ errorWorkflow: breaks.id },
		),
	);
	await real.client.activate(broken);
	await callWhenLive(`${real.n8n.url}/webhook/${path}`);
	const [execution] = await desk.ended(breaks.id, 1);
	const [notice] = noticesOf(execution!, 'Tell Somebody');
	expect(notice).toContain('The workflow “Pay the others” stopped at “Pay”: No balance.');
	expect(notice).toMatch(/payouts? ha(?:s|ve) no clear answer yet: .*INV-13/);
	expect(notice).toContain('Never change a reference');
	expect(notice).toContain(`/workflow/${broken.id}/executions/`);
});
