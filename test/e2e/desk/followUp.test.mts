import { CLAIMS, EVENTS, LEDGER } from '../../../examples/source/tables.mts';
import { poll } from '../../../n8n/poll.mts';
import type { TableRow } from '../../../n8n/restClient.mts';
import { toEventRow } from '../../../nodes/ledger/events';
import { makeKeyPair } from '../../../sandbox/server.mts';
import type { BookedPayout } from '../../../sandbox/server.mts';
import { FollowUpDesk, ledgerRow } from '../../support/followUpDesk.mts';
import { ordered } from '../../support/ledger.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { useRealN8n } from '../../support/realN8n.mts';
import { deliver } from '../../support/webhookDelivery.mts';
import { activate, post, storeWebhookCredential } from '../../support/webhooks.mts';

const it = needing('ledger');

const real = useRealN8n();
const desk = new FollowUpDesk(real);
const KEYS = makeKeyPair();
const MUTE = { autoConfirm: false, processingMs: 20, webhookUrl: null };

let url = '';

beforeAll(async () => {
	const { publicKey } = await KEYS;
	// For the webhooks of the sandbox, and for those that the tests make.
	const both = `${real.sandbox.webhookPublicKey}\n${publicKey}`;
	const workflow = await desk.open(await storeWebhookCredential(real, both));
	const trigger = workflow.nodes.find(({ name }) => name === 'A Payout Has Changed');
	const path = `${trigger?.webhookId}/webhook`;
	await activate(real, { workflow, path });
	url = `${real.n8n.url}/webhook/${path}`;
});

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

/** Delivers webhooks at once, folds them, and returns what somebody is told. */
async function receive(...events: object[]): Promise<string[]> {
	const { privateKey } = await KEYS;
	const answers = await Promise.all(
		events.map(async (event) => await post(url, deliver(event, privateKey))),
	);
	expect(answers.map(({ status }) => status)).toEqual(events.map(() => 200));
	await desk.heard(events.length);
	return await desk.fold();
}

/** A row without what n8n writes into it itself. */
function withoutIds({ id, createdAt, updatedAt, ...row }: TableRow): TableRow {
	expect([id, createdAt, updatedAt]).not.toContain(undefined);
	return row;
}

it('confirms what the ledger knows, and writes down how it ends', async () => {
	real.sandbox.changeSettings({ ...MUTE, webhookUrl: url });
	// The webhook comes before the outcome of the order is written.
	await desk.write(ledgerRow('INV-1'));
	await desk.order(['INV-1']);
	await desk.heard(1);
	expect(await desk.fold()).toEqual([]);
	const { sessionId } = await desk.booked('INV-1', 'succeeded');
	const row = await desk.readWith('INV-1', { status: 'succeeded' });
	expect(row).toMatchObject({
		outcome: 'submitted',
		session_id: sessionId,
		final: true,
		message: '',
	});
	expect(row.row).not.toContain('BE68539007547034');
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
	expect(withoutIds(await desk.read('INV-2'))).toEqual(withoutIds(row));
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
	expect((await post(url, forged)).status).toBe(401);
	expect(
		await receive(webhook('payment_finished', { reference: 'INV-0', sessionId: 'ps_0' })),
	).toEqual([
		'Payout INV-0 (EUR 10.00, session ps_0) was paid. The ledger has no payout with this reference. Find out whose it is.',
	]);
	expect(await desk.read('INV-4')).toEqual(row);
	expect(desk.confirmations(payout!.sessionId)).toBe(0);
});

