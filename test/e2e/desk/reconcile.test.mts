import { readFile } from 'node:fs/promises';

import { EVENTS, LEDGER } from '../../../examples/source/tables.mts';
import type { TableRow } from '../../../n8n/restClient.mts';
import { foldEvents } from '../../../nodes/ledger/following/fold';
import { goToForm, makeCsv, makeXlsx, readXlsx, useDesk } from '../../support/desk.mts';
import type { SheetRow } from '../../support/desk.mts';
import { useEditor } from '../../support/editor.mts';
import { eventRow, ordered } from '../../support/ledger.mts';
import { needing } from '../../support/n8nFeatures.mts';

const it = needing('ledger');

const DAY = '2026-11-24';
const METADATA = 'paymentSessionMerchantMetadata';
const real = useDesk(['reconcile.json']);
const editor = useEditor(real);

/** A row of the ledger for a payout of 100 euros that succeeded on the report's day. */
function entry(reference: string, more: object = {}): TableRow {
	return {
		reference,
		recipient: 'Jana Peeters',
		amount: '100.00',
		currency: 'EUR',
		outcome: 'submitted',
		status: 'succeeded',
		status_rank: 31,
		message: '',
		next_step: '',
		payout_id: `po_${reference}`,
		session_id: `ps_${reference}`,
		ordered_at: '2026-11-20T10:00:00.000Z',
		status_at: `${DAY}T10:00:00.000Z`,
		final: true,
		...more,
	};
}

const IN_PROGRESS = {
	status: 'in_progress',
	status_rank: 10,
	final: false,
	row: '{"iban":"BE68"}',
};

const ENTRIES = [
	entry('AGREES'),
	entry('OTHER-AMOUNT'),
	entry('LACKING'),
	entry('PROGRESS', IN_PROGRESS),
	entry('BY-ID', IN_PROGRESS),
	entry('RETURNED', { status_at: '2026-11-20T12:00:00.000Z' }),
	entry('FAILED', { status: 'failed', status_rank: 30 }),
	entry('TWICE'),
	entry('OPEN', IN_PROGRESS),
	entry('ANOTHER-DAY', { status_at: '2026-11-22T10:00:00.000Z' }),
];

/** It was sent, and its outcome is not in the ledger yet. */
const FRESH = eventRow(1, {
	reference: 'FRESH',
	entry: { ordered: ordered({ payout_id: 'po_FRESH', session_id: 'ps_FRESH' }) },
});

beforeAll(async () => {
	await real.client.addTableRows(LEDGER, ENTRIES);
	await real.client.addTableRows(EVENTS, [{ ...FRESH, id: undefined }]);
});

/** A line of the report. */
function line(type: string, reference: string, more: SheetRow = {}): SheetRow {
	return {
		operationId: `po_${reference}`,
		transactionDate: `${DAY} 08:59:00`,
		finishedAt: `${DAY} 09:00:00`,
		typeOfPayment: type,
		paymentFast: 0,
		paymentSessionId: `ps_${reference}`,
		[METADATA]: reference,
		grossLocalAmount: '100.00',
		'Currency amount': 'EUR',
		...more,
	};
}

interface Upload {
	name: string;
	content: Buffer | string;
	days?: [first: string, last: string];
}

interface Shown {
	title: string;
	text: string;
	results: SheetRow[];
}

/** Uploads a report as a person does, and returns the last page and the downloaded rows. */
async function compare({ name, content, days }: Upload): Promise<Shown> {
	const { page } = editor;
	await goToForm(editor.page, `${real.n8n.url}/form/reconcile`);
	const buffer = Buffer.from(content);
	const mimeType = 'application/octet-stream';
	await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
	for (const [index, day] of (days ?? []).entries()) {
		await page.locator('input[type=date]').nth(index).fill(day);
	}
	const downloading = page.waitForEvent('download');
	downloading.catch(() => undefined);
	await page.getByRole('button', { name: 'Compare' }).click();
	const heading = page.getByRole('heading', { name: /agree|a look$|Nothing was compared/ }).first();
	await heading.waitFor();
	const title = (await heading.textContent()) ?? '';
	const text = (await page.locator('body').textContent()) ?? '';
	await editor.picture(`reconcile-${name}`);
	if (title.includes('Nothing')) return { title, text, results: [] };
	const file = await readFile(await (await downloading).path());
	return { title, text, results: await readXlsx(file) };
}

/** The events, and the ledger's rows by their references as the next fold makes them. */
async function fold() {
	const rows = await real.client.tableRows(LEDGER);
	expect(rows).toHaveLength(ENTRIES.length);
	const events = await real.client.tableRows(EVENTS);
	const { added, tasks } = foldEvents(rows, events, []);
	const folded = new Map(added.map((row) => [row.reference, row]));
	return { names: events.map(({ event, reference }) => `${event} ${reference}`), folded, tasks };
}

