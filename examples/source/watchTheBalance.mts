import { code, node, smartGlocal, stickyNote } from './nodes.mts';
import type { Example } from './workflowFile.mts';

const MINIMUMS = [
	['EUR', '5000'],
	['GBP', '5000'],
] as const;

/** Looks at the prefunded balance every hour, and tells somebody once when it falls below a minimum. */
export const WATCH_THE_BALANCE: Example = {
	name: 'Smart Glocal: watch the balance',
	nodes: [
		node('Every Hour', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, 0], {
			rule: { interval: [{ field: 'hours' }] },
		}),
		node('Minimums', 'n8n-nodes-base.set', 3.4, [11, 0], {
			assignments: {
				assignments: MINIMUMS.map(([name, value]) => ({ id: name, name, value, type: 'string' })),
			},
			options: {},
		}),
		smartGlocal(
			'Get the Balance',
			[22, 0],
			{
				resource: 'wallet',
				operation: 'getBalance',
				options: {},
			},
			{ alwaysOutputData: true },
		),
		code(
			'Compare with the Minimums',
			[33, 0],
			['watchBalance'],
			`// n8n keeps it between the runs of a published workflow.
const memory = $getWorkflowStaticData('global');
const minimums = $('Minimums').first().json;
const { notices, states } = watchBalance(minimums, $input.all(), memory.states ?? {});
memory.states = states;
return notices.map((json) => ({ json }));`,
		),
		node('Tell Somebody', 'n8n-nodes-base.noOp', 1, [44, 0]),
		stickyNote(
			'What It Does',
			[0, -14],
			[26, 10],
			`## Watch the balance

Payouts are paid from a prefunded balance. This looks at it every hour, and tells you **once** when a currency falls below its minimum, and once more if it recovers and falls again.`,
		),
		stickyNote(
			'What to Change',
			[28, -14],
			[26, 10],
			`## What to change

1. **Minimums**: one field for each currency that you pay in.
2. **Get the Balance**: choose your credential.
3. **Tell Somebody**: replace it with Send Email, Slack or Teams; the text is {{ $json.notice }}.
4. Publish it. If you run it by hand, it tells you every time.`,
		),
	],
	links: [
		['Every Hour', 'Minimums'],
		['Minimums', 'Get the Balance'],
		['Get the Balance', 'Compare with the Minimums'],
		['Compare with the Minimums', 'Tell Somebody'],
	],
};
