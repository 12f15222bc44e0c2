import { CLAIMS, EVENTS, foldNewEvents, payClaimed } from '../support/payingPart.mts';
import { LEDGER } from '../../examples/source/ledger.mts';
import { node } from '../../examples/source/nodes.mts';
import { toWorkflowFile } from '../../examples/source/workflowFile.mts';
import type { Example } from '../../examples/source/workflowFile.mts';
import { waitUntil } from '../../n8n/poll.mts';
import type { TableRow } from '../../n8n/restClient.mts';
import { turkishRows } from '../support/account.mts';
import { needing } from '../support/n8nFeatures.mts';
import { useRealN8n } from '../support/realN8n.mts';

const it = needing('ledger');

const PAY_PATH = 'pay-claimed';
const FOLD_PATH = 'fold-events';

function webhook(path: string) {
	const parameters = { httpMethod: 'POST', path, responseMode: 'responseNode', options: {} };
	return node('Asked', 'n8n-nodes-base.webhook', 2.1, [0, 0], parameters, { webhookId: path });
}

function respond(body: string) {
	const parameters = { respondWith: 'json', responseBody: `={{ ${body} }}`, options: {} };
	return node('Respond', 'n8n-nodes-base.respondToWebhook', 1.5, [140, 5], parameters);
}

function payWorkflow(): Example {
	const { nodes, links } = payClaimed([22, 0], {
		requestedBy: 'ann@example.com',
		source: 'a test',
	});
	const split = { fieldToSplitOut: 'body.rows', options: {} };
	return {
		name: 'Pay what is claimed',
		nodes: [
			webhook(PAY_PATH),
			node('Rows of This Chunk', 'n8n-nodes-base.splitOut', 1, [11, 0], split),
			...nodes,
			respond(
				`{ sent: $('Record Outcomes').isExecuted ? $('Record Outcomes').all().map(({ json }) => json) : [], left: $('Decide on Claims').all(1).map(({ json }) => json) }`,
			),
		],
		links: [
			['Asked', 'Make the Ledger'],
			['Asked', 'Rows of This Chunk'],
			['Rows of This Chunk', 'Check the Rows'],
			...links,
			['Remove the Claims', 'Respond'],
		],
	};
}

function foldWorkflow(): Example {
	const { nodes, links } = foldNewEvents([11, 0]);
	return {
		name: 'Fold events',
		nodes: [webhook(FOLD_PATH), ...nodes, respond('{}')],
		links: [['Asked', 'Read the Claims'], ...links, ['Fold Events', 'Respond', 3]],
	};
}

