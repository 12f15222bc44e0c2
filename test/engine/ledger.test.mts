import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INode, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { NODE_TYPE } from '../../n8n/packageNames.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { buildWorkflow, executeContext, runNode } from '../support/engine.mts';
import {
	claimRow,
	eventRow,
	minutesAgo,
	ordered,
	OTHER_PAYOUT,
	reported,
} from '../support/ledger.mts';
import { useAccount } from '../support/useAccount.mts';
import { readClaimRow, toClaimRow } from '../../nodes/ledger/claims';
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

/** The order that a claim was made of. */
const readOrder = (row: object) => ({ ...readClaimRow(row as IDataObject) });

test('a payout is claimed, decided on, sent, recorded and folded', async () => {
	const rows = turkishRows('INV-1', 'INV-2').map(
		(row): IDataObject => ({ ...row, destination: 'TUR-TRY' }),
	);
	const options = { dryRun: true, includeFingerprints: true };
	const checked = await account.pay(rows, { ...automatic('ROW'), options });
	const items = checked.success.map(({ json }) => json);

	const compared = await run('ledger', 'compare', [{}], {
		checked: items,
		rows,
		events: [],
		payouts: [],
		lookedAt: '',
		source: 'july.xlsx',
		requestedBy: 'ann',
		file: { summary: 'Two rows were read.', columns_missing: [], columns_proposed: {} },
	});
	const [[page], left, orders = []] = compared.outputs as [IDataObject[], IDataObject[], object[]];
	expect(page).toMatchObject({ payable: 2, button: 'Pay 2 payouts: USD 201.00' });
	expect(page?.page).toContain('<p>Two rows were read.</p>');
	expect(left).toEqual([]);

	const claimed = await run('ledger', 'claim', orders, RUN);
	const claims = addIds(claimed.outputs[0]);
	expect(claims.map(({ reference }) => reference)).toEqual(['INV-1', 'INV-2']);
	expect(Object.keys(CLAIM_COLUMNS)).toEqual(Object.keys(claimed.outputs[0]?.[0] ?? {}));

	const decided = await run('ledger', 'decide', [{}], {
		...RUN,
		claims,
		events: [],
		payouts: [],
		orders,
	});
	expect(decided.outputs.slice(1)).toEqual([[], [{}]]);
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

	const ended = { left: decided.outputs[2], outcomes: recorded.outputs[1] };
	const listed = await run('ledger', 'results', [{}], { for: 'file', rows, ...ended });
	expect(listed.outputs[0]).toMatchObject([
		{ reference: 'INV-1', payout_outcome: 'submitted', payout_message: '' },
		{ reference: 'INV-2', payout_outcome: 'submitted' },
	]);
	expect(listed.outputs[1]).toMatchObject([{ title: '2 payouts were sent: USD 201.00' }]);
	const answered = await run('ledger', 'results', [{}], {
		for: 'request',
		isList: true,
		rows,
		...ended,
	});
	expect(answered.outputs[0]).toMatchObject([
		{ status_code: 200, body: [{ reference: 'INV-1', outcome: 'submitted' }, {}] },
	]);
	const passed = await run('ledger', 'results', [{}], { for: 'workflow', ...ended });
	expect(passed.outputs[0]).toEqual(recorded.outputs[1]);

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
	const decide = async (payouts: object[], orders: object[]) =>
		(await run('ledger', 'decide', [{}], {
			...RUN,
			claims: [claimRow(7)],
			events: [],
			payouts,
			orders,
		})) as { outputs: IDataObject[][] };
	const order = { ...readOrder(claimRow(7)), columns: {} };
	const { outputs } = await decide([{ id: 1, ...known }], [order]);
	// The same is known from the order, if whoever ordered it had looked.
	expect((await decide([], [{ ...order, known }])).outputs).toEqual(outputs);
	expect(outputs[0]).toEqual([]);
	expect(outputs[2]).toMatchObject([
		{
			reference: 'INV-1',
			outcome: 'not_sent',
			reason: 'other_payout',
			next_step: 'Give a new payout a new reference.',
		},
	]);
});

