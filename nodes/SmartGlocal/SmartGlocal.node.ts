import { NodeConnectionTypes } from 'n8n-workflow';
import type { ExpressionString, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../credentials/authenticateRequest';
import { REQUEST_DEFAULTS } from '../api/request';
import { runInBatches } from './batch/runBatch';
import { VOLATILE_HINT } from './batch/check/volatileReference';
import { fileDescription, fileOperations } from './resources/file';
import { ledgerDescription, LEDGER_OUTPUTS, ledgerOperations } from './resources/ledger';
import { payoutDescription, payoutOperations } from './resources/payout';
import { getPayoutColumns } from './resources/payout/mapperFields';
import { sessionDescription, sessionOperations } from './resources/session';
import { walletDescription, walletOperations } from './resources/wallet';

/** What the panel says about several rows. n8n does not tell it what 'On Error' is set to (n8n 2.41). */
const SEVERAL_ROWS =
	"Several rows: while 'On Error' in this node's settings is 'Stop Workflow', one wrong or refused row stops the run. Choose 'Continue (using error output)' to pay the other rows anyway.";

/** Some operations on the ledger have several outputs, with names. */
const OUTPUTS: ExpressionString = `={{ (${JSON.stringify(
	Object.fromEntries(
		Object.entries(LEDGER_OUTPUTS).map(([operation, names]) => [
			operation,
			names.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName })),
		]),
	),
)})[$parameter.resource === 'ledger' ? $parameter.operation : ''] ?? ['main'] }}`;

export class SmartGlocal implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smart Glocal',
		name: 'smartGlocal',
		icon: {
			light: 'file:../../icons/smartGlocal.svg',
			dark: 'file:../../icons/smartGlocal.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Pay suppliers, freelancers and staff through Smart Glocal: send payouts, see how they end, and your balance',
		defaults: { name: 'Smart Glocal' },
		// Money should not move because a language model decided so.
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		credentials: [
			{
				name: CREDENTIAL_TYPE,
				required: true,
				displayOptions: { show: { resource: ['payout', 'session', 'wallet'] } },
			},
		],
		requestDefaults: REQUEST_DEFAULTS,
		hints: [
			{
				message: SEVERAL_ROWS,
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
				displayCondition: '={{ $input.all().length > 1 }}',
			},
			VOLATILE_HINT,
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'File', value: 'file' },
					{ name: 'Ledger', value: 'ledger' },
					{ name: 'Payout', value: 'payout' },
					{ name: 'Session', value: 'session' },
					{ name: 'Wallet', value: 'wallet' },
				],
				default: 'payout',
			},
			...fileDescription,
			...ledgerDescription,
			...payoutDescription,
			...sessionDescription,
			...walletDescription,
		],
	};

	methods = { resourceMapping: { getPayoutColumns } };

	customOperations = {
		file: fileOperations,
		ledger: ledgerOperations,
		payout: runInBatches(payoutOperations),
		session: runInBatches(sessionOperations),
		wallet: runInBatches(walletOperations),
	};
}
