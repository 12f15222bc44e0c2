import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';

import { openDesk } from '../../n8n/desk.mts';
import type { Desk } from '../../n8n/desk.mts';
import type { LaunchOptions } from '../../n8n/launch.mts';
import { poll } from '../../n8n/poll.mts';
import { OWNER } from '../../n8n/restClient.mts';
import type { TableRow } from '../../n8n/restClient.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { START_LIMIT_MS, useRealN8n } from './realN8n.mts';

/** Example workflows in a real n8n, and its sandbox. */
export type DeskInN8n = N8nWithSandbox & Desk;

/** Starts a real n8n with these example workflows before the tests of a file, and ends it afterwards. */
export function useDesk(files: readonly string[], options: LaunchOptions = {}): DeskInN8n {
	const real = useRealN8n(options) as DeskInN8n;
	beforeAll(async () => {
		Object.assign(real, await openDesk(real, files));
	}, START_LIMIT_MS);
	return real;
}

/** Waits until the ledger's rows meet a condition, and returns them by their references. */
export async function waitForLedger(
	desk: Pick<Desk, 'ledger'>,
	condition: (rows: readonly TableRow[]) => boolean,
): Promise<Map<string, TableRow>> {
	let rows: TableRow[] = [];
	const read = async () => {
		rows = await desk.ledger();
		return condition(rows) || undefined;
	};
	await poll(read, { everyMs: 200, withinMs: 60_000, tooLate: 'The ledger did not change.' }).catch(
		(error: Error) => {
			throw new Error(`${error.message} It has ${JSON.stringify(rows)}`);
		},
	);
	return new Map(rows.map((row) => [String(row.reference), row]));
}

/** Opens a form as a person does: signs in and allows it to run where n8n asks for that. */
export async function goToForm(page: Page, url: string, email = OWNER.email): Promise<void> {
	const form = page.locator('#n8n-form');
	const allow = page.getByRole('button', { name: 'Allow access' });
	const signIn = page.getByRole('button', { name: 'Sign in' });
	// Without internet, n8n's font never comes.
	await page.goto(url, { waitUntil: 'domcontentloaded' });
	await form.or(allow).or(signIn).first().waitFor();
	if (await signIn.isVisible()) {
		await page.getByLabel('Email').fill(email);
		await page.getByLabel('Password').fill(OWNER.password);
		await signIn.click();
		await form.or(allow).first().waitFor();
	}
	if (await allow.isVisible()) await allow.click();
	await form.waitFor();
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
