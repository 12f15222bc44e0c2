import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';

import { CLAIMS, EVENTS, LEDGER } from '../../examples/source/tables.mts';
import { openDesk } from '../../n8n/desk.mts';
import type { Desk } from '../../n8n/desk.mts';
import { poll } from '../../n8n/poll.mts';
import { OWNER } from '../../n8n/restClient.mts';
import type { N8nClient, TableRow } from '../../n8n/restClient.mts';
import { foldEvents } from '../../nodes/ledger/following/fold';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { START_LIMIT_MS, useRealN8n } from './realN8n.mts';

/** Example workflows in a real n8n, and its sandbox. */
export type DeskInN8n = N8nWithSandbox & Desk;

/** Gives the tests of a file these example workflows in a real n8n; see `useRealN8n`. */
export function useDesk(files: readonly string[]): DeskInN8n {
	const real = useRealN8n() as DeskInN8n;
	beforeAll(async () => {
		Object.assign(real, await openDesk(real, files));
	}, START_LIMIT_MS);
	return real;
}

/** The ledger's rows as the next fold of Follow up leaves them. */
export async function foldedLedger(client: N8nClient): Promise<TableRow[]> {
	const [rows = [], events = [], claims = []] = await Promise.all(
		[LEDGER, EVENTS, CLAIMS].map(async (table) => await client.tableRows(table)),
	);
	const { added } = foldEvents(
		rows,
		events.filter(({ folded }) => folded !== true),
		claims,
	);
	const replaced = new Set(added.map(({ reference }) => reference));
	return [...rows.filter(({ reference }) => !replaced.has(reference)), ...added];
}

/** Waits until the ledger's rows, folded, meet a condition, and returns them by their references. */
export async function waitForLedger(
	{ client }: Pick<DeskInN8n, 'client'>,
	condition: (rows: readonly TableRow[]) => boolean,
): Promise<Map<string, TableRow>> {
	let rows: TableRow[] = [];
	const read = async () => {
		rows = await foldedLedger(client);
		return condition(rows) || undefined;
	};
	await poll(read, { everyMs: 200, withinMs: 60_000, tooLate: 'The ledger did not change.' }).catch(
		(error: Error) => {
			throw new Error(`${error.message} It has ${JSON.stringify(rows)}`);
		},
	);
	return new Map(rows.map((row) => [String(row.reference), row]));
}

/** The ledger's row of a reference. */
export async function ledgerEntry(
	{ client }: N8nWithSandbox,
	reference: string,
): Promise<TableRow | undefined> {
	const rows = await foldedLedger(client);
	return rows.find((row) => row.reference === reference);
}

/** Opens a form as the owner does: signs in and allows it to run where n8n asks for that. */
export async function goToForm(page: Page, url: string): Promise<void> {
	const form = page.locator('#n8n-form');
	const allow = page.getByRole('button', { name: 'Allow access' });
	const signIn = page.getByRole('button', { name: 'Sign in' });
	// Without internet, n8n's font never comes.
	await page.goto(url, { waitUntil: 'domcontentloaded' });
	await form.or(allow).or(signIn).first().waitFor();
	if (await signIn.isVisible()) {
		await page.getByLabel('Email').fill(OWNER.email);
		await page.getByLabel('Password').fill(OWNER.password);
		await signIn.click();
		await form.or(allow).first().waitFor();
	}
	if (await allow.isVisible()) await allow.click();
	await form.waitFor();
}

/**
 * Says yes to n8n's question whether a form may run for the person of a page. n8n asks each person
 * once for each form, on a page of its editor, which takes long to load.
 */
export async function allowForm(page: Page, url: string): Promise<void> {
	const { request } = page.context();
	const question = await request.get(url);
	if (!question.url().includes('/oauth/consent')) throw new Error(`n8n does not ask at ${url}.`);
	const { origin } = new URL(url);
	const data = { approved: true };
	const answer = await request.post(`${origin}/rest/consent/approve`, { data });
	if (!answer.ok()) throw new Error(`n8n did not take the answer: ${answer.status()}`);
	const { redirectUrl } = ((await answer.json()) as { data: { redirectUrl: string } }).data;
	await request.get(redirectUrl);
}

/** A row of a spreadsheet by its headers. */
export type SheetRow = Record<string, string | number | null>;

/** Reads the first sheet of an XLSX file. */
export async function readXlsx(file: Buffer): Promise<SheetRow[]> {
	const [headers = [], ...lines] = await readSheet(file);
	return lines.map((line) =>
		Object.fromEntries(headers.map((header, column) => [String(header), line[column] as string])),
	);
}

/** Makes an XLSX file whose headers are the keys of the first row. */
export async function makeXlsx(rows: readonly SheetRow[]): Promise<Buffer> {
	const headers = Object.keys(rows[0] ?? {});
	const lines = rows.map((row) => headers.map((header) => row[header] ?? null));
	return await writeExcelFile([headers, ...lines]).toBuffer();
}

/** Makes a CSV file whose headers are the keys of the first row. */
export function makeCsv(rows: readonly SheetRow[], delimiter = ','): string {
	const headers = Object.keys(rows[0] ?? {});
	const quote = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
	const lines = rows.map((row) => headers.map((header) => row[header]));
	return [headers, ...lines].map((line) => line.map(quote).join(delimiter)).join('\r\n');
}
