import { NodeOperationError } from 'n8n-workflow';
import { isObject } from '../../../../payout/json/jsonObject';
import { defineLedgerOperation } from '../defineLedgerOperation';

const MAX_PAYOUTS = 200;

/** Read Request: what another system has posted in, one item for each payout out. */
export const ledgerRequestOperation = defineLedgerOperation({
	name: 'Read Request',
	value: 'request',
	description: 'Take the payouts out of the body that another system has posted',
	fields: {},
	run(_values, [{ body } = {}]) {
		const rows: unknown[] = Array.isArray(body) ? body : [body];
		const problem = findProblem(rows, Array.isArray(body));
		if (problem === '') return [rows.filter(isObject)];
		const message = `Nothing was paid. ${problem}`;
		if (!this.continueOnFail()) throw new NodeOperationError(this.getNode(), message);
		return [[{ error: { message } }]];
	},
});

/** Whether the fields are right is for Init Payout to say. */
function findProblem(rows: readonly unknown[], isList: boolean): string {
	if (rows.length === 0) return 'The list is empty. Send at least one payout.';
	if (rows.length > MAX_PAYOUTS) {
		return `The list has ${rows.length} payouts. Send at most ${MAX_PAYOUTS} in one request.`;
	}
	for (const [index, row] of rows.entries()) {
		const entry = `Entry ${index + 1} of the list`;
		if (!isObject(row) || Object.keys(row).length === 0) {
			return isList
				? `${entry} is not a JSON object with the fields of a payout.`
				: 'The request has no payout. Send a JSON object with the fields of a payout, or a list of such objects, with the header Content-Type: application/json.';
		}
		const nested = Object.entries(row).find(([, value]) => typeof value === 'object' && value);
		if (nested) {
			return `${isList ? entry : 'The payout'} has a list or an object in the field “${nested[0]}”. Each field of a payout is a text or a number.`;
		}
	}
	return '';
}
