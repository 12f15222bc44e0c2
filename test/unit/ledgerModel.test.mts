import { explore } from '../model/explore.mts';
import { modelLedger, POSTGRES, SQLITE } from '../model/ledger.mts';
import type { Design, Plan } from '../model/ledger.mts';
import { modelSnapshots } from '../model/snapshots.mts';
import type { SnapshotPlan } from '../model/snapshots.mts';

const MAX_STATES = 20_000;

describe('the desk until now, which decided by snapshots', () => {
	const pay: SnapshotPlan = { does: 'pay', account: 'A' };
	const fromPage: SnapshotPlan = { does: 'pay_from_page', account: 'A' };
	const catchUp: SnapshotPlan = { does: 'catch_up', account: 'A' };

	it.each<[what: string, plans: SnapshotPlan[], violation: string]>([
		[
			'pays a refused row whose reference is written with two spaces',
			[{ ...pay, isSpaced: true }, catchUp],
			'paid after it was refused',
		],
		[
			'pays what was refused after Catch up had read it',
			[pay, catchUp],
			'paid after it was refused',
		],
		[
			'names the person who was not paid after two payouts at once',
			[pay, { ...pay, account: 'B' }],
			'names a person who was not paid',
		],
		[
			'pays from an open page what was declined meanwhile',
			[fromPage, { ...pay, does: 'ask' }, { ...pay, does: 'decline' }],
			'paid after it was declined',
		],
		['writes two rows for two uploads at once', [fromPage, fromPage], 'two rows for one reference'],
	])('%s', (_what, plans, violation) => {
		const { traces } = explore(modelSnapshots(plans, { refusals: 1 }), MAX_STATES);
		expect([...traces.keys()]).toContain(violation);
	});
});

describe('the ledger that decides once', () => {
	const pay: Plan = { does: 'pay', account: 'A' };
	const payOther: Plan = { does: 'pay', account: 'B' };
	const fromPage: Plan = { does: 'pay_from_page', account: 'A' };
	const byNews: Plan = { does: 'pay_by_news', account: 'A' };
	const catchUp: Plan = { does: 'catch_up', account: 'A' };
	const fold: Plan = { does: 'fold', account: 'A' };
	const ask: Plan = { does: 'ask', account: 'A' };
	const approve: Plan = { does: 'approve', account: 'A' };
	const decline: Plan = { does: 'decline', account: 'A' };
	const designs: Array<[string, Design]> = [
		['SQLite', SQLITE],
		['PostgreSQL', POSTGRES],
	];

	describe.each(designs)('on %s', (_name, design) => {
		it.each<[what: string, plans: Plan[], faults: object]>([
			['two payouts at once', [pay, payOther], { kills: 1, refusals: 1, losses: 1 }],
			['two uploads of one file', [fromPage, fromPage], { kills: 1, refusals: 1, losses: 1 }],
			['a run that is stopped', [pay, catchUp], { kills: 2, refusals: 2, losses: 2 }],
			['two pages completed by news', [byNews, byNews], { kills: 1, refusals: 1 }],
			['a page, news and Catch up', [byNews, catchUp], { kills: 1, refusals: 2, losses: 1 }],
			['a page and Catch up', [fromPage, catchUp], { kills: 1, refusals: 2, losses: 1 }],
			['an approval and a refusal', [ask, approve, decline], { kills: 1, refusals: 1, losses: 1 }],
			['an approval and Catch up', [ask, approve, catchUp], { kills: 1, refusals: 2 }],
			['two approvals at once', [ask, approve, approve], { kills: 1, refusals: 1 }],
		])('finds nothing wrong with %s', (_what, plans, faults) => {
			const withoutRows = { ...design, reads: design.reads.filter((table) => table !== 'rows') };
			const { traces } = explore(modelLedger(plans, withoutRows, faults), MAX_STATES);
			expect(Object.fromEntries(traces)).toEqual({});
		});

		it('loses nothing while events are folded', () => {
			const payByNews: Plan = { does: 'pay_by_news', account: 'B' };
			for (const plans of [
				[pay, fold],
				[pay, payByNews, fold],
			]) {
				const { traces } = explore(modelLedger(plans, design, { kills: 1 }), 5 * MAX_STATES);
				expect(Object.fromEntries(traces)).toEqual({});
			}
		});
	});

	it.each<[what: string, plans: Plan[], design: Design]>([
		[
			'ids are given out before they are visible',
			[pay, payOther],
			{ ...POSTGRES, opensFirst: false },
		],
		['events are read before claims', [pay, payOther], { ...SQLITE, reads: ['events', 'claims'] }],
	])('is seen to pay two accounts where %s', (_what, plans, design) => {
		const { traces } = explore(modelLedger(plans, design), MAX_STATES);
		expect([...traces.keys()]).toContain('sent to two accounts');
	});

	it('is seen to lose a payout where rows are read before events', () => {
		const design: Design = { ...SQLITE, reads: ['claims', 'rows', 'events'] };
		const { traces } = explore(modelLedger([pay, fold, payOther], design), 200_000);
		expect([...traces.keys()]).toContain('sent to two accounts');
	});
});
