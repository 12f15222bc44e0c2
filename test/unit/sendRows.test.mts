import type { IExecuteFunctions } from 'n8n-workflow';
import { defineOperation } from '../../nodes/SmartGlocal/batch/defineOperation';
import type { Operation } from '../../nodes/SmartGlocal/batch/defineOperation';
import { sendRows } from '../../nodes/SmartGlocal/batch/send/sendRows';
import type { RowResult } from '../../nodes/SmartGlocal/messages/nodeErrors';
import { BATCH_SETTINGS } from '../support/batchSettings.mts';
import { NODE } from '../support/nodeMessages.mts';

const CONTEXT = {
	getNode: () => NODE,
	continueOnFail: () => true,
	getExecutionCancelSignal: () => undefined,
} as unknown as IExecuteFunctions;

test('a response that our own code cannot handle leaves the outcome unknown, and the run goes on', async () => {
	const order = { idempotencyKey: 'INV-1', amount: 100, currency: 'USD', unit: 'major' } as const;
	const request = { version: 'v1', body: {}, reference: 'INV-1', order } as const;
	const defined = defineOperation({
		name: 'Init Payout',
		value: 'init',
		action: 'Send payout',
		description: '',
		fields: [],
		kind: 'order',
		path: 'session/init/payout',
		prepare: () => request,
	});
	const operation: Operation = {
		...defined,
		interpret: (response) => {
			if (response.statusCode === 200) throw new TypeError('x is not a function');
			return { outcome: 'submitted', items: [{}] };
		},
	};
	const settings = { ...BATCH_SETTINGS, parallelRequests: 1 };
	const statuses = [200, 201];
	const send = async () => {
		const response = { statusCode: statuses.shift() ?? 0, headers: {}, body: {} };
		return await Promise.resolve({ response });
	};
	const rows = [0, 1].map((index) => ({
		label: { index, number: index + 1, kind: 'order', reference: 'INV-1', ownNumbers: [] } as const,
		request,
		output: { simplify: true, duplicates: 'report' } as const,
	}));
	const results: RowResult[] = [];
	await sendRows(CONTEXT, operation, rows, { connect: () => send, settings }, results);

	expect(results.map(({ outcome }) => outcome)).toEqual(['unknown', 'submitted']);
	expect(results[0]?.failure?.message).toBe(
		"It is not known whether payout 'INV-1' was accepted: the answer could not be read",
	);
	expect(results[0]?.failure?.advice).toContain('Do not change the reference');
});
