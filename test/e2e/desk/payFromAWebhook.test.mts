import { readExample } from '../../../n8n/exampleWorkflow.mts';
import { waitUntil } from '../../../n8n/poll.mts';
import type { TableRow } from '../../../n8n/restClient.mts';
import { turkishRows } from '../../support/account.mts';
import { ledgerEntry } from '../../support/desk.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { useRealN8n } from '../../support/realN8n.mts';

const it = needing('ledger');

const WEBHOOK = 'n8n-nodes-base.webhook';
const SECRET = { name: 'X-Payouts-Key', value: 'a-value-that-only-the-caller-knows' };

describe('the example that pays what another system posts', () => {
	const real = useRealN8n();

	beforeAll(async () => {
		const { id } = await real.client.createCredential('Payouts', 'httpHeaderAuth', SECRET);
		const paying = await readExample('pay-orders.json', real.credential);
		const payOrders = await real.client.createWorkflow(paying);
		await real.client.activate(payOrders);
		const name = 'pay-from-a-webhook.json';
		const file = await readExample(name, real.credential, {}, payOrders.id);
		const credentials = { httpHeaderAuth: { id, name: 'Payouts' } };
		const nodes = file.nodes.map((node) =>
			node.type === WEBHOOK ? { ...node, credentials } : node,
		);
		await real.client.activate(await real.client.createWorkflow({ ...file, nodes }));
		const isLive = async () => (await post([])).status === 400;
		await waitUntil(isLive, 'The webhook of the workflow is missing.');
	}, 120_000);

	it('answers a payout with its outcome, and keeps it in the ledger', async () => {
		const answer = await post(payout('ONE'));
		expect(answer).toEqual({
			status: 200,
			body: {
				status_code: 200,
				reference: 'ONE',
				recipient: 'Ayşe Yılmaz',
				amount: '100.50',
				currency: 'TRY',
				outcome: 'submitted',
				reason: '',
				status: '',
				message: '',
				next_step: '',
				session_id: expect.any(String) as string,
				payout_id: expect.any(String) as string,
			},
		});
		expect(await inLedger('ONE')).toMatchObject({
			outcome: 'submitted',
			source: 'Webhook',
			session_id: (answer.body as TableRow).session_id,
		});
		expect(acceptedTimes('ONE')).toBe(1);
	});

	it('answers the same payout again from the ledger, without sending it', async () => {
		const first = await post(payout('AGAIN'));
		const received = real.sandbox.counters().received;
		const { session_id } = first.body as TableRow;
		expect(await post(payout('AGAIN'))).toMatchObject({
			status: 200,
			body: { outcome: 'already_submitted', reason: 'arrived', session_id },
		});
		expect(real.sandbox.counters().received).toBe(received);
		expect(acceptedTimes('AGAIN')).toBe(1);
	});

	it('refuses another payout under a reference that was sent', async () => {
		await post(payout('TAKEN'));
		const answer = await post({ ...payout('TAKEN'), amount: '99.00' });
		expect(answer).toMatchObject({
			status: 409,
			body: { outcome: 'not_sent', reason: 'other_payout' },
		});
		expect((answer.body as TableRow).message).toBe(
			'Nothing was paid. The reference belongs to another payout: TRY 100.50 to Ayşe Yılmaz, account …1326. This one has another amount.',
		);
		expect(acceptedTimes('TAKEN')).toBe(1);
	});

	it('answers a list in its order, with 207 where the ends differ', async () => {
		const wrong = { ...payout('L-2'), iban: 'TR33 0006 1005 1978 6457 8413 27' };
		const answer = await post([payout('L-1'), wrong, payout('L-3')]);
		expect(answer.status).toBe(207);
		expect(answer.body).toMatchObject([
			{ reference: 'L-1', outcome: 'submitted', status_code: 200 },
			{ reference: 'L-2', outcome: 'not_sent', status_code: 422 },
			{ reference: 'L-3', outcome: 'submitted', status_code: 200 },
		]);
		expect(['L-1', 'L-2', 'L-3'].map(acceptedTimes)).toEqual([1, 0, 1]);
	});

	it('answers a wrong payout with 422, and pays it once it is corrected', async () => {
		const wrong = await post({ ...payout('FIX'), iban: 'TR00' });
		expect(wrong).toMatchObject({ status: 422, body: { outcome: 'not_sent' } });
		expect(String((wrong.body as TableRow).message)).toContain('IBAN');
		expect((await post(payout('FIX'))).status).toBe(200);
		expect(acceptedTimes('FIX')).toBe(1);
	});

	it.each([
		['an empty list', '[]', 'Nothing was paid. The list is empty. Send at least one payout.'],
		[
			'too many payouts',
			JSON.stringify(Array.from({ length: 201 }, (_, index) => payout(`M-${index}`))),
			'Nothing was paid. The list has 201 payouts. Send at most 200 in one request.',
		],
		[
			'a list in a list',
			JSON.stringify([payout('N-1'), [payout('N-2')]]),
			'Nothing was paid. Entry 2 of the list is not a JSON object with the fields of a payout.',
		],
		[
			'an object in a field',
			JSON.stringify({ ...payout('N-3'), amount: { value: 1 } }),
			'Nothing was paid. The payout has a list or an object in the field “amount”. Each field of a payout is a text or a number.',
		],
		['no object', '{}', expect.stringContaining('The request has no payout.') as string],
		['no body', '', expect.stringContaining('The request has no payout.') as string],
	])('says what is wrong with %s, and pays nothing', async (_, text, message) => {
		const accepted = real.sandbox.books.payouts().length;
		expect(await post(text)).toEqual({ status: 400, body: { message } });
		expect(real.sandbox.books.payouts()).toHaveLength(accepted);
	});

	it('refuses a text that is not JSON, and a caller without the header', async () => {
		const broken = await post('{"reference":');
		expect(broken.status).toBe(422);
		expect(JSON.stringify(broken.body)).toContain('Failed to parse request body');
		const stranger = await post(payout('STRANGER'), { [SECRET.name]: 'wrong' });
		expect(stranger.status).toBe(403);
		expect(acceptedTimes('STRANGER')).toBe(0);
	});

	it('pays once where the caller gave up waiting, and tells him so when he asks again', async () => {
		real.sandbox.changeSettings({ latencyMs: 2_000 });
		const impatient = post(payout('SLOW'), {}, AbortSignal.timeout(1_000));
		await expect(impatient).rejects.toThrow();
		const isSent = async () => (await inLedger('SLOW'))?.outcome === 'submitted';
		await waitUntil(isSent, 'It was not sent.');
		real.sandbox.changeSettings({ latencyMs: 0 });
		const answer = await post(payout('SLOW'));
		expect(answer).toMatchObject({ status: 200, body: { outcome: 'already_submitted' } });
		expect(acceptedTimes('SLOW')).toBe(1);
	});

	it('pays once where the same payout is posted twice at the same time', async () => {
		real.sandbox.changeSettings({ latencyMs: 300 });
		for (let round = 1; round <= 3; round++) {
			const twin = payout(`TWIN-${round}`);
			const answers = await Promise.all([post(twin), post(twin)]);
			const codes = answers.map(({ status }) => status).sort();
			// The other one learns that it is being sent, or that it was.
			expect([200, 202]).toContain(codes.pop());
			expect(codes).toEqual([200]);
			expect(acceptedTimes(`TWIN-${round}`)).toBe(1);
		}
		real.sandbox.changeSettings({ latencyMs: 0 });
	});

	it('pays one of two payouts that come under one reference in the same instant', async () => {
		real.sandbox.changeSettings({ latencyMs: 300 });
		for (let round = 1; round <= 6; round++) {
			const reference = `RACE-${round}`;
			const other = { ...payout(reference), amount: '99.00', recipient_last_name: 'Kaya' };
			const answers = await Promise.all([post(payout(reference)), post(other)]);
			expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
			const paid = answers.find(({ status }) => status === 200)?.body as TableRow;
			const books = real.sandbox.books.payouts().filter((each) => each.reference === reference);
			expect(books.map(({ amount }) => amount / 100)).toEqual([Number(paid.amount)]);
			expect(await inLedger(reference)).toMatchObject({ recipient: paid.recipient });
		}
		real.sandbox.changeSettings({ latencyMs: 0 });
	});

	it('says that nothing was sent where Smart Glocal takes no requests, and pays later', async () => {
		real.sandbox.changeSettings({ requestsPerSecond: 0 });
		const answer = await post(payout('LATER'));
		expect(answer).toMatchObject({ status: 503, body: { outcome: 'not_sent' } });
		real.sandbox.changeSettings({ requestsPerSecond: null });
		expect((await post(payout('LATER'))).status).toBe(200);
		expect(acceptedTimes('LATER')).toBe(1);
	}, 60_000);

	const acceptedTimes = (reference: string) => real.sandbox.books.acceptedTimes(reference);

	const inLedger = async (reference: string) => await ledgerEntry(real, reference);

	/** Posts as the other system does; a text is sent as it is. */
	async function post(
		body: object | string,
		headers: Record<string, string> = {},
		signal?: AbortSignal,
	): Promise<{ status: number; body: unknown }> {
		const response = await fetch(`${real.n8n.url}/webhook/smart-glocal-payouts`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', [SECRET.name]: SECRET.value, ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
			signal,
		});
		const text = await response.text();
		return { status: response.status, body: parse(text) };
	}
});

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function payout(reference: string): TableRow {
	const [row] = turkishRows(reference);
	return { ...row, destination: 'TUR-TRY' };
}
