import type { WorkflowNode } from '../../n8n/workflow.mts';
import { updateLedger } from './ledger.mts';
import { code, ifTrue, node, smartGlocal } from './nodes.mts';
import type { Place } from './nodes.mts';
import type { Example } from './workflowFile.mts';

/** A node that puts out its items as they are: where a person adds Slack, an e-mail or the like. */
export function tellSomebody(name: string, place: Place): WorkflowNode {
	return node(name, 'n8n-nodes-base.noOp', 1, place);
}

/** A part of an example. */
export type Part = Pick<Example, 'nodes' | 'links'>;

/**
 * Confirms the payouts among the items, and writes that into the ledger. It begins with the node
 * 'Confirm It?', whose second output is for the other items.
 *
 * @param tell the node for what a person must know
 */
export function confirmPayouts([right, down]: Place, tell: string): Part {
	return {
		nodes: [
			ifTrue('Confirm It?', [right, down], `$json.kind === 'confirm'`),
			smartGlocal(
				'Confirm',
				[right + 11, down - 10],
				{
					resource: 'session',
					operation: 'confirm',
					sessionId: '={{ $json.session_id }}',
					options: {},
				},
				{ onError: 'continueRegularOutput' },
			),
			code(
				'What Was Confirmed',
				[right + 22, down - 15],
				['confirm'],
				`return toConfirmedRows($input.all(), new Date().toISOString());`,
			),
			updateLedger(
				'Write That It Is Confirmed',
				[right + 33, down - 15],
				[
					['reference', 'eq', '={{ $json.reference }}'],
					['session_id', 'eq', '={{ $json.session_id }}'],
					['status_rank', 'lt', '={{ $json.status_rank }}'],
				],
			),
			code(
				'What Was Not Confirmed',
				[right + 22, down - 5],
				['confirm'],
				`return toUnconfirmedNotices($input.all());`,
			),
		],
		links: [
			['Confirm It?', 'Confirm', 0],
			['Confirm', 'What Was Confirmed'],
			['What Was Confirmed', 'Write That It Is Confirmed'],
			['Confirm', 'What Was Not Confirmed'],
			['What Was Not Confirmed', tell],
		],
	};
}
