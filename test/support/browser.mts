import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

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
