import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Word } from '../../../ledger/claims';
import { decideClaims, isSent, markSent, toLeftItem } from '../../../ledger/decide';
import { choiceField, textField } from '../sharedFields';
import type { LocalOperation } from '../sharedFields';
import {
	claimsField,
	eventsField,
	readInput,
	readItems,
	rowsField,
	runField,
	toItems,
} from './tableFields';

/** Between two pages of a Data Table, rows can come and go unseen (n8n 2.41). */
const MAX_CLAIMS = 1_000;

/** Decide on Claims: the ledger's rows in; what this run sends, and what it leaves, out. */
export const ledgerDecideOperation: LocalOperation = {
	option: {
		name: 'Decide on Claims',
		value: 'decide',
		action: 'Decide on claims',
		description: 'Say which of the claimed payouts this run sends, and why it leaves the others',
	},
	outputs: ['Send', 'Leave'],
	fields: [
		claimsField,
		eventsField,
		rowsField,
		runField,
		choiceField('Ordered By', 'word', 'On whose word the payouts are sent', {
			ordered: ['A Person or Another System'],
			approval: ['A Second Person', 'Who has approved a request that waits in the ledger'],
			catch_up: ['Nobody', 'An earlier run may have been stopped before it had its answers'],
		}),
		textField('Looked At', 'orderedAt', {
			placeholder: 'e.g. 2026-12-01T09:00:00Z',
			description:
				'When the person who decided saw the ledger. What was refused since is left. Empty means now.',
		}),
	],
	run(this: IExecuteFunctions) {
		const read = (name: string) => String(this.getNodeParameter(name, 0, ''));
		const tables = {
			claims: readItems(this, claimsField),
			events: readItems(this, eventsField),
			payouts: readInput(this),
		};
		if (tables.claims.length >= MAX_CLAIMS) {
			const message = `${MAX_CLAIMS.toLocaleString('en')} payouts or more are claimed, which is more than can be read at once`;
			const description =
				'Nothing was sent. Wait until other runs have ended, and use smaller chunks. Claims of runs that were stopped are removed by the workflow that catches up.';
			throw new NodeOperationError(this.getNode(), message, { description });
		}
		const now = new Date().toISOString();
		const seen = Date.parse(read('orderedAt'));
		const orderedAt = Number.isNaN(seen) ? '' : new Date(seen).toISOString();
		const word = read('word') as Word;
		const decisions = decideClaims(tables, read('run'), word, now, orderedAt);
		const rows = readItems(this, rowsField);
		const sent = decisions.filter(isSent).map((decision) => ({
			// What was claimed is sent; only a row with a card is not kept in its claim.
			...(decision.claim.columns ?? rows[decision.claim.position]),
			...markSent(decision),
		}));
		const left = decisions.filter((decision) => !isSent(decision)).map(toLeftItem);
		// The second output always has an item, so that its branch runs, after the first one has ended.
		return [toItems(sent), toItems(left.length > 0 ? left : [{}])];
	},
};
