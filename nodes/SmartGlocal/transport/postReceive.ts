import type { IDataObject, IN8nHttpFullResponse, INodeExecutionData } from 'n8n-workflow';
import { describeRepetition, simplifySession } from './answers';
import { createFailure, createRepetition } from './errors';
import { classifyAnswer } from './outcome';
import type { RowContext } from './rowContext';
import { recallFacts } from './rowFacts';

/**
 * Declared as postReceive of an operation that orders a payout: one item for an accepted payout.
 *
 * @throws an error of n8n that carries the outcome, for every other answer
 */
export async function readPayoutAnswer(
	this: RowContext,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const facts = recallFacts(this);
	const { reference } = facts;
	const verdict = classifyAnswer(response);
	const options = this.getNodeParameter('options', {}) as IDataObject;

	if ('code' in verdict) {
		throw createFailure(this.getNode(), this.getItemIndex(), verdict, reference);
	}
	if (verdict.outcome === 'already_submitted') {
		if (options.duplicates === 'error') {
			throw createRepetition(this.getNode(), this.getItemIndex(), reference);
		}
		return [{ json: describeRepetition(facts) }];
	}
	if (options.simplify === false) {
		// The session is wrapped, because it can hold a key `error`, which n8n takes for a failed item.
		return [{ json: { outcome: 'submitted', reference, session: verdict.session } }];
	}
	return [{ json: simplifySession(verdict.session, facts) }];
}
