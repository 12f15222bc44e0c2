import { TRIGGER_TYPE } from '../../n8n/packageNames.mts';
import { CREDENTIALS, ledger, node, stickyNote } from './nodes.mts';
import { addRows, EVENTS, IN_BULK } from './tables.mts';
import type { Example } from './workflowFile.mts';

/**
 * Writes down what webhooks say. Three nodes and no expression, because n8n loads and prepares all of a
 * workflow for each of them (n8n 2.41).
 */
export const FOLLOW_UP: Example = {
	name: 'Smart Glocal: follow up',
	nodes: [
		stickyNote('About This Workflow', [-3, -24], [44, 22])`## Follow up
Every webhook becomes a row of the table **Smart Glocal events**, and nothing else happens at once. Those of half a second become rows together: so a thousand webhooks cost n8n little. **Keep the ledger** does the rest, within a minute.

**To do:** publish **Smart Glocal: keep the ledger**, which makes the tables, and wait a minute. Choose your Smart Glocal credential in **A Payout Has Changed**: it needs Smart Glocal's public key, field *Webhook Public Key*. Then publish this one, and send the trigger's **Production URL** to your account manager. One URL serves the whole project.`,
		node(
			'A Payout Has Changed',
			TRIGGER_TYPE,
			1.1,
			[0, 0],
			{
				events: ['ready_to_confirm', 'payment_finished', 'payment_refunded'],
				gather: true,
				simplify: true,
			},
			{ credentials: CREDENTIALS, webhookId: 'follow-up' },
		),
		ledger('Follow Payouts', 'follow', [11, 0], { event: 'webhook' }),
		addRows('Write the News', [22, 0], EVENTS, IN_BULK),
	],
	links: [['A Payout Has Changed', 'Follow Payouts', 'Write the News']],
	// What happened is in the table of events.
	settings: { saveDataSuccessExecution: 'none' },
};
