import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { readSheet } from 'read-excel-file/node';

import { buildPackage } from '../n8n/buildPackage.mts';
import { openDesk } from '../n8n/desk.mts';
import type { Desk } from '../n8n/desk.mts';
import { openForm } from '../n8n/formClient.mts';
import { freePort } from '../n8n/freePort.mts';
import { ensureN8n } from '../n8n/install.mts';
import { poll } from '../n8n/poll.mts';
import { showProgress } from '../n8n/progress.mts';
import { LAZY_ENGINE } from '../n8n/queueMode.mts';
import { PAYOUTS_CSV } from '../n8n/repository.mts';
import { OWNER } from '../n8n/restClient.mts';
import type { Shutdown } from '../n8n/shutdown.mts';
import { N8N_PORT, SANDBOX_PORT, startN8nWithSandbox } from '../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../n8n/withSandbox.mts';
import { loadKeys } from '../sandbox/server.mts';
import { readOutcomes } from './outcomes.mts';
import type { RowOutcome } from './outcomes.mts';
import { reconcile } from './reconcile.mts';
import { layOutTable } from './table.mts';

/** A person who tries it does not want to wait for a minute. */
const FOLD_EVERY_S = 5;

/** A payout that another system could ask for; the sandbox pays it. */
const POSTED = {
	reference: 'WEBHOOK-1',
	destination: 'BEL-EUR',
	amount: '12.50',
	iban: 'BE68539007547034',
	description: 'Invoice 1',
	recipient_first_name: 'Jan',
	recipient_last_name: 'Peeters',
	recipient_bank_name: 'All Banks Belgium / EUR / Payment System: SEPA',
};

/** The desk in a real n8n, beside the sandbox. */
export interface Demo {
	real: N8nWithSandbox;
	desk: Desk;
	/** What a person opens, and how to sign in. */
	whereToLook: string;
}

/**
 * Starts a real n8n with the package and all example workflows, and the sandbox, whose webhooks reach
 * them. Whatever it starts, `shutdown` ends.
 */
export async function startDemo(shutdown: Shutdown): Promise<Demo> {
	const progress = showProgress();
	shutdown.remember(async () => await Promise.resolve(progress.end()));
	await ensureN8n(progress);

	progress.phase('Building the package');
	await buildPackage();

	progress.phase('Starting the local Smart Glocal and n8n, with the package installed');
	const real = await startN8nWithSandbox(
		// Webhooks then cost a third (docs/webhooks.md).
		{ port: N8N_PORT, settings: LAZY_ENGINE },
		// A payout is then seen waiting for its confirmation before it is confirmed.
		{ port: await freePort(SANDBOX_PORT), autoConfirm: false, processingMs: 1_000 },
		await loadKeys(),
	);
	shutdown.remember(real.stop);

	progress.phase('Importing the example workflows');
	const desk = await openDesk(real, undefined, FOLD_EVERY_S);
	progress.end();
	const whereToLook = [
		`Upload a spreadsheet, such as examples/payouts.csv: ${desk.uploadForm}`,
		`Ask for a payout, which a second person approves: ${real.n8n.url}/form/ask-for-a-payout`,
		`The ledger, with each payout: ${desk.ledgerPage} (every ${FOLD_EVERY_S} seconds here)`,
		`What the local Smart Glocal has done: ${real.sandbox.url}`,
		'',
		`Pay as another system does, with the secret ${desk.apiKey} in the header x-api-key:`,
		`curl -H 'x-api-key: ${desk.apiKey}' -H 'content-type: application/json' -d '${JSON.stringify(POSTED)}' ${desk.webhook}`,
		'',
		`Sign in to n8n with the e-mail address ${OWNER.email} and the password ${OWNER.password}`,
	].join('\n');
	return { real, desk, whereToLook };
}

/**
 * Pays `examples/payouts.csv` through the upload form, waits until each payout is final, and prints the
 * outcome of each row.
 *
 * @returns whether the report and the sandbox's books agree
 */
export async function payExampleFile(
	{ real, desk }: Demo,
	say: (text: string) => void,
): Promise<boolean> {
	const progress = showProgress();
	progress.phase('Uploading examples/payouts.csv and paying it');
	const form = await openForm(real.n8n.url, 'pay-a-spreadsheet');
	const file = new File([await readFile(PAYOUTS_CSV)], basename(PAYOUTS_CSV));
	const page = await form.submit([file]);
	const [, pay = ''] = /value='(Pay [^']*)'/.exec(page.html) ?? [];
	const last = await page.submit([JSON.stringify([pay])]);
	const results = await readRows(last.file?.content ?? Buffer.alloc(0));

	progress.phase('Waiting until each payout is final');
	const read = async () => {
		const ledger = await desk.ledger();
		return ledger.length > 0 && ledger.every(({ final }) => final) ? ledger : undefined;
	};
	const tooLate = 'The ledger does not show how all payouts ended.';
	const ledger = await poll(read, { everyMs: 500, withinMs: 120_000, tooLate });
	progress.end();

	const outcomes = readOutcomes(results, ledger);
	const { agrees, sentences } = reconcile(outcomes, real.sandbox.books);
	say(`\n${outcomeTable(outcomes)}\n\n${sentences.join('\n')}`);
	return agrees;
}

async function readRows(xlsx: Buffer): Promise<Array<Record<string, unknown>>> {
	const [headers = [], ...lines] = await readSheet(xlsx);
	return lines.map((line) =>
		Object.fromEntries(headers.map((header, column) => [String(header), line[column]])),
	);
}

function outcomeTable(outcomes: RowOutcome[]): string {
	const headings = ['Row', 'Reference', 'Destination', 'Amount', 'Outcome', 'Status and reason'];
	const rows = outcomes.map((row) => [
		String(row.row),
		row.reference,
		row.destination,
		`${row.amount} ${row.currency}`,
		row.outcome,
		row.sessionId ? `${row.status} (${row.sessionId})` : (row.message ?? ''),
	]);
	return layOutTable(headings, rows, process.stdout.columns ?? 120);
}