test('the row that was claimed is sent, and that of the order only where it has a card', async () => {
	const order = { ...readOrder(claimRow(7)), columns: { reference: 'INV-9', amount: '99.00' } };
	const decide = async (claim: IDataObject) =>
		await run('ledger', 'decide', [{}], {
			...RUN,
			claims: [claim],
			events: [],
			payouts: [],
			orders: [order],
		});
	expect((await decide(claimRow(7) as IDataObject)).outputs[0]).toEqual([
		{ reference: 'INV-1', smart_glocal_reference: 'INV-1', smart_glocal_claim: 'send' },
	]);
	const withCard = toClaimRow({ ...readOrder(claimRow(7)), columns: undefined } as never);
	expect((await decide({ id: 7, ...withCard })).outputs[0]).toMatchObject([
		{ reference: 'INV-9', amount: '99.00', smart_glocal_reference: 'INV-1' },
	]);
});

test('all references are looked up when more is claimed than can be read at once', async () => {
	const order = { ...readOrder(claimRow(7)), columns: {}, known: {} };
	const items = [{ ...order, looked_at: new Date().toISOString() }];
	for (const [count, isComplete] of [
		[999, true],
		[1_000, false],
	] as const) {
		const claims = Array.from({ length: count }, (_, index) => claimRow(index + 1));
		const [groups, news] = (await run('ledger', 'lookUp', [{}], { items, claims })).outputs;
		expect([groups?.length, news?.length]).toEqual(isComplete ? [0, 1] : [1, 0]);
	}
});

test('a claim that was read twice is sent once', async () => {
	const claims = [claimRow(7), claimRow(7), claimRow(9), claimRow(9)];
	const given = { claims, events: [], payouts: [], orders: [] };
	expect((await run('ledger', 'decide', [{}], { ...RUN, ...given })).outputs[0]).toHaveLength(1);
});

test('a refusal since a person looked is not overruled by what the person saw', async () => {
	const refused = { ordered: ordered({ outcome: 'rejected', outcome_at: minutesAgo(10) }) };
	const events = [eventRow(1, { entry: refused })];
	const decide = async (looked_at: string) =>
		await run('ledger', 'decide', [{}], {
			...RUN,
			claims: [claimRow(7, { looked_at })],
			events,
			payouts: [],
			orders: [],
		});
	expect((await decide(minutesAgo(20))).outputs[2]).toMatchObject([{ reason: 'refused' }]);
	expect((await decide(minutesAgo(5))).outputs[0]).toHaveLength(1);
});

