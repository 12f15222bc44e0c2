import { ASK_FOR_A_PAYOUT } from './askForAPayout.mts';
import { CATCH_UP } from './catchUp.mts';
import { FOLLOW_UP } from './followUp.mts';
import { KEEP_THE_LEDGER } from './keepTheLedger.mts';
import { PAY_A_SPREADSHEET } from './payASpreadsheet.mts';
import { PAYOUTS_FROM_CSV } from './payoutsFromCsv.mts';
import { PAY_FROM_A_WEBHOOK } from './payFromAWebhook.mts';
import { PAY_ORDERS } from './payOrders.mts';
import { PAY_THOUSANDS } from './payThousands.mts';
import { hasTables, toPostgres } from './postgres.mts';
import { RECONCILE } from './reconcile.mts';
import { WATCH_THE_BALANCE } from './watchTheBalance.mts';
import { WHEN_SOMETHING_BREAKS } from './whenSomethingBreaks.mts';
import type { Example } from './workflowFile.mts';

/** Each example, by the name of its file in `examples/`. */
export const ALL_EXAMPLES: Readonly<Record<string, Example>> = {
	'pay-orders.json': PAY_ORDERS,
	'pay-a-spreadsheet.json': PAY_A_SPREADSHEET,
	'ask-for-a-payout.json': ASK_FOR_A_PAYOUT,
	'payouts-from-csv.json': PAYOUTS_FROM_CSV,
	'pay-from-a-webhook.json': PAY_FROM_A_WEBHOOK,
	'pay-thousands.json': PAY_THOUSANDS,
	'reconcile.json': RECONCILE,
	'follow-up.json': FOLLOW_UP,
	'keep-the-ledger.json': KEEP_THE_LEDGER,
	'catch-up.json': CATCH_UP,
	'watch-the-balance.json': WATCH_THE_BALANCE,
	'when-something-breaks.json': WHEN_SOMETHING_BREAKS,
};

/** Those with tables, which they keep in PostgreSQL here. */
export const POSTGRES_EXAMPLES: typeof ALL_EXAMPLES = Object.fromEntries(
	Object.entries(ALL_EXAMPLES)
		.filter(([, example]) => hasTables(example))
		.map(([name, example]) => [`postgres/${name}`, toPostgres(example)]),
);
