import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { OWNER } from '../../n8n/restClient.mts';
import { ensureChromium } from './chromium.mts';

/** What a test's browser neither needs nor finds without internet. */
const SILENT = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'];

/** Starts headless Chromium, and installs it first where there is none. */
export async function launchBrowser(): Promise<Browser> {
	const { executablePath, env } = await ensureChromium();
	return await chromium.launch({
		executablePath,
		env: { ...process.env, ...env },
		args: ['--no-sandbox', '--no-first-run', ...SILENT.map((name) => `--disable-${name}`)],
	});
}

/** Opens an empty page for a person who has signed in to the n8n at `url`, in a session of his own. */
export async function openSignedIn(
	browser: Browser,
	url: string,
	email: string = OWNER.email,
): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
	const data = { emailOrLdapLoginId: email, password: OWNER.password };
	const response = await context.request.post(`${url}/rest/login`, { data });
	if (!response.ok()) throw new Error(`${email} could not sign in: ${response.status()}`);
	const page = await context.newPage();
	// Long enough for a machine that has much else to do.
	page.setDefaultTimeout(90_000);
	return page;
}
