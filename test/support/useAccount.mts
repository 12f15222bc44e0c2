import type { IDataObject } from 'n8n-workflow';
import type { SandboxOptions } from '../../sandbox/server.mts';
import { openAccount } from './account.mts';
import type { Account } from './account.mts';
import { runNode } from './engine.mts';
import type { RunOptions, RunResult } from './engine.mts';

/** The account of all tests in a file. */
export interface AccountOfTests extends Account {
	/** Runs rows through the node with the account's credential. */
	pay(
		items: IDataObject[],
		parameters: IDataObject,
		more?: Partial<RunOptions>,
	): Promise<RunResult>;
}

/**
 * Opens an account before the tests of a file, resets its sandbox before each, and stops it after them.
 *
 * @returns empty until the first test begins
 */
export function useAccount(options?: SandboxOptions): AccountOfTests {
	const account = {
		pay: async (items, parameters, more) =>
			await runNode({ items, parameters, credentials: account.credentials, ...more }),
	} as AccountOfTests;
	beforeAll(async () => {
		Object.assign(account, await openAccount(options));
	});
	beforeEach(() => account.sandbox.reset());
	afterAll(async () => await account.sandbox.stop());
	return account;
}
