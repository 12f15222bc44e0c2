import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { REPOSITORY } from '../../n8n/repository.mts';
import { OWNER } from '../../n8n/restClient.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';

/** A person with an account of a test's n8n; all have the owner's password. */
export interface Person {
	email: string;
	firstName: string;
	lastName: string;
}

/** Makes a second account, as its owner would by n8n's invitation. */
export async function invitePerson(
	{ n8n: { url }, client }: N8nWithSandbox,
	person: Person,
): Promise<void> {
	const invitation = [{ email: person.email, role: 'global:member' }];
	const [invited] = await client.rest<Array<{ user: { inviteAcceptUrl: string } }>>(
		'POST',
		'/invitations',
		invitation,
	);
	const token = new URL(invited?.user.inviteAcceptUrl ?? '').searchParams.get('token');
	const response = await fetch(`${url}/rest/invitations/accept`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ ...person, token, password: OWNER.password }),
	});
	if (!response.ok) throw new Error(`The invitation was not accepted: ${response.status}`);
}

/** Waits for a text, and keeps what the person sees. n8n's forms are light only (2.41). */
export async function see(page: Page, text: string | RegExp, picture: string): Promise<string> {
	try {
		await page.getByText(text).first().waitFor();
	} catch (error) {
		const seen = await page.locator('body').innerText();
		throw new Error(`${(error as Error).message}\nThe page says: ${seen}`, { cause: error });
	}
	const path = join(REPOSITORY, '.screenshots', `${picture}.png`);
	await page.screenshot({ path, fullPage: true });
	return await page.locator('.card').first().innerText();
}

/** Changes the rows of a Data Table that have these values, as a person can in n8n. */
export async function changeTable(
	{ client }: Pick<N8nWithSandbox, 'client'>,
	table: string,
	where: Readonly<Record<string, unknown>>,
	data: object,
): Promise<void> {
	const address = new URL((await client.tableUrl(table)) ?? '').pathname;
	const path = `${address.replace('datatables', 'data-tables')}/rows`;
	const filters = Object.entries(where).map(([columnName, value]) => {
		return { columnName, condition: 'eq', value };
	});
	await client.rest('PATCH', path, { filter: { type: 'and', filters }, data });
}
