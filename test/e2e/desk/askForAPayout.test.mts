import type { Browser, Page } from 'playwright-core';

import { readExample } from '../../../n8n/exampleWorkflow.mts';
import { waitUntil } from '../../../n8n/poll.mts';
import { OWNER } from '../../../n8n/restClient.mts';
import type { WorkflowFile } from '../../../n8n/workflow.mts';
import { launchBrowser, openSignedIn } from '../../support/browser.mts';
import { allowForm, goToForm, ledgerEntry } from '../../support/desk.mts';
import { changeLedger, invitePerson, see } from '../../support/deskPeople.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { START_LIMIT_MS, useRealN8n } from '../../support/realN8n.mts';

const it = needing('ledger');

const real = useRealN8n();
const APPROVER = { email: 'approver@example.com', firstName: 'Ann', lastName: 'Approver' };
const SLOW_MS = 120_000;

let browser: Browser;
let applicant: Page;
let approver: Page;

async function ask(reference: string, amount: string, form = 'ask-for-a-payout', iban = '') {
	await goToForm(applicant, `${real.n8n.url}/form/${form}`);
	await applicant.getByLabel('Where does it go?').selectOption('Belgium, in euros (BEL-EUR)');
	const fields = {
		'First name of the recipient': 'Zoé',
		'Last name of the recipient': 'Vandermeulen <b>',
		'Name of the bank': 'All Banks Belgium / EUR / Payment System: SEPA',
		IBAN: iban || 'BE22 7310 1234 5647',
		'Amount, in the currency of the destination': amount,
		'What is it for?': 'Invoice 2042',
		'Reference: your own, never used before': reference,
	};
	for (const [label, value] of Object.entries(fields)) {
		await applicant.getByLabel(label).fill(value);
	}
	await applicant.getByRole('button', { name: 'Ask for it' }).click();
}

/** Asks for an amount that needs two persons, and takes the link from the applicant's page. */
async function askForMuch(reference: string, form?: string): Promise<string> {
	await ask(reference, '1000.01', form);
	await applicant.getByRole('button', { name: 'Look again' }).waitFor();
	return (await applicant.locator('.card a').getAttribute('href')) ?? '';
}

/** Opens a link to decide, and presses its first button. */
async function follow(page: Page, link: string): Promise<void> {
	await goToForm(page, link);
	await page.getByRole('button', { name: 'Show the request' }).click();
	await page.waitForURL(/form-waiting/);
}

async function decide(page: Page, decision: 'Approve' | 'Decline', reason = ''): Promise<void> {
	await page.getByLabel(decision, { exact: true }).check();
	await page.getByLabel(/^Why/).fill(reason);
	await page.getByRole('button', { name: 'Decide' }).click();
}

async function lookAgain(): Promise<void> {
	await applicant.getByRole('button', { name: 'Look again' }).click();
}

const entryOf = async (reference: string) => await ledgerEntry(real, reference);

async function waitForOutcome(reference: string, outcome: string): Promise<void> {
	const hasIt = async () => (await entryOf(reference))?.outcome === outcome;
	await waitUntil(hasIt, `${reference} is not ${outcome} in time.`, { withinMs: SLOW_MS });
}

const paidTimes = (reference: string) => real.sandbox.books.paidTimes(reference);

/** The same workflow at other addresses, where only seconds are left to decide. */
function withLittleTime(example: WorkflowFile): WorkflowFile {
	const text = JSON.stringify(example)
		.replaceAll('ask-for-a-payout', 'ask-soon')
		.replaceAll('decide-on-a-payout', 'decide-soon')
		.replace('"hours_to_decide","value":24', '"hours_to_decide","value":0.0005');
	return JSON.parse(text) as WorkflowFile;
}

