import { createPrivateKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Account } from '../support/account.mts';
import { runNode } from '../support/engine.mts';
import type { RunOptions, RunResult } from '../support/engine.mts';
import { connectPartner } from '../support/partner.mts';
import type { AuditedRun } from './audit.mts';
import { NODE_TIMEOUT_MS } from './faults.mts';
import { watchFreezes } from './freezes.mts';
import type { RunPlan } from './plan.mts';
import { readReportedOutcomes } from './reportedOutcomes.mts';
import type { StormRow } from './rows.mts';
import { EMPTY_COLUMNS, WAYS } from './ways.mts';

const SETTLING_MS = 50;

/**
 * Runs rows through n8n's own engine as a plan says.
 *
 * @param submerchant tells the run's requests from those that an earlier run gave up
 * @returns what there is to audit, without the secrets
 */
export async function runPlan(
	account: Account,
	plan: RunPlan,
	planned: readonly StormRow[],
	submerchant: string,
): Promise<Omit<AuditedRun, 'secrets'>> {
	const { sandbox } = account;
	await settle(account);
	const rows = await toItems(account, plan, planned);
	const acceptedBefore = new Map(
		rows.map(({ reference }) => [reference, sandbox.books.acceptedTimes(reference)]),
	);
	const options = toRunOptions({ ...account.credentials, submerchant }, plan, rows);
	const stopWatching = watchFreezes();
	const result = await runNode(options);
	const longestFreezeMs = stopWatching();
	return {
		plan,
		rows,
		reported: readReportedOutcomes(result),
		stopped: result.error !== undefined,
		acceptedBefore,
		requests: sandbox
			.requests()
			.filter(({ headers }) => headers['x-partner-submerchant'] === submerchant),
		shown: shownIn(result),
		longestFreezeMs,
	};
}

/** Waits for the requests that an earlier run gave up. */
async function settle({ sandbox }: Account): Promise<void> {
	let seen = -1;
	while (seen !== sandbox.counters().received) {
		seen = sandbox.counters().received;
		await sleep(SETTLING_MS);
	}
}

/** The rows with all columns, and with a session of their own in a run that needs one. */
async function toItems(
	{ sandbox, credentials }: Account,
	{ way }: RunPlan,
	rows: readonly StormRow[],
): Promise<StormRow[]> {
	const items = rows.map((row) => ({ ...row, json: { ...EMPTY_COLUMNS, ...row.json } }));
	if (way !== 'session') return items;
	const key = createPrivateKey({
		key: String(credentials.privateKey),
		passphrase: String(credentials.passphrase),
	});
	const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
	const partner = connectPartner(sandbox.url, pem, String(credentials.partnerProject));
	let shared: string | undefined;
	for (const row of items) {
		let id = row.sharesSession ? shared : undefined;
		if (id === undefined) {
			const { json } = await partner.post('v2/session/create', {});
			id = String((json?.session as { id: string }).id);
		}
		if (row.sharesSession) shared = id;
		row.json.session_id = id;
	}
	return items;
}

function toRunOptions(
	credentials: ICredentialDataDecryptedObject,
	{ way, options, setting, onError, retryOnFail }: RunPlan,
	rows: readonly StormRow[],
): RunOptions {
	const { parameters = {}, options: own, requestOptions, differingCredential } = setting ?? {};
	const differing = (index: number) => {
		// Like n8n, it cannot be evaluated for a row that does not exist.
		if (index >= rows.length) throw new Error('There is no such row.');
		return index === 1 ? { ...credentials, partnerProject: 'another' } : credentials;
	};
	return {
		items: rows.map(({ json }) => json),
		parameters: {
			...WAYS[way].parameters,
			...parameters,
			options: { ...options, ...own },
			requestOptions: { timeout: NODE_TIMEOUT_MS, ...requestOptions },
		},
		credentials: differingCredential ? differing : credentials,
		onError,
		retryOnFail,
	};
}

/** What a user of n8n can see of the node's run; not the rows that it was given. */
function shownIn({ run }: RunResult): unknown {
	const { runData, error } = run.data.resultData;
	return { node: runData.Pay, error };
}
