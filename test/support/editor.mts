import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { selectors } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { poll } from '../../n8n/poll.mts';
import { REPOSITORY } from '../../n8n/repository.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { launchBrowser, openSignedIn } from './browser.mts';

const SCREENSHOTS = join(REPOSITORY, '.screenshots');

/** n8n's editor in a browser, signed in, with what a person does who builds a workflow. */
export interface Editor {
	page: Page;
	/** Keeps a screenshot in the ignored folder `.screenshots`. */
	picture: (name: string) => Promise<void>;
	/** Goes to a page of n8n, such as `/home/workflows`; inside the open editor, as its links do. */
	goTo: (path: string) => Promise<void>;
	/** Opens a workflow that is stored, and waits until it can be executed. */
	openWorkflow: (id: string) => Promise<void>;
	/** Opens the list of credentials and one of them. */
	openCredential: (name: string) => Promise<void>;
	/** Starts a new workflow with a manual trigger. */
	startWorkflow: () => Promise<void>;
	/** Opens the panel of nodes. */
	openNodes: () => Promise<void>;
	/** Searches the open panel of nodes. */
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

/** Opens headless Chromium for the owner of the n8n at `url`. */
async function openEditor(url: string): Promise<Editor> {
	mkdirSync(SCREENSHOTS, { recursive: true });
	selectors.setTestIdAttribute('data-test-id');
	const browser = await launchBrowser();
	try {
		const page = await openSignedIn(browser, url);
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
	const isOpen = async () => (await page.locator('#app').count()) > 0;
	const goTo = async (path: string) => {
		// To load the editor again takes many seconds.
		if (!(await isOpen())) return void (await page.goto(url + path));
		await page.evaluate((target) => {
			history.pushState({}, '', target);
			dispatchEvent(new PopStateEvent('popstate', { state: {} }));
		}, path);
	};
	const trigger = page.getByTestId('canvas-trigger-node');
	const connection = watchConnection(page);
	// They stay open when another page is shown behind them.
	const closeDialogs = async () => {
		const open = page.locator('[role=dialog], [data-test-id=ndv]').filter({ visible: true });
		const close = async () => {
			if ((await open.count()) === 0) return true;
			await page.keyboard.press('Escape');
			return undefined;
		};
		await poll(close, { everyMs: 200, withinMs: 10_000, tooLate: 'A dialog stays open.' });
	};
	const leaveWorkflow = async () => {
		if (!(await isOpen())) return;
		await closeDialogs();
		await goTo('/home/workflows');
		// n8n asks even where nothing but a node was opened.
		const withoutSaving = page.getByRole('button', { name: 'Leave without saving' });
		const leave = async () => {
			// The question can close between the look and the click.
			if (await withoutSaving.isVisible())
				await withoutSaving.click({ timeout: 1_000 }).catch(() => {});
			return (await page.getByTestId('project-tabs').isVisible()) || undefined;
		};
		await poll(leave, { everyMs: 200, withinMs: 30_000, tooLate: 'The workflow stays open.' });
		await connection.end();
	};
	return {
		page,
		goTo,
		picture: async (name) => {
			await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
		},
		openWorkflow: async (id) => {
			await leaveWorkflow();
			await goTo(`/workflow/${id}`);
			await trigger.waitFor();
			await connection.begin();
		},
		openCredential: async (name) => {
			await leaveWorkflow();
			await goTo('/home/credentials');
			await page.getByText(name, { exact: true }).click();
		},
		startWorkflow: async () => {
			await leaveWorkflow();
			// What n8n's address of a new workflow, `/workflow/new`, leads to.
			await goTo(`/workflow/${randomBytes(8).toString('hex')}?new=true`);
			await page.getByTestId('canvas-plus-button').click();
			await page.getByText('Trigger manually', { exact: true }).click();
			await trigger.waitFor();
		},
		openNodes: async () => await page.getByTestId('node-creator-plus-button').click(),
		searchNodes: async (text) => {
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

/**
 * Follows the connection over which n8n tells an open workflow how its execution goes: before it is open,
 * to execute fails with "Lost connection to the server". n8n 2.41 takes the end of an old connection for
 * the end of a new one, so a workflow must not be opened before the last one's connection has ended.
 */
function watchConnection(page: Page) {
	let state: 'ended' | 'opening' | 'open' = 'ended';
	page.on('websocket', (socket) => {
		if (!socket.url().includes('/rest/push')) return;
		state = 'opening';
		// The editor says at once which workflow is open; n8n may miss that, and then does not answer.
		socket.on('framesent', () => {
			state = 'open';
		});
		socket.on('close', () => {
			state = 'ended';
		});
	});
	const until = async (wanted: typeof state, tooLate: string) =>
		await poll(() => state === wanted || undefined, { everyMs: 50, withinMs: 90_000, tooLate });
	return {
		begin: async () => await until('open', 'The open workflow has no connection to n8n.'),
		end: async () => await until('ended', 'A closed workflow is still connected to n8n.'),
	};
}
