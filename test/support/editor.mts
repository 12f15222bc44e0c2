import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { selectors } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { REPOSITORY } from '../../n8n/repository.mts';
import { OWNER } from '../../n8n/restClient.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { launchBrowser } from './browser.mts';

const SCREENSHOTS = join(REPOSITORY, '.screenshots');

/** n8n's editor in a browser, signed in, with what a person does who builds a workflow. */
export interface Editor {
	page: Page;
	/** Keeps a screenshot in the ignored folder `.screenshots`. */
	picture: (name: string) => Promise<void>;
	openWorkflow: (id: string) => Promise<void>;
	/** Opens the list of credentials and one of them. */
	openCredential: (name: string) => Promise<void>;
	/** Starts a new workflow with a manual trigger. */
	startWorkflow: () => Promise<void>;
	/** Opens the panel of nodes and searches it. */
	searchNodes: (text: string) => Promise<void>;
	/** Picks an option of a parameter by its label; of the upper one where a field has its name, too. */
	choose: (parameter: string, option: string) => Promise<void>;
	/** Types into a parameter. */
	fill: (parameter: string, text: string) => Promise<void>;
	close: () => Promise<void>;
}

/** Opens the editor of n8n before the tests of a file, and closes it afterwards. */
export function useEditor(real: N8nWithSandbox): Editor {
	const editor = {} as Editor;
	beforeAll(async () => {
		Object.assign(editor, await openEditor(real.n8n.url));
	});
	afterAll(async () => await (editor as Partial<Editor>).close?.());
	return editor;
}

/** Opens headless Chromium and signs in as the owner of the n8n at `url`. */
async function openEditor(url: string): Promise<Editor> {
	mkdirSync(SCREENSHOTS, { recursive: true });
	selectors.setTestIdAttribute('data-test-id');
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
		// Long enough for a machine that has much else to do.
		page.setDefaultTimeout(90_000);
		await page.goto(`${url}/signin`);
		await page.getByLabel('Email').fill(OWNER.email);
		await page.getByLabel('Password').fill(OWNER.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(/\/home\//);
		return editorOn(page, url, browser);
	} catch (error) {
		await browser.close();
		throw error;
	}
}

function editorOn(page: Page, url: string, browser: Browser): Editor {
	const parameter = (name: string) => page.getByTestId(`parameter-input-${name}`);
	const fill = async (name: string, text: string) => {
		await parameter(name).locator('input, textarea').first().fill(text);
	};
	return {
		page,
		picture: async (name) => {
			await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
		},
		openWorkflow: async (id) => {
			await page.goto(`${url}/workflow/${id}`);
			await page.getByTestId('canvas-trigger-node').waitFor();
		},
		openCredential: async (name) => {
			await page.goto(`${url}/home/credentials`);
			await page.getByText(name, { exact: true }).click();
		},
		startWorkflow: async () => {
			await page.goto(`${url}/workflow/new`);
			await page.getByTestId('canvas-plus-button').click();
			await page.getByText('Trigger manually', { exact: true }).click();
			await page.getByTestId('canvas-trigger-node').waitFor();
		},
		searchNodes: async (text) => {
			await page.getByTestId('node-creator-plus-button').click();
			await page.getByTestId('node-creator-search-bar').fill(text);
		},
		choose: async (name, option) => {
			await parameter(name).first().click();
			await page.getByRole('option', { name: option }).click();
		},
		fill,
		close: async () => await browser.close(),
	};
}