test('a request waits, is approved by a second person, and is sent as it was asked for', async () => {
	const [row] = turkishRows('INV-1').map(
		(one): IDataObject => ({ ...one, destination: 'TUR-TRY' }),
	);
	const options = { dryRun: true, includeFingerprints: true };
	const parameters = { ...automatic('ROW'), currency: '', options };
	const checked = (await account.pay([row ?? {}], parameters)).success;
	const settings = [{ two_persons_above: 1, currency: 'TRY', hours_to_decide: 1, approvers: '' }];
	const [ann, bea] = [
		{ id: '1', email: 'ann@example.com' },
		{ id: '2', email: 'bea@example.com' },
	];
	const tables = { events: [] as IDataObject[], payouts: [{}], settings };
	const ask = async (more: object) =>
		await run('ledger', 'ask', [{}], {
			...tables,
			checked: checked.map(({ json }) => json),
			rows: [row],
			form: [{ user: ann }],
			formUrl: 'https://n8n.example.com/form-waiting/7',
			...more,
		});
	const small = await ask({ settings: [{ ...settings[0], two_persons_above: 1000 }] });
	expect(small.outputs.map(({ length }) => length)).toEqual([0, 1, 0, 0]);
	expect(small.outputs[1]).toMatchObject([{ word: 'ordered', requested_by: ann.email }]);
	const refused = await ask({ form: [{}] });
	expect(refused.outputs.map(({ length }) => length)).toEqual([0, 0, 0, 1]);

	const asked = await ask({});
	expect(asked.outputs.map(({ length }) => length)).toEqual([1, 0, 1, 0]);
	expect(Object.keys(EVENT_COLUMNS).sort()).toEqual(
		Object.keys(asked.outputs[0]?.[0] ?? {}).sort(),
	);
	const { searchParams } = new URL(String(asked.outputs[2]?.[0]?.link));
	const link = [{ ...Object.fromEntries(searchParams), user: bea }];
	tables.events = addIds(asked.outputs[0]);

	const approve = async (more: object) => {
		const { outputs } = await run('ledger', 'approve', [{}], { ...tables, link, ...more });
		return outputs;
	};
	expect((await approve({ step: 'show', decision: [] }))[2]).toMatchObject([
		{ message: expect.stringContaining('TR33 0006 1005 1978 6457 8413 26') },
	]);
	const own = await approve({ step: 'decide', decision: [{ user: ann, decision: 'Approve' }] });
	expect(own.map(({ length }) => length)).toEqual([0, 0, 0, 1]);
	const none = await approve({
		step: 'decide',
		decision: [{ user: bea, decision: 'constructor' }],
	});
	expect(none[3]).toMatchObject([{ message: expect.stringContaining('did not decide in time') }]);
	const submittedAt = new Date().toISOString();
	const decision = [{ user: bea, decision: 'Approve', submittedAt }];
	const [events, orders] = await approve({ step: 'decide', decision });
	expect(events).toMatchObject([{ event: 'approve', outcome: 'approved', at: submittedAt }]);
	expect(orders).toMatchObject([
		{ word: 'approval', requested_by: ann.email, decided_by: bea.email, columns: row },
	]);
	const outcome = { reference: 'INV-1', recipient: 'A', outcome: 'submitted', reason: '' };
	const ended = await run('ledger', 'approve', [outcome], { step: 'end' });
	expect(ended.outputs[2]).toMatchObject([{ title: 'Sent to Smart Glocal' }]);
});

test('webhooks become events, and references are grouped for look-ups', async () => {
	const webhook = { event: 'payment_finished', reference: 'INV-1', payout_status: 'succeeded' };
	const followed = await run('ledger', 'follow', [webhook], { event: 'webhook' });
	expect(followed.outputs[0]).toMatchObject([
		{ reference: 'INV-1', status: 'succeeded', folded: false },
	]);
	const items = [{ reference: 'A' }, { reference: 'B' }, { reference: 'A' }, { reference: '' }];
	const grouped = await run('ledger', 'lookUp', [{}], { items, claims: [] });
	expect(grouped.outputs[0]).toMatchObject([
		{ references: ['A', 'B', ...Array.from({ length: 48 }, () => 'A')] },
	]);
	expect((await run('ledger', 'lookUp', [{}], { items: [], claims: [] })).outputs[0]).toMatchObject(
		[{ references: [''] }],
	);
});

test('a fold goes on when it is its turn, and says whether there is more', async () => {
	const turn = (id: number, owner: string) => ({ id, run: owner, claimed_at: new Date() });
	const claims = [turn(1, 'fold/8'), turn(2, 'fold/9')];
	const event = { entry: { ordered: ordered() } };
	const events = Array.from({ length: 1_000 }, (_, index) => eventRow(index + 1, event));
	const first = await run('ledger', 'fold', [{}], { claims, events, run: 'fold/8' });
	expect(first.outputs.map(({ length }) => length)).toEqual([1, 0, 20, 0, 1]);
	expect(first.outputs[4]).toEqual([{ more: true }]);
	const second = await run('ledger', 'fold', [{}], { claims, events, run: 'fold/9' });
	expect(second.outputs).toEqual([[], [], [], [], [{ more: false }]]);
	const early = eventRow(1, { event: 'webhook', entry: { reported: reported() } });
	const waiting = Array.from({ length: 1_000 }, (_, id) => ({ ...early, id: id + 1 }));
	const third = await run('ledger', 'fold', [{}], { claims: [claimRow(7)], events: waiting });
	expect(third.outputs).toEqual([[], [], [], [], [{ more: false }]]);
});