describe('payouts that are claimed before they are paid, with the tables of a real n8n', () => {
	const real = useRealN8n();

	beforeAll(async () => {
		for (const example of [payWorkflow(), foldWorkflow()]) {
			const file = toWorkflowFile(example);
			const nodes = file.nodes.map((each) =>
				each.credentials && Object.keys(each.credentials).length > 0
					? { ...each, credentials: { smartGlocalApi: real.credential } }
					: each,
			);
			await real.client.activate(await real.client.createWorkflow({ ...file, nodes }));
		}
		const isLive = async () => (await pay(rows('LIVE', 1))) !== undefined;
		await waitUntil(isLive, 'The webhook of the workflow is missing.');
	}, 120_000);

	it('pays each once, and keeps no claim', async () => {
		const { sent, left } = await mustPay(rows('ONE', 3));
		const expected = [1, 2, 3].map((number) => ({
			reference: `ONE-${number}`,
			outcome: 'submitted',
		}));
		expect(sent).toMatchObject(expected);
		expect(left).toEqual([{}]);
		expect(await real.client.tableRows(CLAIMS)).toEqual([]);
		expect(acceptedTimes('ONE-2')).toBe(1);
	});

	it('finds what it has sent by 50 references at a time, in the events and in the ledger', async () => {
		const many = rows('MANY', 120);
		expect((await mustPay(many)).sent).toHaveLength(120);
		const received = real.sandbox.counters().received;
		for (const isFolded of [false, true]) {
			if (isFolded) await fold();
			const { sent, left } = await mustPay(many);
			expect({ isFolded, sent }).toEqual({ isFolded, sent: [] });
			expect(left.map(({ reference, reason }) => [reference, reason])).toEqual(
				many.map(({ reference }) => [reference, 'arrived']),
			);
		}
		expect(real.sandbox.counters().received).toBe(received);
	});

	it('folds events into one row for each reference, once', async () => {
		await mustPay(rows('FOLD', 60));
		await Promise.all([fold(), fold()]);
		await fold();
		const ledger = (await real.client.tableRows(LEDGER)).filter(({ reference }) =>
			String(reference).startsWith('FOLD-'),
		);
		expect(new Set(ledger.map(({ reference }) => reference)).size).toBe(60);
		expect(ledger[0]).toMatchObject({
			outcome: 'submitted',
			status: 'in_progress',
			recipient: 'Ayşe Yılmaz',
			requested_by: 'ann@example.com',
			source: 'a test',
			final: false,
		});
		const events = await real.client.tableRows(EVENTS);
		expect(events.filter(({ folded }) => folded !== true)).toEqual([]);
	});

	it('pays one of two payouts that are ordered under one reference in the same instant', async () => {
		real.sandbox.changeSettings({ latencyMs: 300 });
		for (let round = 1; round <= 6; round++) {
			const [one] = rows(`RACE${round}`, 1);
			const other = { ...one, amount: '99.00', recipient_last_name: 'Kaya' };
			const answers = await Promise.all([mustPay([one ?? {}]), mustPay([other])]);
			const sent = answers.flatMap((answer) => answer.sent);
			const left = answers.flatMap((answer) => answer.left).filter(({ reference }) => reference);
			expect(sent).toMatchObject([{ outcome: 'submitted' }]);
			expect(left).toMatchObject([{ outcome: 'not_sent' }]);
			expect(['other_run', 'other_payout']).toContain(left[0]?.reason);
			expect(acceptedTimes(`RACE${round}-1`)).toBe(1);
			const [paid] = real.sandbox.books
				.payouts()
				.filter(({ reference }) => reference === `RACE${round}-1`);
			const { amount } = JSON.parse(String(sent[0]?.details)).ordered as TableRow;
			expect(paid?.amount).toBe(Math.round(Number(amount) * 100));
		}
		real.sandbox.changeSettings({ latencyMs: 0 });
	});

	it('sends each row of one file once, which two people pay in the same second', async () => {
		const file = rows('TWICE', 60);
		const received = real.sandbox.counters().received;
		const answers = await Promise.all([mustPay(file), mustPay(file)]);
		expect(answers.flatMap(({ sent }) => sent)).toHaveLength(60);
		expect(real.sandbox.counters().received - received).toBe(60);
		const events = (await real.client.tableRows(EVENTS)).filter(({ reference }) =>
			String(reference).startsWith('TWICE-'),
		);
		expect(events).toHaveLength(60);
	});

	it('records a refusal by the reference that was sent, and pays the corrected row', async () => {
		const [row = {}] = rows('TWO', 1);
		const fault = { type: 'error', code: 'insufficient_wallet_balance' } as const;
		real.sandbox.setFaults([{ when: {}, fault }]);
		const spaced = { ...row, reference: 'TWO  1' };
		const refused = await mustPay([spaced]);
		expect(refused.sent).toMatchObject([{ outcome: 'rejected', reference: 'TWO 1' }]);
		real.sandbox.setFaults([]);
		const corrected = await mustPay([{ ...spaced, recipient_last_name: 'Kaya' }]);
		expect(corrected.sent).toMatchObject([{ outcome: 'submitted' }]);
	});

	interface Answer {
		sent: TableRow[];
		left: TableRow[];
	}

	async function pay(some: readonly object[]): Promise<Answer | undefined> {
		const response = await fetch(new URL(`/webhook/${PAY_PATH}`, real.n8n.url), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ rows: some }),
		});
		const text = await response.text();
		if (response.status === 200) return JSON.parse(text) as Answer;
		if (response.status === 404) return undefined;
		throw new Error(`n8n answered with ${response.status}: ${text}`);
	}

	async function mustPay(some: readonly object[]): Promise<Answer> {
		const answer = await pay(some);
		if (!answer) throw new Error('The webhook is gone.');
		return answer;
	}

	async function fold(): Promise<void> {
		const response = await fetch(new URL(`/webhook/${FOLD_PATH}`, real.n8n.url), {
			method: 'POST',
		});
		if (response.status !== 200) throw new Error(await response.text());
	}

	function acceptedTimes(reference: string): number {
		return real.sandbox.books.acceptedTimes(reference);
	}

	function rows(name: string, count: number): TableRow[] {
		const references = Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
		return turkishRows(...references).map((row) => ({ ...row, destination: 'TUR-TRY' }));
	}
});