it('lists what differs, writes what the report knows more, and downloads the results', async () => {
	const content = makeCsv([
		line('Advice', 'AGREES'),
		line('Advice', 'OTHER-AMOUNT', { grossLocalAmount: '120.5' }),
		line('Advice', 'PROGRESS'),
		line('advice', '', { operationId: 'po_BY-ID', paymentSessionId: 'ps_BY-ID' }),
		line('Refund', 'RETURNED', { operationId: 'rf_1', grossLocalAmount: '40.00' }),
		line('Advice', 'FAILED'),
		line('Advice', 'TWICE'),
		line('Advice', 'TWICE', { operationId: 'po_second' }),
		line('Advice', 'EXTRA'),
		line('Advice', 'FRESH'),
	]);
	const shown = await compare({ name: `Example_${DAY}_${DAY}.csv`, content });
	expect(shown.title).toBe('4 payouts need a look');
	expect(shown.text).not.toContain('ANOTHER-DAY');

	const { results } = shown;
	const found = Object.fromEntries(results.map((row) => [row.reference, row.result]));
	expect(found).toEqual({
		TWICE: 'Paid twice',
		FAILED: 'The report and the ledger contradict each other',
		EXTRA: 'In the report, but not in the ledger',
		LACKING: 'In the ledger, but not in the report',
		PROGRESS: 'The report knows more than the ledger',
		'BY-ID': 'The report knows more than the ledger',
		RETURNED: 'The report knows more than the ledger',
		FRESH: 'The report knows more than the ledger',
		OPEN: 'Sent, and not final yet',
		AGREES: 'In both, and agreeing',
		'OTHER-AMOUNT': 'In both, and agreeing',
	});
	const of = (reference: string) => results.find((row) => row.reference === reference);
	expect(of('BY-ID')).toMatchObject({ matched_by: 'payout_id' });
	expect(shown.text).toContain(
		'It was found by its payout id: the report does not have its reference.',
	);
	expect(of('PROGRESS')).toMatchObject({ matched_by: 'reference', report_says: 'paid' });
	expect(of('OTHER-AMOUNT')?.what_to_know).toContain(
		'EUR 100.00 in the ledger, 120.50 in the report',
	);

	const { names, folded, tasks } = await fold();
	expect(names).toEqual([
		'outcome FRESH',
		'report PROGRESS',
		'report BY-ID',
		'report RETURNED',
		'report FRESH',
	]);
	expect(folded.get('PROGRESS')).toMatchObject({
		status: 'succeeded',
		status_rank: 31,
		status_at: `${DAY}T09:00:00.000Z`,
		final: true,
		recipient: 'Jana Peeters',
	});
	expect(folded.get('PROGRESS')?.row).not.toContain('BE68');
	expect(folded.get('RETURNED')).toMatchObject({
		status: 'returned',
		status_rank: 42,
		message: `EUR 40.00 came back, says the daily report of ${DAY}`,
	});
	expect(folded.get('BY-ID')).toMatchObject({ status: 'succeeded' });
	expect(folded.get('FRESH')).toMatchObject({ status: 'succeeded', outcome: 'submitted' });
	expect(tasks).toMatchObject([{ kind: 'returned', reference: 'RETURNED' }]);
});

it('writes nothing again for a report that is uploaded again', async () => {
	const before = (await fold()).names;
	const content = makeCsv([line('Advice', 'PROGRESS'), line('Advice', 'FRESH')]);
	const { results } = await compare({ name: `Example_${DAY}_${DAY}.csv`, content });
	const agreeing = results.filter(({ result }) => result === 'In both, and agreeing');
	expect(agreeing.map(({ reference }) => reference)).toEqual(['PROGRESS', 'FRESH']);
	expect((await fold()).names).toEqual(before);
});

it('reads a spreadsheet of the older layout, with dates as numbers', async () => {
	const rows = [
		'AGREES',
		'OTHER-AMOUNT',
		'LACKING',
		'PROGRESS',
		'BY-ID',
		'TWICE',
		'RETURNED',
		'FRESH',
	].map((reference) => ({
		OPERATIONID: `po_${reference}`,
		// 2026-11-24, as Excel stores it.
		FINISHEDAT: 46_350.4,
		TYPEOFPAYMENT: reference === 'RETURNED' ? 'Refund' : 'Advice',
		PAYMENTSESSIONID: `ps_${reference}`,
		PAYMENTSESSIONMERCHANTMETADATA: JSON.stringify({ reference, batch: 7 }),
		CONTRACT: 'C-1',
		GROSSLOCALAMOUNT: 100,
		CURRENCY: 'eur',
	}));
	const content = await makeXlsx(rows);
	const shown = await compare({ name: 'report.xlsx', content });
	expect(shown.title).toBe('The report and the ledger agree');
	expect(shown.text).toContain(`Days: ${DAY}`);
	expect(shown.text).toContain('In both, and agreeing: 8');
	expect(shown.text).not.toContain('The amounts differ');
});

it('compares a report without payouts with the days that the person fills in', async () => {
	const days: Upload['days'] = ['2026-11-22', '2026-11-22'];
	const [headers = ''] = makeCsv([line('Advice', 'NONE')]).split('\r\n');
	const shown = await compare({ name: 'empty.csv', content: headers, days });
	expect(shown.title).toBe('1 payout needs a look');
	expect(shown.text).toContain('The report has no payouts.');
	expect(shown.text).toContain('ANOTHER-DAY');
	expect(shown.text).not.toContain('LACKING');
});

it.each([
	[
		'other.csv',
		'reference,operationId\nAGREES,po_1\n',
		'no column called typeOfPayment, paymentSessionMerchantMetadata, paymentSessionId',
	],
	['broken.xlsx', 'PK\u0003\u0004 and nothing else', 'The workbook is damaged.'],
])('refuses %s, says why, and changes nothing', async (name, content, reason) => {
	const before = await real.client.tableRows(EVENTS);
	const shown = await compare({ name, content });
	expect(shown.title).toBe('Nothing was compared');
	expect(shown.text).toContain(reason);
	expect(await real.client.tableRows(EVENTS)).toEqual(before);
});