it('confirms nothing that the ledger does not have as sent, and says so', async () => {
	real.sandbox.changeSettings(MUTE);
	const doubts = [
		['INV-50', undefined, 'The ledger has no payout with this reference.'],
		['INV-51', { outcome: 'unknown', session_id: 'ps_x' }, 'with another session, ps_x.'],
		['INV-52', { outcome: 'declined' }, 'In the ledger it was declined.'],
		[
			'INV-53',
			{ outcome: 'waiting_for_approval' },
			'In the ledger it waits for the approval of a second person.',
		],
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
		expect(notice).toContain(`It was not confirmed. Confirm or cancel session ${sessionId}`);
		expect(desk.confirmations(sessionId)).toBe(0);
	}
	const toStates = (all: TableRow[]) =>
		all.map(({ reference, outcome, status }) => [reference, outcome, status].join(' ')).sort();
	expect(toStates(await real.client.tableRows(LEDGER))).toEqual(toStates(rows));
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
		`Payout INV-6 (EUR 10.00 to John Johnson) was sent, and waits for its confirmation: Smart Glocal has EUR 12.00, and the ledger EUR 10.00. Confirm or cancel session ${other!.sessionId}: Smart Glocal cancels it after 240 minutes.`,
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

it('tells a person once when a confirmation is refused, and tries it no more by webhooks', async () => {
	real.sandbox.changeSettings(MUTE);
	const refused = { type: 'error', code: 'insufficient_wallet_balance' } as const;
	real.sandbox.setFaults([{ when: { path: 'confirm' }, fault: refused }]);
	await desk.write(ledgerRow('INV-80', { outcome: 'submitted' }));
	const [payout] = await desk.order(['INV-80']);
	expect(await receive(ready(payout!))).toEqual([
		expect.stringMatching(
			/^Payout INV-80 .* waits for its confirmation: Smart Glocal did not confirm it\. .* Confirm or cancel session/,
		),
	]);
	real.sandbox.setFaults([]);
	expect(await receive(ready(payout!))).toEqual([]);
	expect(await desk.read('INV-80')).toMatchObject({ status: 'ready_to_confirm', final: false });
	expect(desk.confirmations(payout!.sessionId)).toBe(1);
});

it('tells of a failure once, and that one is not final as long as it is not', async () => {
	real.sandbox.changeSettings(MUTE);
	await desk.write(ledgerRow('INV-9', { outcome: 'submitted' }));
	const payout = { reference: 'INV-9', sessionId: 'ps_9' };
	const failed = (session: string) =>
		webhook('payment_finished', payout, { status: 'failed', session });
	expect(await receive(failed('error'), failed('error'))).toEqual([
		expect.stringContaining(
			'Ask Smart Glocal’s support how it ends, and do not pay it again before.',
		),
	]);
	const { row, ...between } = await desk.read('INV-9');
	expect(between).toMatchObject({ status: 'unclear', final: false });
	expect(row).toContain('BE68539007547034');
	expect(await receive(failed('cancelled'), failed('cancelled'))).toEqual([
		'Payout INV-9 (EUR 10.00 to John Johnson) failed: no reason given. Nothing was paid. Find out why, and pay it again under a new reference.',
	]);
	const ended = await desk.read('INV-9');
	expect(ended).toMatchObject({ status: 'failed', final: true });
	expect(ended.row).not.toContain('BE68539007547034');
	// Of two ends, the one that keeps a person from paying twice counts, and it is said.
	expect(await receive(webhook('payment_finished', payout))).toEqual([
		'Payout INV-9 (EUR 10.00 to John Johnson) was paid. The ledger had it as failed. Find out whether it was paid again under another reference.',
	]);
	expect(await receive(failed('cancelled'))).toEqual([
		expect.stringContaining('failed. In the ledger it was paid.'),
	]);
	expect(await desk.read('INV-9')).toMatchObject({ status: 'succeeded', final: true });
});

it('tells of every part that comes back, days later', async () => {
	real.sandbox.changeSettings({ ...MUTE, autoConfirm: true, webhookUrl: url });
	await desk.write(ledgerRow('INV-10'));
	const [payout] = await desk.order(['INV-10'], 'succeeded');
	await desk.readWith('INV-10', { status: 'succeeded' });
	real.sandbox.returnPayout(payout!.payoutId, 400);
	const first = await desk.readWith('INV-10', { status: 'returned' });
	expect(first.message).toBe('refunded: EUR 4.00');
	real.sandbox.returnPayout(payout!.payoutId);
	const message = 'refunded: EUR 4.00; refunded: EUR 6.00';
	await desk.readWith('INV-10', { message, final: true });
	const notices = desk.told.filter((notice) => notice.startsWith('Payout INV-10 '));
	expect(notices).toEqual([
		'Payout INV-10 (EUR 10.00 to John Johnson) was returned by the recipient’s bank: refunded: EUR 4.00. Find out why, and pay what came back under a new reference.',
		expect.stringContaining(message),
	]);
});

it('tells of a webhook that names no reference', async () => {
	real.sandbox.changeSettings(MUTE);
	const nameless = { reference: null as unknown as string, sessionId: 'ps_90' };
	expect(await receive(ready(nameless))).toEqual([
		'A payout without a reference (EUR 10.00, session ps_90) was sent, and waits for its confirmation. The ledger has no payout with this reference. It was not confirmed. Confirm or cancel session ps_90: Smart Glocal cancels it after 240 minutes.',
	]);
});

it('folds more than a thousand events in one run, and gives its turn back', async () => {
	real.sandbox.changeSettings(MUTE);
	const events = Array.from({ length: 1_100 }, (_, index) =>
		toEventRow({
			reference: `MANY-${index}`,
			event: 'outcome',
			by: '',
			run: '',
			entry: { ordered: ordered({ session_id: `ps_many_${index}` }) },
		}),
	);
	for (let start = 0; start < events.length; start += 100) {
		await real.client.addTableRows(EVENTS, events.slice(start, start + 100));
	}
	// Of two folds at once, one has its turn, and it goes on until nothing is left.
	const [one, other] = await Promise.all([desk.fold(), desk.fold()]);
	expect([one, other]).toEqual([[], []]);
	const rows = await real.client.tableRows(LEDGER);
	const many = rows.filter(({ reference }) => String(reference).startsWith('MANY-'));
	expect(many).toHaveLength(1_100);
	expect(new Set(many.map(({ reference }) => reference)).size).toBe(1_100);
	const written = await real.client.tableRows(EVENTS);
	expect(written.filter(({ folded }) => folded !== true)).toEqual([]);
	expect(await real.client.tableRows(CLAIMS)).toEqual([]);
}, 180_000);

it('folds by itself every minute', async () => {
	await desk.write(ledgerRow('INV-11', { outcome: 'submitted', session_id: 'ps_11' }));
	const own = await desk.import('keep-the-ledger.json', real.credential, {
		field: 'minutes',
		minutesInterval: 1,
	});
	await real.client.activate(own);
	const { privateKey } = await KEYS;
	const paid = webhook('payment_finished', { reference: 'INV-11', sessionId: 'ps_11' });
	expect((await post(url, deliver(paid, privateKey))).status).toBe(200);
	const isPaid = async () => (await desk.read('INV-11')).status === 'succeeded' || undefined;
	await poll(isPaid, { everyMs: 500, withinMs: 90_000, tooLate: 'Nothing was folded.' });
	// What is done every minute is not kept as an execution.
	expect(await real.client.executions(own.id)).toEqual([]);
}, 120_000);