test('a look-up that says nothing new is left out, and a confirmation is written', async () => {
	const open = { ordered: ordered({ session_id: 'ps_1' }) };
	const payouts = [{ id: 1, ...toLedgerRow('INV-1', open) }];
	const item = { reference: 'INV-1', session_id: 'ps_1', payout_status: 'pending' };
	const follow = async (event: string, more = {}) =>
		(await run('ledger', 'follow', [{ ...item, ...more }], { event, payouts })).outputs[0];
	expect(await follow('look_up')).toEqual([]);
	expect(await follow('look_up', { next_action: 'confirm' })).toMatchObject([
		{ event: 'look_up', status: 'ready_to_confirm' },
	]);
	expect(await follow('confirm')).toMatchObject([{ event: 'confirm', status: 'confirmed' }]);
});

test('what is open is looked up, sent again, declined or told, and checked before it is sent', async () => {
	const at = new Date(Date.now() - 11 * 60_000).toISOString();
	const entry = (changes: object) => ({ ordered: ordered({ ...changes, outcome_at: at }) });
	const payouts = [
		toLedgerRow('INV-1', entry({ outcome: 'unknown' })),
		toLedgerRow('INV-2', entry({ session_id: 'ps_2' })),
		toLedgerRow('INV-3', entry({ outcome: 'waiting_for_approval', decide_until: at })),
		toLedgerRow('INV-4', entry({ outcome: 'unknown', columns: undefined })),
	];
	const { outputs } = await run('ledger', 'catchUp', [{}], { claims: [], events: [], payouts });
	const [lookUps, orders = [], events, toTell] = outputs;
	expect(lookUps).toEqual([{ session_id: 'ps_2' }]);
	expect(orders).toMatchObject([{ reference: 'INV-1', columns: { reference: 'INV-1' } }]);
	expect(events).toMatchObject([{ reference: 'INV-3', outcome: 'declined' }]);
	expect(toTell).toMatchObject([{ kind: 'decide', notice: expect.stringContaining('INV-4') }]);
	const item = { ...orders[0], account_ending: '6510', amount: 415.2, amount_minor: 41_520 };
	const check = async (checked: object) =>
		(await run('ledger', 'catchUp', [{}], { step: 'checked', checked: [checked], orders })).outputs;
	expect(await check(item)).toEqual([[], orders, [], []]);
	expect(await check({ ...item, payout_fingerprint: 'other' })).toMatchObject([[], [], [], [{}]]);
});

const DAY = '2026-11-24';
const REPORT_ROWS = [
	['typeOfPayment', 'operationId', 'paymentSessionId', 'paymentSessionMerchantMetadata'],
	['Advice', 'po_1', 'ps_1', 'INV-1'],
].map(([A, B, C, D], index) => ({ row: index + 1, A, B, C, D }));

test('a daily report is read, looked up, and compared with the ledger', async () => {
	const read = await run('ledger', 'readReport', REPORT_ROWS, { firstDay: DAY });
	const [lookUps = [], [report] = [], refused] = read.outputs;
	expect(refused).toEqual([]);
	expect(Object.keys(lookUps[0] ?? {})).toEqual(['references', 'payout_ids', 'session_ids']);
	expect(report).toMatchObject({ first_day: DAY, last_day: DAY, lines: [{ reference: 'INV-1' }] });

	const { outcome_at: at } = ordered();
	const known = toLedgerRow('INV-1', { ordered: ordered() });
	const payouts = [{ id: 1, ...known, status_at: at }];
	const parameters = { report: [report], events: [], payouts };
	const [events = [], results, page] = (await run('ledger', 'reconcile', [{}], parameters)).outputs;
	expect(events).toMatchObject([{ reference: 'INV-1', event: 'report', status: 'succeeded' }]);
	expect(Object.keys(EVENT_COLUMNS).sort()).toEqual(Object.keys(events[0] ?? {}).sort());
	expect(results).toMatchObject([{ reference: 'INV-1', report_says: 'paid' }]);
	expect(page).toMatchObject([{ title: 'The report and the ledger agree' }]);

	const nothing = await run('ledger', 'reconcile', [{}], {
		report: [{ ...report, lines: [] }],
		events: [],
		payouts: [{}],
	});
	expect(nothing.outputs[1]).toEqual([{ result: 'There is nothing to compare.' }]);
	const mistaken = { report: lookUps, events: [], payouts: [] };
	const { error } = await run('ledger', 'reconcile', [{}], mistaken);
	expect(error?.message).toContain("'Report' must hold the item that Read Report has put out");
});

