import type { Browser, Page } from 'playwright-core';

import { EVENTS } from '../../../examples/source/tables.mts';
import { openForm } from '../../../n8n/formClient.mts';
import { waitUntil } from '../../../n8n/poll.mts';
import { OWNER } from '../../../n8n/restClient.mts';
import type { TableRow } from '../../../n8n/restClient.mts';
import { launchBrowser, openSignedIn } from '../../support/browser.mts';
import { allowForm, goToForm, makeCsv, useDesk } from '../../support/desk.mts';
import { changeTable, invitePerson, see } from '../../support/deskPeople.mts';
import { needing } from '../../support/n8nFeatures.mts';
import { START_LIMIT_MS } from '../../support/realN8n.mts';

const it = needing('ledger');

const real = useDesk(['pay-orders.json', 'ask-for-a-payout.json', 'pay-a-spreadsheet.json']);
const APPROVER = { email: 'approver@example.com', firstName: 'Ann', lastName: 'Approver' };
const SLOW_MS = 120_000;
const BANK = 'All Banks Belgium / EUR / Payment System: SEPA';
const IBAN = 'BE22 7310 1234 5647';

let browser: Browser;
let applicant: Page;
let approver: Page;

async function ask(reference: string, amount: string, iban = IBAN) {
	await goToForm(applicant, `${real.n8n.url}/form/ask-for-a-payout`);
	await applicant.getByLabel('Where does it go?').selectOption('Belgium, in euros (BEL-EUR)');
	const fields = {
		'First name of the recipient': 'Zoé',
		'Last name of the recipient': 'Vandermeulen <b>',
		'Name of the bank': BANK,
		IBAN: iban,
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
async function askForMuch(reference: string): Promise<string> {
	await ask(reference, '1000.01');
	await applicant.getByText('Pass this link on').waitFor();
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

/** What the applicant sees who opens the link, in place of the buttons. */
async function lookAtOwn(link: string, text: string | RegExp, picture: string): Promise<string> {
	await follow(applicant, link);
	return await see(applicant, text, picture);
}

async function eventsOf(reference: string): Promise<TableRow[]> {
	const rows = await real.client.tableRows(EVENTS);
	return rows.filter((row) => row.reference === reference);
}

const outcomesOf = async (reference: string) =>
	(await eventsOf(reference)).map(({ outcome }) => outcome);

const paidTimes = (reference: string) => real.sandbox.books.paidTimes(reference);

const requestsOf = (reference: string) =>
	real.sandbox.requests().filter(({ rawBody }) => rawBody.includes(reference));

describe('asking for a payout by a form', () => {
	beforeAll(async () => {
		await invitePerson(real, APPROVER);
		browser = await launchBrowser();
		// Here the applicant signs in when n8n asks him to, and allows the form to run.
		applicant = await browser.newPage();
		applicant.setDefaultTimeout(SLOW_MS);
		await askForMuch('FIRST-1');

		const form = (path: string) => `${real.n8n.url}/form/${path}`;
		applicant = await openSignedIn(browser, real.n8n.url);
		approver = await openSignedIn(browser, real.n8n.url, APPROVER.email);
		for (const page of [applicant, approver]) await allowForm(page, form('decide-on-a-payout'));
	}, START_LIMIT_MS);
	afterAll(async () => await browser?.close());

	it('sends a small payout at once, and says so', async () => {
		await ask('SMALL-1', '1000.00');
		expect(await see(applicant, 'Sent to Smart Glocal', 'approval-small')).toContain('EUR 1000.00');
		expect(paidTimes('SMALL-1')).toBe(1);
		const [event] = await eventsOf('SMALL-1');
		expect(event).toMatchObject({ event: 'outcome', outcome: 'submitted', by: OWNER.email });
	});

	it('refuses a reference that was used before, and says how that payout stands', async () => {
		await ask('SMALL-1', '20.00');
		const page = await see(applicant, 'Nothing was paid', 'approval-used');
		expect(page).toContain('EUR 1000.00 to Zoé Vandermeulen <b> (SMALL-1) was sent');
		expect(paidTimes('SMALL-1')).toBe(1);
		expect(await eventsOf('SMALL-1')).toHaveLength(1);
	});

	it('refuses a wrong IBAN with the reason, and keeps it out of the tables', async () => {
		await ask('WRONG-1', '20.00', 'BE23 7310 1234 5647');
		expect(await see(applicant, 'Nothing was paid', 'approval-wrong')).toContain('IBAN');
		expect(await eventsOf('WRONG-1')).toEqual([]);
	});

	it('pays a large payout once, after another person than the applicant has approved it', async () => {
		const link = await askForMuch('LARGE-1 & "Co"');
		await see(applicant, 'Pass this link on', 'approval-waiting');
		const own = await lookAtOwn(link, 'You asked for this payout yourself', 'approval-own');
		expect(own).toContain('waits for the approval of a second person until');

		await follow(approver, link);
		const page = await see(approver, 'What do you decide?', 'approval-decide');
		expect(page).toContain(`Asked for by ${OWNER.email}`);
		expect(page).toContain(IBAN);
		expect(page).toContain('Vandermeulen <b>');
		expect(await outcomesOf('LARGE-1 & "Co"')).toEqual(['waiting_for_approval']);

		// The applicant may get hold of the page that the approver has opened.
		await applicant.goto(approver.url());
		await decide(applicant, 'Approve');
		await see(applicant, 'You asked for this payout yourself', 'approval-own-page');
		expect(paidTimes('LARGE-1 & "Co"')).toBe(0);

		await follow(approver, link);
		await decide(approver, 'Approve');
		await see(approver, 'Sent to Smart Glocal', 'approval-approved');
		expect(paidTimes('LARGE-1 & "Co"')).toBe(1);
		const events = await eventsOf('LARGE-1 & "Co"');
		expect(events.map(({ outcome }) => outcome)).toEqual([
			'waiting_for_approval',
			'approved',
			'submitted',
		]);
		expect(events.map(({ by }) => by)).toEqual([OWNER.email, APPROVER.email, OWNER.email]);
		expect(events[2]?.details).toContain(`"decided_by":"${APPROVER.email}"`);

		await lookAtOwn(link, `${APPROVER.email} approved it`, 'approval-applicant-approved');
		await follow(approver, link);
		await see(approver, 'You cannot decide on this', 'approval-again');
		expect(paidTimes('LARGE-1 & "Co"')).toBe(1);
	});

	it('pays nothing when it is declined, tells the applicant why, and never pays it later', async () => {
		const link = await askForMuch('LARGE-2');
		const other = await approver.context().newPage();
		for (const page of [approver, other]) await follow(page, link);
		await decide(approver, 'Decline', 'It was paid in May.');
		await see(approver, `was declined by ${APPROVER.email}`, 'approval-declined');
		const text = `was declined by ${APPROVER.email}: It was paid in May.`;
		await lookAtOwn(link, text, 'approval-applicant-declined');

		// The other page is still open.
		await decide(other, 'Approve');
		await see(other, 'This request has been decided', 'approval-declined-page');
		await ask('LARGE-2', '20.00');
		await see(applicant, 'This reference was used before', 'approval-declined-again');
		expect(requestsOf('LARGE-2')).toEqual([]);
		const [, declined] = await eventsOf('LARGE-2');
		expect(declined).toMatchObject({ event: 'decline', outcome: 'declined', by: APPROVER.email });
		expect(declined?.details).not.toContain('7310');
		await other.close();
	});

	it('pays nothing from a page of another workflow that is open while it is declined', async () => {
		const [first_name, last_name] = ['Zoé', 'Vandermeulen'];
		const row = {
			reference: 'OPEN-1',
			destination: 'BEL-EUR',
			amount: '20.00',
			iban: IBAN,
			description: 'Invoice 2042',
			recipient_first_name: first_name,
			recipient_last_name: last_name,
			recipient_bank_name: BANK,
		};
		const form = await openForm(real.n8n.url, 'pay-a-spreadsheet');
		const page = await form.submit([new File([makeCsv([row])], 'payouts.csv')]);
		const [, option = ''] = /value='(Pay [^']*)'/.exec(page.html) ?? [];

		const link = await askForMuch('OPEN-1');
		await follow(approver, link);
		await decide(approver, 'Decline');
		await see(approver, `was declined by ${APPROVER.email}`, 'approval-open-page');
		const { html } = await page.submit([JSON.stringify([option])]);
		expect(html).toContain('Nothing was paid');
		expect(requestsOf('OPEN-1')).toEqual([]);
	});

	it.each([
		['approve', 'Approve', 'BOTH-1'],
		['approve and decline', 'Decline', 'BOTH-2'],
	] as const)(
		'counts one decision only when two people %s at once',
		async (_, second, reference) => {
			const link = await askForMuch(reference);
			const other = await approver.context().newPage();
			other.setDefaultTimeout(SLOW_MS);
			for (const page of [approver, other]) await follow(page, link);
			await Promise.all([decide(approver, 'Approve'), decide(other, second)]);
			const ends = /The ledger shows how it ends|You cannot decide|was declined by|was sent/;
			for (const page of [approver, other]) await page.getByText(ends).first().waitFor();
			const isDeclined = (await other.locator('.card').first().innerText()).includes(
				'Nothing was paid',
			);
			expect(requestsOf(reference)).toHaveLength(second === 'Decline' && isDeclined ? 0 : 1);
			await waitUntil(
				async () =>
					(await outcomesOf(reference)).some((outcome) =>
						/submitted|declined/.test(String(outcome)),
					),
				`${reference} has no end.`,
			);
			await other.close();
		},
	);

	it('pays nothing when the decision comes too late', async () => {
		const link = await askForMuch('LATE-1');
		await follow(approver, link);
		await approver.getByLabel('Approve', { exact: true }).waitFor();
		const [event] = await eventsOf('LATE-1');
		const details = String(event?.details).replace(
			/"decide_until":"[^"]*"/,
			`"decide_until":"${new Date(Date.now() - 1000).toISOString()}"`,
		);
		await changeTable(real, EVENTS, { reference: 'LATE-1' }, { details });
		await decide(approver, 'Approve');
		await see(approver, 'The time to decide is over', 'approval-late');
		await follow(approver, link);
		await see(approver, 'The time to decide is over', 'approval-late-again');
		expect(requestsOf('LATE-1')).toEqual([]);
	});

	it('shows nothing of a request to whoever changes the code of its link', async () => {
		const link = (await askForMuch('SECRET-1')).replace(/(?<=request=.{8})./, (digit) =>
			digit === '0' ? '1' : '0',
		);
		await follow(approver, link);
		const page = await see(approver, 'does not belong to a request', 'approval-other-code');
		expect(page).not.toContain('Vandermeulen');
	});
});
