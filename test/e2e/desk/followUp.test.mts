import { LEDGER } from '../../../examples/source/ledger.mts';
import { makeKeyPair } from '../../../sandbox/server.mts';
import type { BookedPayout } from '../../../sandbox/server.mts';
import { FollowUpDesk, ledgerRow, noticesOf } from '../../support/followUpDesk.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { useRealN8n } from '../../support/realN8n.mts';
import { deliver } from '../../support/webhookDelivery.mts';
import { activate, importFollowUp, post, storeWebhookCredential } from '../../support/webhooks.mts';
import type { WebhookWorkflow } from '../../support/webhooks.mts';

const it = needing('ledger');

const real = useRealN8n();
const desk = new FollowUpDesk(real);
const KEYS = makeKeyPair();

/** For the webhooks of the sandbox, and for those that the tests make. */
let forSandbox: WebhookWorkflow;
let forTests: WebhookWorkflow;
let posted = 0;

beforeAll(async () => {
	const { publicKey } = await KEYS;
	const { webhookPublicKey } = real.sandbox;
	forSandbox = await importFollowUp(real, await storeWebhookCredential(real, webhookPublicKey));
	forTests = await importFollowUp(real, await storeWebhookCredential(real, publicKey));
	const catchUp = await desk.import('catch-up.json');
	await real.client.run(catchUp.id);
	await Promise.all([activate(real, forSandbox), activate(real, forTests)]);
});

const sandboxUrl = () => `${real.n8n.url}/webhook/${forSandbox.path}`;
const MUTE = { autoConfirm: false, processingMs: 20, webhookUrl: null };

/** A webhook as Smart Glocal writes it. */
function webhook(
	type: string,
	{ reference, sessionId }: Pick<BookedPayout, 'reference' | 'sessionId'>,
	{ status = 'succeeded', session = 'accepted', amount = 1000, currency = 'eur' } = {},
) {
	const payment = { id: 'po_1', status, metadata: reference, amount_details: { amount, currency } };
	const next = type === 'ready_to_confirm' && { next_action: 'confirm' };
	return { type, session: { id: sessionId, status: session, ...next, payments: [payment] } };
}

const ready = (payout: Pick<BookedPayout, 'reference' | 'sessionId'>, details = {}) =>
	webhook('ready_to_confirm', payout, { status: 'pending', session: 'in_progress', ...details });

/** Delivers webhooks at once, and returns the notices of their executions. */
async function receive(...events: object[]): Promise<string[]> {
	const { privateKey } = await KEYS;
	const url = `${real.n8n.url}/webhook/${forTests.path}`;
	const answers = await Promise.all(
		events.map(async (event) => await post(url, deliver(event, privateKey))),
	);
	expect(answers.map(({ status }) => status)).toEqual(events.map(() => 200));
	const before = posted;
	posted += events.length;
	const executions = await desk.ended(forTests.workflow.id, posted);
	expect(executions.map(({ error }) => error?.message)).toEqual(executions.map(() => undefined));
	return executions.slice(before).flatMap((execution) => noticesOf(execution));
}

it('confirms what the ledger knows, and writes down how it ends', async () => {
	real.sandbox.changeSettings({ ...MUTE, webhookUrl: sandboxUrl() });
	// The webhook comes before the outcome of the order is written.
	await desk.write(ledgerRow('INV-1'));
	await desk.order(['INV-1']);
	const { sessionId } = await desk.booked('INV-1', 'succeeded');
	const row = await desk.readWith('INV-1', { status: 'succeeded' });
	expect(row).toMatchObject({
		outcome: 'submitted',
		session_id: sessionId,
		final: true,
		row: '',
		message: '',
	});
	expect(desk.confirmations(sessionId)).toBe(1);
});

it('changes nothing when a webhook comes late, twice or in the wrong order', async () => {
	real.sandbox.changeSettings(MUTE);
	await desk.write(ledgerRow('INV-2', { outcome: 'submitted', session_id: 'ps_2' }));
	const payout = { reference: 'INV-2', sessionId: 'ps_2' };
	expect(await receive(webhook('payment_finished', payout))).toEqual([]);
	const row = await desk.read('INV-2');
	expect(row).toMatchObject({ status: 'succeeded', final: true });
	expect(await receive(ready(payout), webhook('payment_finished', payout))).toEqual([]);
	expect(await desk.read('INV-2')).toEqual(row);
	expect(desk.confirmations('ps_2')).toBe(0);
});

it('confirms once when the same webhook comes twice at once', async () => {
	real.sandbox.changeSettings(MUTE);
	await desk.write(ledgerRow('INV-3', { outcome: 'unknown' }));
	const [payout] = await desk.order(['INV-3']);
	expect(await receive(ready(payout!), ready(payout!), ready(payout!))).toEqual([]);
	expect(await desk.read('INV-3')).toMatchObject({ status: 'confirmed', outcome: 'submitted' });
	expect(desk.confirmations(payout!.sessionId)).toBe(1);
});

it('believes no forged webhook', async () => {
	real.sandbox.changeSettings(MUTE);
	await desk.write(ledgerRow('INV-4', { outcome: 'submitted' }));
	const [payout] = await desk.order(['INV-4']);
	const row = await desk.read('INV-4');
	const { privateKey } = await makeKeyPair();
	const forged = deliver(ready(payout!), privateKey);
	expect((await post(sandboxUrl(), forged)).status).toBe(401);
	expect(
		await receive(webhook('payment_finished', { reference: 'INV-0', sessionId: 'ps_0' })),
	).toEqual([
		'Payout INV-0 (EUR 10.00, session ps_0) has succeeded. The ledger has no payout with this reference. Find out whose it is.',
	]);
	expect(await desk.read('INV-4')).toEqual(row);
	expect(desk.confirmations(payout!.sessionId)).toBe(0);
});