test('a file that is no daily report comes out with a sentence', async () => {
	const { outputs } = await run('ledger', 'readReport', [{ row: 1, A: 'reference' }]);
	expect(outputs.slice(0, 2)).toEqual([[], []]);
	expect(outputs[2]).toEqual([
		{ message: expect.stringContaining('This file is not a daily payouts report') },
	]);
});

test('what was looked up minutes ago is completed by the news, and else looked up again', async () => {
	const order = (minutes: number, known?: object) => ({
		...readOrder(claimRow(7)),
		columns: {},
		looked_at: new Date(Date.now() - minutes * 60_000).toISOString(),
		...(known && { known }),
	});
	const prepare = async (items: object[], news: object[] = [{}]) =>
		(await run('ledger', 'lookUp', news, { items, claims: [] })).outputs;
	const recent = [order(1, {}), order(2, {})];
	expect(await prepare(recent)).toMatchObject([[], [{}]]);
	const all = [{ reference: 'INV-1', details: 'a' }, { reference: 'OTHER' }];
	expect(await prepare(recent, all)).toEqual([[], [all[0]]]);
	const [, [news] = []] = (await run('ledger', 'claim', recent, RUN)).outputs;
	expect(Date.now() - Date.parse(String(news?.since))).toBeGreaterThan(6 * 60_000);
	for (const items of [[order(1)], [order(1, {}), order(1)], [order(11, {})]]) {
		expect(await prepare(items)).toMatchObject([
			[{ references: expect.arrayContaining(['INV-1']) }],
			[],
		]);
	}
	// Between two pages, rows came or went: n8n refuses to say what there is.
	const failed = await prepare(recent, [{ error: 'result count changed during pagination' }]);
	expect(failed).toMatchObject([[{}], []]);
	// Its database failed: n8n puts out what came in, which are the run's own claims.
	expect(await prepare(recent, [claimRow(7)])).toMatchObject([[{}], []]);
});

test('a run that claims nothing goes on', async () => {
	const { outputs } = await run('ledger', 'claim', [{ error: { message: 'Wrong.' } }], RUN);
	expect(outputs[0]).toMatchObject([{ reference: '', run: 'run-7', details: '' }]);
});

test.each(['text', '{}', '[1]', 7])('a field with %j instead of items is refused', async (rows) => {
	const { error } = await run('ledger', 'compare', [{}], {
		checked: [],
		rows,
		lookedAt: '',
	});
	expect(error?.message).toBe("'Rows' must hold the items of a node");
	expect(error?.description).toContain("{{ $('Rows of the File').all() }}");
});

