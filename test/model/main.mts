import { explore } from './explore.mts';
import { modelLedger, POSTGRES, SQLITE } from './ledger.mts';
import type { Design, Plan } from './ledger.mts';

/*
 * `npm run model`: explores larger worlds than the unit tests have time for, prints how many states each
 * has, and ends with 1 where something is wrong in one, with the shortest way there.
 */

const MAX_STATES = 3_000_000;

const PAY: Plan = { does: 'pay', account: 'A' };
const FROM_PAGE: Plan = { does: 'pay_from_page', account: 'A' };
const BY_NEWS: Plan = { does: 'pay_by_news', account: 'A' };
const CORRECTED: Plan = { does: 'pay_from_page', account: 'B' };
const CATCH_UP: Plan = { does: 'catch_up', account: 'A' };
const ASK: Plan = { does: 'ask', account: 'A' };
const ASK_OTHER: Plan = { does: 'ask', account: 'B' };
const APPROVE: Plan = { does: 'approve', account: 'A' };
const APPROVE_OTHER: Plan = { does: 'approve', account: 'B' };
const DECLINE: Plan = { does: 'decline', account: 'A' };
const FOLD: Plan = { does: 'fold', account: 'A' };

const WORLDS: ReadonlyArray<[name: string, plans: Plan[], faults: object]> = [
	['a stopped run, Catch up, a corrected file', [PAY, CATCH_UP, CORRECTED], { kills: 1 }],
	['a refused run, Catch up, a corrected file', [PAY, CATCH_UP, CORRECTED], { refusals: 1 }],
	['a lost answer, Catch up, a corrected file', [PAY, CATCH_UP, CORRECTED], { losses: 1 }],
	['an approval, a refusal of it, and an open page', [ASK, APPROVE, DECLINE, FROM_PAGE], {}],
	[
		'an approval that is stopped, a refusal, Catch up',
		[ASK, APPROVE, DECLINE, CATCH_UP],
		{ kills: 1 },
	],
	['an approval that Smart Glocal refuses, Catch up', [ASK, APPROVE, CATCH_UP], { refusals: 2 }],
	['an approval while events are folded', [ASK, APPROVE, DECLINE, FOLD], {}],
	['two requests for one reference', [ASK, ASK_OTHER, APPROVE, APPROVE_OTHER], { losses: 1 }],
	['two approvals at once', [ASK, APPROVE, APPROVE], { refusals: 1, losses: 1, kills: 1 }],
	['two folds at once', [PAY, FOLD, FOLD], { kills: 1 }],
	['news and a fold', [BY_NEWS, { ...BY_NEWS, account: 'B' }, FOLD], { kills: 1 }],
	['news, a decline, Catch up', [BY_NEWS, ASK, DECLINE, CATCH_UP], { refusals: 1 }],
	['two uploads while events are folded', [PAY, { ...PAY, account: 'B' }, FOLD], {}],
];

const DESIGNS: ReadonlyArray<[name: string, design: Design]> = [
	['SQLite', SQLITE],
	['PostgreSQL', POSTGRES],
];

let isWrong = false;
for (const [name, plans, faults] of WORLDS) {
	const isFolding = plans.some(({ does }) => does === 'fold');
	for (const [database, whole] of DESIGNS) {
		// Without a FOLD, the ledger has no rows to read.
		const reads = whole.reads.filter((table) => isFolding || table !== 'rows');
		const { states, traces } = explore(modelLedger(plans, { ...whole, reads }, faults), MAX_STATES);
		console.log(`${name}, ${database}: ${states.toLocaleString('en')} states`);
		for (const [violation, steps] of traces) {
			isWrong = true;
			console.log([`  ${violation}:`, ...steps].join('\n    '));
		}
	}
}
process.exitCode = isWrong ? 1 : 0;
