import { describeResource, runLocally } from '../sharedFields';
import { ledgerApproveOperation } from './approve';
import { ledgerAskOperation } from './ask';
import { ledgerCatchUpOperation } from './catchUp';
import { ledgerClaimOperation } from './claim';
import { ledgerCompareOperation } from './compare';
import { ledgerDecideOperation } from './decide';
import { ledgerFoldOperation } from './fold';
import { ledgerFollowOperation } from './follow';
import { ledgerLookUpOperation } from './lookUp';
import { ledgerReadReportOperation } from './readReport';
import { ledgerReconcileOperation } from './reconcile';
import { ledgerRecordOperation } from './record';
import { ledgerRequestOperation } from './request';
import { ledgerResultsOperation } from './results';

const OPERATIONS = [
	ledgerApproveOperation,
	ledgerAskOperation,
	ledgerCatchUpOperation,
	ledgerClaimOperation,
	ledgerCompareOperation,
	ledgerDecideOperation,
	ledgerFoldOperation,
	ledgerFollowOperation,
	ledgerResultsOperation,
	ledgerLookUpOperation,
	ledgerReadReportOperation,
	ledgerRequestOperation,
	ledgerReconcileOperation,
	ledgerRecordOperation,
];

export const ledgerDescription = describeResource('ledger', OPERATIONS, 'claim');

export const ledgerOperations = runLocally(OPERATIONS);

/** The names of the outputs of operations that have several, by what the form calls them. */
export const LEDGER_OUTPUTS = Object.fromEntries(
	OPERATIONS.flatMap(({ option, outputs }) => (outputs ? [[String(option.value), outputs]] : [])),
);