test.each([
	["$('Rows').all()", 'A B'],
	["$('Rows').all(0)", 'A B'],
	['$input.all()', 'A B'],
	["[...$('Rows').all(), ...$input.all()]", 'A B'],
	["$('Rows').isExecuted ? $('Rows').all() : []", 'A B'],
	["$('Pay').isExecuted ? $('Pay').all() : []", ''],
	["[...($('Pay').isExecuted ? $('Pay').all() : []), ...$('Rows').all()]", 'A B'],
	// What says more is left to n8n's engine.
	["$('Rows').all().slice(1)", 'B'],
	["[...$('Rows').all(), { reference: 'C' }]", 'A B C'],
	["$('Rows').isExecuted ? [] : $('Rows').all()", ''],
	["$('Pay').isExecuted ? $('Rows').all() : []", ''],
])('a field reads the items of nodes: %s', async (items, references) => {
	const rows = [{ reference: 'A' }, { reference: 'B' }];
	const parameters = { items: `={{ ${items} }}`, claims: [] };
	const { outputs, error } = await run('ledger', 'lookUp', rows, parameters);
	expect(error).toBeUndefined();
	const found = new Set(outputs[0]?.[0]?.references as string[]);
	expect([...found].join(' ')).toBe(references);
});

test.each([
	['{{ $input.all() }}', false],
	['{{ $input.all().slice(0) }}', true],
])(
	"n8n's engine for expressions, which has five seconds, is asked for %s: %j",
	async (items, isAsked) => {
		const written = `=${items}`;
		const parameters = { resource: 'ledger', operation: 'lookUp', items: written, claims: [] };
		const rows = [{ reference: 'A' }];
		const { context, workflow } = await executeContext({
			items: rows,
			parameters,
			credentials: {},
		});
		const asked = jest.spyOn(workflow.expression, 'getParameterValue');
		const node = workflow.nodeTypes.getByNameAndVersion(NODE_TYPE) as INodeType;
		const [groups] = (await node.customOperations?.ledger?.lookUp?.call(context as never)) as Array<
			Array<{ json: { references: string[] } }>
		>;
		expect(new Set(groups?.[0]?.json.references)).toEqual(new Set(['A']));
		expect(asked.mock.calls.some(([value]) => value === written)).toBe(isAsked);
	},
);

test('the payouts of a request are read, one or a list', async () => {
	const read = async (body: unknown) => await run('ledger', 'request', [{ body }]);
	expect((await read({ reference: 'A' })).outputs[0]).toEqual([{ reference: 'A' }]);
	const list = [{ reference: 'A' }, { reference: 'B', amount: 1 }];
	expect((await read(list)).outputs[0]).toEqual(list);
});

test.each([
	[[], 'The list is empty. Send at least one payout.'],
	[Array.from({ length: 201 }, () => ({ reference: 'A' })), 'The list has 201 payouts.'],
	[[{ reference: 'A' }, 'B'], 'Entry 2 of the list is not a JSON object'],
	[{}, 'The request has no payout.'],
	['text', 'The request has no payout.'],
	[undefined, 'The request has no payout.'],
	[{ amount: { value: 1 } }, 'The payout has a list or an object in the field “amount”.'],
])('the request %j is refused with a sentence', async (body, sentence) => {
	const { error } = await run('ledger', 'request', [{ body }]);
	expect(error?.message).toContain(`Nothing was paid. ${sentence}`);
});

test.each([
	['claim', Object.keys(CLAIM_COLUMNS)],
	['record', Object.keys(EVENT_COLUMNS)],
	['ask', Object.keys(EVENT_COLUMNS)],
	['approve', Object.keys(EVENT_COLUMNS)],
	['follow', Object.keys(EVENT_COLUMNS)],
	['reconcile', Object.keys(EVENT_COLUMNS)],
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
	expect(await namesOf('ledger', 'decide')).toEqual(['Send', 'Settled Claims', 'Leave']);
	expect(await namesOf('ledger', 'compare')).toEqual(['Page', 'Left', 'Orders']);
	expect(await namesOf('ledger', 'fold')).toEqual([
		'New Rows',
		'Replaced Rows',
		'Folded Events',
		'To Do',
		'Done',
	]);
	expect(await namesOf('ledger', 'readReport')).toEqual(['Look-Ups', 'Report', 'Not a Report']);
	expect(await namesOf('ledger', 'reconcile')).toEqual(['Events', 'Results', 'Page']);
	expect(await namesOf('ledger', 'claim')).toEqual(['Claims', 'News Since']);
	expect(await namesOf('payout', 'init')).toEqual(['main']);
});