describe('asking for a payout by a form', () => {
	beforeAll(async () => {
		const example = await readExample('ask-for-a-payout.json', real.credential);
		for (const file of [example, withLittleTime(example)]) {
			await real.client.activate(await real.client.createWorkflow(file));
		}
		await invitePerson(real, APPROVER);
		browser = await launchBrowser();
		// Here the applicant signs in when n8n asks him to, and allows the form to run.
		applicant = await browser.newPage();
		applicant.setDefaultTimeout(SLOW_MS);
		await ask('SOON-1', '1000.01', 'ask-soon');
		await applicant.getByRole('button', { name: 'Look again' }).waitFor();

		const form = (path: string) => `${real.n8n.url}/form/${path}`;
		applicant = await openSignedIn(browser, real.n8n.url);
		await allowForm(applicant, form('ask-for-a-payout'));
		approver = await openSignedIn(browser, real.n8n.url, APPROVER.email);
		for (const page of [applicant, approver]) await allowForm(page, form('decide-on-a-payout'));
	}, START_LIMIT_MS);
	afterAll(async () => await browser?.close());

	it('sends a small payout at once, and says so', async () => {
		await ask('SMALL-1', '1000.00');
		expect(await see(applicant, 'Sent to Smart Glocal', 'approval-small')).toContain('EUR 1000.00');
		expect(paidTimes('SMALL-1')).toBe(1);
		expect(await entryOf('SMALL-1')).toMatchObject({
			outcome: 'submitted',
			requested_by: OWNER.email,
			amount: '1000.00',
		});
	});

	it('refuses a reference that was used before', async () => {
		await ask('SMALL-1', '20.00');
		expect(await see(applicant, 'Nothing was paid', 'approval-used')).toContain('SMALL-1');
		expect(paidTimes('SMALL-1')).toBe(1);
		expect(await entryOf('SMALL-1')).toMatchObject({ amount: '1000.00' });
	});

	it('refuses a wrong IBAN with the reason, and keeps it out of the ledger', async () => {
		await ask('WRONG-1', '20.00', undefined, 'BE23 7310 1234 5647');
		expect(await see(applicant, 'Nothing was paid', 'approval-wrong')).toContain('IBAN');
		expect(await entryOf('WRONG-1')).toBeUndefined();
	});

	it('pays a large payout once, after another person than the applicant has approved it', async () => {
		const link = await askForMuch('LARGE-1');
		await see(applicant, 'Pass this link on', 'approval-waiting');
		const waiting = applicant.url();
		await follow(applicant, link);
		await see(applicant, 'You asked for this payout yourself', 'approval-own');

		await follow(approver, link);
		const page = await see(approver, 'What do you decide?', 'approval-decide');
		expect(page).toContain(`Asked for by ${OWNER.email}`);
		expect(page).toContain('BE22 7310 1234 5647');
		expect(page).toContain('Vandermeulen <b>');
		expect(await entryOf('LARGE-1')).toMatchObject({ outcome: 'waiting_for_approval' });

		// The applicant may get hold of the page that the approver has opened.
		await applicant.goto(approver.url());
		await decide(applicant, 'Approve');
		await see(applicant, 'You asked for this payout yourself', 'approval-own-page');
		expect(paidTimes('LARGE-1')).toBe(0);

		await follow(approver, link);
		await decide(approver, 'Approve');
		await see(approver, `Approved by ${APPROVER.email}`, 'approval-approved');
		expect(paidTimes('LARGE-1')).toBe(1);
		const decided = { outcome: 'submitted', decided_by: APPROVER.email };
		expect(await entryOf('LARGE-1')).toMatchObject(decided);

		await applicant.goto(waiting);
		await lookAgain();
		await see(applicant, `Approved by ${APPROVER.email}`, 'approval-applicant-approved');
		await follow(approver, link);
		await see(approver, 'You cannot decide on this', 'approval-again');
		expect(paidTimes('LARGE-1')).toBe(1);
	});

	it('pays nothing when it is declined, and tells the applicant why', async () => {
		const link = await askForMuch('LARGE-2');
		await follow(approver, link);
		await decide(approver, 'Decline', 'It was paid in May.');
		await see(approver, 'Nothing was paid', 'approval-declined');
		await lookAgain();
		const text = `${APPROVER.email} declined it: It was paid in May.`;
		await see(applicant, text, 'approval-applicant-declined');
		expect(paidTimes('LARGE-2')).toBe(0);
		expect(await entryOf('LARGE-2')).toMatchObject({ outcome: 'declined', final: true, row: '' });
	});

	it('counts the first decision only, when two are made at once', async () => {
		const link = await askForMuch('LARGE-3');
		const other = await approver.context().newPage();
		other.setDefaultTimeout(SLOW_MS);
		for (const page of [approver, other]) await follow(page, link);
		await Promise.all([approver, other].map(async (page) => await decide(page, 'Approve')));
		const end = /The ledger shows how it ends|You cannot decide on this/;
		for (const page of [approver, other]) await page.getByText(end).first().waitFor();
		await waitForOutcome('LARGE-3', 'submitted');
		expect(paidTimes('LARGE-3')).toBe(1);
		const requests = real.sandbox.requests().filter(({ rawBody }) => rawBody.includes('LARGE-3'));
		expect(requests).toHaveLength(1);
		await other.close();
	});

	it('pays nothing when the decision comes too late', async () => {
		const link = await askForMuch('LATE-1');
		await follow(approver, link);
		await approver.getByLabel('Approve', { exact: true }).waitFor();
		await changeLedger(real, 'LATE-1', { decide_until: new Date(Date.now() - 1000).toISOString() });
		await decide(approver, 'Approve');
		await see(approver, 'It was to be decided until', 'approval-late');
		await lookAgain();
		await see(applicant, 'Nobody decided in time.', 'approval-applicant-late');
		expect(paidTimes('LATE-1')).toBe(0);
		expect(await entryOf('LATE-1')).toMatchObject({ outcome: 'declined', row: '' });
	});

	it('declines what nobody has looked at in time, without anybody’s doing', async () => {
		await waitForOutcome('SOON-1', 'declined');
		expect(paidTimes('SOON-1')).toBe(0);
	});
});
