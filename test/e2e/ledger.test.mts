import { CLAIMS, EVENTS } from '../../examples/source/tables.mts';
import type { TableRow } from '../../n8n/restClient.mts';
import { turkishRows } from '../support/account.mts';
import { ledgerEntry, useDesk } from '../support/desk.mts';
import { needing } from '../support/n8nFeatures.mts';

const it = needing('ledger');

const KEEPING = 'keep-the-ledger.json';
const real = useDesk(['pay-orders.json', 'pay-from-a-webhook.json', KEEPING]);

interface Answer {
	status: number;
	body: TableRow[];
}

it('finds what it has sent by 50 references at a time, in the events and in the ledger', async () => {
	const many = rows('MANY', 120);
	expect(outcomesOf(await post(many))).toEqual(many.map(() => 'submitted'));
	const received = real.sandbox.counters().received;
	for (const isFolded of [false, true]) {
		if (isFolded) await fold();
		const again = await post(many);
		expect({ isFolded, outcomes: outcomesOf(again) }).toEqual({
			isFolded,
			outcomes: many.map(() => 'already_submitted'),
		});
	}
	expect(real.sandbox.counters().received).toBe(received);
	expect(await ledgerEntry(real, 'MANY-120')).toMatchObject({ outcome: 'submitted' });
});

it('sends each row of one list once, which two systems post in the same second', async () => {
	const file = rows('TWICE', 60);
	const received = real.sandbox.counters().received;
	const answers = await Promise.all([post(file), post(file)]);
	const outcomes = answers.flatMap((answer) => outcomesOf(answer));
	expect(outcomes.filter((outcome) => outcome === 'submitted')).toHaveLength(60);
	expect(real.sandbox.counters().received - received).toBe(60);
	const events = (await real.client.tableRows(EVENTS)).filter(({ reference }) =>
		String(reference).startsWith('TWICE-'),
	);
	expect(events).toHaveLength(60);
	expect(await real.client.tableRows(CLAIMS)).toEqual([]);
});

it('records a refusal by the reference that was sent, and pays the corrected row', async () => {
	const [row = {}] = rows('TWO', 1);
	const fault = { type: 'error', code: 'insufficient_wallet_balance' } as const;
	real.sandbox.setFaults([{ when: {}, fault }]);
	const spaced = { ...row, reference: 'TWO  1' };
	expect(outcomesOf(await post([spaced]))).toEqual(['rejected']);
	expect(await ledgerEntry(real, 'TWO 1')).toMatchObject({ outcome: 'rejected', final: true });
	real.sandbox.setFaults([]);
	const corrected = await post([{ ...spaced, recipient_last_name: 'Kaya' }]);
	expect(outcomesOf(corrected)).toEqual(['submitted']);
	expect(await ledgerEntry(real, 'TWO 1')).toMatchObject({ recipient: 'Ayşe Kaya' });
});

it('keeps no whole account of what was sent, in no table', async () => {
	await post(rows('SHORT', 2));
	await fold();
	for (const table of [EVENTS, CLAIMS, 'Smart Glocal payouts']) {
		const found = (await real.client.tableRows(table)).filter(
			(row) => /^SHORT/.test(String(row.reference)) && JSON.stringify(row).includes('786457841326'),
		);
		expect([table, found]).toEqual([table, []]);
	}
});

function outcomesOf({ body }: Answer): unknown[] {
	return body.map(({ outcome }) => outcome);
}

async function post(some: readonly object[]): Promise<Answer> {
	const response = await fetch(new URL('/webhook/smart-glocal-payouts', real.n8n.url), {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': real.apiKey },
		body: JSON.stringify(some),
	});
	const text = await response.text();
	if (!text.startsWith('[')) throw new Error(`n8n answered with ${response.status}: ${text}`);
	return { status: response.status, body: JSON.parse(text) as TableRow[] };
}

async function fold(): Promise<void> {
	const { status, error } = await real.client.run(String(real.workflows.get(KEEPING)?.id));
	expect({ status, message: error?.message }).toEqual({ status: 'success', message: undefined });
}

function rows(name: string, count: number): TableRow[] {
	const references = Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
	return turkishRows(...references).map((row) => ({ ...row, destination: 'TUR-TRY' }));
}
