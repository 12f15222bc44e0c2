import { ifTrue, onlyOnce, schedule, smartGlocal, stickyNote, tellSomebody } from './nodes.mts';
import type { Example } from './workflowFile.mts';

/** Looks at the prefunded balance every hour, and tells somebody once a day when it is too low. */
export const WATCH_THE_BALANCE: Example = {
	name: 'Smart Glocal: watch the balance',
	nodes: [
		stickyNote('What It Does', [-2, -20], [26, 16])`## Watch the balance

Payouts are paid from a prefunded balance. This looks at it every hour, and tells you **once a day** that a currency is below its minimum, as long as it is.`,
		stickyNote('What to Change', [25, -20], [34, 16])`## What to change

1. **Get the Balance**: choose your Smart Glocal credential, and write your _Minimums_: one amount for each currency that you pay in.
2. Put Send Email, Slack or Teams after **Tell Somebody**. The sentence to send is \`{{ $json.notice }}\`.
3. **Publish**.`,
		schedule('Every Hour', [0, 0], { field: 'hours' }),
		smartGlocal('Get the Balance', [11, 0], {
			resource: 'wallet',
			operation: 'getBalance',
			options: { minimums: 'EUR 5000, GBP 5000' },
		}),
		ifTrue('Is It Too Low?', [22, 0], `$json.notice !== ''`),
		onlyOnce(
			'Once a Day',
			[33, -2],
			`={{ $json.currency + ' ' + $json.state + ' ' + $now.toISODate() }}`,
		),
		tellSomebody('Tell Somebody', [44, -2]),
	],
	links: [['Every Hour', 'Get the Balance', 'Is It Too Low?', 'Once a Day', 'Tell Somebody']],
};
