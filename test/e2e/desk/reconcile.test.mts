import { readFileSync } from 'node:fs';

import { LEDGER, LEDGER_COLUMNS } from '../../../examples/source/ledger.mts';
import { readExample } from '../../../n8n/exampleWorkflow.mts';
import { poll } from '../../../n8n/poll.mts';
import { OWNER } from '../../../n8n/restClient.mts';
import { chainNodes, workflowNode } from '../../../n8n/workflow.mts';
import type { WorkflowNode } from '../../../n8n/workflow.mts';
import { useEditor } from '../../support/editor.mts';
import { useRealN8n } from '../../support/realN8n.mts';

const DAY = '2026-11-24';
const real = useRealN8n();
const editor = useEditor(real);

/** A row of the ledger for a payout of 100 euros that succeeded on the report's day. */
function entry(reference: string, more: object = {}): object {
	return {
		reference,
		recipient: 'Jana Peeters',
		amount: '100.00',
		currency: 'EUR',
		outcome: 'submitted',
		status: 'succeeded',
		status_rank: 30,
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
	entry('FAILED', { status: 'failed' }),
	entry('TWICE'),
	entry('OPEN', IN_PROGRESS),
	entry('ANOTHER-DAY', { status_at: '2026-11-22T10:00:00.000Z' }),
];

/** Makes the ledger as the examples do, with rows, through the editor's own REST API. */
async function fillLedger(rows: readonly object[]): Promise<void> {
	let cookie = '';
	const rest = async (path: string, body?: object) => {
		const response = await fetch(`${real.n8n.url}/rest${path}`, {
			method: body ? 'POST' : 'GET',
			headers: { 'content-type': 'application/json', 'browser-id': 'test', cookie },
			body: body && JSON.stringify(body),
		});
		cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
		if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
		return ((await response.json()) as { data: { id: string } }).data;
	};
	await rest('/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
	const { id: projectId } = await rest('/projects/personal');
	const tables = `/projects/${projectId}/data-tables`;
	const columns = LEDGER_COLUMNS.map((column) => ({ ...column }));
	const { id } = await rest(tables, { name: LEDGER, columns });
	await rest(`${tables}/${id}/insert`, { data: rows });
}

/** A webhook that hands what it gets to a node, and responds with what that node puts out. */
async function publishConverter(
	path: string,
	responseData: string,
	nodes: readonly WorkflowNode[],
): Promise<(body: string | Uint8Array<ArrayBuffer>, type: string) => Promise<Response>> {
	const webhook = workflowNode(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, responseMode: 'lastNode', responseData, options: {} },
		{ webhookId: path },
	);
	const workflow = chainNodes(path, [webhook, ...nodes]);
	await real.client.activate(await real.client.createWorkflow(workflow));
	return async (body, type) => {
		const send = async () => {
			const headers = { 'content-type': type };
			const response = await fetch(`${real.n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers,
				body,
			});
			return response.status === 404 ? undefined : response;
		};
		return await poll(send, { everyMs: 200, withinMs: 20_000, tooLate: `${path} is not live.` });
	};
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An XLSX file, made by n8n; numbers stay numbers. */
async function makeSpreadsheet(rows: readonly object[]): Promise<Buffer> {
	const convert = await publishConverter('make-xlsx', 'firstEntryBinary', [
		workflowNode('Split', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'body.rows',
			options: {},
		}),
		workflowNode('Convert', 'n8n-nodes-base.convertToFile', 1.1, {
			operation: 'xlsx',
			options: {},
		}),
	]);
	const response = await convert(JSON.stringify({ rows }), 'application/json');
	return Buffer.from(await response.arrayBuffer());
}

/** The rows of an XLSX file, read by n8n. */
async function readSpreadsheet(file: Buffer): Promise<Array<Record<string, unknown>>> {
	const read = await publishConverter('read-xlsx', 'allEntries', [
		workflowNode('Extract', 'n8n-nodes-base.extractFromFile', 1.1, {
			operation: 'xlsx',
			options: {},
		}),
	]);
	const response = await read(new Uint8Array(file), XLSX);
	return (await response.json()) as Array<Record<string, unknown>>;
}

const HEADERS =
	'operationId,transactionDate,finishedAt,typeOfPayment,paymentFast,paymentSessionId,paymentSessionMerchantMetadata,grossLocalAmount,Currency amount';

function line(type: string, reference: string, payoutId = `po_${reference}`, amount = '100.00') {
	const time = `${DAY} 09:00:00`;
	return `${payoutId},${time},${time},${type},0,ps_${reference},${reference},${amount},EUR`;
}

interface Upload {
	name: string;
	content: Buffer | string;
	days?: [first: string, last: string];
}

interface Shown {
	title: string;
	text: string;
	results?: Buffer;
}

/** Uploads a report as a person does, and returns the last page and the downloaded file. */
async function compare({ name, content, days }: Upload): Promise<Shown> {
	const { page } = editor;
	// Without internet, n8n's font never comes.
	await page.goto(`${real.n8n.url}/form/reconcile`, { waitUntil: 'domcontentloaded' });
	const allow = page.getByRole('button', { name: 'Allow access' });
	const compareButton = page.getByRole('button', { name: 'Compare' });
	await allow.or(compareButton).first().waitFor();
	if (await allow.isVisible()) await allow.click();
	await compareButton.waitFor();
	const buffer = Buffer.from(content);
	const mimeType = name.endsWith('.xlsx') ? XLSX : 'text/csv';
	await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
	for (const [index, day] of (days ?? []).entries()) {
		await page.locator('input[type=date]').nth(index).fill(day);
	}
	const downloading = page.waitForEvent('download');
	downloading.catch(() => undefined);
	await compareButton.click();
	const heading = page.getByRole('heading', { name: /agree|a look$|Nothing was compared/ }).first();
	await heading.waitFor();
	const title = (await heading.textContent()) ?? '';
	const text = (await page.locator('body').textContent()) ?? '';
	await editor.picture(`reconcile-${name}`);
	if (title.includes('Nothing')) return { title, text };
	const path = await (await downloading).path();
	return { title, text, results: readFileSync(path) };
}

async function ledgerRow(reference: string) {
	const rows = await real.client.tableRows(LEDGER);
	return rows.find((row) => row.reference === reference);
}

beforeAll(async () => {
	await fillLedger(ENTRIES);
	const example = await readExample('reconcile.json', real.credential);
	const workflow = await real.client.createWorkflow(example);
	await real.client.activate(workflow);
	const isLive = async () =>
		(await fetch(`${real.n8n.url}/form/reconcile`)).status === 404 ? undefined : true;
	await poll(isLive, { everyMs: 200, withinMs: 20_000, tooLate: 'The form is not live.' });
});

it('lists what differs, moves the ledger only forward, and downloads the results', async () => {
	const content = [
		HEADERS,
		line('Advice', 'AGREES'),
		line('Advice', 'OTHER-AMOUNT', 'po_OTHER-AMOUNT', '120.5'),
		line('Advice', 'PROGRESS'),
		line('advice', '', 'po_BY-ID'),
		line('Refund', 'RETURNED', 'rf_1', '40.00'),
		line('Advice', 'FAILED'),
		line('Advice', 'TWICE'),
		line('Advice', 'TWICE', 'po_second'),
		line('Advice', 'EXTRA'),
	].join('\n');
	const shown = await compare({ name: `Example_${DAY}_${DAY}.csv`, content });
	expect(shown.title).toBe('4 payouts need a look');
	expect(shown.text).not.toContain('ANOTHER-DAY');

	const results = await readSpreadsheet(shown.results ?? Buffer.alloc(0));
	const found = Object.fromEntries(results.map((row) => [row.reference, row.result]));
	expect(found).toEqual({
		TWICE: 'Paid twice',
		FAILED: 'The report and the ledger contradict each other',
		EXTRA: 'In the report, but not in the ledger',
		LACKING: 'In the ledger, but not in the report',
		PROGRESS: 'Brought up to date in the ledger',
		'BY-ID': 'Brought up to date in the ledger',
		RETURNED: 'Brought up to date in the ledger',
		OPEN: 'Sent, and not final yet',
		AGREES: 'In both, and agreeing',
		'OTHER-AMOUNT': 'In both, and agreeing',
	});
	const of = (reference: string) => results.find((row) => row.reference === reference);
	expect(of('BY-ID')).toMatchObject({ matched_by: 'payout_id' });
	expect(shown.text).toContain('Found by its payout id: the report does not have its reference.');
	expect(of('PROGRESS')).toMatchObject({ matched_by: 'reference', report_says: 'paid' });
	expect(of('OTHER-AMOUNT')?.what_to_know).toContain(
		'EUR 100.00 in the ledger, 120.50 in the report',
	);

	expect(await ledgerRow('PROGRESS')).toMatchObject({
		status: 'succeeded',
		status_rank: 30,
		status_at: `${DAY}T09:00:00.000Z`,
		final: true,
		row: '',
	});
	expect(await ledgerRow('RETURNED')).toMatchObject({
		status: 'returned',
		status_rank: 42,
		message: 'The recipient’s bank has returned money (daily report: EUR 40.00).',
	});
	expect(await ledgerRow('BY-ID')).toMatchObject({ status: 'succeeded' });
	expect(await ledgerRow('FAILED')).toMatchObject({ status: 'failed', status_rank: 30 });
	expect(await ledgerRow('OPEN')).toMatchObject({ status: 'in_progress' });
	expect(await real.client.tableRows(LEDGER)).toHaveLength(ENTRIES.length);
});

it('reads a spreadsheet of the older layout, with dates as numbers', async () => {
	const rows = ['AGREES', 'OTHER-AMOUNT', 'LACKING', 'PROGRESS', 'BY-ID', 'TWICE', 'RETURNED'].map(
		(reference) => ({
			OPERATIONID: `po_${reference}`,
			// 2026-11-24, as Excel stores it.
			FINISHEDAT: 46_350.4,
			TYPEOFPAYMENT: reference === 'RETURNED' ? 'Refund' : 'Advice',
			PAYMENTSESSIONID: `ps_${reference}`,
			PAYMENTSESSIONMERCHANTMETADATA: JSON.stringify({ reference, batch: 7 }),
			CONTRACT: 'C-1',
			GROSSLOCALAMOUNT: 100,
			CURRENCY: 'eur',
		}),
	);
	const content = await makeSpreadsheet(rows);
	const shown = await compare({ name: 'report.xlsx', content });
	expect(shown.title).toBe('The report and the ledger agree');
	expect(shown.text).toContain(`Days: ${DAY}`);
	expect(shown.text).toContain('In both, and agreeing: 7');
	expect(shown.text).not.toContain('The amounts differ');
});

it('compares a report without payouts with the days that the person fills in', async () => {
	const days: Upload['days'] = ['2026-11-22', '2026-11-22'];
	const shown = await compare({ name: 'empty.csv', content: `${HEADERS}\n`, days });
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
	['broken.xlsx', 'PK\u0003\u0004 and nothing else', 'The file could not be read: '],
])('refuses %s, says why, and changes nothing', async (name, content, reason) => {
	const before = await real.client.tableRows(LEDGER);
	const shown = await compare({ name, content });
	expect(shown.title).toBe('Nothing was compared');
	expect(shown.text).toContain(reason);
	expect(await real.client.tableRows(LEDGER)).toEqual(before);
});
