import { CATCH_UP } from './catchUp.mts';
import { FOLLOW_UP } from './followUp.mts';
import { ASK_FOR_A_PAYOUT } from './askForAPayout.mts';
import { PAY_A_SPREADSHEET } from './payASpreadsheet.mts';
import { PAYOUTS_FROM_CSV } from './payoutsFromCsv.mts';
import { WHEN_SOMETHING_BREAKS } from './whenSomethingBreaks.mts';
import { RECONCILE } from './reconcile.mts';
import { WATCH_THE_BALANCE } from './watchTheBalance.mts';
import { PAY_FROM_A_WEBHOOK } from './payFromAWebhook.mts';
import { PAY_THOUSANDS } from './payThousands.mts';
import type { Example } from './workflowFile.mts';

/** Each example, by the name of its file in `examples/`. */
export const ALL_EXAMPLES: Readonly<Record<string, Example>> = {
	'pay-a-spreadsheet.json': PAY_A_SPREADSHEET,
	'payouts-from-csv.json': PAYOUTS_FROM_CSV,
	'follow-up.json': FOLLOW_UP,
	'catch-up.json': CATCH_UP,
	'when-something-breaks.json': WHEN_SOMETHING_BREAKS,
	'ask-for-a-payout.json': ASK_FOR_A_PAYOUT,
	'reconcile.json': RECONCILE,
	'watch-the-balance.json': WATCH_THE_BALANCE,
	'pay-from-a-webhook.json': PAY_FROM_A_WEBHOOK,
	'pay-thousands.json': PAY_THOUSANDS,
};
