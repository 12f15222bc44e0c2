import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INode, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { NODE_TYPE } from '../../n8n/packageNames.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { buildWorkflow, runNode } from '../support/engine.mts';
import {
	claimRow,
	eventRow,
	minutesAgo,
	ordered,
	OTHER_PAYOUT,
	reported,
} from '../support/ledger.mts';
import { useAccount } from '../support/useAccount.mts';
import { toLedgerRow } from '../../nodes/ledger/entry';
import { CLAIM_COLUMNS, EVENT_COLUMNS, PAYOUT_COLUMNS } from '../../nodes/ledger/tables';

const account = useAccount();

async function run(
	resource: 'ledger',
	operation: string,
	items: object[],
	parameters: object = {},
) {
	const all = { resource, operation, ...parameters } as IDataObject;
	const { error, run: whole } = await runNode({
		items: items as IDataObject[],
		parameters: all,
		credentials: {},
	});
	const outputs = whole.data.resultData.runData.Pay?.[0]?.data?.main ?? [];
	return { error, outputs: outputs.map((items_) => (items_ ?? []).map(({ json }) => json)) };
}

/** As a table does it. */
function addIds(rows: readonly IDataObject[] = []): IDataObject[] {
	return rows.map((row, index) => ({ id: index + 1, ...row }));
}

const RUN = { run: 'run-7' };
const ROWS = [{ reference: 'INV-1', note: 'the row itself' }];

test('a payout is claimed, decided on, sent, recorded and folded', async () => {
	const rows = turkishRows('INV-1', 'INV-2').map(
		(row): IDataObject => ({ ...row, destination: 'TUR-TRY' }),
	);
	const options = { dryRun: true, includeFingerprints: true };
	const checked = await account.pay(rows, { ...automatic('ROW'), options });
	const items = checked.success.map(({ json }) => json);

	const claimed = await run('ledger', 'claim', items, {
		...RUN,
		rows,
		source: 'july.xlsx',
		requestedBy: 'ann',
	});
	const claims = addIds(claimed.outputs[0]);
	expect(claims.map(({ reference }) => reference)).toEqual(['INV-1', 'INV-2']);
	expect(Object.keys(CLAIM_COLUMNS)).toEqual(Object.keys(claimed.outputs[0]?.[0] ?? {}));

	const decided = await run('ledger', 'decide', [{}], { ...RUN, claims, events: [], rows });
	expect(decided.outputs[1]).toEqual([{}]);
	const sent = decided.outputs[0] ?? [];
	expect(sent).toEqual(
		rows.map((row) => ({
			...row,
			smart_glocal_reference: row.reference,
			smart_glocal_claim: 'send',
		})),
	);

	const paid = await account.pay(sent, automatic('ROW'));
	expect(paid.success.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);

	const recorded = await run(
		'ledger',
		'record',
		paid.success.map(({ json }) => json),
		{ ...RUN, claims, sent },
	);
	const events = addIds(recorded.outputs[0]);
	expect(Object.keys(EVENT_COLUMNS).sort()).toEqual(
		Object.keys(recorded.outputs[0]?.[0] ?? {}).sort(),
	);
	expect(events.map(({ outcome }) => outcome)).toEqual(['submitted', 'submitted']);

	const folded = await run('ledger', 'fold', [{}], { claims: [], events });
	const [added = [], replaced, marked, todo] = folded.outputs;
	expect(added).toMatchObject([{ reference: 'INV-1', amount: '100.50', source: 'july.xlsx' }, {}]);
	expect(Object.keys(PAYOUT_COLUMNS)).toEqual(expect.arrayContaining(Object.keys(added[0] ?? {})));
	expect(replaced).toEqual([]);
	expect(marked).toMatchObject([{ ids: expect.arrayContaining([1, 2]) }]);
	expect(todo).toEqual([]);
});

test('what this run does not send comes out beside it, with why and what to do', async () => {
	const known = toLedgerRow('INV-1', { ordered: ordered(OTHER_PAYOUT), reported: reported() });
	const { outputs } = await run('ledger', 'decide', [{ id: 1, ...known }], {
		...RUN,
		claims: [claimRow(7)],
		events: [],
		rows: ROWS,
	});
	expect(outputs[0]).toEqual([]);
	expect(outputs[1]).toMatchObject([
		{
			reference: 'INV-1',
			outcome: 'not_sent',
			reason: 'other_payout',
			next_step: 'Give a new payout a new reference.',
		},
	]);
});