it('confirms nothing that the ledger does not have as sent, and says so', async () => {
	real.sandbox.changeSettings(MUTE);
	const doubts = [
		['INV-50', undefined, 'The ledger has no payout with this reference.'],
		['INV-51', { session_id: 'ps_x' }, 'with another session, ps_x.'],
		['INV-52', { outcome: 'declined' }, 'In the ledger it was declined.'],
		['INV-53', { outcome: 'waiting_for_approval' }, 'In the ledger it waits for its approval.'],
		['INV-54', { outcome: 'not_sent' }, 'In the ledger it was not sent.'],
	] as const;
	await desk.write(
		...doubts.flatMap(([reference, changes]) => (changes ? [ledgerRow(reference, changes)] : [])),
	);
	const rows = await real.client.tableRows(LEDGER);
	const payouts = await desk.order(doubts.map(([reference]) => reference));
	const notices = await receive(...payouts.map((payout) => ready(payout)));
	expect(notices).toHaveLength(doubts.length);
	for (const [reference, , doubt] of doubts) {
		const { sessionId } = payouts.find((payout) => payout.reference === reference)!;
		const notice = notices.find((text) => text.startsWith(`Payout ${reference} `));
		expect(notice).toContain(doubt);
		expect(notice).toContain(`confirm or cancel session ${sessionId} within 240 minutes`);
		expect(desk.confirmations(sessionId)).toBe(0);
	}
	expect(await real.client.tableRows(LEDGER)).toEqual(rows);
});

it('asks a person about another amount, and confirms a converted one by its reference', async () => {
	real.sandbox.changeSettings(MUTE);
	await desk.write(
		ledgerRow('INV-6', { outcome: 'submitted' }),
		ledgerRow('INV-7', { outcome: 'submitted' }),
	);
	const [other, converted] = await desk.order(['INV-6', 'INV-7']);
	const [notice] = await receive(ready(other!, { amount: 1200 }));
	expect(notice).toBe(
		`Payout INV-6 (EUR 10.00 to John Johnson) waits for its confirmation: Smart Glocal has EUR 12.00, and the ledger EUR 10.00. Confirm or cancel session ${other!.sessionId}: Smart Glocal cancels it after 240 minutes.`,
	);
	expect(await receive(ready(converted!, { amount: 80_000, currency: 'rub' }))).toEqual([]);
	expect(await desk.read('INV-6')).toMatchObject({ status: 'ready_to_confirm' });
	expect(await desk.read('INV-7')).toMatchObject({ status: 'confirmed' });
	expect([other, converted].map((payout) => desk.confirmations(payout!.sessionId))).toEqual([0, 1]);
});

it('leaves a payout that somebody else has confirmed to Catch Up, without alarm', async () => {
	real.sandbox.changeSettings(MUTE);
	real.sandbox.setFaults([
		{ when: { path: 'confirm' }, fault: { type: 'error', code: 'session_wrong_state' } },
	]);
	await desk.write(ledgerRow('INV-8', { outcome: 'submitted' }));
	const [payout] = await desk.order(['INV-8']);
	expect(await receive(ready(payout!))).toEqual([]);
	expect(await desk.read('INV-8')).toMatchObject({ status: 'ready_to_confirm', final: false });
	real.sandbox.setFaults([]);
});

it('tells of a failure once, and that one is not final as long as it is not', async () => {
	real.sandbox.changeSettings(MUTE);
	await desk.write(ledgerRow('INV-9', { outcome: 'submitted' }));
	const payout = { reference: 'INV-9', sessionId: 'ps_9' };
	const failed = (session: string) =>
		webhook('payment_finished', payout, { status: 'failed', session });
	const [open] = await receive(failed('error'), failed('error'));
	expect(open).toContain('Ask Smart Glocal’s support how it ends, and do not pay it again before.');
	const { row, ...between } = await desk.read('INV-9');
	expect(between).toMatchObject({ status: 'failed', final: false });
	expect(row).toContain('BE68539007547034');
	expect(await receive(failed('cancelled'), failed('cancelled'))).toEqual([
		'Payout INV-9 (EUR 10.00 to John Johnson) failed: no reason given. Nothing was paid. Find out why, and pay it again under a new reference.',
	]);
	expect(await desk.read('INV-9')).toMatchObject({ status: 'failed', final: true, row: '' });
	// An end that contradicts the first one is not written, but said.
	const [notice] = await receive(webhook('payment_finished', payout));
	expect(notice).toContain('has succeeded. In the ledger it has failed.');
});

it('tells of every part that comes back, days later', async () => {
	real.sandbox.changeSettings({ ...MUTE, autoConfirm: true, webhookUrl: sandboxUrl() });
	await desk.write(ledgerRow('INV-10'));
	const [payout] = await desk.order(['INV-10'], 'succeeded');
	await desk.readWith('INV-10', { status: 'succeeded' });
	real.sandbox.returnPayout(payout!.payoutId, 400);
	const first = await desk.readWith('INV-10', { status: 'returned' });
	expect(first.message).toBe('The recipient’s bank has returned money (refunded: EUR 4.00).');
	real.sandbox.returnPayout(payout!.payoutId);
	const message =
		'The recipient’s bank has returned money (refunded: EUR 4.00; refunded: EUR 6.00).';
	await desk.readWith('INV-10', { message, final: true });
	const executions = await desk.ended(forSandbox.workflow.id, 3);
	const notices = executions.flatMap((execution) => noticesOf(execution));
	expect(notices.filter((notice) => notice.includes('INV-10'))).toHaveLength(2);
});
