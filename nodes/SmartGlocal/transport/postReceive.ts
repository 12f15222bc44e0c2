import type { IDataObject, IN8nHttpFullResponse, INodeExecutionData } from 'n8n-workflow';
import { describeRepetition, simplifyOrder, simplifySession, simplifyWallet } from './answers';
import { createFailure, createRepetition } from './errors';
import { classifyAnswer } from './outcome';
import type { RowContext } from './rowContext';
import { recallFacts } from './rowFacts';

/**
 * Declared as postReceive of an operation that orders a payout: one item for an accepted payout.
 *
 * @throws an error of n8n that carries the outcome, for every other answer
 */
export async function readOrderAnswer(
	this: RowContext,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const facts = recallFacts(this);
	const verdict = classifyAnswer(response);

	if ('code' in verdict) throw createFailure(this, verdict);
	if (verdict.outcome === 'already_submitted') {
		if (readOptions(this).duplicates === 'error') throw createRepetition(this);
		return [{ json: describeRepetition(facts) }];
	}
	if (readOptions(this).simplify === false) {
		// The session is wrapped, because it can hold a key `error`, which n8n takes for a failed item.
		const { reference } = facts;
		return [{ json: { outcome: 'submitted', reference, session: verdict.session } }];
	}
	return [{ json: simplifyOrder(verdict.session, facts) }];
}

/**
 * Declared as postReceive of an operation on a session: one item for each of its payouts.
 *
 * @throws an error of n8n that carries the outcome, when the answer has no session
 */
export async function readSessionAnswer(
	this: RowContext,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const verdict = classifyAnswer(response);
	if (verdict.outcome !== 'submitted') {
		throw createFailure(
			this,
			'code' in verdict ? verdict : { outcome: 'rejected', code: 'idempotency_key_already_exists' },
		);
	}
	if (readOptions(this).simplify === false) return [{ json: { session: verdict.session } }];
	return simplifySession(verdict.session).map((json) => ({ json }));
}

/**
 * Declared as postReceive of the operation that asks for the balance: one item for each wallet.
 *
 * @throws an error of n8n, when the answer has no wallets
 */
export async function readBalanceAnswer(
	this: RowContext,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const { wallets, status } = (response.body ?? {}) as IDataObject;
	if (status !== 'ok' || !Array.isArray(wallets)) {
		const verdict = classifyAnswer(response);
		throw createFailure(
			this,
			'code' in verdict ? verdict : { outcome: 'unknown', code: 'unreadable_answer' },
		);
	}
	const simplify = readOptions(this).simplify !== false;
	return (wallets as IDataObject[]).map((wallet) => ({
		json: simplify ? simplifyWallet(wallet) : { wallet },
	}));
}

function readOptions(row: RowContext): IDataObject {
	return row.getNodeParameter('options', {}) as IDataObject;
}
