import type { RowOutcome } from '../../demo/outcomes.mts';
import { reconcile } from '../../demo/reconcile.mts';
import type { Execution } from '../../n8n/execution.mts';
import { PAYOUT_NODE, readOutcomes } from '../support/csvOutcomes.mts';
import { importPayoutsFromCsv, useRealN8n } from '../support/realN8n.mts';

const WRONG_IBAN = 'INV-2047';
const WRONG_AMOUNT = 'INV-2054';
const WRONG = [WRONG_IBAN, WRONG_AMOUNT];

const isWrong = ({ reference }: RowOutcome) => WRONG.includes(reference);

describe('paying the rows of examples/payouts.csv', () => {
	const real = useRealN8n();
	let first: Execution;
	let second: Execution;
	beforeAll(async () => {
		const workflow = await importPayoutsFromCsv(real);
		first = await real.client.run(workflow.id);
		second = await real.client.run(workflow.id);
	}, 180_000);

	it('refuses the 2 wrong rows and says what is wrong', () => {
		const [iban, amount] = readOutcomes(first).filter(isWrong);
		expect(iban).toMatchObject({ reference: WRONG_IBAN, outcome: 'not_sent' });
		expect(iban?.message).toMatch(/IBAN/);
		expect(amount).toMatchObject({ reference: WRONG_AMOUNT, outcome: 'not_sent' });
		expect(amount?.message).toContain('1.250');
	});

	it('sends each good row in a session of its own, and agrees with the books after both runs', () => {
		const sessions = readOutcomes(first).flatMap(({ sessionId }) => sessionId ?? []);
		expect(new Set(sessions).size).toBe(18);
		for (const run of [first, second]) {
			expect(reconcile(readOutcomes(run), real.sandbox.books)).toMatchObject({ agrees: true });
		}
	});

	it('links every output item to its row', () => {
		const [sent = [], refused = []] = first.nodes[PAYOUT_NODE]?.outputs ?? [];
		const rows = readOutcomes(first);
		for (const { json, pairedItem } of [...sent, ...refused]) {
			const index = rows.findIndex(({ reference }) => reference === json.reference);
			expect(pairedItem).toMatchObject({ item: index });
		}
	});

	it('signs every request and leaves leading zeros and accents as they are in the file', () => {
		const requests = real.sandbox.requests();
		expect(requests).toHaveLength(36);
		expect(requests.every(({ signatureValid }) => signatureValid)).toBe(true);
		const bodies = requests.map(({ rawBody }) => rawBody).join('\n');
		for (const text of [
			'"000123456789"',
			'"00773311550"',
			'Doğan',
			'Öztürkoğlu',
			"O'Malley-Byrne",
		]) {
			expect(bodies).toContain(text);
		}
	});

	it('writes neither the private key nor a signature into the execution', () => {
		const stored = JSON.stringify([first, second]);
		expect(stored).not.toContain(real.keys.privateKey.split('\n')[1]);
		const signature = String(real.sandbox.requests()[0]?.headers['x-partner-sign']);
		expect(signature.length).toBeGreaterThan(100);
		expect(stored).not.toContain(signature);
	});
});
