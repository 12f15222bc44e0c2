import { findN8n } from '../../n8n/versions.mts';

/** How a supported version of n8n differs from the others, as far as the package meets it. */
export interface N8nFeatures {
	/** What the test of a credential says when nothing responds at the address. */
	refusedConnection: string;
	/** Whether n8n refuses at once to activate a workflow whose trigger says no; else it tries and says so later. */
	refusesActivation: boolean;
	/** The nodes of the example workflows that n8n has not in this version, by example. */
	missingNodes: Readonly<Record<string, readonly string[]>>;
	/** The newest version of n8n's HTTP Request node. */
	newestHttpRequest: number;
	/** What end-to-end tests need and this n8n lacks, each with the reason. */
	lacks: Readonly<Partial<Record<Need, string>>>;
}

/** The ledger of the example workflows, the editor as the tests use it, or a Node for n8n's isolated VM. */
type Need = 'editor' | 'ledger' | 'vm';

const NO_LEDGER = 'The ledger needs version 1.1 of the Data Table node, which n8n 1 does not have.';
const OTHER_NODE =
	'n8n 1.88 runs on Node 22, and the isolated VM that the tests load needs Node 24.';
const OTHER_EDITOR = 'The tests in a browser know the words and buttons of n8n 2.41.';

const FEATURES: Readonly<Record<string, N8nFeatures>> = {
	'1.88.0': {
		refusedConnection: 'ECONNREFUSED',
		refusesActivation: true,
		missingNodes: {
			'ask-for-a-payout.json': [
				'dataTable 1.1',
				'executeWorkflow 1.3',
				'form 2.5',
				'formTrigger 2.6',
				'merge 3.2',
			],
			'catch-up.json': ['dataTable 1.1', 'executeWorkflow 1.3'],
			'follow-up.json': ['dataTable 1.1'],
			'keep-the-ledger.json': ['dataTable 1.1'],
			'pay-a-spreadsheet.json': [
				'dataTable 1.1',
				'executeWorkflow 1.3',
				'form 2.5',
				'formTrigger 2.6',
				'merge 3.2',
			],
			'pay-from-a-webhook.json': [
				'dataTable 1.1',
				'executeWorkflow 1.3',
				'respondToWebhook 1.5',
				'webhook 2.1',
			],
			'pay-orders.json': ['dataTable 1.1', 'merge 3.2'],
			'pay-thousands.json': ['dataTable 1.1', 'executeWorkflow 1.3'],
			// It runs, as what it is in version 1.
			'payouts-from-csv.json': ['readWriteFile 1.1'],
			'reconcile.json': ['dataTable 1.1', 'form 2.5', 'formTrigger 2.6'],
			'when-something-breaks.json': ['dataTable 1.1'],
		},
		newestHttpRequest: 4.2,
		lacks: { ledger: NO_LEDGER, editor: OTHER_EDITOR, vm: OTHER_NODE },
	},
	'1.123.80': {
		refusedConnection: 'The service refused the connection - perhaps it is offline',
		refusesActivation: true,
		missingNodes: {
			'ask-for-a-payout.json': ['dataTable 1.1', 'form 2.5', 'formTrigger 2.6'],
			'catch-up.json': ['dataTable 1.1'],
			'follow-up.json': ['dataTable 1.1'],
			'keep-the-ledger.json': ['dataTable 1.1'],
			'pay-a-spreadsheet.json': ['dataTable 1.1', 'form 2.5', 'formTrigger 2.6'],
			'pay-from-a-webhook.json': ['dataTable 1.1'],
			'pay-orders.json': ['dataTable 1.1'],
			'pay-thousands.json': ['dataTable 1.1'],
			'payouts-from-csv.json': ['readWriteFile 1.1'],
			'reconcile.json': ['dataTable 1.1', 'form 2.5', 'formTrigger 2.6'],
			'when-something-breaks.json': ['dataTable 1.1'],
		},
		newestHttpRequest: 4.3,
		lacks: { ledger: NO_LEDGER, editor: OTHER_EDITOR },
	},
	'2.41.1': {
		refusedConnection: 'ECONNREFUSED',
		refusesActivation: false,
		missingNodes: {},
		newestHttpRequest: 4.5,
		lacks: {},
	},
};

/** The features of a supported n8n. Throws for a version that is not in the table. */
export function featuresOf(version = findN8n().version): N8nFeatures {
	const features = FEATURES[version];
	if (!features) throw new Error(`Say in n8nFeatures.mts how n8n ${version} differs.`);
	return features;
}

/** The `it` of tests that need something of n8n: those are left out where this n8n lacks it. */
export function needing(need: Need, version?: string): jest.It {
	return featuresOf(version).lacks[need] === undefined ? it : it.skip;
}