test('the row that was claimed is sent, whatever rows the node is given', async () => {
	const rows = [{ reference: 'INV-9', amount: '99.00' }];
	const claims = [claimRow(7)];
	const { outputs } = await run('ledger', 'decide', [{}], { ...RUN, claims, events: [], rows });
	expect(outputs[0]).toMatchObject([{ reference: 'INV-1', smart_glocal_reference: 'INV-1' }]);
	expect(outputs[0]?.[0]).not.toHaveProperty('amount');
});

test('nothing is sent when more is claimed than can be read at once', async () => {
	const claims = Array.from({ length: 1_000 }, (_, index) => claimRow(index + 1));
	const { error } = await run('ledger', 'decide', [{}], { ...RUN, claims, events: [], rows: ROWS });
	expect(error?.message).toContain('1,000 payouts or more are claimed');
	expect(error?.description).toContain('Nothing was sent.');
});

test('a refusal since a person looked is not overruled by what the person saw', async () => {
	const refused = { ordered: ordered({ outcome: 'rejected', outcome_at: minutesAgo(10) }) };
	const events = [eventRow(1, { entry: refused })];
	const decide = async (orderedAt: string) =>
		await run('ledger', 'decide', [{}], {
			...RUN,
			claims: [claimRow(7)],
			events,
			rows: ROWS,
			orderedAt,
		});
	expect((await decide(minutesAgo(20))).outputs[1]).toMatchObject([{ reason: 'refused' }]);
	expect((await decide(minutesAgo(5))).outputs[0]).toHaveLength(1);
});

test('webhooks become events, and references are grouped for look-ups', async () => {
	const webhook = { event: 'payment_finished', reference: 'INV-1', payout_status: 'succeeded' };
	const followed = await run('ledger', 'follow', [webhook], { event: 'webhook' });
	expect(followed.outputs[0]).toMatchObject([
		{ reference: 'INV-1', status: 'succeeded', folded: false },
	]);
	const items = [{ reference: 'A' }, { reference: 'B' }, { reference: 'A' }, { reference: '' }];
	const grouped = await run('ledger', 'lookUp', [{}], { items });
	expect(grouped.outputs[0]).toEqual([
		{ references: ['A', 'B', ...Array.from({ length: 48 }, () => 'A')] },
	]);
	expect((await run('ledger', 'lookUp', [{}], { items: [] })).outputs[0]).toEqual([
		{ references: [''] },
	]);
});

test('a run that claims nothing goes on', async () => {
	const { outputs } = await run('ledger', 'claim', [{ error: { message: 'Wrong.' } }], {
		...RUN,
		rows: ROWS,
	});
	expect(outputs[0]).toMatchObject([{ reference: '', run: 'run-7', details: '' }]);
});

test.each(['text', '{}', '[1]', 7])('a field with %j instead of items is refused', async (rows) => {
	const { error } = await run('ledger', 'claim', [{}], { ...RUN, rows });
	expect(error?.message).toBe("'Rows' must hold the items of a node");
	expect(error?.description).toContain("{{ $('Rows of This Chunk').all() }}");
});

test.each([
	['claim', Object.keys(CLAIM_COLUMNS)],
	['record', Object.keys(EVENT_COLUMNS)],
	['follow', Object.keys(EVENT_COLUMNS)],
	['fold', Object.keys(PAYOUT_COLUMNS).slice(0, -2)],
])('the preview of %s has the columns of its table', (operation, columns) => {
	const file = `../../dist/nodes/SmartGlocal/__schema__/v1.0.0/ledger/${operation}.json`;
	const { properties } = JSON.parse(readFileSync(path.resolve(__dirname, file), 'utf8')) as {
		properties: object;
	};
	expect(Object.keys(properties)).toEqual(columns);
});

test('the outputs have names', async () => {
	const namesOf = async (resource: string, operation: string) => {
		const parameters = { resource, operation };
		const workflow = await buildWorkflow({ items: [{}], parameters, credentials: {} });
		const node = workflow.getNode('Pay') as INode;
		const { description } = workflow.nodeTypes.getByNameAndVersion(NODE_TYPE) as INodeType;
		return NodeHelpers.getNodeOutputs(workflow, node, description).map((output) =>
			typeof output === 'string' ? output : output.displayName,
		);
	};
	expect(await namesOf('ledger', 'decide')).toEqual(['Send', 'Leave']);
	expect(await namesOf('ledger', 'fold')).toEqual([
		'New Rows',
		'Replaced Rows',
		'Folded Events',
		'To Do',
	]);
	expect(await namesOf('ledger', 'claim')).toEqual(['main']);
	expect(await namesOf('payout', 'init')).toEqual(['main']);
});
